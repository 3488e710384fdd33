"""Direct payments on debts under execution: how soon and how fully the bailiffs are told. Rows B3, Z6d, Z6e."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.question import Question
from enforcement.models import DirectPayment


def _rows(question: Question) -> QuerySet:
    """Of the counted accounts, as known at the asked moment."""
    rows = DirectPayment.objects.standing().select_related("proceeding__writ", "notice")
    if question.known_at is not None:
        rows = rows.filter(payment__booking__learnt_at__lte=question.known_at)
    return rows if question.reach.everything else rows.filter(proceeding__writ__account__in=question.reach.accounts())


def _span(question: Question) -> tuple:
    return months.first_day(question.period), months.last_day(question.period)


def _sent_on(question: Question, row: DirectPayment) -> dt.date | None:
    """The day the bailiff was told, when it was known at the asked moment: the letter tells when it was written down."""
    if question.known_at is None or row.sent_on is None:
        return row.sent_on
    return row.sent_on if row.notice and row.notice.recorded_at <= question.known_at else None


def _fact(row: DirectPayment, amounts: tuple[int, ...], on) -> Fact:
    writ = row.proceeding.writ
    told = f"сообщено {row.sent_on:%d.%m.%Y}" if row.sent_on else "не сообщено"
    about = f"{row.proceeding}: оплата {row.paid_on:%d.%m.%Y}, {told}"
    return Fact(amounts, account=writ.account_id, about=about, url=writ.get_absolute_url(), on=on)


def _told(question: Question) -> list[Fact]:
    """Payments that the bailiffs were told of in the month: days it took."""
    rows = _rows(question).filter(sent_on__range=_span(question)).order_by("sent_on", "pk")
    told = (row for row in rows if _sent_on(question, row))
    return [_fact(row, (row.days_to_tell, 1, row.amount), row.sent_on) for row in told]


def _found(question: Question) -> list[Fact]:
    """Payments found in the month: told within the term by the month's end or not. Asked once for a page of figures."""
    return question.answers.once("direct_payments_found", _ask_found)


def _ask_found(question: Question) -> list[Fact]:
    rows = _rows(question).filter(found_on__range=_span(question)).order_by("found_on", "pk")
    return [_fact(row, (*_told_by(question, row), 1, row.amount), row.found_on) for row in rows]


def _told_by(question: Question, row: DirectPayment) -> tuple[int, int]:
    """Told by the month's end; told within the term."""
    sent_on = _sent_on(question, row)
    return (int(sent_on is not None and sent_on <= question.as_of), int(sent_on is not None and sent_on <= row.due_on))


def _average(totals: Sequence[int]) -> int | None:
    """Whole days, half up; None when nobody was told of anything."""
    days, number = totals[:2]
    return (2 * days + number) // (2 * number) if number else None


FOUND = (
    Column("told", "Сообщено", "number"),
    Column("in_time", "Из них в срок", "number"),
    Column("found", "Найдено", "number"),
    Column("amount", "Сумма, ₽"),
)


def _told_totals(question: Question) -> Totals:
    return total_of(_told(question), 3)


register(
    Indicator(
        "direct_payments.days",
        "Дней от прямой оплаты до уведомления пристава",
        "Среднее число дней от оплаты взыскателю по долгу на исполнении до уведомления пристава, по уведомлениям месяца.",
        Unit.COUNT,
        "B3",
        (Column("days", "Дней", "number"), Column("told", "Уведомлений", "number"), Column("amount", "Сумма, ₽")),
        _told_totals,
        _told,
        _average,
        dated="за месяц",
    ),
    Indicator(
        "direct_payments.in_time",
        "Доля прямых оплат, о которых приставу сообщено за три рабочих дня",
        "Из прямых оплат, найденных в месяце, доля тех, о которых приставу сообщено не позже трёх рабочих дней.",
        Unit.PERCENT,
        "Z6d",
        FOUND,
        lambda question: total_of(_found(question), 4),
        _found,
        lambda totals: share_x100(totals[1], totals[2]),
        dated="за месяц",
    ),
    Indicator(
        "direct_payments.told_share",
        "Доля найденных прямых оплат, о которых сообщено приставу",
        "Найдено оплат мимо приставов в месяце и направлено уведомлений о них к его концу.",
        Unit.PERCENT,
        "Z6e",
        FOUND,
        lambda question: total_of(_found(question), 4),
        _found,
        lambda totals: share_x100(totals[0], totals[2]),
        dated="за месяц",
    ),
)
