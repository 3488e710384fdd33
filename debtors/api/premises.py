"""The municipality's premises for programs: how each is held, in what state it stands, what is owed for it."""

from django.utils import timezone
from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import Premises
from debtors.web.views.premises_register import RegisterFilter, register_for


class PremisesSerializer(serializers.ModelSerializer):
    """`held`: tenure on the day; `state`: condition, empty when nothing is recorded. Debt of the accounts the caller sees."""

    address = serializers.CharField(source="__str__")
    held, state = serializers.CharField(), serializers.CharField()
    held_from, state_from = serializers.DateField(), serializers.DateField()
    debt, overdue = Roubles(), Roubles()

    class Meta:
        model = Premises
        fields = ["id", "address", "kind", "held", "held_from", "state", "state_from", "debt", "overdue"]


class PremisesRegister(ScopedReadOnly):
    """Vacant, conserved, repaired, let, escheat and social-rent premises as of today; `part` as on the screen."""

    queryset = Premises.objects.all()
    serializer_class = PremisesSerializer
    filterset_class = RegisterFilter
    right = Right.SEE_PREMISES

    def get_queryset(self):
        return register_for(self.request.user, timezone.localdate())
