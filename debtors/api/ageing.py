"""Debt by age for programs: the answer of `manage.py age`, over the accounts that the person sees."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.api.viewsets import Declared
from debtors.models import UtilityAccount
from debtors.queries.ageing import DIMENSIONS, age
from debtors.queries.printed import answer
from debtors.queries.restructured import restructured
from debtors.web.tables import AccountFilter


class Asked(serializers.Serializer):
    """`as_of` asks by the day facts count for, `known_on` by the moment they were learnt; `by` splits the answer."""

    as_of = serializers.DateField()
    known_on = serializers.DateTimeField(required=False, allow_null=True, default=None)
    by = serializers.CharField(required=False, default="", help_text=", ".join(DIMENSIONS))


AMOUNT = {"type": "string", "format": "decimal"}
FIGURES = {
    **dict.fromkeys(["total", "not_yet_due", "credit", "penalty", "at_least"], AMOUNT),
    "buckets": {"type": "object", "additionalProperties": AMOUNT},
    "accounts": {"type": "integer"},
}
ANSWER = {
    "type": "object",
    "properties": {
        "as_of": {"type": "string", "format": "date"},
        "known_on": {"type": "string", "format": "date-time", "nullable": True},
        **FIGURES,
        "restructured": {
            "type": "object",
            "description": "Part of the debt that agreements kept on the day cover",
            "properties": {
                "agreements": {"type": "integer"},
                **dict.fromkeys(["total", "not_yet_due", "overdue_outside"], AMOUNT),
                "buckets": {"type": "object", "additionalProperties": AMOUNT},
            },
        },
        "rows": {"type": "array", "items": {"type": "object", "properties": FIGURES}},
    },
}


class Ageing(Declared, APIView):
    """Debt by age. `total = not_yet_due + sum(buckets)`, in the answer and in each of its rows."""

    right = Right.SEE_CASES

    @extend_schema(
        parameters=[Asked, OpenApiParameter("creditor", int, description="Filters of the list of accounts apply too")],
        responses={200: ANSWER},
    )
    def get(self, request):
        asked = Asked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        by = [name.strip() for name in given["by"].split(",") if name.strip()]
        accounts, when = self._accounts(), {"as_of": given["as_of"], "known_on": given["known_on"]}
        return Response(answer(age(accounts, **when, by=by), restructured(accounts, **when)))

    def _accounts(self):
        """The accounts meant, or None for all of them, which the ledger reads without naming each."""
        seen = UtilityAccount.objects.visible_to(self.request.user)
        chosen = AccountFilter(self.request.query_params, queryset=seen, request=self.request)
        if not chosen.is_valid():
            raise serializers.ValidationError(chosen.errors)
        narrowed = any(self.request.query_params.get(name) for name in chosen.filters)
        return chosen.qs if narrowed or not scope_of(self.request.user).everything else None
