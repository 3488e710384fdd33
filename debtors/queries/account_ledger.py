"""One account's ledger as people read it: months with their running balance, and the facts behind each figure."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from casedesk.common import months
from debtors.models import UNSPLIT, Charge, MonthTotal, Payment, Service, UtilityAccount
from debtors.queries.written_off import written_off


@dataclass
class MonthLine:
    """What one month did to the balance. Kopecks; `balance` is the running balance at the end of the month."""

    month: int
    charged: int = 0
    credited: int = 0
    paid: int = 0
    balance: int = 0
    opening: int = 0
    written_off: int = 0
    services: list["ServiceLine"] = field(default_factory=list)


@dataclass(frozen=True)
class ServiceLine:
    """The part of one service in a month's line."""

    service: Service
    charged: int
    credited: int
    paid: int
    balance: int


def months_of(account: UtilityAccount, *, penalties: bool = False) -> list[MonthLine]:
    """The account's months, newest first, each with its services. Principal only, or penalties only.

    Money not yet split by service stands in the pool's line; its balance is what is left to split, below zero.
    """
    lines: dict[int, MonthLine] = {}
    totals = (
        MonthTotal.objects.filter(account=account, service__is_penalty=penalties)
        .select_related("service")
        .order_by("-month", "service__position", "service_id")
    )
    for total in totals:
        line = lines.setdefault(total.month, MonthLine(total.month))
        balance = total.cum_charged - total.cum_settled
        line.charged += total.charged
        line.credited += total.credited
        line.paid += total.paid
        line.balance += balance
        if total.charged or total.credited or total.paid or balance:
            line.services.append(ServiceLine(total.service, total.charged, total.credited, total.paid, balance))
    if all(total.settled == total.paid + total.credited for total in totals):
        return list(lines.values())
    gone = written_off().filter(account=account, service__is_penalty=penalties)
    for day, amount in gone.values_list("counts_on", "amount"):
        lines[months.of(day)].written_off += amount
    return list(lines.values())


@dataclass(frozen=True)
class Fact:
    """One line of the ledger: a charge or a payment, and the booking it came with. Kopecks."""

    on: dt.date
    what: str
    service: str
    month: int | None
    charged: int
    paid: int
    note: str
    booking_id: int
    about: str
    undone: bool
    source_row: int | None


def facts_of(account: UtilityAccount, *, undone: bool = False) -> list[Fact]:
    """Every charge and payment of the account, newest first; with `undone`, those of bookings taken back as well."""
    live = Q() if undone else Q(booking__undone_at__isnull=True)
    charges = Charge.objects.filter(live, account=account).select_related("service", "booking")
    payments = Payment.objects.filter(live, account=account).select_related("service", "booking")
    found = [_charge(charge) for charge in charges] + [_payment(payment) for payment in payments]
    return sorted(found, key=lambda fact: (fact.on, fact.booking_id, fact.source_row or 0), reverse=True)


def _charge(charge: Charge) -> Fact:
    return Fact(
        on=charge.counts_on,
        what=charge.get_kind_display(),
        service=charge.service.name,
        month=charge.month,
        charged=charge.charged,
        paid=charge.credited,
        note="перерасчёт в пользу потребителя" if charge.credited else "",
        **_source(charge),
    )


def _what(payment: Payment) -> str:
    if payment.channel == Payment.Channel.WRITE_OFF:
        return "восстановлено списанное" if payment.amount < 0 else "списание"
    return "сторно оплаты" if payment.amount < 0 else "оплата"


def _payment(payment: Payment) -> Fact:
    return Fact(
        on=payment.counts_on,
        what=_what(payment),
        service="" if payment.service_id == UNSPLIT else payment.service.name,
        month=payment.designated_month,
        charged=0,
        paid=payment.amount,
        note=" · ".join(filter(None, (payment.get_channel_display(), payment.document))),
        **_source(payment),
    )


def _source(fact: Charge | Payment) -> dict:
    return {
        "booking_id": fact.booking_id,
        "about": fact.booking.about,
        "undone": fact.booking.undone_at is not None,
        "source_row": fact.source_row,
    }
