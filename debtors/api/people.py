"""People behind accounts for programs: who they are, what they answer for, and their papers for a court."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import Debtor


class DebtorSerializer(serializers.ModelSerializer):
    """A person or an organisation that owes or may owe."""

    identifier = serializers.CharField(read_only=True)

    class Meta:
        model = Debtor
        fields = ["id", "kind", "name", "birth_date", "birth_place", "inn", "snils", "document", "identifier", "phone", "email"]


class LiabilitySerializer(serializers.Serializer):
    """What the person answers for, as the caller may see it."""

    account = serializers.CharField(source="account.number")
    kind, ground = serializers.CharField(), serializers.CharField()
    share_num, share_den = serializers.IntegerField(), serializers.IntegerField()
    valid_from, valid_to = serializers.DateField(), serializers.DateField()


class Debtors(ScopedReadOnly):
    """People and organisations behind the accounts that the person sees."""

    queryset = Debtor.objects.all()
    serializer_class = DebtorSerializer
    right = Right.SEE_CASES

    @extend_schema(responses=LiabilitySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def liabilities(self, request, pk=None):
        """Accounts the person answers for, with shares and periods."""
        found = (
            self.get_object().liabilities.visible_to(request.user).select_related("account").order_by("account__number", "pk")
        )
        return Response(LiabilitySerializer(found, many=True).data)
