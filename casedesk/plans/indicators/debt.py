"""Debt by age, by resource and by consumer group: rows Z1a, Z1b, Z2a, Z3c, Z3d and P2.1."""

from collections.abc import Callable, Iterable

from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100
from casedesk.plans.queries.question import Question
from debtors.models import Category, Resource
from debtors.queries.ageing import Figures
from debtors.rules.ageing import BUCKETS

Picked = Callable[[Figures], int]

_BY = ("resource", "category")
_AGES = {
    "1-3": "до 3 месяцев",
    "3-12": "от 3 до 12 месяцев",
    "12-24": "от 12 до 24 месяцев",
    "24-36": "от 24 до 36 месяцев",
    "36+": "свыше 36 месяцев",
}


def debt_indicator(code: str, name: str, definition: str, source: str, pick: Picked, **only: str) -> Indicator:
    """An indicator that sums one figure of the ageing over accounts, of one resource or consumer group when `only` says so."""

    def totals(question: Question) -> Totals:
        return (sum(pick(figures) for group, figures in question.answers.aged(*_BY).rows if _is(group, only)),)

    def facts(question: Question) -> Iterable[Fact]:
        sums: dict[int, int] = {}
        for group, figures in question.answers.aged("account", *_BY).rows:
            if _is(group, only) and (amount := pick(figures)):
                sums[group["account"]] = sums.get(group["account"], 0) + amount
        return [Fact((amount,), account=account) for account, amount in sums.items()]

    columns = (Column("debt", "Сумма, ₽"),)
    return Indicator(code, name, definition, Unit.RUB, source, columns, totals, facts)


def _is(group: dict, only: dict[str, str]) -> bool:
    return all(group[key] == value for key, value in only.items())


def total(figures: Figures) -> int:
    return figures.total


def overdue(figures: Figures) -> int:
    return figures.overdue


def in_bucket(name: str) -> Picked:
    """The figure of one ageing bucket."""
    return lambda figures: figures.buckets[name]


register(
    debt_indicator(
        "debt.total",
        "Задолженность, всего",
        "Всё начисленное и не оплаченное на последний день месяца, вместе с тем, чему срок оплаты ещё не наступил. Без пеней.",
        "Z1a",
        total,
    ),
    debt_indicator(
        "debt.overdue",
        "Просроченная задолженность",
        "Неоплаченные начисления, срок оплаты которых на последний день месяца уже прошёл (ст. 155 ЖК РФ). Без пеней.",
        "Z1b, Z3c",
        overdue,
    ),
    *(
        debt_indicator(
            f"debt.overdue_{bucket.replace('-', '_').replace('+', '_plus')}",
            f"Просрочка {_AGES[bucket]}",
            f"Неоплаченные начисления, просроченные на срок {_AGES[bucket]}: считаются начатые месяцы просрочки. "
            "Оплата гасит сначала самые старые начисления (ст. 319.1 ГК РФ).",
            "Z1b",
            in_bucket(bucket),
        )
        for bucket in BUCKETS
    ),
    *(
        debt_indicator(
            f"debt.overdue_{resource.value}",
            f"Просрочка: {resource.label}",
            f"Просроченная задолженность по услугам ресурса «{resource.label}» на последний день месяца.",
            "Z2a",
            overdue,
            resource=resource.value,
        )
        for resource in Resource
    ),
    *(
        debt_indicator(
            f"debt.of_{category.value}",
            f"Задолженность: {category.label}",
            f"Вся задолженность группы потребителей «{category.label}» на последний день месяца, без пеней.",
            "Z1a, P2.1",
            total,
            category=category.value,
        )
        for category in Category
    ),
)


# --- Z3d ------------------------------------------------------------------------------------------------------------
def _reduction_totals(question: Question) -> Totals:
    if question.base_on is None:
        return (0, 0)
    before = question.answers.aged(on=question.base_on).figures.overdue
    now = question.answers.aged(*_BY).figures.overdue
    return (before, now)


def _reduction_facts(question: Question) -> Iterable[Fact]:
    if question.base_on is None:
        return []
    sums: dict[int, list[int]] = {}
    for place, day in enumerate((question.base_on, question.as_of)):
        for group, figures in question.answers.aged("account", on=day).rows:
            if figures.overdue:
                sums.setdefault(group["account"], [0, 0])[place] += figures.overdue
    return [Fact(tuple(pair), account=account) for account, pair in sums.items()]


def _reduction(totals: Totals) -> int | None:
    before, now = totals
    return share_x100(before - now, before)


register(
    Indicator(
        "debt.reduction",
        "Снижение просроченной задолженности",
        "На сколько процентов просроченная задолженность на последний день месяца меньше, чем на базовую дату плана. "
        "Отрицательное значение: долг вырос.",
        Unit.PERCENT,
        "Z3d",
        (Column("before", "На базовую дату, ₽"), Column("now", "На конец месяца, ₽")),
        _reduction_totals,
        _reduction_facts,
        figure=_reduction,
    )
)
