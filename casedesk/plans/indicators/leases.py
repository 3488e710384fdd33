"""Measures against tenants of social housing who do not pay: terms of the lease, its end (row Z5c; Housing Code art. 83, 90).

They are steps that other rows count too; here those of flats let by social rent on the day, each with its kind.
"""

from collections.abc import Iterable

from casedesk.commission.models import Decision
from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Unit, get, register, total_of
from casedesk.plans.indicators.premises import in_reach
from casedesk.plans.queries.question import Question
from debtors.models import UtilityAccount
from debtors.queries.premises_register import municipal, social

STEPS = ("notices.first", "agreements.signed", "claims.evictions")
"""Indicators of the steps, in the order of the columns; the commission's decisions are the last column."""
NAMES = ("Предупреждение", "Соглашение", "Иск о выселении", "Решение комиссии")


def _tenants(question: Question) -> set[int]:
    """Accounts of flats let by social rent on the question's day."""
    flats = social(municipal(in_reach(question), question.as_of, question.known_at))
    return set(UtilityAccount.objects.filter(premises__in=flats.values("pk")).values_list("pk", flat=True))


def _steps(question: Question) -> Iterable[tuple[int, Fact]]:
    for place, code in enumerate(STEPS):
        for fact in get(code).facts(question.with_params({})):
            yield place, fact
    for fact in _decided(question):
        yield len(STEPS), fact


def _decided(question: Question) -> Iterable[Fact]:
    """Decisions of the commission that came in force in the month."""
    days = (months.first_day(question.period), months.last_day(question.period))
    found = Decision.objects.in_force().filter(in_force_on__range=days)
    if not question.reach.everything:
        found = found.filter(item__case__account__in=question.reach.accounts())
    if question.known_at:
        found = found.filter(item__meeting__minutes__signed_at__lte=question.known_at)
    for one in found.select_related("item__case", "item__meeting").order_by("in_force_on", "pk"):
        url = one.item.meeting.get_absolute_url()
        yield Fact((1,), account=one.item.case.account_id, about=one.words, url=url, on=one.in_force_on)


def _measures(question: Question) -> list[Fact]:
    """A line per measure: (1, and 1 in the column of its kind)."""
    tenants = question.answers.once("tenants", _tenants)
    facts = []
    for place, fact in _steps(question):
        if fact.account in tenants:
            amounts = (1, *(int(place == other) for other in range(len(NAMES))))
            facts.append(Fact(amounts, fact.account, fact.label, f"{NAMES[place]}: {fact.about}", fact.url, fact.on))
    return facts


def _asked(question: Question) -> list[Fact]:
    return question.answers.once("lease_measures", _measures)


register(
    Indicator(
        "premises.lease_measures",
        "Меры к нанимателям-должникам",
        "Предупреждения, соглашения, иски о выселении и решения комиссии этого месяца по квартирам социального найма.",
        Unit.COUNT,
        "Z5c",
        (
            Column("measures", "Мер", "number"),
            Column("warned", "Предупреждений", "number"),
            Column("agreed", "Соглашений", "number"),
            Column("evicted", "Исков о выселении", "number"),
            Column("decided", "Решений комиссии", "number"),
        ),
        lambda question: total_of(_asked(question), 5),
        _asked,
        dated="за месяц",
    )
)
