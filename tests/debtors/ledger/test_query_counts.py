"""Set-based means: however many rows, the number of statements stays the same."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtors.models import UtilityAccount
from debtors.queries.ageing import age, age_accounts


def statements(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def more_accounts(books, number: int) -> None:
    template = books.accounts[0]
    for extra in range(number):
        books.accounts.append(
            UtilityAccount.objects.create(creditor=books.creditor, number=f"x{extra}", premises=template.premises)
        )


def register(books, month: str, accounts: int) -> None:
    for account in range(accounts):
        books.charge(month, 1000 + account, account=account).charge(month, 500, account=account, service=3)
        books.pay(f"{month}-20", 300, account=account, document=f"{month}/{account}")


def test_booking_takes_as_many_statements_for_two_accounts_as_for_forty(books):
    more_accounts(books, 40)
    counts = []
    for month, learnt, accounts in (("2024-04", "2024-05-01", 2), ("2024-05", "2024-06-01", 40)):
        register(books, month, accounts)
        counts.append(statements(lambda day=learnt: books.post(day)))

    assert counts[1] <= counts[0]


def test_ageing_is_one_statement_beside_its_three_questions(books):
    more_accounts(books, 20)
    register(books, "2024-04", 20)
    books.post("2024-05-01")

    def whole():
        return age(None, as_of=dt.date(2024, 5, 20))

    def by_many():
        return age(None, as_of=dt.date(2024, 5, 20), by=("resource", "category", "house"))

    def by_account():
        return age_accounts(None, as_of=dt.date(2024, 5, 20))

    assert statements(whole) == statements(by_many) == statements(by_account) <= 7
