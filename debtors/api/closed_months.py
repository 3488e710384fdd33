"""Closed months for programs: the kept figures; closing one, and opening it again by two people."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common import months
from casedesk.common.api.fields import Month
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.actions.close_month import ask_reopening, close_month, reopen_month
from debtors.models import MonthClosing


class ClosingSerializer(serializers.ModelSerializer):
    """A closed month: its figures as they stood, and whether it stands."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    month = Month()

    class Meta:
        model = MonthClosing
        fields = ["id", "creditor", "month", "closed_at", "figures", "remarks", "note", "reopening_asked_at"]
        fields += ["reopening_reason", "reopened_at"]
        read_only_fields = fields


class MonthToCloseSerializer(serializers.Serializer):
    """Which month to close. `note`: why, when something is missing."""

    creditor = serializers.SlugField()
    month = serializers.CharField(help_text="YYYY-MM")
    note = serializers.CharField(required=False, default="", max_length=500)

    def validate_creditor(self, code: str) -> Organisation:
        found = creditors_of(self.context["request"].user).filter(code=code).first()
        if found is None:
            raise serializers.ValidationError(f"Нет взыскателя с кодом {code} среди доступных вам.")
        return found

    def validate_month(self, text: str) -> int:
        try:
            return months.parse(text)
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong


class ReopeningSerializer(serializers.Serializer):
    """Why a closed month is to be opened."""

    reason = serializers.CharField(max_length=500)


class ClosedMonths(ScopedReadOnly):
    """Closings of the person's creditors, newest month first; reopened ones have `reopened_at`."""

    queryset = MonthClosing.objects.select_related("creditor")
    serializer_class = ClosingSerializer
    filterset_fields = ["creditor__code", "month"]
    right = Right.SEE_CASES
    rights = {"create": Right.CLOSE_MONTHS, "ask": Right.CLOSE_MONTHS, "reopen": Right.CLOSE_MONTHS}

    @extend_schema(request=MonthToCloseSerializer, responses={201: ClosingSerializer})
    def create(self, request):
        """Close a month; what stands in the way is refused in the words of the screen."""
        asked = MonthToCloseSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        closing = close_month(by=request.user, at=timezone.now(), on=timezone.localdate(), **asked.validated_data)
        return Response(ClosingSerializer(closing).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReopeningSerializer, responses=ClosingSerializer)
    @action(detail=True, methods=["post"], url_path="ask-reopening")
    def ask(self, request, pk=None):
        """Ask a colleague to open the month."""
        closing = self.get_object()
        asked = ReopeningSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        closing = ask_reopening(closing=closing, by=request.user, at=timezone.now(), **asked.validated_data)
        return Response(ClosingSerializer(closing).data)

    @extend_schema(request=None, responses=ClosingSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request, pk=None):
        """Open the month that a colleague has asked to open."""
        closing = reopen_month(closing=self.get_object(), by=request.user, at=timezone.now())
        return Response(ClosingSerializer(closing).data)
