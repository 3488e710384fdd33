"""Frozen reports on a commission's work for programs: the list, and one with its content and hash."""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.plans.models import CommissionReport


class CommissionReportSerializer(serializers.ModelSerializer):
    """A frozen report: whose work, of which period, when it was frozen, the hash of its content."""

    commission = serializers.CharField(source="commission.name", read_only=True)
    period = serializers.CharField(source="period.name", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = CommissionReport
        fields = ["id", "commission", "span", "period", "as_of", "edition", "known_at", "sha256", "url"]


class WholeCommissionReportSerializer(CommissionReportSerializer):
    """With the figures as they were submitted; money in kopecks."""

    class Meta(CommissionReportSerializer.Meta):
        fields = [*CommissionReportSerializer.Meta.fields, "content"]


class CommissionReports(ScopedReadOnly):
    """Frozen reports that the person may read."""

    queryset = CommissionReport.objects.select_related("commission")
    serializer_class = CommissionReportSerializer
    right = Right.SEE_COMMISSION

    def get_queryset(self):
        found = super().get_queryset()
        return found if self.action == "retrieve" else found.defer("content")

    def get_serializer_class(self):
        return WholeCommissionReportSerializer if self.action == "retrieve" else CommissionReportSerializer
