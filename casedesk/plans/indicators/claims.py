"""Who is due for a court order by the plan's threshold: row B1."""

from collections.abc import Iterable

from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, total_of
from casedesk.plans.queries.averages import owing_over
from casedesk.plans.queries.question import Question

DEFAULT_THRESHOLD_X100 = 200
_WORDS = (
    "Счета, у которых просроченная задолженность на последний день месяца не меньше порога плана: двух средних месячных "
    "начислений, если план не назначил другого. Среднее считается по начисленным месяцам последнего года."
)


def _facts(question: Question) -> list[Fact]:
    return question.answers.once("candidates", _candidates, question.params.get("threshold_x100", DEFAULT_THRESHOLD_X100))


def _candidates(question: Question, threshold_x100: int) -> list[Fact]:
    return [Fact((overdue, 1), account=account) for account, overdue in owing_over(question, threshold_x100).items()]


def _sum_facts(question: Question) -> Iterable[Fact]:
    return _facts(question)


def _count_facts(question: Question) -> Iterable[Fact]:
    return [Fact((1, fact.amounts[0]), account=fact.account) for fact in _facts(question)]


def _sum_totals(question: Question) -> Totals:
    return total_of(_facts(question), 2)


def _count_totals(question: Question) -> Totals:
    overdue, count = _sum_totals(question)
    return (count, overdue)


_OVERDUE, _ACCOUNTS = Column("overdue", "Просрочено, ₽"), Column("accounts", "Счетов", "number")

register(
    Indicator(
        "claims.candidates_amount",
        "Долг, по которому пора подавать на судебный приказ",
        f"Сумма просроченной задолженности. {_WORDS}",
        Unit.RUB,
        "B1",
        (_OVERDUE, _ACCOUNTS),
        _sum_totals,
        _sum_facts,
    ),
    Indicator(
        "claims.candidates",
        "Счета, по которым пора подавать на судебный приказ",
        f"Число счетов. {_WORDS}",
        Unit.COUNT,
        "B1",
        (_ACCOUNTS, _OVERDUE),
        _count_totals,
        _count_facts,
    ),
)
