"""Whether the month's bills were formed in time: row L2."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.question import Question
from debtors.models import Booking, Charge

LAST_DAY = 5
"""Bills of a month are to be formed by this day of the next one."""


def limit_of(period: int, day: int = LAST_DAY) -> dt.date:
    """The last day in time for the bills of a month."""
    return months.first_day(period + 1).replace(day=day)


def _facts(question: Question) -> Iterable[Fact]:
    """A line per creditor whose accounts are counted: in time, late, or not yet."""
    limit = limit_of(question.period, question.params.get("day", LAST_DAY))
    came = question.answers.once("bills", _first_registers)
    found = []
    for creditor in question.reach.organisations():
        on = came.get(creditor.pk)
        about = "не загружены" if on is None else "вовремя" if on <= limit else f"позже {limit:%d.%m.%Y}"
        found.append(Fact((int(on is not None and on <= limit), 1), label=creditor.name, about=about, on=on))
    return found


def _first_registers(question: Question) -> dict[int, dt.date]:
    """Creditor id -> the day its first register of the month's charges was booked."""
    billed = Charge.objects.filter(booking=OuterRef("pk"), month=question.period).exclude(kind=Charge.Kind.OPENING)
    bookings = Booking.objects.filter(Exists(billed), learnt_at__date__gte=months.first_day(question.period))
    if question.known_at is None:
        bookings = bookings.filter(undone_at__isnull=True)
    else:
        standing = Q(undone_at__isnull=True) | Q(undone_at__gt=question.known_at)
        bookings = bookings.filter(standing, learnt_at__lte=question.known_at)
    came: dict[int, dt.date] = {}
    for creditor, learnt_at in bookings.order_by("-learnt_at").values_list("creditor", "learnt_at"):
        came[creditor] = timezone.localtime(learnt_at).date()
    return came


def _totals(question: Question) -> Totals:
    return total_of(_facts(question), 2)


def _share(totals: Totals) -> int | None:
    on_time, expected = totals
    return share_x100(on_time, expected)


register(
    Indicator(
        "bills.on_time",
        "Начисления загружены вовремя",
        "Доля организаций, у которых реестр начислений за месяц был загружен не позже 5-го числа следующего месяца.",
        Unit.PERCENT,
        "L2",
        (Column("on_time", "Вовремя", "number"), Column("expected", "Организаций", "number")),
        _totals,
        _facts,
        figure=_share,
        dated="за месяц",
    )
)
