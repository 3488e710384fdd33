"""Who has paid in full within a penalty campaign and is not forgiven yet."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Q, Sum

from debtors.models import Payment, PenaltyCampaign, PenaltyWaiver, UtilityAccount
from debtors.queries.ageing import age_accounts
from debtors.queries.written_off import standing, written_off

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Paid:
    """What an account paid within the campaign, and the day of its last payment. Kopecks."""

    kopecks: int
    on: dt.date


def last_day(campaign: PenaltyCampaign) -> dt.date:
    """The last day whose payments count."""
    return campaign.valid_to - DAY


def paid_in_full(campaign: PenaltyCampaign, on: dt.date) -> dict[int, Paid]:
    """Account -> what it paid: overdue on the eve of the campaign, nothing overdue on the day (or on the campaign's last).

    Money alone counts, written-off principal does not. A fixed number of queries.
    """
    through = min(on, last_day(campaign))
    accounts = campaign.creditor.accounts.standing().exclude(pk__in=_forgiven(campaign))
    if campaign.category:
        accounts = accounts.filter(category=campaign.category)
    money = Payment.objects.filter(
        account__in=accounts.order_by().values("pk"),
        counts_on__range=(campaign.valid_from, through),
        booking__undone_at__isnull=True,
        service__is_penalty=False,
    ).exclude(channel=Payment.Channel.WRITE_OFF)
    rows = money.values_list("account_id").annotate(Sum("amount"), day=Max("counts_on", filter=Q(amount__gt=0))).order_by()
    paid = {account: Paid(amount, day) for account, amount, day in rows if amount > 0}
    if not paid:
        return {}
    payers = UtilityAccount.objects.filter(pk__in=list(paid))
    eve = age_accounts(payers, as_of=campaign.valid_from - DAY)
    now = age_accounts(payers, as_of=through)
    least = max(campaign.least_debt, 1)
    return {
        account: one
        for account, one in paid.items()
        if account in eve and eve[account].overdue >= least and now[account].overdue == 0
    }


def _forgiven(campaign: PenaltyCampaign) -> set[int]:
    """Accounts that the campaign has forgiven, whether or not it was taken back by hand: nobody is forgiven twice."""
    return set(PenaltyWaiver.objects.standing().filter(campaign=campaign).values_list("account_id", flat=True))


def standing_of(waivers: list[PenaltyWaiver]) -> dict[int, int]:
    """Waiver id -> what of it stands. Two queries."""
    facts = written_off().filter(booking__in={one.booking_id for one in waivers}, amount__gt=0)
    booking_of = dict(facts.values_list("pk", "booking_id"))
    left: dict[tuple[int, int], int] = {}
    for one in standing(facts):
        key = (booking_of[one.payment_id], one.account_id)
        left[key] = left.get(key, 0) + one.left
    return {one.pk: left.get((one.booking_id, one.account_id), 0) for one in waivers}
