"""Ageing as programs read it: the keys of `manage.py age`, amounts as text with two decimals."""

from casedesk.common import money
from debtors.queries.ageing import Ageing, Figures


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


def answer(ageing: Ageing) -> dict:
    """The whole answer of the command and of the API."""
    return {
        "as_of": ageing.as_of.isoformat(),
        "known_on": ageing.known_on.isoformat() if ageing.known_on else None,
        **printed(ageing.figures),
        "rows": [{**group, **printed(figures)} for group, figures in ageing.rows],
    }
