"""Reconciliations for programs: months with their totals, both registers, differences, the signed act, our register to send."""

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from enforcement.exchange.register_file import register_data
from enforcement.models import Reconciliation, ReconciliationDifference, ReconciliationLine
from enforcement.queries.reconciliation_act import act_of, totals_of

OBJECT = {"type": "object", "additionalProperties": True}


class ReconciliationFilter(django_filters.FilterSet):
    """By creditor, department and state."""

    class Meta:
        model = Reconciliation
        fields = ["creditor", "department", "state"]


class ReconciliationSideSerializer(serializers.Serializer):
    """One side's register in figures."""

    lines = serializers.IntegerField()
    amount, received_month, received, remainder = Roubles(), Roubles(), Roubles(), Roubles()


class ReconciliationSerializer(serializers.ModelSerializer):
    """A month of a creditor with a department."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    department = serializers.SlugRelatedField("code", read_only=True)
    month = Month()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Reconciliation
        fields = ["id", "creditor", "department", "month", "as_of", "state", "known_at", "sent_on", "reply_on", "signed_at"]
        fields += ["sha256", "url"]


class ReconciliationLineSerializer(serializers.ModelSerializer):
    """A line of a side; lines of one `group` speak of the same writ."""

    amount, received_month, received = Roubles(), Roubles(), Roubles()
    paid_directly, remainder = Roubles(), Roubles()

    class Meta:
        model = ReconciliationLine
        fields = ["id", "side", "group", "matched_how", "source", "writ", "debtor", "address", "writ_kind", "writ_number"]
        fields += ["issued_on", "court", "amount", "presented_on", "proceeding_number", "consolidated_number", "opened_on"]
        fields += ["bailiff", "received_month", "received", "paid_directly", "remainder", "status", "ended_on", "ended_ground"]
        fields += ["transferred_to", "is_archived", "note"]


class ReconciliationDifferenceSerializer(serializers.ModelSerializer):
    """A difference, its clock and how it was settled. `amount` is ours minus theirs."""

    amount = Roubles()
    assignee = serializers.SlugRelatedField("username", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = ReconciliationDifference
        fields = ["id", "reconciliation", "kind", "group", "ours", "theirs", "label", "amount", "about", "found_on", "due_on"]
        fields += ["state", "assignee", "resolution", "reason", "settled_on", "carried_from", "root", "url"]


class Reconciliations(ScopedReadOnly):
    """Reconciliations that the person sees: their creditors', or those sent to their department."""

    queryset = Reconciliation.objects.select_related("creditor", "department").defer("act")
    serializer_class = ReconciliationSerializer
    filterset_class = ReconciliationFilter
    right = Right.SEE_WRITS

    @extend_schema(responses=ReconciliationSideSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def totals(self, request, pk=None):
        """Totals of `ours` and `theirs`."""
        found = totals_of(self.get_object())
        return Response({side: ReconciliationSideSerializer(totals).data for side, totals in found.items()})

    @extend_schema(responses=ReconciliationLineSerializer(many=True), filters=False)
    @action(detail=True, filterset_class=None)
    def lines(self, request, pk=None):
        """Both registers, page by page."""
        page = self.paginate_queryset(self.get_object().lines.order_by("-pk"))
        return self.get_paginated_response(ReconciliationLineSerializer(page, many=True).data)

    @extend_schema(responses={200: OBJECT}, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def register(self, request, pk=None):
        """Our register in the open format (docs/exchange-reconciliation.md)."""
        return Response(register_data(self.get_object()))

    @extend_schema(responses={200: OBJECT}, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def act(self, request, pk=None):
        """The act as data: as signed with its hash, or as it stands now. Sums in kopecks."""
        one = self.get_object()
        return Response({"signed": one.is_signed, "sha256": one.sha256, "act": one.act or act_of(one)})


class DifferenceFilter(django_filters.FilterSet):
    """By reconciliation, type, state and the last day of its term."""

    due_before = django_filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = ReconciliationDifference
        fields = ["reconciliation", "kind", "state"]


class Differences(ScopedReadOnly):
    """Differences of the reconciliations that the person sees."""

    queryset = ReconciliationDifference.objects.select_related("assignee")
    serializer_class = ReconciliationDifferenceSerializer
    filterset_class = DifferenceFilter
    right = Right.SEE_WRITS
