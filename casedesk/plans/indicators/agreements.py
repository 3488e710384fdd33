"""Repayment agreements: row P2.4, the agreements of rows L6, L7, and the notices of breach of row Z6b."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.question import Question
from debtors.models import CaseEvent, RepaymentAgreement


def _signed(question: Question) -> QuerySet:
    """Agreements signed in the month."""
    days = (months.first_day(question.period), months.last_day(question.period))
    found = RepaymentAgreement.objects.filter(signed_on__range=days)
    if question.known_at:
        told = CaseEvent.objects.filter(code="agreement_signed", recorded_at__lte=question.known_at)
        found = found.filter(pk__in=told.values("subject_id"))
    return found if question.reach.everything else found.filter(case__account__in=question.reach.accounts())


def _totals(question: Question) -> Totals:
    sums = list(_signed(question).values_list("total", flat=True))
    return (len(sums), sum(sums))


def _facts(question: Question) -> Iterable[Fact]:
    return [
        Fact(
            (1, agreement.total),
            account=agreement.case.account_id,
            about=f"{agreement}, {agreement.get_state_display()}",
            url=agreement.get_absolute_url(),
            on=agreement.signed_on,
        )
        for agreement in _signed(question).select_related("case").order_by("signed_on", "pk")
    ]


register(
    Indicator(
        "agreements.signed",
        "Заключено соглашений о рассрочке",
        "Число соглашений о погашении долга по графику, заключённых в этом месяце, и сумма долга, которую они покрывают.",
        Unit.COUNT,
        "P2.4",
        (Column("agreements", "Соглашений", "number"), Column("covered", "Рассрочено, ₽")),
        _totals,
        _facts,
        dated="за месяц",
    )
)


def _kept_facts(question: Question) -> list[Fact]:
    """Agreements kept at the end of the month and what is open of the debt they cover."""
    part = question.answers.restructured()
    return [
        Fact(
            (1, part.by_agreement[pk]),
            account=agreement.case.account_id,
            about=f"{agreement}, {'мировое' if agreement.is_settlement else 'рассрочка'}",
            url=agreement.get_absolute_url(),
            on=agreement.signed_on,
        )
        for pk, agreement in sorted(part.agreements.items())
    ]


def _breaches(question: Question) -> list[Fact]:
    """Breaches found in the month; was the debtor told within the term of the creditor's rule."""
    days = (months.first_day(question.period), months.last_day(question.period))
    found = CaseEvent.objects.filter(code="agreement_breached", happened_on__range=days).select_related("case")
    told = CaseEvent.objects.filter(code="agreement_breach_notified")
    if question.known_at:
        found, told = found.filter(recorded_at__lte=question.known_at), told.filter(recorded_at__lte=question.known_at)
    if not question.reach.everything:
        found = found.filter(case__account__in=question.reach.accounts())
    found = list(found.order_by("happened_on", "pk"))
    after: dict[int, list[dt.date]] = defaultdict(list)
    for agreement, day in told.filter(case__in=[event.case_id for event in found]).values_list("subject_id", "happened_on"):
        after[agreement].append(day)
    agreements = RepaymentAgreement.objects.in_bulk({event.subject_id for event in found})
    return [
        Fact(
            (1, int(_in_time(event, after[event.subject_id]))),
            account=event.case.account_id,
            about=f"{agreements[event.subject_id]}: {event.data['why']}",
            url=agreements[event.subject_id].get_absolute_url(),
            on=event.happened_on,
        )
        for event in found
    ]


def _in_time(breach: CaseEvent, told: list[dt.date]) -> bool:
    """The event keeps the first day after the term."""
    return any(breach.happened_on <= day < breach.term_until for day in told)


register(
    Indicator(
        "agreements.kept",
        "Исполняемые соглашения",
        "Соглашения, которые исполнялись на последний день месяца, и сколько рассроченного долга по ним ещё не оплачено.",
        Unit.COUNT,
        "P2.4",
        (Column("agreements", "Соглашений", "number"), Column("restructured", "Рассрочено, не оплачено, ₽")),
        lambda question: total_of(_kept_facts(question), 2),
        _kept_facts,
    ),
    Indicator(
        "agreements.told_in_time",
        "О нарушении соглашения сообщено в срок",
        "Доля нарушений этого месяца, о которых должник уведомлён за число рабочих дней из правила взыскателя.",
        Unit.PERCENT,
        "Z6b",
        (Column("breaches", "Нарушений", "number"), Column("told", "Уведомлены в срок", "number")),
        lambda question: total_of(_breaches(question), 2),
        _breaches,
        figure=lambda totals: share_x100(totals[1], totals[0]),
        dated="за месяц",
    ),
)
