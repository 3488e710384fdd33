"""Contact with debtors in the month: rows L3 (talks and rounds), P2.3 (reminders), P2.5 (automatic notices)."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet, Sum

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, total_of
from casedesk.plans.indicators.notices import handed_over
from casedesk.plans.queries.question import Question
from debtors.models import Contact, Round
from debtors.rules.contact_words import WENT_OUT, ContactChannel, ContactState
from debtors.rules.visit_words import Outcome, RoundState

IN_PERSON = (ContactChannel.CALL, ContactChannel.VISIT, ContactChannel.HAND)
AUTOMATIC = (ContactChannel.SMS, ContactChannel.AUTODIAL, ContactChannel.EMAIL, ContactChannel.CABINET)


def _days(question: Question) -> tuple:
    return months.first_day(question.period), months.last_day(question.period)


def _of_reach(rows: QuerySet, question: Question, path: str) -> QuerySet:
    if question.known_at is not None:
        rows = rows.filter(recorded_at__lte=question.known_at)
    return rows if question.reach.everything else rows.filter(**{f"{path}__in": question.reach.accounts()})


def _told(question: Question) -> QuerySet:
    """Debtors who were told of the debt by a person: reached by telephone, at the door, by hand."""
    rows = Contact.objects.filter(
        channel__in=IN_PERSON, state=ContactState.DELIVERED, by_law=False, delivered_on__range=_days(question)
    )
    return _of_reach(rows, question, "case__account")


def _told_facts(question: Question) -> Iterable[Fact]:
    rows = _told(question).select_related("case", "promise").order_by("delivered_on", "pk")
    return [
        Fact(
            (1, int(one.channel == ContactChannel.CALL), int(one.channel == ContactChannel.VISIT), _promised(one)),
            account=one.case.account_id,
            about=f"{one.get_channel_display()}: {one.result}",
            url=f"/contacts/{one.pk}/",
            on=one.delivered_on,
        )
        for one in rows
    ]


def _promised(contact: Contact) -> int:
    promise = getattr(contact, "promise", None)
    return promise.amount if promise else 0


def _told_totals(question: Question) -> Totals:
    found = _told(question).aggregate(
        all=Count("pk"),
        calls=Count("pk", filter=Q(channel=ContactChannel.CALL)),
        visits=Count("pk", filter=Q(channel=ContactChannel.VISIT)),
        promised=Sum("promise__amount", default=0),
    )
    return (found["all"], found["calls"], found["visits"], found["promised"])


def _sent(question: Question) -> QuerySet:
    """Messages and robot calls that left."""
    rows = Contact.objects.filter(channel__in=AUTOMATIC, state__in=WENT_OUT, sent_on__range=_days(question))
    return _of_reach(rows, question, "case__account")


def _sent_facts(question: Question) -> Iterable[Fact]:
    return [
        Fact(
            (1, int(one.state == ContactState.DELIVERED), int(one.state == ContactState.FAILED), one.amount),
            account=one.case.account_id,
            about=f"{one.get_channel_display()}: {one.step_name}, {one.get_state_display()}",
            url=f"/contacts/{one.pk}/",
            on=one.sent_on,
        )
        for one in _sent(question).select_related("case").order_by("sent_on", "pk")
    ]


def _sent_totals(question: Question) -> Totals:
    found = _sent(question).aggregate(
        all=Count("pk"),
        delivered=Count("pk", filter=Q(state=ContactState.DELIVERED)),
        failed=Count("pk", filter=Q(state=ContactState.FAILED)),
        asked=Sum("amount", default=0),
    )
    return (found["all"], found["delivered"], found["failed"], found["asked"])


def _handed(question: Question) -> QuerySet:
    """Reminders handed over."""
    rows = handed_over(question.known_at).filter(sent_on__range=_days(question))
    return rows if question.reach.everything else rows.filter(case__account__in=question.reach.accounts())


def _handed_facts(question: Question) -> Iterable[Fact]:
    return [
        Fact(
            (1, one.total),
            account=one.case.account_id,
            about=f"{one} ({one.get_channel_display()})",
            url=one.get_absolute_url(),
            on=one.sent_on,
        )
        for one in _handed(question).select_related("case").order_by("sent_on", "pk")
    ]


def _handed_totals(question: Question) -> Totals:
    found = _handed(question).aggregate(all=Count("pk"), asked=Sum("total", default=0))
    return (found["all"], found["asked"])


def _rounds(question: Question) -> QuerySet:
    """Rounds closed as held, with what came of their doors."""
    held = Round.objects.filter(state=RoundState.HELD, held_on__range=_days(question))
    if not question.reach.everything:
        held = held.filter(pk__in=Round.objects.filter(stops__account__in=question.reach.accounts()).values("pk"))
    last = Q(stops__visits__is_last=True)
    if question.known_at is not None:
        last &= Q(stops__visits__recorded_at__lte=question.known_at)
        held = held.filter(pk__in=Round.objects.filter(stops__visits__recorded_at__lte=question.known_at).values("pk"))
    return held.annotate(
        visited=Count("stops", filter=last, distinct=True),
        promises=Count("stops", filter=last & Q(stops__visits__outcome=Outcome.PROMISED), distinct=True),
        paid=Sum("stops__visits__paid", filter=last, default=0),
    )


def _round_facts(question: Question) -> Iterable[Fact]:
    return [
        Fact(
            (1, one.visited, one.promises, one.paid),
            label=str(one),
            about=f"{one.creditor.name}: {one.walkers}",
            url=one.get_absolute_url(),
            on=one.held_on,
        )
        for one in _rounds(question).select_related("creditor").order_by("held_on", "pk")
    ]


def _round_totals(question: Question) -> Totals:
    return total_of(_round_facts(question), 4)


register(
    Indicator(
        "contacts.in_person",
        "Должникам сообщено лично",
        "Сколько раз в этом месяце о долге сообщили самому должнику: по телефону, на обходе, при вручении под подпись.",
        Unit.COUNT,
        "L3",
        (
            Column("contacts", "Обращений", "number"),
            Column("calls", "По телефону", "number"),
            Column("visits", "На обходах", "number"),
            Column("promised", "Обещали оплатить, ₽"),
        ),
        _told_totals,
        _told_facts,
        dated="за месяц",
    )
)
register(
    Indicator(
        "contacts.rounds",
        "Обходы адресов",
        "Число обходов, закрытых в этом месяце как проведённые: не меньше одного записанного посещения.",
        Unit.COUNT,
        "L3",
        (
            Column("rounds", "Обходов", "number"),
            Column("visits", "Посещено адресов", "number"),
            Column("promises", "Обещали оплатить", "number"),
            Column("paid", "Оплачено на месте, ₽"),
        ),
        _round_totals,
        _round_facts,
        dated="за месяц",
    )
)
register(
    Indicator(
        "contacts.automatic",
        "Автоматические уведомления",
        "Сообщения и звонки робота, ушедшие в этом месяце, с отчётом о доставке по каждому.",
        Unit.COUNT,
        "P2.5",
        (
            Column("sent", "Ушло", "number"),
            Column("delivered", "Доставлено", "number"),
            Column("failed", "Не доставлено", "number"),
            Column("asked", "Предложено оплатить, ₽"),
        ),
        _sent_totals,
        _sent_facts,
        dated="за месяц",
    )
)
register(
    Indicator(
        "contacts.reminders",
        "Вручено напоминаний до суда",
        "Напоминания о долге, вручённые в этом месяце любым способом, и сумма, которую предложено оплатить.",
        Unit.COUNT,
        "P2.3",
        (Column("notices", "Напоминаний", "number"), Column("asked", "Предложено оплатить, ₽")),
        _handed_totals,
        _handed_facts,
        dated="за месяц",
    )
)
