"""Outreach for programs: what was recorded; a further record; taking one back."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.actions.record_outreach import Entry, record_outreach, reverse_outreach
from debtors.models import OutreachEvent, UtilityAccount
from debtors.queries.outreach import recorders
from debtors.rules.outreach_kinds import KINDS
from debtors.web.outreach_tables import OutreachFilter


class OutreachSerializer(serializers.ModelSerializer):
    """A recorded event. `reversed_by`: the record that took it back."""

    organisation = serializers.SlugRelatedField("code", read_only=True)
    account = serializers.SlugRelatedField("number", read_only=True)
    reversed_by = serializers.SerializerMethodField()

    class Meta:
        model = OutreachEvent
        fields = ["id", "organisation", "kind", "happened_on", "data", "citizen", "account", "case", "proof", "file_name"]
        fields += ["document", "reverses", "reverse_reason", "reversed_by", "recorded_at"]

    def get_reversed_by(self, event: OutreachEvent) -> int | None:
        return event.reversed_by.pk if event.is_reversed else None


class OutreachEntrySerializer(serializers.Serializer):
    """A new event. `data` holds the fields of the kind, choices by their codes."""

    organisation = serializers.SlugField(required=False, default="", help_text="May be left out by people of one organisation")
    kind = serializers.ChoiceField(list(KINDS))
    happened_on = serializers.DateField()
    data = serializers.DictField(child=serializers.JSONField(), required=False, default=dict)
    citizen = serializers.CharField(required=False, default="", allow_blank=True, max_length=300)
    account = serializers.CharField(required=False, default="", help_text="Number of an account of the organisation")
    proof = serializers.CharField(required=False, default="", allow_blank=True, max_length=300)

    def validate(self, given: dict) -> dict:
        """Find the organisation and the account among the person's own."""
        user = self.context["request"].user
        own = recorders(user)
        found = list(own.filter(code=given["organisation"]) if given["organisation"] else own[:2])
        if len(found) != 1:
            known = ", ".join(own.values_list("code", flat=True))
            raise serializers.ValidationError({"organisation": f"Укажите код организации. Вам доступны: {known or 'никакие'}."})
        account = None
        if given["account"]:
            seen = UtilityAccount.objects.visible_to(user).select_related("creditor").filter(number=given["account"])
            account = seen.filter(creditor=found[0]).first() or seen.first()
            if account is None:
                raise serializers.ValidationError({"account": f"Счёта {given['account']} среди ваших нет."})
        return given | {"organisation": found[0], "account": account}


class OutreachReverseSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class Outreach(ScopedReadOnly):
    """Receptions, consultations, appeals, meetings, placements and letters that the person sees; filters as on the screen."""

    queryset = OutreachEvent.objects.select_related("organisation", "account", "reversed_by")
    serializer_class = OutreachSerializer
    filterset_class = OutreachFilter
    right = Right.SEE_OUTREACH
    rights = {"create": Right.WORK_OUTREACH, "reverse": Right.WORK_OUTREACH}

    @extend_schema(request=OutreachEntrySerializer, responses={201: OutreachSerializer})
    def create(self, request):
        """Record an event; the words of a refusal are those of the screen."""
        asked = OutreachEntrySerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        entry = Entry(on=given.pop("happened_on"), **given)
        made = record_outreach(entry=entry, by=request.user, today=timezone.localdate())
        return Response(OutreachSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=OutreachReverseSerializer, responses={201: OutreachSerializer}, filters=False)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def reverse(self, request, pk=None):
        """Take a record back by a further one."""
        asked = OutreachReverseSerializer(data=request.data)
        event = self.get_object()
        asked.is_valid(raise_exception=True)
        back = reverse_outreach(event=event, by=request.user, on=timezone.localdate(), **asked.validated_data)
        return Response(OutreachSerializer(back).data, status=status.HTTP_201_CREATED)
