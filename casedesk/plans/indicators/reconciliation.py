"""Joint reconciliation with the bailiffs: rows B3, Z6d and Z6e."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils import timezone

from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.question import Question
from enforcement.queries.reconciliation_figures import (
    DifferenceFact,
    differences_due,
    differences_found,
    reconciled_writs,
)


def _known(question: Question):
    return question.known_at or timezone.now()


def _creditors(question: Question):
    reach = question.reach
    return None if reach.everything else reach.organisations()


def _writs(question: Question) -> list[Fact]:
    accounts = None if question.reach.everything else question.reach.accounts()
    return [
        Fact((int(one.reconciled), 1), account=one.account, about=f"{one.number}, {one.department}")
        for one in reconciled_writs(accounts, question.period, _known(question))
    ]


def _due(question: Question) -> list[Fact]:
    found = differences_due(_creditors(question), question.period, _known(question))
    return [_fact(one, int(one.in_time)) for one in found]


def _found(question: Question) -> list[Fact]:
    found = differences_found(_creditors(question), question.period, _known(question))
    return [_fact(one, int(one.acted_on is not None)) for one in found]


def _found_first(question: Question) -> list[Fact]:
    return [replace(fact, amounts=fact.amounts[::-1]) for fact in question.answers.once("differences_found", _found)]


def _fact(one: DifferenceFact, counted: int) -> Fact:
    difference = one.difference
    about = f"{difference.get_kind_display()}, {difference.reconciliation.department}, срок {difference.due_on:%d.%m.%Y}"
    url = difference.get_absolute_url() if one.account else ""
    label = "" if one.account else "документ, которого нет у взыскателя"
    return Fact((counted, 1), account=one.account, label=label, about=about, url=url, on=difference.found_on)


def _share(totals: Totals) -> int | None:
    part, whole = totals
    return share_x100(part, whole)


def _shared(name: str, ask: Callable[[Question], list[Fact]]) -> tuple[Callable, Callable]:
    """Totals and facts over one answer of the page."""

    def facts(question: Question) -> Iterable[Fact]:
        return question.answers.once(name, ask)

    def totals(question: Question) -> Totals:
        return total_of(facts(question), 2)

    return totals, facts


register(
    Indicator(
        "reconciliation.writs_share",
        "Доля сверенных исполнительных документов",
        "Документы, которые на конец месяца у приставов: сколько из них вошло в акт сверки за месяц, подписанный "
        "обеими сторонами.",
        Unit.PERCENT,
        "B3",
        (Column("reconciled", "Сверено", "number"), Column("writs", "У приставов", "number")),
        *_shared("reconciled_writs", _writs),
        figure=_share,
    ),
    Indicator(
        "reconciliation.settled_in_time",
        "Расхождения, урегулированные в три рабочих дня",
        "Расхождения сверки, у которых срок в три рабочих дня кончился в этом месяце: сколько из них урегулировано в срок. "
        "Расхождение, перешедшее в следующий месяц, считается один раз.",
        Unit.PERCENT,
        "Z6d",
        (Column("in_time", "В срок", "number"), Column("due", "Срок истёк", "number")),
        *_shared("differences_due", _due),
        figure=_share,
        dated="за месяц",
    ),
    Indicator(
        "reconciliation.differences",
        "Нарушения, найденные при сверке с приставами",
        "Расхождения, найденные в этом месяце, и по скольким из них отделу сообщено или принято решение.",
        Unit.COUNT,
        "Z6e",
        (Column("found", "Найдено", "number"), Column("acted", "Сообщено или решено", "number")),
        *_shared("differences_found_first", _found_first),
        dated="за месяц",
    ),
    Indicator(
        "reconciliation.acted_share",
        "Доля нарушений, по которым приняты меры",
        "Из расхождений, найденных в этом месяце: по скольким отделу сообщено или принято решение.",
        Unit.PERCENT,
        "Z6e",
        (Column("acted", "Сообщено или решено", "number"), Column("found", "Найдено", "number")),
        *_shared("differences_found", _found),
        figure=_share,
        dated="за месяц",
    ),
)
