"""One job books an act of any length: the same statements for 20 accounts with their cases as for 200, and back again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtors.actions.decide_write_off import approve_write_off, ask_write_off
from debtors.actions.open_cases import open_cases
from debtors.actions.post_write_off import post_write_off
from debtors.actions.restore_written_off import restore_act
from debtors.models import AccountState, CaseEvent, CaseFile, UtilityAccount
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import noon
from tests.debtors.writeoff.conftest import OLD, TODAY, gathered

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 200
MAY_ANALYSE = 2
"""PostgreSQL may renew a table's statistics on the way."""


@pytest.fixture
def town(books):
    """Accounts that owe two lost months and a fresh one each, with their cases open."""
    more = [UtilityAccount(creditor=books.creditor, number=f"9{number:03}") for number in range(FEW + MANY)]
    books.accounts = UtilityAccount.objects.bulk_create(more)
    for number in range(len(books.accounts)):
        books.charge(OLD, 50000, account=number).charge("2020-04", 60000, account=number)
        books.charge("2026-03", 70000, account=number)
    books.post("2026-04-02", on=TODAY.isoformat())
    open_cases(creditor=books.creditor, on=TODAY, by=None)
    assert CaseFile.objects.count() == FEW + MANY
    return books


def counted(work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def there_and_back(town, asker, chief, accounts) -> tuple[int, int]:
    """Statements of booking an act of these accounts, and of restoring it."""
    act = ask_write_off(act=gathered(town, asker, accounts=[one.pk for one in accounts]), by=asker, on=TODAY)
    approve_write_off(act=act, by=chief, on=TODAY)
    booked = counted(lambda: post_write_off(act=act, by=chief, learnt_at=noon(TODAY), on=TODAY))
    back = {"why": "mistake", "note": "ошибка", "by": chief, "learnt_at": noon(TODAY), "on": TODAY}
    return booked, counted(lambda: restore_act(act=act, **back))


def test_an_act_of_200_accounts_takes_the_statements_of_one_of_20(town, officer, chief):
    few = there_and_back(town, officer, chief, town.accounts[:FEW])
    many = there_and_back(town, officer, chief, town.accounts[FEW:])

    assert all(abs(one - other) <= MAY_ANALYSE for one, other in zip(few, many, strict=True)), (few, many)
    assert set(AccountState.objects.values_list("debt", flat=True)) == {180000}
    assert not any(faults(TODAY).values())


def test_every_case_of_an_act_learns_its_own_sum(town, officer, chief):
    there_and_back(town, officer, chief, town.accounts[:FEW])

    events = CaseEvent.objects.filter(code="debt_written_off")
    assert [event.data for event in events] == [{"document": "акт о списании № 1", "total_kopecks": 110000}] * FEW
    assert {event.recorded_by for event in events} == {chief}
    back = CaseEvent.objects.filter(code="write_off_restored")
    assert [event.data["total_kopecks"] for event in back] == [110000] * FEW
    assert set(CaseFile.objects.values_list("overdue", flat=True)) == {180000}
