"""People liable, for `tests/world.py`."""

from casedesk.access.models import Organisation, User
from tests.factories import cases


def a_debtor(creditor: Organisation, officer: User) -> dict:
    return {"pk": cases.debtor(cases.account(creditor, "9020")).pk}


def a_liability(creditor: Organisation, officer: User) -> dict:
    return {"pk": cases.debtor(cases.account(creditor, "9021")).liabilities.get().pk}


COURT_OBJECTS = {"debtors": a_debtor, "liabilities": a_liability, "api/debtors": a_debtor}
