"""How fresh the data of a creditor are: what is stated on screens and asked before anything is sent."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from debtors.models import AccountState, Booking


@dataclass(frozen=True)
class Freshness:
    """The day the debts are of, the newest payment known, the moment of the newest load. None: nothing yet."""

    as_of: dt.date | None
    newest_payment_on: dt.date | None
    loaded_at: dt.datetime | None

    def payments_stale(self, on: dt.date, days: int) -> bool:
        """Whether the newest payment known is older than so many days (or there is none)."""
        return self.newest_payment_on is None or (on - self.newest_payment_on).days > days


def freshness(*, creditor) -> Freshness:
    """Two cheap aggregates over states and bookings."""
    states = AccountState.objects.filter(account__creditor=creditor).aggregate(as_of=Max("as_of"), paid=Max("last_payment_on"))
    booked = Booking.objects.filter(creditor=creditor, undone_at__isnull=True).aggregate(at=Max("learnt_at"))
    return Freshness(states["as_of"], states["paid"], booked["at"])
