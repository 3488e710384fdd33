"""Reading the kept funnels: which of them still say what is known, and their sums."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Max, Q

from casedesk.common import months
from debtors.models import Booking, CaseEvent, Payment
from debtors.queries.stale_cells import known_now
from enforcement.models import CourtEvent, FunnelCell
from enforcement.queries.funnel import STEPS, Tally


@dataclass(frozen=True)
class Known:
    """The newest booking, undoing, case event and court event of all."""

    booking: int
    undone_at: dt.datetime | None
    event: int
    court_event: int


def known() -> Known:
    """Four looks at the ends of indexes."""
    court_event = CourtEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return Known(**asdict(known_now()), court_event=court_event)


def known_to(cell: FunnelCell) -> Known:
    return Known(cell.booking, cell.undone_at, cell.event, cell.court_event)


def still_says(cell: FunnelCell) -> bool:
    """Whether nothing learnt since reaches into the month: an event of an earlier day, or money of it. Up to four queries."""
    end = months.last_day(cell.month)
    events = CaseEvent.objects.filter(pk__gt=cell.event, case__creditor=cell.creditor_id)
    rulings = CourtEvent.objects.filter(pk__gt=cell.court_event, claim__creditor=cell.creditor_id)
    undone = Q(undone_at__gt=cell.undone_at) if cell.undone_at else Q(undone_at__isnull=False)
    learnt = Booking.objects.filter(Q(pk__gt=cell.booking) | undone, creditor=cell.creditor_id)
    return not (
        events.filter(Q(happened_on__lte=end) | Q(corrects__happened_on__lte=end)).exists()
        or rulings.filter(Q(happened_on__lte=end) | Q(reverses__happened_on__lte=end)).exists()
        or Payment.objects.filter(booking__in=learnt.values("pk"), counts_on__lte=end).exists()
    )


def packed(tallies: Iterable[Tally]) -> list:
    """Tallies as JSON keeps them."""
    return [[one.cases, sorted(one.gaps.items()), one.kopecks] for one in tallies]


def added(kept: Iterable[list]) -> list[Tally]:
    """The sums of kept tallies; of none, five empty ones."""
    total = [Tally() for _ in STEPS]
    for steps in kept:
        total = [
            one + Tally(cases, Counter(dict(gaps)), kopecks) for one, (cases, gaps, kopecks) in zip(total, steps, strict=True)
        ]
    return total
