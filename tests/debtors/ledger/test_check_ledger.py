"""The checks find what they look for, and closed months repeat themselves."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from casedesk.common import months
from debtors.actions.close_month import MonthAlreadyClosed, MonthNotOver, close_month
from debtors.models import AccountState, Charge, MonthTotal, ServiceState
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import noon

MAY = months.make(2024, 5)


def found(day="2024-06-15") -> set[str]:
    return {name for name, rows in faults(dt.date.fromisoformat(day)).items() if rows}


@pytest.fixture
def posted(books):
    books.charge("2024-04", 700).charge("2024-05", 500).charge("2024-05", 300, service=3).pay("2024-05-20", 600)
    books.post("2024-06-01")
    return books


def test_sound_books_have_no_faults(posted, capsys):
    call_command("check_ledger", "--as-of", "2024-06-15")

    assert json.loads(capsys.readouterr().out)["ok"] is True


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda: MonthTotal.objects.filter(month=MAY, service=1).update(charged=1), "totals_follow_facts"),
        (lambda: MonthTotal.objects.filter(month=MAY, service=1).delete(), "totals_are_dense"),
        (lambda: ServiceState.objects.filter(service=1).update(last_month=MAY + 1), "totals_are_dense"),
        (lambda: AccountState.objects.update(overdue=1), "states_follow_ageing"),
        (lambda: Charge.objects.filter(month=MAY).update(account=10**9), "orphans"),
    ],
)
def test_a_spoiled_row_is_found(posted, spoil, name):
    spoil()

    assert name in found()


def test_the_command_fails_on_a_fault(posted, capsys):
    AccountState.objects.update(overdue=1)

    with pytest.raises(SystemExit) as ended:
        call_command("check_ledger")

    assert (ended.value.code, json.loads(capsys.readouterr().out)["ok"]) == (1, False)


def test_a_closed_month_keeps_its_figures_and_late_facts_show_beside_them(posted):
    closing = close_month(creditor=posted.creditor, month=MAY, by=None, at=noon(dt.date(2024, 6, 5)), on=dt.date(2024, 6, 5))
    posted.charge("2024-03", 1000).post("2024-06-20")

    assert closing.figures["total"] == "9.00"
    assert age(None, as_of=dt.date(2024, 5, 31)).figures.total == 1900
    assert found() == set()


@pytest.mark.parametrize(("day", "refusal"), [("2024-05-31", MonthNotOver), ("2024-06-01", None)])
def test_a_month_is_closed_after_its_last_day(posted, day, refusal):
    on = dt.date.fromisoformat(day)
    if refusal:
        with pytest.raises(refusal):
            close_month(creditor=posted.creditor, month=MAY, by=None, at=noon(on), on=on)
    else:
        close_month(creditor=posted.creditor, month=MAY, by=None, at=noon(on), on=on)
        with pytest.raises(MonthAlreadyClosed):
            close_month(creditor=posted.creditor, month=MAY, by=None, at=noon(on), on=on)
