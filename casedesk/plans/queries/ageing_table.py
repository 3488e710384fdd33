"""The ageing tables of rows Z1 and Z2: resource by consumer group by age, each cell leading to its accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from casedesk.plans.catalogue import Fact
from casedesk.plans.queries.question import Question
from debtors.models import Category, Resource
from debtors.queries.ageing import Figures
from debtors.rules.ageing import BUCKETS

NOT_YET_DUE = "not_yet_due"
AGES = (NOT_YET_DUE, *BUCKETS)
SPLITS = {"category": dict(Category.choices), "resource": dict(Resource.choices)}


@dataclass(frozen=True)
class Row:
    """A row of the table: sums by age with the query string that opens each, and how many accounts owe."""

    label: str
    figures: Figures
    query: dict[str, str]
    nested: bool = False

    @property
    def cells(self) -> list[tuple[int, str]]:
        return [(amount_of(self.figures, age), urlencode(self.query | {"age": age})) for age in AGES]

    @property
    def overdue(self) -> tuple[int, str]:
        return self.figures.overdue, urlencode(self.query | {"age": "overdue"})

    @property
    def total(self) -> tuple[int, str]:
        return self.figures.total, urlencode(self.query | {"age": "total"})


def amount_of(figures: Figures, age: str) -> int:
    """The kopecks of one age: a bucket, `not_yet_due`, `overdue` or `total`."""
    if age in BUCKETS:
        return figures.buckets[age]
    return getattr(figures, age)


def sums(figures: Figures) -> list[int]:
    """The kopecks of a row without links: each age, overdue, total."""
    return [*(amount_of(figures, age) for age in AGES), figures.overdue, figures.total]


def table(question: Question, split: str) -> list[Row]:
    """Rows by `category` or `resource`, each followed by its parts in the other split; the last row is the whole."""
    other = "resource" if split == "category" else "category"
    whole = {group[split]: figures for group, figures in question.answers.aged(split).rows}
    parts = {(group[split], group[other]): figures for group, figures in question.answers.aged("resource", "category").rows}
    rows = []
    for key, label in SPLITS[split].items():
        if key not in whole or not whole[key].total:
            continue
        rows.append(Row(_capital(label), whole[key], {split: key}))
        inner = [(name, words, parts[key, name]) for name, words in SPLITS[other].items() if (key, name) in parts]
        rows += [Row(words, aged, {split: key, other: name}, nested=True) for name, words, aged in inner if aged.total]
    rows.append(Row("Всего", question.answers.aged(split).figures, {}))
    return rows


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def accounts_behind(question: Question, age: str, only: dict[str, str]) -> Iterable[Fact]:
    """The accounts of one cell: their sum is the cell."""
    sums: dict[int, int] = {}
    for group, figures in question.answers.aged("account", "resource", "category").rows:
        amount = amount_of(figures, age)
        if amount and all(group[name] == value for name, value in only.items()):
            sums[group["account"]] = sums.get(group["account"], 0) + amount
    return [Fact((amount,), account=account) for account, amount in sums.items()]
