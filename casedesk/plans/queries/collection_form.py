"""The municipal form on collection (L-App4): population and other consumers, with the debt at both ends of the month."""

from dataclasses import dataclass

from casedesk.common import months
from casedesk.plans.catalogue import Fact, share_x100
from casedesk.plans.queries.flows import Flow, flows
from casedesk.plans.queries.question import Question
from debtors.models import POPULATION

POPULATION_ROW, OTHER_ROW, WHOLE_ROW = "Население", "Прочие потребители", "Всего"


@dataclass
class FormRow:
    """A row of the form, in kopecks. `rate` is in hundredths of a per cent, None when nothing was charged."""

    label: str
    key: str
    debt_at_start: int = 0
    charged: int = 0
    paid: int = 0
    enforced: int = 0
    overdue: int = 0

    @property
    def rate(self) -> int | None:
        return share_x100(self.paid, self.charged)

    def add(self, other: "FormRow") -> None:
        for name in ("debt_at_start", "charged", "paid", "enforced", "overdue"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def collection_form(question: Question) -> list[FormRow]:
    """The three rows of the form for the asked month; the last is the sum of the others.

    The debt at the start is everything owed on the last day of the month before; overdue is of the question's day.
    """
    population, other = FormRow(POPULATION_ROW, "population"), FormRow(OTHER_ROW, "other")
    row_of = lambda category: population if category in POPULATION else other  # noqa: E731
    before = months.last_day(question.period - 1)
    for group, figures in question.answers.aged("category", on=before).rows:
        row_of(group["category"]).debt_at_start += figures.total
    for group, figures in question.answers.aged("category").rows:
        row_of(group["category"]).overdue += figures.overdue
    for (_, category), flow in _flows(question).items():
        row = row_of(category)
        row.charged += flow.charged
        row.paid += flow.paid
        row.enforced += flow.enforced
    whole = FormRow(WHOLE_ROW, "all")
    whole.add(population)
    whole.add(other)
    return [population, other, whole]


def _flows(question: Question) -> dict[tuple[int, str], Flow]:
    return question.answers.once("flows", flows)


MONEY_COLUMNS = ("charged", "paid", "enforced")
DEBT_COLUMNS = ("debt_at_start", "overdue")


def accounts_behind(question: Question, column: str, key: str) -> list[Fact]:
    """The accounts of one cell of the form: their sum is the cell. `key` is `population`, `other` or `all`."""
    if column in MONEY_COLUMNS:
        found = [(account, category, getattr(flow, column)) for (account, category), flow in _flows(question).items()]
    else:
        on = months.last_day(question.period - 1) if column == "debt_at_start" else None
        rows = question.answers.aged("account", "category", on=on).rows
        name = "total" if column == "debt_at_start" else "overdue"
        found = [(group["account"], group["category"], getattr(figures, name)) for group, figures in rows]
    return [Fact((amount,), account=account) for account, category, amount in found if amount and _belongs(category, key)]


def _belongs(category: str, key: str) -> bool:
    return key == "all" or (category in POPULATION) == (key == "population")
