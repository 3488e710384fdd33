"""The unpaid months of a day add up to the figure of ageing."""

import datetime as dt

from debtors.models import UtilityAccount
from debtors.queries.aged_months import aged_months
from debtors.queries.ageing import age
from tests.debtors.ledger.conftest import noon

MARCH, APRIL, MAY = 2024 * 12 + 2, 2024 * 12 + 3, 2024 * 12 + 4


def posted(books):
    books.add(opening=900, opening_month=MARCH).charge("2024-04", 700, credited=50)
    books.charge("2024-05", 300, service=3).pay("2024-05-20", 1000, service=1).pay("2024-06-01", 200)
    books.post("2024-06-02")
    return UtilityAccount.objects.filter(number="100")


def test_open_months_add_up_to_the_figure(books):
    accounts = posted(books)
    day = dt.date(2024, 6, 15)

    lines = aged_months(accounts, as_of=day)

    assert [(line.service.id, line.month, line.unpaid, line.age, line.at_least) for line in lines] == [
        (1, APRIL, 350, 2, False),
        (3, MAY, 300, 1, False),
    ]
    assert sum(line.unpaid for line in lines) == age(accounts, as_of=day).figures.total


def test_open_months_of_a_past_moment(books):
    accounts = posted(books)
    books.charge("2024-02", 5000).post("2024-07-01")

    lines = aged_months(accounts, as_of=dt.date(2024, 6, 15), known_on=noon(dt.date(2024, 6, 3)))

    assert [(line.month, line.unpaid) for line in lines] == [(APRIL, 350), (MAY, 300)]


def test_a_balance_of_unknown_age_says_so(books):
    accounts = posted(books)

    (line, *_) = aged_months(accounts, as_of=dt.date(2024, 5, 10))

    assert (line.month, line.unpaid, line.at_least) == (MARCH, 850, True)


def test_one_account_takes_few_queries(books, django_assert_max_num_queries):
    accounts = posted(books)

    with django_assert_max_num_queries(5):
        aged_months(accounts, as_of=dt.date(2024, 6, 15))
