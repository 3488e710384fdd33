"""Who has paid more than was owed after execution: accounts with a court's award and money that nothing is owed for."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from debtors.models import Award, OverpaymentDecision, Payment, UtilityAccount
from debtors.queries.payment_story import AHEAD, HELD, stories

FORCED = (Payment.Channel.BAILIFF, Payment.Channel.EMPLOYER)


def overpaid(accounts: QuerySet) -> QuerySet:
    """Of these accounts those with a live award and a credit balance, with `by_force`, `directly` (kopecks) and `pending`."""
    live = Payment.objects.filter(account=OuterRef("pk"), booking__undone_at__isnull=True)
    forced = Q(channel__in=FORCED) | Q(award__isnull=False)
    awards = Award.objects.live()
    granted = Exists(awards.filter(account=OuterRef("pk"))) | Exists(awards.filter(lines__account=OuterRef("pk")))
    return accounts.filter(granted, state__credit__gt=0).annotate(
        by_force=_total(live.filter(forced)),
        directly=_total(live.exclude(forced).exclude(channel__in=Payment.NO_MONEY)),
        pending=Exists(OverpaymentDecision.objects.pending().filter(account=OuterRef("pk"))),
        credit=F("state__credit"),
    )


def _total(payments: QuerySet) -> Coalesce:
    return Coalesce(Subquery(payments.order_by().values("account").annotate(total=Sum("amount")).values("total")), 0)


@dataclass(frozen=True)
class Surplus:
    """What of one payment nothing is owed for. `held`: it came on a writ beyond what was granted. Kopecks."""

    payment: Payment
    kopecks: int
    held: bool


def surpluses(account: UtilityAccount, as_of: dt.date) -> list[Surplus]:
    """The payments with a surplus, those on writs first, the newest before the older."""
    found = [
        Surplus(story.payment, part.kopecks, part.kind == HELD)
        for story in stories(account, as_of)
        for part in story.parts
        if part.kind in (HELD, AHEAD) and story.payment.channel != Payment.Channel.WRITE_OFF
    ]
    return sorted(found, key=lambda surplus: not surplus.held)
