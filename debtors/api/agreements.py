"""Repayment agreements for programs: the terms, the schedule, and how each stands today."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casedesk.access.rights import Right
from casedesk.common.api.fields import Month, Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import Instalment, RepaymentAgreement
from debtors.queries.agreements import standings
from debtors.web.agreement_forms import AgreementFilter


class InstalmentSerializer(serializers.ModelSerializer):
    amount = Roubles()

    class Meta:
        model = Instalment
        fields = ["number", "due_on", "amount"]


class AgreementSerializer(serializers.ModelSerializer):
    """An agreement and its schedule."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    total = Roubles()
    covered_through = Month()
    instalments = InstalmentSerializer(many=True)

    class Meta:
        model = RepaymentAgreement
        fields = ["id", "creditor", "case", "number", "state", "signed_on", "total", "covered_through", "kind", "current_too"]
        fields += ["court_ruling", "court_case", "approved_on", "broken_on", "notify_until", "ended_on", "instalments"]


class StandingSerializer(serializers.Serializer):
    """How the agreement stands on the day."""

    on = serializers.DateField()
    paid, open, behind, current_overdue = Roubles(), Roubles(), Roubles(), Roubles()
    is_broken = serializers.BooleanField()


class Agreements(ScopedReadOnly):
    """Repayment agreements that the person sees; filters as on the screen."""

    queryset = RepaymentAgreement.objects.select_related("creditor").prefetch_related("instalments")
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    right = Right.SEE_CASES

    @extend_schema(responses=StandingSerializer, filters=False)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def standing(self, request, pk=None):
        """What is paid, what is left, what is behind today."""
        agreement = self.get_object()
        return Response(StandingSerializer(standings([agreement], on=timezone.localdate())[agreement.pk]).data)
