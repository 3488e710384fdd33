"""How fresh the data of a creditor are: what is stated on screens and asked before anything is sent."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from debtors.models import AccountState, Booking, OpeningRule


@dataclass(frozen=True)
class Freshness:
    """The day the debts are of, the newest payment known, the moment of the newest load. None: nothing yet."""

    as_of: dt.date | None
    newest_payment_on: dt.date | None
    loaded_at: dt.datetime | None


def stale_payments(creditor, on: dt.date) -> str:
    """Why nothing may be sent for this creditor on the day; empty when it may.

    Payments older than the creditor's rule allows do not tell what is left of the debts.
    """
    days = OpeningRule.objects.in_force(creditor=creditor, on=on).payments_fresh
    newest = AccountState.objects.filter(account__creditor=creditor).aggregate(paid=Max("last_payment_on"))["paid"]
    if newest and (on - newest).days <= days:
        return ""
    told = f"{newest:%d.%m.%Y}" if newest else "нет"
    return f"Оплаты устарели: последняя известная {told}, допустимо {days} дн. Загрузите свежий реестр оплат."


def freshness(*, creditor) -> Freshness:
    """Two cheap aggregates over states and bookings."""
    states = AccountState.objects.filter(account__creditor=creditor).aggregate(as_of=Max("as_of"), paid=Max("last_payment_on"))
    booked = Booking.objects.filter(creditor=creditor, undone_at__isnull=True).aggregate(at=Max("learnt_at"))
    return Freshness(states["as_of"], states["paid"], booked["at"])
