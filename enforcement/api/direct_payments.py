"""Direct payments on debts under execution for programs: what was paid past the bailiffs and whether they know."""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from enforcement.models import DirectPayment
from enforcement.web.direct_tables import DirectPaymentFilter


class DirectPaymentSerializer(serializers.ModelSerializer):
    """One payment and its notice. `days_to_tell`: days from the payment to the notice."""

    proceeding = serializers.CharField(source="proceeding.number", read_only=True)
    creditor = serializers.CharField(source="proceeding.writ.creditor.code", read_only=True)
    amount = Roubles()
    days_to_tell = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = DirectPayment
        fields = ["id", "creditor", "proceeding", "paid_on", "amount", "found_on", "due_on", "state", "sent_on"]
        fields += ["days_to_tell", "confirmed_on", "answer"]


class DirectPayments(ScopedReadOnly):
    """Direct payments that the person sees; filters as on the screen."""

    queryset = DirectPayment.objects.standing().select_related("proceeding__writ__creditor")
    serializer_class = DirectPaymentSerializer
    filterset_class = DirectPaymentFilter
    right = Right.SEE_WRITS
