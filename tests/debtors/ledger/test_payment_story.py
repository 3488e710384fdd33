"""Where every rouble went: the parts of a payment add up to it, say why, and agree with what is open."""

import datetime as dt
from collections import Counter

from hypothesis import given

from debtors.models import Allocation, Payment
from debtors.queries.aged_months import aged_months
from debtors.queries.payment_story import AHEAD, HELD, WAITS, stories
from tests.debtors.ledger.test_awards import MARCH, award, grant, on_writ  # noqa: F401
from tests.debtors.ledger.test_properties import PROPERTY, TODAY, forgotten, histories, live

DAY = dt.date(2024, 7, 31)
Why = Allocation.Why


def told(books, day=DAY) -> list[list[tuple]]:
    found = stories(books.accounts[0], day)
    for story in found:
        assert sum(part.kopecks for part in story.parts) == story.left
    return [[(part.kind, part.service, part.month, part.kopecks) for part in story.parts] for story in found]


def test_free_money_covers_the_oldest_months_and_the_rest_is_ahead(books):
    books.charge("2024-03", 500).charge("2024-04", 500).post("2024-05-01")
    books.pay("2024-06-01", 700, document="1").pay("2024-06-02", 700, document="2").post("2024-06-03")

    assert told(books) == [
        [("month", "Отопление", MARCH + 1, 300), (AHEAD, "Отопление", None, 400)],
        [("month", "Отопление", MARCH, 500), ("month", "Отопление", MARCH + 1, 200)],
    ]
    assert stories(books.accounts[0], DAY)[1].parts[0].article == "ГК РФ ст. 319.1 п. 3"


def test_a_named_month_is_said_to_be_named(books):
    books.charge("2024-03", 500).charge("2024-04", 500).post("2024-05-01")
    books.add(0, 1, amount=600, paid_on=dt.date(2024, 6, 1), designated_month=MARCH + 1).post("2024-06-02")

    assert told(books) == [[("month", "Отопление", MARCH + 1, 500), ("month", "Отопление", MARCH, 100)]]
    assert [part.why for part in stories(books.accounts[0], DAY)[0].parts] == [Why.DESIGNATED.label, Why.OLDEST.label]


def test_money_for_a_month_to_come_waits(books):
    books.charge("2024-03", 500).post("2024-05-01")
    books.add(0, 1, amount=600, paid_on=dt.date(2024, 7, 3), designated_month=MARCH + 5).post("2024-07-04")

    assert told(books) == [[(WAITS, "", None, 600)]]
    assert told(books, dt.date(2024, 8, 31)) == [[("month", "Отопление", MARCH, 500), (AHEAD, "Отопление", None, 100)]]


def test_money_of_a_writ_tells_costs_months_penalty_and_what_is_held(books, award):  # noqa: F811
    on_writ(books, "2024-07-01", 1500, award).post("2024-07-02")

    kinds = Counter()
    for kind, _, _, kopecks in told(books)[0]:
        kinds[kind] += kopecks
    assert kinds == {"duty": 200, "month": 1100, "penalty": 70, HELD: 130}


def test_a_reversal_leaves_the_rest(books):
    books.charge("2024-03", 500).post("2024-05-01")
    books.pay("2024-06-01", 400, document="1").post("2024-06-02")
    paid = Payment.objects.get()
    books.add(0, 1, amount=-150, paid_on=dt.date(2024, 6, 5), document="1", reverses_id=paid.pk).post("2024-06-06")

    assert told(books) == [[("month", "Отопление", MARCH, 250)]]


@PROPERTY
@given(history=histories)
def test_all_parts_are_all_money_and_all_that_is_paid(books, history):
    """Sum of what lies on months = charges that are paid; sum of parts of each payment = the payment."""
    with forgotten():
        live(books, history)
        for account in books.accounts[:2]:
            found = stories(account, TODAY)
            on_months = Counter()
            for story in found:
                assert sum(part.kopecks for part in story.parts) == story.left
                for part in story.parts:
                    if part.month:
                        on_months[part.service, part.month] += part.kopecks
            for row in aged_months(type(account).objects.filter(pk=account.pk), as_of=TODAY):
                assert on_months[row.service.name, row.month] <= row.charged - row.unpaid
