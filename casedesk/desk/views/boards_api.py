"""The figures of a board for programs: the same queries as the screen, within what the person may count."""

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from casedesk.access.rights import Right
from casedesk.common import money, months
from casedesk.common.api.viewsets import Declared
from casedesk.desk.dashboards import debt, recovery, way
from casedesk.desk.dashboards.sight import ALL, MINE, sight_of


class BoardAsked(serializers.Serializer):
    """A whole month; `whose` is `mine` for one's own cases."""

    period = serializers.CharField(required=False, default="", help_text="YYYY-MM; the last whole month when left out")
    whose = serializers.ChoiceField([ALL, MINE], required=False, default=ALL)
    creditor = serializers.CharField(required=False, default="", help_text="Code of one creditor")

    def validate_period(self, text: str) -> str:
        try:
            return months.iso(months.parse(text)) if text else ""
        except ValueError as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong


AMOUNT = {"type": "string", "format": "decimal"}
SUMS = {"type": "object", "additionalProperties": AMOUNT}
ROW = {"type": "object", "additionalProperties": True}
ANSWER = {
    "type": "object",
    "properties": {
        "period": {"type": "string"},
        "debt": {"type": "array", "items": {"type": "object", "properties": {"month": {"type": "string"}, "ages": SUMS}}},
        "recovered": {"type": "array", "items": {"type": "object", "properties": {"month": {"type": "string"}, "ways": SUMS}}},
        "steps": {"type": "array", "items": ROW},
        "houses": {"type": "array", "items": ROW},
        "creditors": {"type": "array", "items": ROW},
        "url": {"type": "string"},
    },
}


class Board(Declared, APIView):
    """The debt by age and what came back by way for a year, the way from notice to money, houses and creditors by debt."""

    right = Right.SEE_PLAN

    @extend_schema(parameters=[BoardAsked], responses={200: ANSWER})
    def get(self, request):
        asked = BoardAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        sight = sight_of(request.user, asked.validated_data, today=timezone.localdate())
        debt.freshen(sight)
        return Response(
            {
                "period": months.iso(sight.month),
                "debt": [_aged(one) for one in debt.history(sight)],
                "recovered": [
                    {
                        "month": one.iso,
                        "total": money.text(one.total),
                        "ways": {channel: money.text(kopecks) for channel, kopecks in one.cells},
                    }
                    for one in recovery.history(sight)
                ],
                "steps": [_step(step) for step, _ in way.steps(sight)],
                "houses": _rows(debt.houses(sight)),
                "creditors": _rows(debt.creditors(sight)),
                "url": f"{reverse('desk:boards')}?{sight.asked()}",
            }
        )


def _aged(one: debt.Month) -> dict:
    ages = {age: money.text(amount) for age, amount in one.cells}
    whole = {"overdue": money.text(one.figures.overdue), "total": money.text(one.figures.total)}
    return {"month": one.iso, **whole, "ages": ages}


def _step(step) -> dict:
    came = None if step.kopecks is None else money.text(step.kopecks)
    return {"step": step.code, "name": step.name, "cases": step.cases, "days": step.days, "amount": came}


def _rows(rows: list[debt.Row]) -> list[dict]:
    return [{"key": row.key, "name": row.label, "overdue": money.text(row.figures.overdue)} for row in rows]
