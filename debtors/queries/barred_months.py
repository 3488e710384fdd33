"""Which months of an account were lost to limitation on a day: what money passes by (ГК РФ ст. 196, 199, 319.1 п. 3)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from debtors.models import AwardLine
from debtors.queries.limitation import MovesTerm, term_events
from debtors.rules.allocation_lines import Barred
from debtors.rules.limitation import last_day_after, last_day_to_claim


def barred_months(account_ids: Iterable[int]) -> "BarredMonths":
    """Load what moves the terms of these accounts: events of their cases, and months granted by a court. Four queries."""
    ids = list(account_ids)
    granted: dict[int, dict[tuple[int, int], dt.date]] = defaultdict(dict)
    lines = AwardLine.objects.filter(account__in=ids, award__booking__undone_at__isnull=True)
    for account, service, month, day in lines.values_list("account_id", "service_id", "month", "award__granted_on"):
        known = granted[account].get((service, month))
        granted[account][service, month] = min(known, day) if known else day
    return BarredMonths(term_events(ids), granted)


class BarredMonths:
    """Answers, per account, whether a month was lost on a day."""

    def __init__(self, events: dict[int, list[MovesTerm]], granted: dict[int, dict[tuple[int, int], dt.date]]):
        self.events, self.granted = events, granted

    def of(self, account: int) -> Barred:
        """The question for one account. A month that a court granted is not lost any more from that day on."""
        moved, granted = self.events.get(account, ()), self.granted.get(account, {})

        def barred(service: int, month: int, day: dt.date) -> bool:
            on = granted.get((service, month))
            if on and on <= day:
                return False
            events = tuple(item.event for item in moved if item.concerns(month) and item.event.on <= day)
            last = _last_day(month, events) if events else last_day_to_claim(month)
            return last is not None and last < day

        return barred


_last_day = cache(last_day_after)
