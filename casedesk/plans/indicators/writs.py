"""Writs: presented, in time, returned, decided on, and money that came to the creditor directly. Rows B2, B4, Z6c, P2.6."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.question import Question
from debtors.models import Payment
from enforcement.models import ImpossibilityAct, Presentation, ReturnChoice, Writ

IN_TIME_DAYS = 30
"""A writ is presented in time within this many days of its issue, unless the plan says otherwise."""


def _month(question: Question) -> tuple[dt.date, dt.date]:
    return months.first_day(question.period), months.last_day(question.period)


def mine(question: Question, rows: QuerySet, path: str) -> QuerySet:
    """Only what hangs on the counted accounts, and on writs whose booking stood at the asked moment."""
    stands = Q(**{f"{path}booking__isnull": True}) | Q(**{f"{path}booking__undone_at__isnull": True})
    if question.known_at is not None:
        learnt = Q(**{f"{path}booking__learnt_at__lte": question.known_at})
        undone = Q(**{f"{path}booking__undone_at__gt": question.known_at})
        stands = Q(**{f"{path}booking__isnull": True}) | learnt & (Q(**{f"{path}booking__undone_at__isnull": True}) | undone)
    rows = rows.filter(stands)
    return rows if question.reach.everything else rows.filter(**{f"{path}account__in": question.reach.accounts()})


def recorded(question: Question, rows: QuerySet) -> QuerySet:
    return rows if question.known_at is None else rows.filter(recorded_at__lte=question.known_at)


def _presented(question: Question) -> list[Fact]:
    rows = Presentation.objects.filter(sent_on__range=_month(question)).select_related("writ", "department")
    found = mine(question, recorded(question, rows), "writ__").order_by("sent_on", "pk")
    return [
        Fact(
            (1, one.total),
            account=one.writ.account_id,
            about=f"{one.writ}: {one.to}",
            url=one.writ.get_absolute_url(),
            on=one.sent_on,
        )
        for one in found
    ]


def _in_time(question: Question) -> list[Fact]:
    """Writs whose days for presenting ran out in the month, and those presented earlier than that."""
    days = question.params.get("days", IN_TIME_DAYS)
    first, last = (day - dt.timedelta(days=days) for day in _month(question))
    sent = recorded(question, Presentation.objects.filter(writ=OuterRef("pk")))
    rows = Writ.objects.filter(issued_on__range=(first, last), duplicate_of__isnull=True)
    rows = rows.annotate(first_sent=Subquery(sent.order_by("sent_on").values("sent_on")[:1]))
    found = mine(question, rows, "").order_by("issued_on", "pk")
    return [
        Fact(
            (int(bool(writ.first_sent) and (writ.first_sent - writ.issued_on).days <= days), 1),
            account=writ.account_id,
            about=f"{writ}: " + (f"предъявлен {writ.first_sent:%d.%m.%Y}" if writ.first_sent else "не предъявлен"),
            url=writ.get_absolute_url(),
            on=writ.issued_on,
        )
        for writ in found
    ]


def _returned(question: Question) -> list[Fact]:
    """Returns up to the month's end, with and without a decision by then."""
    end = question.as_of
    chosen = ReturnChoice.objects.filter(act=OuterRef("pk"), chosen_on__lte=end)
    later = Presentation.objects.filter(writ=OuterRef("writ"), sent_on__gt=OuterRef("dated_on"), sent_on__lte=end)
    rows = ImpossibilityAct.objects.filter(dated_on__lte=end).select_related("writ")
    position = Q(position_on__isnull=False, position_on__lte=end)
    if question.known_at is not None:
        known = {"history_date__lte": question.known_at}
        chosen = ReturnChoice.history.filter(act_id=OuterRef("pk"), chosen_on__lte=end, **known)
        position &= Exists(ImpossibilityAct.history.filter(id=OuterRef("pk"), position_on__isnull=False, **known))
    rows = rows.annotate(is_decided=position | Exists(chosen) | Exists(recorded(question, later)))
    found = mine(question, recorded(question, rows), "writ__").order_by("dated_on", "pk")
    return [
        Fact(
            (int(act.is_decided), int(not act.is_decided), 1),
            account=act.writ.account_id,
            about=f"{act.writ}: {act.ground_text}",
            url=act.writ.get_absolute_url(),
            on=act.dated_on,
        )
        for act in found
    ]


def _money(question: Question) -> list[Fact]:
    """Money on court acts in the month: past the bailiffs, and all of it."""
    rows = Payment.objects.filter(counts_on__range=_month(question), award__isnull=False)
    if question.known_at is None:
        rows = rows.filter(booking__undone_at__isnull=True)
    else:
        standing = Q(booking__undone_at__isnull=True) | Q(booking__undone_at__gt=question.known_at)
        rows = rows.filter(standing, booking__learnt_at__lte=question.known_at)
    if not question.reach.everything:
        rows = rows.filter(account__in=question.reach.accounts())
    found = rows.annotate(label=F("award__label")).order_by("counts_on", "pk")
    return [
        Fact(
            (0 if one.channel == Payment.Channel.BAILIFF else one.amount, one.amount),
            account=one.account_id,
            about=f"{one.label}, {one.get_channel_display()}",
            on=one.counts_on,
        )
        for one in found
    ]


def _totals(facts, width: int):
    def totals(question: Question) -> Totals:
        return total_of(facts(question), width)

    return totals


def _listed(facts):
    def listed(question: Question) -> Iterable[Fact]:
        return facts(question)

    return listed


def _swapped(question: Question) -> list[Fact]:
    return [Fact(fact.amounts[::-1], fact.account, fact.label, fact.about, fact.url, fact.on) for fact in _presented(question)]


def _share(totals: Totals) -> int | None:
    return share_x100(totals[0], totals[1])


def _undecided(totals: Totals) -> int:
    return totals[1]


_PRESENTED, _SUM = Column("presented", "Предъявлено", "number"), Column("total", "К взысканию, ₽")

register(
    Indicator(
        "writs.presented",
        "Предъявлено исполнительных документов",
        "Сколько раз в этом месяце исполнительные документы предъявлены приставам, в банк или работодателю.",
        Unit.COUNT,
        "P2.6",
        (_PRESENTED, _SUM),
        _totals(_presented, 2),
        _listed(_presented),
        dated="за месяц",
    ),
    Indicator(
        "writs.presented_amount",
        "Предъявлено к взысканию",
        "Сумма, которую оставалось взыскать по документам, предъявленным в этом месяце: долг, пени, пошлина.",
        Unit.RUB,
        "P2.6",
        (_SUM, _PRESENTED),
        _totals(_swapped, 2),
        _listed(_swapped),
        dated="за месяц",
    ),
    Indicator(
        "writs.in_time",
        "Документы предъявлены вовремя",
        "Доля документов, предъявленных не позже 30 дней с выдачи (план может назначить другой срок), среди тех, у которых "
        "этот срок истёк в месяце.",
        Unit.PERCENT,
        "Z6c",
        (Column("in_time", "Вовремя", "number"), Column("due", "Документов", "number")),
        _totals(_in_time, 2),
        _listed(_in_time),
        figure=_share,
        dated="за месяц",
    ),
    Indicator(
        "writs.returns_decided",
        "Возвраты, по которым принято решение",
        "Доля возвращённых приставами документов, по которым на конец месяца есть решение: согласие или жалоба, выбранная "
        "мера, повторное предъявление.",
        Unit.PERCENT,
        "B4",
        (
            Column("decided", "С решением", "number"),
            Column("undecided", "Без решения", "number"),
            Column("returned", "Возвратов", "number"),
        ),
        _totals(_returned, 3),
        _listed(_returned),
        figure=lambda totals: share_x100(totals[0], totals[2]),
    ),
    Indicator(
        "writs.returns_undecided",
        "Возвраты без решения",
        "Сколько возвращённых приставами документов на конец месяца остаются без решения, что с ними делать дальше.",
        Unit.COUNT,
        "B4",
        (
            Column("decided", "С решением", "number"),
            Column("undecided", "Без решения", "number"),
            Column("returned", "Возвратов", "number"),
        ),
        _totals(_returned, 3),
        _listed(_returned),
        figure=_undecided,
    ),
    Indicator(
        "writs.paid_directly",
        "Оплачено взыскателю напрямую",
        "Доля денег по присуждённым суммам, пришедших в этом месяце прямо взыскателю, а не через депозит приставов.",
        Unit.PERCENT,
        "B2",
        (Column("direct", "Напрямую, ₽"), Column("whole", "Всего, ₽")),
        _totals(_money, 2),
        _listed(_money),
        figure=_share,
        dated="за месяц",
    ),
)
