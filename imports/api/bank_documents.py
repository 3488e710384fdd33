"""Bank documents for programs: what came, what the ladder said and what was decided."""

import django_filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.api.viewsets import ScopedReadOnly
from imports.models import BankDocument, DecisionLine, MatchCandidate, MatchDecision


class BankDocumentFilter(django_filters.FilterSet):
    """By creditor, state, answer of the ladder, side, payer, batch and days."""

    since = django_filters.DateFilter(field_name="counts_on", lookup_expr="gte")
    through = django_filters.DateFilter(field_name="counts_on", lookup_expr="lte")

    class Meta:
        model = BankDocument
        fields = ["creditor", "state", "verdict", "direction", "payer", "batch"]


class Amount(serializers.Field):
    """Kopecks shown as roubles with two decimals."""

    def to_representation(self, value: int) -> str:
        return money.text(value)


AmountText = extend_schema_field({"type": "string", "format": "decimal"})(Amount)


class CandidateSerializer(serializers.ModelSerializer):
    account = serializers.SlugRelatedField("number", read_only=True)
    writ = serializers.SlugRelatedField("number", read_only=True)

    class Meta:
        model = MatchCandidate
        fields = ["account", "writ", "proceeding", "reasons"]


class DecisionLineSerializer(serializers.ModelSerializer):
    account = serializers.SlugRelatedField("number", read_only=True)
    writ = serializers.SlugRelatedField("number", read_only=True)
    amount = AmountText(read_only=True)

    class Meta:
        model = DecisionLine
        fields = ["account", "writ", "amount", "channel"]


class DecisionSerializer(serializers.ModelSerializer):
    """`decided_by` null: the program. `undone_at` set: taken back."""

    decided_by = serializers.SlugRelatedField("username", read_only=True)
    lines = DecisionLineSerializer(many=True, read_only=True)

    class Meta:
        model = MatchDecision
        fields = ["kind", "reason", "decided_by", "decided_at", "undone_at", "undo_reason", "register", "lines"]


class BankDocumentSerializer(serializers.ModelSerializer):
    creditor = serializers.SlugRelatedField("code", read_only=True)
    owner = serializers.SlugRelatedField("username", read_only=True)
    amount = AmountText(read_only=True)
    candidates = CandidateSerializer(many=True, read_only=True)
    decisions = DecisionSerializer(many=True, read_only=True)

    class Meta:
        model = BankDocument
        fields = ["id", "creditor", "batch", "direction", "number", "dated_on", "counts_on", "amount", "own_account"]
        fields += [
            "other_account",
            "other_name",
            "other_inn",
            "payer",
            "uin",
            "purpose",
            "verdict",
            "reasons",
            "state",
            "owner",
        ]
        fields += ["owner", "candidates", "decisions"]


class BankDocuments(ScopedReadOnly):
    """Documents of the person's creditors that stand, newest first."""

    queryset = (
        BankDocument.objects.standing()
        .select_related("creditor", "owner")
        .prefetch_related("candidates__account", "candidates__writ", "decisions__decided_by", "decisions__lines__account")
        .prefetch_related("decisions__lines__writ")
    )
    serializer_class = BankDocumentSerializer
    filterset_class = BankDocumentFilter
    right = Right.SEE_IMPORTS
