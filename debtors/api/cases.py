"""Case files for programs: the queue with its next steps, and one case with its timeline."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Hundredths, Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import CaseEvent, CaseFile
from debtors.web.case_tables import CaseFilter


class CaseSerializer(serializers.ModelSerializer):
    """A case, where its debt stands, and what is due next by when."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    officer = serializers.SlugRelatedField("username", read_only=True)
    debt, overdue, penalty = Roubles(), Roubles(), Roubles()
    months = Hundredths(source="months_x100")
    oldest_open_month = Month()

    class Meta:
        model = CaseFile
        fields = ["id", "creditor", "number", "officer", "opened_on", "closed_on", "close_reason", "is_open"]
        fields += ["stage", "stage_on", "stage_until", "hold_kind", "hold_until"]
        fields += ["debt", "overdue", "penalty", "months", "oldest_open_month", "at_least"]
        fields += ["next_action", "next_from", "next_due_on", "next_reason", "next_norm"]
        fields += ["debtor_names", "address", "account_numbers", "category"]


class EventSerializer(serializers.ModelSerializer):
    """One thing that happened on the case."""

    recorded_by = serializers.SlugRelatedField("username", read_only=True)

    class Meta:
        model = CaseEvent
        fields = ["id", "code", "happened_on", "recorded_at", "recorded_by", "data", "term_until", "corrects"]


class Cases(ScopedReadOnly):
    """Case files that the person sees; filters as on the screen."""

    queryset = CaseFile.objects.select_related("creditor", "officer")
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    right = Right.SEE_CASES

    @extend_schema(responses=EventSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def events(self, request, pk=None):
        """The timeline, newest first."""
        events = self.get_object().events.select_related("recorded_by")
        return Response(EventSerializer(events, many=True).data)
