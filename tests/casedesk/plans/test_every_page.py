"""Every page and endpoint of plans, reports, exchange, boards and what-if: as many queries in a larger town, and rights.

Addresses are read from the resolver, so a new one joins alone; the matrix of roles is `tests/test_access_matrix.py`.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.access.gates import ANYONE_SIGNED_IN
from casedesk.access.rights import Right
from tests.factories.ledger import Ledger
from tests.test_access_matrix import GUARDED, Address
from tests.world import OBJECTS

OURS = (
    "casedesk.plans.web.",
    "casedesk.plans.api.",
    "casedesk.desk.views.boards",
    "enforcement.web.views.what_if",
    "enforcement.api.what_if",
)
ASKED = "?period=2024-02&month=2024-02&age=overdue"
TRIED = "threshold=1&min_overdue_months=1&officer_hours=4"
ASKED_OF = {
    "api:what-if": f"?creditor=osen&{TRIED}",
    "enforcement:what-if": f"?{TRIED}",
    "enforcement:what-if-rows": f"?{TRIED}&side=opens",
}
MISSING = {"plans:debt-package-archive", "api:debt-package-archive"}
"""Addresses whose object of the matrix has no file on disk: 404 for everybody."""
RIGHTS = {
    *(Right.SEE_PLAN, Right.EDIT_PLAN, Right.SEE_EXCHANGE, Right.EXCHANGE_DEBTS),
    *(Right.SEE_COMMISSION, Right.RUN_COMMISSION, Right.EDIT_RULES),
}
MORE = 25


def module_of(address: Address) -> str:
    view = getattr(address.view, "cls", None) or getattr(address.view, "view_class", None) or address.view
    return view.__module__


PAGES = [address for address in GUARDED if module_of(address).startswith(OURS)]


def test_the_pages_are_found():
    names = {address.name for address in PAGES}
    expected = {"plans:plan", "plans:report", "plans:ageing", "plans:form", "plans:debt-reading", "plans:commission-report"}
    assert expected | {"desk:boards", "enforcement:what-if", "api:what-if", "api:plan-figures"} <= names
    assert len(PAGES) > 60


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_a_page_of_figures_needs_a_right_of_its_own(address):
    """Nothing that tells a debt is open to whoever has signed in."""
    assert set(address.needs.values()) <= RIGHTS
    assert ANYONE_SIGNED_IN not in address.needs.values()


@pytest.mark.parametrize("address", [address for address in PAGES if address.name not in MISSING], ids=str)
def test_a_larger_town_asks_no_more_queries(address, osen, officer, administrator, visit):
    """Twenty-five more accounts with half a year of debt: the second look takes as many queries as it took before."""
    maker = OBJECTS.get(address.thing) if address.parameters else None
    path = address.url(maker(osen, officer) if maker else {}) + ASKED_OF.get(address.name, ASKED)
    grow(osen, 0, 3)
    before = queries(visit(administrator), path)
    grow(osen, 100, MORE)
    assert queries(visit(administrator), path) == before


def grow(creditor, first: int, count: int) -> None:
    books = Ledger(creditor)
    for number in range(first, first + count):
        account = books.account(f"77{number}")
        for month in ("2023-09", "2023-12", "2024-02"):
            books.charge(account, month, 70_000).charge(account, month, 20_000, service=3)
        books.pay(account, "2024-02-10", 30_000)
    books.post("2024-03-05" if not first else "2024-03-06")


def queries(client, path: str) -> int | None:
    """Queries of a look after the first, which may fill what is kept; None: the address takes no GET."""
    answer = client.get(path)
    if answer.status_code == 405:
        return None
    assert answer.status_code in (200, 302), (path, answer.status_code)
    with CaptureQueriesContext(connection) as context:
        client.get(path)
    return len(context)
