"""Ageing as programs read it: the keys of `manage.py age`, amounts as text with two decimals."""

from casedesk.common import money
from debtors.queries.ageing import Ageing, Figures
from debtors.queries.restructured import Restructured


def printed(figures: Figures) -> dict:
    """Figures of one group."""
    return {
        "total": money.text(figures.total),
        "not_yet_due": money.text(figures.not_yet_due),
        "buckets": {name: money.text(amount) for name, amount in figures.buckets.items()},
        "credit": money.text(figures.credit),
        "penalty": money.text(figures.penalty),
        "at_least": money.text(figures.at_least),
        "accounts": figures.accounts,
    }


def apart(part: Restructured, whole: Figures) -> dict:
    """Debt that kept agreements cover, a part of the whole, and the overdue debt that none does."""
    return {
        "agreements": len(part.agreements),
        "total": money.text(part.figures.total),
        "not_yet_due": money.text(part.figures.not_yet_due),
        "buckets": {name: money.text(amount) for name, amount in part.figures.buckets.items()},
        "overdue_outside": money.text(whole.overdue - part.figures.overdue),
    }


def answer(ageing: Ageing, part: Restructured) -> dict:
    """The whole answer of the command and of the API. `restructured` is a part of the sums above it, not beside them."""
    return {
        "as_of": ageing.as_of.isoformat(),
        "known_on": ageing.known_on.isoformat() if ageing.known_on else None,
        **printed(ageing.figures),
        "restructured": apart(part, ageing.figures),
        "rows": [{**group, **printed(figures)} for group, figures in ageing.rows],
    }
