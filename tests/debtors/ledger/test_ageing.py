"""Ageing at the edges of days: buckets, the open month, knowledge of the past, splits."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from debtors.models import AccountState, MonthCube, UtilityAccount
from debtors.queries.ageing import UnknownDimension, age, age_accounts
from tests.debtors.ledger.conftest import noon


def on(day: str, **kw):
    return age(kw.pop("accounts", None), as_of=dt.date.fromisoformat(day), **kw)


def test_buckets_follow_months_of_delay(books):
    for month, amount in (("2021-05", 1), ("2021-06", 10), ("2022-06", 100), ("2023-06", 1000), ("2024-03", 10000)):
        books.charge(month, amount)
    books.charge("2024-05", 100000).charge("2024-06", 1000000).post("2024-07-01")

    figures = on("2024-07-01").figures

    assert figures.not_yet_due == 1000000
    assert figures.buckets == {"1-3": 110000, "3-12": 1000, "12-24": 100, "24-36": 10, "36+": 1}
    assert figures.total == 1111111


@pytest.mark.parametrize(("day", "overdue"), [("2024-06-10", 0), ("2024-06-11", 500)])
def test_a_month_is_overdue_the_day_after_its_last_day_for_payment(books, day, overdue):
    books.charge("2024-05", 500).post("2024-06-01")

    assert on(day).figures.overdue == overdue


@pytest.mark.parametrize(("day", "total"), [("2024-05-30", 0), ("2024-05-31", 500), ("2024-06-04", 500), ("2024-06-05", 300)])
def test_a_charge_counts_from_the_last_day_of_its_month_and_money_from_its_own_day(books, day, total):
    books.charge("2024-05", 500).pay("2024-06-05", 200, service=1).charge("2024-06", 0).post("2024-07-01")

    assert on(day).figures.total == total


def test_overpaid_services_are_credit_and_do_not_hide_debt(books):
    books.charge("2024-05", 500).charge("2024-05", 700, service=3).pay("2024-05-20", 900, service=3).post("2024-06-01")

    figures = on("2024-06-15").figures

    assert (figures.total, figures.credit, figures.balance) == (500, 200, 300)


def test_penalties_stand_apart(books):
    books.charge("2024-05", 500).charge("2024-05", 70, service=90).post("2024-06-01")

    figures = on("2024-06-15").figures

    assert (figures.total, figures.penalty) == (500, 70)


def test_a_late_fact_changes_today_and_not_what_was_known(books):
    books.charge("2024-05", 500).post("2024-06-01")
    books.charge("2024-04", 300).pay("2024-05-20", 100, service=1).post("2024-12-02")

    then, now = on("2024-10-01", known_on=noon(dt.date(2024, 10, 2))).figures, on("2024-10-01").figures

    assert (then.total, now.total) == (500, 700)


def test_a_balance_is_aged_at_least(books):
    books.add(opening=500, opening_month=2024 * 12 + 3).charge("2024-05", 100).pay("2024-05-20", 200, service=1)
    books.post("2024-06-01")

    figures = on("2024-06-15").figures

    assert (figures.total, figures.at_least) == (400, 300)
    assert AccountState.objects.get().at_least


def test_splits_add_up_to_the_whole(books):
    books.charge("2024-05", 500).charge("2024-05", 700, service=3, account=1).charge("2024-04", 900, account=1)
    books.post("2024-06-01")

    answer = on("2024-06-15", by=("resource", "territory"))

    assert [(row["resource"], row["territory"], figures.total) for row, figures in answer.rows] == [
        ("heating", "verhneozersk", 1400),
        ("water", "verhneozersk", 700),
    ]
    assert (answer.figures.total, answer.figures.accounts) == (2100, 2)


def test_a_list_adds_up_to_its_figure(books):
    for account in range(3):
        books.charge("2024-05", 500 * account, account=account)
    books.post("2024-06-01")
    some = UtilityAccount.objects.exclude(number="101")

    rows = age_accounts(some, as_of=dt.date(2024, 6, 15))

    assert sum(figures.total for figures in rows.values()) == on("2024-06-15", accounts=some).figures.total == 1000


def test_an_unknown_split_is_refused(books):
    with pytest.raises(UnknownDimension, match="colour"):
        on("2024-06-15", by=("colour",))


def test_account_state_says_what_ageing_says(books):
    books.charge("2024-03", 1000).charge("2024-04", 2000).charge("2024-05", 3001).pay("2024-05-20", 500, service=1)
    books.post("2024-06-01", on="2024-06-05")

    state = AccountState.objects.get()

    assert (state.debt, state.overdue, state.average_charge, state.months_x100) == (5501, 2500, 2000, 125)
    assert (state.oldest_open_month, state.last_payment_on) == (2024 * 12 + 2, dt.date(2024, 5, 20))


def test_the_cube_holds_the_months(books):
    books.charge("2024-05", 500).charge("2024-05", 700, account=1).pay("2024-05-20", 100).post("2024-06-01")

    assert list(MonthCube.objects.values_list("category", "charged", "paid")) == [("owner", 1200, 100)]


def test_the_command_prints_the_contract(books, capsys):
    books.charge("2024-05", 150000).post("2024-06-01")

    call_command("age", "--as-of", "2024-07-01", "--known-on", "2024-06-30", "--by", "resource", "--creditor", "osen")

    printed = json.loads(capsys.readouterr().out)
    assert printed["total"] == "1500.00"
    assert printed["buckets"] == {"1-3": "1500.00", "3-12": "0.00", "12-24": "0.00", "24-36": "0.00", "36+": "0.00"}
    assert (printed["rows"][0]["resource"], printed["accounts"], printed["as_of"]) == ("heating", 1, "2024-07-01")


def test_the_command_refuses_a_bad_day(books):
    with pytest.raises(CommandError, match="31.02"):
        call_command("age", "--as-of", "31.02.2024")
