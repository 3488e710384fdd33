"""What a change of the opening rule would bring and cost, for programs; nothing is written."""

from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common import money
from casedesk.common.api.viewsets import Declared
from debtors.models import OpeningRule
from enforcement.queries.what_if import Side, WhatIf, what_if
from enforcement.web.what_if_form import tried


class Tried(serializers.Serializer):
    """The rule that is tried; what is left out stays as in the rule in force."""

    creditor = serializers.CharField(help_text="Code of the creditor")
    threshold = serializers.DecimalField(
        5, 2, required=False, min_value=Decimal("0.5"), max_value=100, help_text="Average monthly charges"
    )
    min_overdue = serializers.DecimalField(12, 2, required=False, min_value=0, help_text="Least overdue debt, RUB")
    min_overdue_months = serializers.IntegerField(required=False, min_value=1, max_value=120)
    officer_hours = serializers.DecimalField(
        5, 2, required=False, min_value=0, max_value=200, help_text="Hours that a case takes"
    )

    def settings(self, current: OpeningRule) -> dict[str, int]:
        """The columns of OpeningRule."""
        given, kept = self.validated_data, current
        return {
            "threshold_x100": int(given["threshold"] * 100) if "threshold" in given else kept.threshold_x100,
            "min_overdue": money.from_decimal(given["min_overdue"]) if "min_overdue" in given else kept.min_overdue,
            "min_overdue_months": given.get("min_overdue_months", kept.min_overdue_months),
            "officer_minutes": int(given["officer_hours"] * 60) if "officer_hours" in given else kept.officer_minutes,
        }


class SideSerializer(serializers.Serializer):
    """Cases that open or that are let go, with their sums."""

    cases = serializers.IntegerField()
    overdue, fees, expected = serializers.CharField(), serializers.CharField(), serializers.CharField()
    hours = serializers.CharField()


class WhatIfSerializer(serializers.Serializer):
    """The answer: both sides and their difference. Money is text with two decimals."""

    creditor, on, rule, in_force = (serializers.CharField() for _ in range(4))
    opens, lets_go, change = SideSerializer(), SideSerializer(), SideSerializer()


class WhatIfView(Declared, APIView):
    """Try an opening rule on today's debts."""

    right = Right.EDIT_RULES

    @extend_schema(parameters=[Tried], responses=WhatIfSerializer)
    def get(self, request):
        asked = Tried(data=request.query_params)
        asked.is_valid(raise_exception=True)
        today = timezone.localdate()
        creditor = get_object_or_404(creditors_of(request.user), code=asked.validated_data["creditor"])
        current = OpeningRule.objects.in_force(creditor=creditor, on=today)
        answer = what_if(creditor=creditor, rule=tried(current, asked.settings(current), today), on=today)
        return Response(_worded(creditor, current, answer))


def _worded(creditor: Organisation, current: OpeningRule, answer: WhatIf) -> dict:
    change = {name: answer.change(name) for name in ("cases", "overdue", "fees", "expected", "work")}
    return {
        "creditor": creditor.code,
        "on": answer.on.isoformat(),
        "rule": answer.rule.in_words,
        "in_force": current.in_words,
        "opens": _side(_sums(answer.opens)),
        "lets_go": _side(_sums(answer.lets_go)),
        "change": _side(change),
    }


def _sums(side: Side) -> dict[str, int]:
    return {name: getattr(side, name) for name in ("cases", "overdue", "fees", "expected", "work")}


def _side(sums: dict[str, int]) -> dict:
    amounts = {name: money.text(sums[name]) for name in ("overdue", "fees", "expected")}
    return {"cases": sums["cases"], **amounts, "hours": money.text(sums["work"] * 100 // 60)}
