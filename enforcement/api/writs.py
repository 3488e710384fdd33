"""Writs and proceedings for programs: where each stands, its terms, its money, its presentations."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from enforcement.models import EnforcementProceeding, Presentation, ProceedingMeasure, Writ
from enforcement.queries.returns import with_whereabouts
from enforcement.queries.writ_money import writ_money
from enforcement.web.writ_tables import ProceedingFilter, WritFilter


class WritSerializer(serializers.ModelSerializer):
    """A writ, where it stands and until when it may be presented."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    account = serializers.SlugRelatedField("number", read_only=True)
    debtor = serializers.StringRelatedField()
    principal, penalty, duty, total = Roubles(), Roubles(), Roubles(), Roubles()

    class Meta:
        model = Writ
        fields = ["id", "creditor", "account", "debtor", "case_file", "claim", "duplicate_of"]
        fields += ["kind", "number", "issued_on", "in_force_on", "issuer", "court_case"]
        fields += ["principal", "penalty", "duty", "total", "state", "state_on", "present_until", "repeat_from"]


class PresentationSerializer(serializers.ModelSerializer):
    """One presentation; sums are what was still to be collected."""

    department = serializers.SlugRelatedField("code", read_only=True)
    principal, penalty, duty, total = Roubles(), Roubles(), Roubles(), Roubles()

    class Meta:
        model = Presentation
        fields = ["id", "kind", "department", "addressee", "channel", "outgoing_number", "sent_on", "received_on", "is_early"]
        fields += ["principal", "penalty", "duty", "total", "ended_on", "ended_ground", "resolution_sent_on"]


class PartsSerializer(serializers.Serializer):
    """Money by component."""

    principal, penalty, duty, total = Roubles(), Roubles(), Roubles(), Roubles()


class WritMoneySerializer(serializers.Serializer):
    """Granted, presented, collected and remaining of one writ."""

    granted = PartsSerializer()
    presented = PartsSerializer(allow_null=True)
    collected = PartsSerializer()
    remaining = PartsSerializer()


class Writs(ScopedReadOnly):
    """Writs that the person sees; filters and queues as on the screen."""

    queryset = Writ.objects.live().select_related("creditor", "account", "debtor")
    serializer_class = WritSerializer
    filterset_class = WritFilter
    right = Right.SEE_WRITS

    def get_queryset(self):
        return with_whereabouts(super().get_queryset())

    @extend_schema(responses=PresentationSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def presentations(self, request, pk=None):
        """All presentations of the writ, newest first."""
        rows = self.get_object().presentations.select_related("department")
        return Response(PresentationSerializer(rows, many=True).data)

    @extend_schema(responses=WritMoneySerializer, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def money(self, request, pk=None):
        """The writ's money by component."""
        writ = self.get_object()
        return Response(WritMoneySerializer(writ_money([writ])[writ.pk]).data)


class MeasureSerializer(serializers.ModelSerializer):
    """A measure of the bailiffs."""

    amount = Roubles()

    class Meta:
        model = ProceedingMeasure
        fields = ["id", "kind", "imposed_on", "valid_to", "lifted_on", "amount", "note"]


class ProceedingSerializer(serializers.ModelSerializer):
    """A proceeding with its measures."""

    department = serializers.SlugRelatedField("code", read_only=True)
    fee = Roubles()
    measures = MeasureSerializer(many=True)

    class Meta:
        model = EnforcementProceeding
        fields = ["id", "writ", "number", "consolidated_number", "department", "bailiff", "opened_on", "status"]
        fields += ["ended_on", "ended_ground", "fee", "measures"]


class Proceedings(ScopedReadOnly):
    """Proceedings that the person sees; filters as on the screen."""

    queryset = EnforcementProceeding.objects.live().select_related("department").prefetch_related("measures")
    serializer_class = ProceedingSerializer
    filterset_class = ProceedingFilter
    right = Right.SEE_WRITS
