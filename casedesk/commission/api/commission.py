"""The commission for programs: meetings, cases on agendas, decisions as tasks; a task may be reported done.

Nothing here opens, votes or signs: minutes are signed on the screen by two people, each by their own sign-in.
"""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.commission.actions.carry_out import carry_out
from casedesk.commission.actions.record_read import record_reads
from casedesk.commission.models import AgendaItem, Attendance, Decision, Meeting, ReadRecord
from casedesk.commission.queries.meetings import with_figures
from casedesk.commission.queries.shown import Masks, shown
from casedesk.commission.queries.tasks import tasks
from casedesk.commission.web.tables import MeetingFilter, TaskFilter
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly


class AttendanceSerializer(serializers.ModelSerializer):
    """How a seat took part."""

    name = serializers.CharField(source="seat.name")
    part = serializers.CharField(source="seat.part")

    class Meta:
        model = Attendance
        fields = ["name", "part", "presence", "representative", "authority"]


class CommissionMeetingSerializer(serializers.ModelSerializer):
    """A meeting with its quorum, who took part, and the hash of its minutes."""

    commission = serializers.CharField(source="commission.name")
    attendance = AttendanceSerializer(many=True, read_only=True)
    heard, came, adopted = serializers.IntegerField(), serializers.IntegerField(), serializers.IntegerField()
    sha256 = serializers.SerializerMethodField()

    class Meta:
        model = Meeting
        fields = ["id", "commission", "state", "planned_on", "held_on", "year", "number", "place", "topic"]
        fields += ["members", "present", "needed", "heard", "came", "adopted", "attendance", "sha256"]

    def get_sha256(self, meeting) -> str:
        return meeting.minutes.sha256 if hasattr(meeting, "minutes") else ""


class CommissionDecisionSerializer(serializers.ModelSerializer):
    """A decision in force as a task; `ended_on` is the day it was carried out, reported or seen in the case."""

    case = serializers.IntegerField(source="item.case.number")
    creditor = serializers.CharField(source="item.case.creditor.code")
    meeting = serializers.IntegerField(source="item.meeting_id")
    responsible = serializers.SlugRelatedField("code", read_only=True)
    fact_on, ended_on = serializers.DateField(), serializers.DateField()

    class Meta:
        model = Decision
        fields = ["id", "meeting", "case", "creditor", "kind", "text", "addressee", "responsible", "due_on", "in_force_on"]
        fields += ["votes_for", "votes_against", "votes_abstained", "by_casting", "done_on", "done_note", "fact_on", "ended_on"]


class CommissionItemSerializer(serializers.ModelSerializer):
    """A case on an agenda, its person as the regulations let this reader see them."""

    case = serializers.IntegerField(source="case.number")
    creditor = serializers.CharField(source="case.creditor.code")
    debt, overdue, debt_decided, overdue_decided = Roubles(), Roubles(), Roubles(), Roubles()
    name, address, accounts = (
        serializers.SerializerMethodField(),
        serializers.SerializerMethodField(),
        serializers.SerializerMethodField(),
    )

    class Meta:
        model = AgendaItem
        fields = ["id", "meeting", "position", "case", "creditor", "source", "reason", "name", "address", "accounts"]
        fields += ["debt", "overdue", "came", "debt_decided", "overdue_decided"]

    def _seen(self, item):
        """The item behind its mask, asked once for its three fields."""
        known = self.context.setdefault("seen", {})
        if item.pk not in known:
            user, in_list = self.context["request"].user, self.context["view"].action == "list"
            masks = self.context.setdefault("masks", Masks(user))
            (known[item.pk],) = shown([item], user, item.meeting, in_list=in_list, masks=masks)
        return known[item.pk]

    def get_name(self, item) -> str:
        return self._seen(item).name

    def get_address(self, item) -> str:
        return self._seen(item).address

    def get_accounts(self, item) -> str:
        return self._seen(item).accounts


class DoneSerializer(serializers.Serializer):
    """What was done."""

    note = serializers.CharField(max_length=500)


class CommissionMeetings(ScopedReadOnly):
    """Meetings that the person sees."""

    queryset = with_figures(Meeting.objects.select_related("commission", "minutes").prefetch_related("attendance__seat"))
    serializer_class = CommissionMeetingSerializer
    filterset_class = MeetingFilter
    right = Right.SEE_COMMISSION


class CommissionDecisions(ScopedReadOnly):
    """Tasks that the person sees."""

    queryset = tasks(Decision.objects.all())
    serializer_class = CommissionDecisionSerializer
    filterset_class = TaskFilter
    right = Right.SEE_COMMISSION
    rights = {"done": Right.DO_DECISIONS}

    @extend_schema(request=DoneSerializer, responses=CommissionDecisionSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request, pk=None):
        """Report the task carried out today; 409 or 403 with the words of the screen when it may not be."""
        decision = self.get_object()
        given = DoneSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        carry_out(decision=decision, note=given.validated_data["note"], by=request.user, on=timezone.localdate())
        return Response(self.get_serializer(self.get_object()).data)


class CommissionItems(ScopedReadOnly):
    """Cases on agendas. Opening one is written down in the log of looks."""

    queryset = AgendaItem.objects.select_related("meeting__commission__municipality", "case__creditor")
    serializer_class = CommissionItemSerializer
    right = Right.SEE_COMMISSION

    def retrieve(self, request, *args, **kwargs):
        item = self.get_object()
        (seen,) = shown([item], request.user, item.meeting)
        record_reads([item], what=ReadRecord.What.API, by=request.user, at=timezone.now(), masked=seen.masked)
        return super().retrieve(request, *args, **kwargs)
