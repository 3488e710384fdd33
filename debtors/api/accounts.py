"""Accounts for programs: where each stands, its months, its lines."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Hundredths, Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import AccountState, UtilityAccount
from debtors.queries import account_ledger
from debtors.web.tables import AccountFilter, address


class StateSerializer(serializers.ModelSerializer):
    """Where the account stands on `as_of`. Principal; the penalty stands apart."""

    debt, overdue, credit = Roubles(), Roubles(), Roubles()
    penalty, average_charge = Roubles(), Roubles()
    months = Hundredths(source="months_x100")
    oldest_open_month = Month()

    class Meta:
        model = AccountState
        fields = ["as_of", "debt", "overdue", "credit", "penalty", "average_charge", "months", "oldest_open_month", "at_least"]
        fields += ["last_payment_on"]


class AccountSerializer(serializers.ModelSerializer):
    """An account of one creditor and where it stands; `state` is null before the first register."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    address = serializers.SerializerMethodField()
    tenure = serializers.CharField(source="premises.tenure", default=None, read_only=True)
    state = StateSerializer(read_only=True, default=None)

    class Meta:
        model = UtilityAccount
        fields = ["id", "creditor", "number", "unified_number", "category", "holder_name", "address", "tenure"]
        fields += ["opened_on", "closed_on", "state"]

    def get_address(self, account: UtilityAccount) -> str:
        return address(account)


class AccountMonthSerializer(serializers.Serializer):
    """What one month did, over all principal services; `balance` is at its end."""

    month = Month()
    charged, credited, paid, balance = Roubles(), Roubles(), Roubles(), Roubles()


class LineSerializer(serializers.Serializer):
    """One charge or payment and where it came from."""

    on = serializers.DateField()
    what = serializers.CharField()
    service = serializers.CharField()
    month = Month()
    charged, paid = Roubles(), Roubles()
    note = serializers.CharField()
    about = serializers.CharField()
    source_row = serializers.IntegerField(allow_null=True)


class Accounts(ScopedReadOnly):
    """Accounts that the person sees one by one; filters as on the screen."""

    queryset = UtilityAccount.objects.select_related("state", "creditor", "premises__house")
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    right = Right.SEE_CASES

    @extend_schema(responses=AccountMonthSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def months(self, request, pk=None):
        """Months, newest first."""
        return Response(AccountMonthSerializer(account_ledger.months_of(self.get_object()), many=True).data)

    @extend_schema(responses=LineSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def lines(self, request, pk=None):
        """Every charge and payment in force, newest first."""
        return Response(LineSerializer(account_ledger.facts_of(self.get_object()), many=True).data)
