"""Penalty campaigns for programs: the terms and whom they forgave."""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import PenaltyCampaign, PenaltyWaiver
from debtors.web.views.penalty_campaigns import CampaignFilter


class WaiverSerializer(serializers.ModelSerializer):
    amount, counted = Roubles(), Roubles()

    class Meta:
        model = PenaltyWaiver
        fields = ["account", "amount", "counted", "paid_on", "waived_on", "booking"]


class PenaltyCampaignSerializer(serializers.ModelSerializer):
    """A campaign; `valid_to` is the first day after it."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    least_debt = Roubles()
    most = Roubles(allow_null=True)
    waivers = WaiverSerializer(many=True)

    class Meta:
        model = PenaltyCampaign
        fields = ["id", "creditor", "name", "cause", "order", "valid_from", "valid_to", "category", "least_debt", "most"]
        fields += ["state", "waivers"]


class PenaltyCampaigns(ScopedReadOnly):
    """Campaigns that the person sees."""

    queryset = PenaltyCampaign.objects.select_related("creditor").prefetch_related("waivers")
    serializer_class = PenaltyCampaignSerializer
    filterset_class = CampaignFilter
    right = Right.SEE_CASES
