"""Frozen reports for programs: the list, and one with its content and hash."""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.viewsets import ScopedReadOnly
from casedesk.plans.models import PlanReport


class ReportSerializer(serializers.ModelSerializer):
    """A frozen report: what it is of, when it was frozen, the hash of its content."""

    plan = serializers.SlugRelatedField("code", read_only=True)
    organisation = serializers.SlugRelatedField("code", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    period = serializers.CharField(source="period.name", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = PlanReport
        fields = ["id", "plan", "version", "organisation", "span", "period", "as_of", "edition", "known_at", "sha256", "url"]


class WholeReportSerializer(ReportSerializer):
    """With the figures as they were submitted; money in kopecks."""

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "content"]


class PlanReports(ScopedReadOnly):
    """Frozen reports that the person may read."""

    queryset = PlanReport.objects.select_related("plan", "organisation", "version")
    serializer_class = ReportSerializer
    right = Right.SEE_PLAN

    def get_queryset(self):
        found = super().get_queryset()
        return found if self.action == "retrieve" else found.defer("content")

    def get_serializer_class(self):
        return WholeReportSerializer if self.action == "retrieve" else ReportSerializer
