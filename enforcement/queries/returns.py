"""Queues over writs that fill themselves: what may be presented again, what waits for a decision, where the bailiffs are late.

Each is a filter, so that a list and its counter agree. Days come from the norms, nothing is stored for a day.
"""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from casedesk.norms.queries.current import current
from enforcement.models import EnforcementProceeding, ImpossibilityAct, Presentation, PropertyFact, Writ
from enforcement.rules.terms import last_day_of
from enforcement.rules.words import Position, WritState

SOON_DAYS = 90
QUEUE_NAMES = {
    "to_present": "Предъявить",
    "last_days": f"Срок предъявления истекает за {SOON_DAYS} дней",
    "again": "Можно предъявить снова",
    "undecided": "Возврат без решения",
    "silent": "Не возбуждено в срок",
    "stale": "Два месяца без исполнения",
    "expired": "Срок предъявления истёк",
}


def _news() -> QuerySet:
    """News of property that count for the outer writ: of its debtor or of nobody named, known since it came back."""
    theirs = Q(debtor__isnull=True) | Q(debtor=OuterRef("debtor"))
    return PropertyFact.objects.standing().filter(theirs, account=OuterRef("account"), known_on__gte=OuterRef("state_on"))


def again(writs: QuerySet, on: dt.date) -> QuerySet:
    """Returned writs that may be presented on the day: the wait is over or there is news, and the term runs.

    `news_on` is the day of the first news where there are any: then the writ may go before `repeat_from`.
    """
    back = writs.filter(state=WritState.RETURNED, present_until__gte=on)
    back = back.annotate(news_on=Subquery(_news().filter(known_on__lte=on).order_by("known_on").values("known_on")[:1]))
    contested = ImpossibilityAct.objects.filter(writ=OuterRef("pk"), position=Position.CONTESTED, outcome="pending")
    return back.filter(Q(repeat_from__isnull=True) | Q(repeat_from__lte=on) | Q(news_on__isnull=False)).exclude(
        Exists(contested)
    )


def to_present(writs: QuerySet, on: dt.date) -> QuerySet:
    """In hand, and the term runs."""
    return writs.filter(state=WritState.IN_HAND, present_until__gte=on)


def last_days(writs: QuerySet, on: dt.date) -> QuerySet:
    """Not away, and the term ends soon."""
    return writs.working().filter(present_until__range=(on, on + dt.timedelta(days=SOON_DAYS)))


def expired(writs: QuerySet, on: dt.date) -> QuerySet:
    return writs.working().filter(present_until__lt=on)


def undecided(writs: QuerySet, on: dt.date) -> QuerySet:
    """Returned, and nobody said what is to be done."""
    decided = ImpossibilityAct.objects.filter(writ=OuterRef("pk"), dated_on__gte=OuterRef("state_on"))
    decided = decided.filter(~Q(position=Position.UNDECIDED) | Q(choices__isnull=False))
    return writs.filter(~Exists(decided), state=WritState.RETURNED)


def silent(writs: QuerySet, on: dt.date) -> QuerySet:
    """Received by the bailiffs, and the three days for opening have passed."""
    limit = newest_start("opening", on)
    late = Presentation.objects.running().filter(writ=OuterRef("pk"), kind=Presentation.Kind.BAILIFFS, received_on__lte=limit)
    return writs.filter(Exists(late), state=WritState.PRESENTED)


def stale(writs: QuerySet, on: dt.date) -> QuerySet:
    """Executed for longer than the two months of the law."""
    limit = newest_start("proceeding", on)
    late = EnforcementProceeding.objects.live().open().filter(writ=OuterRef("pk"), opened_on__lte=limit)
    return writs.filter(Exists(late), state=WritState.EXECUTING)


QUEUES = {
    "to_present": to_present,
    "last_days": last_days,
    "again": again,
    "undecided": undecided,
    "silent": silent,
    "stale": stale,
    "expired": expired,
}


def newest_start(term: str, on: dt.date) -> dt.date:
    """The latest day from which the term is over on the day: what began later still runs."""
    norms, day = current(), on - dt.timedelta(days=1)
    while (last := last_day_of(term, day, norms)) and last >= on:
        day -= dt.timedelta(days=1)
    return day


def with_whereabouts(writs: QuerySet) -> QuerySet:
    """Writs with what a list shows of them: who has the paper, since when received, the proceeding's number."""
    stay = Presentation.objects.filter(writ=OuterRef("pk")).order_by("-sent_on", "-pk")
    proceeding = EnforcementProceeding.objects.live().filter(writ=OuterRef("pk")).order_by("-opened_on", "-pk")
    return writs.annotate(
        sent_on=Subquery(stay.values("sent_on")[:1]),
        received_on=Subquery(stay.values("received_on")[:1]),
        sent_to=Subquery(stay.values("department__name")[:1]),
        sent_to_text=Subquery(stay.values("addressee")[:1]),
        proceeding_number=Subquery(proceeding.values("number")[:1]),
        opened_on=Subquery(proceeding.values("opened_on")[:1]),
        executed_at=Subquery(proceeding.values("department__name")[:1]),
        bailiff=Subquery(proceeding.values("bailiff")[:1]),
        granted=F("principal") + F("penalty") + F("duty"),
    )


def live_writs(user) -> QuerySet:
    """The writs this person may see that stand in the books."""
    return Writ.objects.visible_to(user).live()
