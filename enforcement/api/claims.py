"""Claims for programs: the list with where each stands, and one with its lines, parties, court events and sums."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.rules.components import Components
from enforcement.models import Claim, ClaimDebtor, ClaimLine, CourtEvent
from enforcement.queries.claim_path import with_parties
from enforcement.queries.claim_sums import claim_sums
from enforcement.web.claim_tables import ClaimFilter


class ComponentsSerializer(serializers.Serializer):
    """Principal, penalty and costs."""

    principal, penalty, duty, total = Roubles(), Roubles(), Roubles(), Roubles()


class ClaimSumsSerializer(serializers.Serializer):
    """Asked = granted + refused + undecided; granted = collected + written_off + left."""

    asked = ComponentsSerializer()
    granted = ComponentsSerializer(allow_null=True)
    refused, undecided, presented = ComponentsSerializer(), ComponentsSerializer(), ComponentsSerializer()
    collected, written_off, left = ComponentsSerializer(), ComponentsSerializer(), ComponentsSerializer()


class ClaimPartySerializer(serializers.ModelSerializer):
    """Whom the claim is against."""

    name = serializers.CharField(source="debtor.name")

    class Meta:
        model = ClaimDebtor
        fields = ["debtor", "name", "is_joint", "share_num", "share_den"]


class ClaimLineSerializer(serializers.ModelSerializer):
    """One month of one service."""

    account = serializers.SlugRelatedField("number", read_only=True)
    service = serializers.SlugRelatedField("code", read_only=True)
    month, amount, penalty = Month(), Roubles(), Roubles()

    class Meta:
        model = ClaimLine
        fields = ["account", "service", "month", "amount", "penalty", "at_least"]


class CourtEventSerializer(serializers.ModelSerializer):
    """What happened in court. `reverses`: the event that this one takes back."""

    recorded_by = serializers.SlugRelatedField("username", read_only=True)

    class Meta:
        model = CourtEvent
        fields = ["id", "code", "happened_on", "data", "term_until", "recorded_at", "recorded_by", "reverses"]


class ClaimSerializer(serializers.ModelSerializer):
    """A claim and where it stands."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    period_from, period_to = Month(), Month()
    principal, penalty, duty, duty_credited = Roubles(), Roubles(), Roubles(), Roubles()
    turn = serializers.CharField()
    parties = ClaimPartySerializer(many=True)

    class Meta:
        model = Claim
        fields = ["id", "creditor", "case_file", "number", "kind", "follows", "court_name", "court_case"]
        fields += ["period_from", "period_to", "penalty_through", "principal", "penalty", "duty", "duty_credited"]
        fields += ["share_num", "share_den", "prepared_on", "filed_on", "stage", "stage_on", "stage_until", "is_live"]
        fields += ["turn", "parties"]


class ClaimDetailSerializer(ClaimSerializer):
    """One claim whole."""

    lines = ClaimLineSerializer(many=True)
    events = CourtEventSerializer(many=True)
    sums = serializers.SerializerMethodField()

    class Meta(ClaimSerializer.Meta):
        fields = [*ClaimSerializer.Meta.fields, "lines", "events", "sums"]

    @extend_schema_field(ClaimSumsSerializer)
    def get_sums(self, claim: Claim) -> dict:
        sums = claim_sums([claim])[claim.pk]
        names = ("asked", "granted", "refused", "undecided", "presented", "collected", "written_off", "left")
        return {name: _printed(getattr(sums, name)) for name in names}


def _printed(components: Components | None) -> dict | None:
    return None if components is None else ComponentsSerializer(components).data


class Claims(ScopedReadOnly):
    """Claims that the person sees; filters as on the screen."""

    queryset = with_parties(Claim.objects.all())
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    right = Right.SEE_CASES

    @extend_schema(responses=ClaimDetailSerializer)
    def retrieve(self, request, *args, **kwargs):
        """One claim with its lines, parties, court events and sums by component."""
        claim = self.get_object()
        return Response(ClaimDetailSerializer(claim, context=self.get_serializer_context()).data)
