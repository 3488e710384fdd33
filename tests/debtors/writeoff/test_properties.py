"""For any history of the ledger: a write-off and its reversal net to zero in every report."""

import datetime as dt

import pytest
from hypothesis import given

from casedesk.access.rights import Role
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off
from debtors.actions.gather_write_off import NothingToWriteOff, gather_write_off
from debtors.actions.post_write_off import post_write_off
from debtors.actions.restore_written_off import restore_act
from debtors.models import AccountState, MonthCube, MonthTotal
from debtors.queries.aged_months import aged_months
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from debtors.queries.open_months import open_months
from debtors.queries.write_off_papers import papers_of
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.test_properties import PROPERTY, TODAY, forgotten, histories, live
from tests.factories import access

NEXT = TODAY + dt.timedelta(days=1)


@pytest.fixture
def two(books):
    return [access.person(Role.LEGAL_OFFICER, books.creditor, username=name) for name in ("asker", "chief")]


def reports(books, day) -> list:
    """What reports read: ageing by service and by account, open months, money by month, states."""
    accounts = books.creditor.accounts.all()
    return [
        age(accounts, as_of=day, by=("account", "service")).rows,
        [(row.account_id, row.service.pk, row.month, row.unpaid, row.bucket) for row in aged_months(accounts, as_of=day)],
        sorted(open_months(account_ids=[one.pk for one in books.accounts]), key=lambda row: (row.account_id, row.service_id)),
        sorted(MonthTotal.objects.exclude(charged=0, credited=0, paid=0).values_list("account", "service", "month", "paid")),
        sorted(MonthCube.objects.values_list("service", "month", "charged", "credited", "paid")),
        sorted(AccountState.objects.values_list("account", "debt", "credit", "overdue", "penalty", "last_payment_on")),
    ]


@PROPERTY
@given(history=histories)
def test_write_off_and_reversal_net_to_zero(books, two, history):
    with forgotten():
        live(books, history)
        asker, chief = two
        ids = [one.pk for one in books.accounts]
        before = reports(books, NEXT)
        figures = age(books.creditor.accounts.all(), as_of=NEXT).figures
        try:
            act = gather_write_off(creditor=books.creditor, ground="authority_act", account_ids=ids, by=asker, on=NEXT)
        except NothingToWriteOff:
            return
        for kind in papers_of("authority_act", NEXT):
            add_paper(act=act, kind=kind, number="1", issued_on=NEXT, by=asker, on=NEXT)
        ask_write_off(act=act, by=asker, on=NEXT)
        approve_write_off(act=act, by=chief, on=NEXT)
        post_write_off(act=act, by=chief, learnt_at=noon(NEXT), on=NEXT)

        after = age(books.creditor.accounts.all(), as_of=NEXT).figures
        assert (figures.total + figures.penalty) - (after.total + after.penalty) == act.total
        assert after.overdue == 0
        assert after.credit == figures.credit
        assert not any(faults(NEXT).values())

        restore_act(act=act, why="mistake", note="ошибка", by=chief, learnt_at=noon(NEXT), on=NEXT)
        assert reports(books, NEXT) == before
        assert not any(faults(NEXT).values())
