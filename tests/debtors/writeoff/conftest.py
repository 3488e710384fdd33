"""Books with debt to write off, and two people who answer for it."""

import datetime as dt

import pytest

from casedesk.access.rights import Role
from casedesk.common import months
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off
from debtors.actions.gather_write_off import gather_write_off
from debtors.actions.post_write_off import post_write_off
from debtors.queries.write_off_papers import papers_of
from tests.debtors.ledger.conftest import books, noon  # noqa: F401  fixtures reach the tests from here
from tests.factories import access

TODAY = dt.date(2026, 5, 20)
OLD, FRESH = "2020-03", "2026-03"


@pytest.fixture
def officer(books, osen):  # noqa: F811
    return access.person(Role.LEGAL_OFFICER, books.creditor, username="officer")


@pytest.fixture
def chief(books, osen):  # noqa: F811
    return access.person(Role.LEGAL_OFFICER, books.creditor, username="chief")


@pytest.fixture
def old_debt(books):  # noqa: F811
    """Two accounts: 500.00 of a month lost to limitation and 300.00 of a fresh one, heating; the first owes 70.00 more."""
    for number in (0, 1):
        books.charge(OLD, 50000, account=number).charge(FRESH, 30000, account=number)
    books.charge(OLD, 7000, service=3)
    books.post("2026-04-02", on=TODAY.isoformat())
    return books


def gathered(books, by, ground="limitation", accounts=None):  # noqa: F811
    ids = accounts or [account.pk for account in books.accounts]
    act = gather_write_off(creditor=books.creditor, ground=ground, account_ids=ids, by=by, on=TODAY)
    for kind in papers_of(ground, TODAY):
        add_paper(act=act, kind=kind, number="1", issued_on=TODAY, by=by, on=TODAY)
    return act


def posted(books, asker, approver, **more):  # noqa: F811
    act = ask_write_off(act=gathered(books, asker, **more), by=asker, on=TODAY)
    approve_write_off(act=act, by=approver, on=TODAY)
    return post_write_off(act=act, by=approver, learnt_at=noon(TODAY), on=TODAY)


MARCH = months.parse(OLD)
