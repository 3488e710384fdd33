"""Service restrictions warned of, imposed and lifted in the month: row L11.

Counted from the events of the cases, so that a past month asked as known then gives the same figure.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Unit, register, total_of
from casedesk.plans.queries.question import Question
from debtors.models import CaseEvent, ServiceRestriction

IMPOSED = ("service_limited", "service_suspended")


def _events(question: Question, codes: Iterable[str]) -> QuerySet:
    days = (months.first_day(question.period), months.last_day(question.period))
    found = CaseEvent.objects.filter(code__in=codes, happened_on__range=days)
    if question.known_at:
        found = found.filter(recorded_at__lte=question.known_at)
    return found if question.reach.everything else found.filter(case__account__in=question.reach.accounts())


def _facts(question: Question, *codes: str) -> list[Fact]:
    """A line per restriction; a limit that became a suspension in the same month counts once."""
    events = list(_events(question, codes).select_related("case").order_by("happened_on", "pk"))
    found = ServiceRestriction.objects.in_bulk({event.subject_id for event in events})
    return [
        Fact(
            (1, found[event.subject_id].warned_debt),
            account=found[event.subject_id].account_id,
            about=f"{found[event.subject_id]}: {event.data['service']}",
            url=found[event.subject_id].get_absolute_url(),
            on=event.happened_on,
        )
        for event in events
        if event.subject_id in found and event.data.get("first", True)
    ]


def _indicator(code: str, name: str, definition: str, *codes: str) -> Indicator:
    def facts(question: Question) -> list[Fact]:
        return _facts(question, *codes)

    return Indicator(
        code,
        name,
        definition,
        Unit.COUNT,
        "L11",
        (Column("restrictions", "Услуг", "number"), Column("debt", "Долг в предупреждениях, ₽")),
        lambda question: total_of(facts(question), 2),
        facts,
        dated="за месяц",
    )


register(
    _indicator(
        "restriction.warned",
        "Предупреждения об ограничении услуг",
        "Число предупреждений, получение которых в этом месяце подтверждено.",
        "restriction_warned",
    ),
    _indicator(
        "restriction.imposed",
        "Введённые ограничения",
        "Число услуг, которые в этом месяце ограничены или, если ограничить нельзя, сразу приостановлены, с актом.",
        *IMPOSED,
    ),
    _indicator(
        "restriction.lifted",
        "Возобновлённые услуги",
        "Число услуг, возобновлённых в этом месяце после оплаты или соглашения, с актом.",
        "service_restored",
    ),
)
