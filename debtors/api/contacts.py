"""Campaigns, contacts, promises and rounds for programs. Read only.

The personal account of a site takes its texts from `contacts/?channel=cabinet&state=sent`.
"""

from rest_framework import serializers

from casedesk.access.rights import Right
from casedesk.common.api.fields import Roubles
from casedesk.common.api.viewsets import ScopedReadOnly
from debtors.models import Campaign, Contact, Promise, Round, RoundStop, RoundVisit
from debtors.web.contact_tables import CampaignFilter, ContactFilter, PromiseFilter
from debtors.web.round_forms import RoundFilter


class CampaignSerializer(serializers.ModelSerializer):
    """A campaign; its items are at `contacts/?campaign=`."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    strategy_version = serializers.IntegerField(source="strategy.version", read_only=True)

    class Meta:
        model = Campaign
        fields = ["id", "creditor", "number", "strategy_version", "counts_on", "state", "note", "started_at"]


class ContactSerializer(serializers.ModelSerializer):
    """One turning to a debtor with its proof."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    amount = Roubles()

    class Meta:
        model = Contact
        fields = ["id", "creditor", "campaign", "case", "step", "channel", "state", "amount", "addressee", "address", "text"]
        fields += ["key", "tracking", "sent_on", "delivered_on", "by_law", "result", "proof", "why", "notice"]


class PromiseSerializer(serializers.ModelSerializer):
    """A promise to pay, and what the ledger showed."""

    amount, paid = Roubles(), Roubles()

    class Meta:
        model = Promise
        fields = ["id", "case", "amount", "made_on", "due_on", "state", "paid", "judged_on"]


class RoundVisitSerializer(serializers.ModelSerializer):
    """What came of a visit; `is_last` marks the one that counts."""

    promised, paid = Roubles(), Roubles()

    class Meta:
        model = RoundVisit
        fields = ["outcome", "visited_on", "promised_on", "promised", "paid", "notice_handed", "note", "is_last"]


class RoundStopSerializer(serializers.ModelSerializer):
    """A door in the order of the walk."""

    account = serializers.SlugRelatedField("number", read_only=True)
    amount = Roubles()
    visits = RoundVisitSerializer(many=True, read_only=True)

    class Meta:
        model = RoundStop
        fields = ["id", "position", "house", "flat", "account", "case", "amount", "visits"]


class RoundSerializer(serializers.ModelSerializer):
    """A round with its doors."""

    creditor = serializers.SlugRelatedField("code", read_only=True)
    stops = RoundStopSerializer(many=True, read_only=True)

    class Meta:
        model = Round
        fields = ["id", "creditor", "planned_on", "held_on", "state", "walkers", "note", "stops"]


class Campaigns(ScopedReadOnly):
    """Campaigns that the person sees; filters as on the screen."""

    queryset = Campaign.objects.select_related("creditor", "strategy")
    serializer_class = CampaignSerializer
    filterset_class = CampaignFilter
    right = Right.SEE_CASES


class ContactApiFilter(ContactFilter):
    """The screen's filters, and one campaign."""

    class Meta:
        model = Contact
        fields = ["campaign", "case"]


class Contacts(ScopedReadOnly):
    """Contacts that the person sees; filters as on the screen."""

    queryset = Contact.objects.select_related("creditor")
    serializer_class = ContactSerializer
    filterset_class = ContactApiFilter
    right = Right.SEE_CASES


class Promises(ScopedReadOnly):
    """Promises to pay that the person sees; filters as on the screen."""

    queryset = Promise.objects.all()
    serializer_class = PromiseSerializer
    filterset_class = PromiseFilter
    right = Right.SEE_CASES


class Rounds(ScopedReadOnly):
    """Rounds of addresses that the person sees; filters as on the screen."""

    queryset = Round.objects.select_related("creditor").prefetch_related("stops__account", "stops__visits")
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    right = Right.SEE_CASES


ENDPOINTS = (("campaigns", Campaigns), ("contacts", Contacts), ("promises", Promises), ("rounds", Rounds))
