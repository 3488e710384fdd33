"""Allocation with awards and the shelf it works on, against a clerk with a list of open bills. Pure: no database."""

import datetime as dt
import os

from hypothesis import given, settings
from hypothesis import strategies as st

from casedesk.common import months
from debtors.rules.allocation import replay
from debtors.rules.allocation_lines import AwardBook, Movement, Standing
from debtors.rules.shelves import Shelf

FIRST = months.make(2024, 1)
SPAN = range(FIRST, FIRST + 6)
MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "300")), derandomize="EXAMPLES" not in os.environ, deadline=None)
SMALL = st.integers(1, 40)


# --- the shelf --------------------------------------------------------------------------------------------------------
@MANY
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("charge"), st.sampled_from(SPAN), SMALL),
            st.tuples(st.just("earmark"), st.sampled_from(SPAN), SMALL),
            st.tuples(st.just("free"), st.just(0), SMALL),
        ),
        max_size=14,
    )
)
def test_a_shelf_answers_as_a_list_of_bills(acts):
    """Free money covers the oldest bills, whatever came first; money laid on a month counts for that month."""
    shelf, charged, laid, free = Shelf(), {}, {}, 0
    for act, month, amount in acts:
        if act == "charge":
            shelf.charge(month, amount)
            charged[month] = charged.get(month, 0) + amount
        elif act == "free":
            shelf.free += amount
            free += amount
        else:
            amount = min(amount, shelf.open_of(month))
            shelf.earmark(month, amount)
            laid[month] = laid.get(month, 0) + amount
        bills = bills_of(charged, laid, free)
        assert list(shelf.open_months()) == bills
        assert shelf.front() == (bills[0] if bills else None)
        assert {month: shelf.open_of(month) for month in SPAN} == dict.fromkeys(SPAN, 0) | dict(bills)


def bills_of(charged: dict[int, int], laid: dict[int, int], free: int) -> list[tuple[int, int]]:
    bills = []
    for month in sorted(charged):
        left = charged[month] - laid.get(month, 0)
        covered = min(left, free)
        free -= covered
        if left - covered:
            bills.append((month, left - covered))
    return bills


# --- awards -----------------------------------------------------------------------------------------------------------
class Clerk:
    """Pays bills one by one: a service's own money, then awards, then the common money, every day that something happens."""

    def __init__(self, awards: dict[int, AwardBook]):
        self.bills: dict[tuple[int, int], int] = {}
        self.spare: dict[int, int] = {}
        self.purse: list[list] = []  # [award or None, kopecks], in the order it came
        self.costs = {pk: book.duty for pk, book in awards.items()}
        self.fines = {pk: book.penalty for pk, book in awards.items()}
        self.granted = {
            pk: {(m, s): amount for m, of in book.lines.items() for s, amount in of.items()} for pk, book in awards.items()
        }

    def day(self, movements: list[Movement]) -> None:
        for one in movements:
            if one.month is not None:
                key = (one.month, one.service)
                self.bills[key] = self.bills.get(key, 0) + one.amount
        for one in sorted((one for one in movements if one.month is None), key=lambda one: one.payment):
            self._take_in(one)
        for service in self.spare:
            self.spare[service] = self._oldest([service], self.spare[service])
        for held in self.purse:
            self._award(held)
        left = self._oldest([1, 3], sum(amount for award, amount in self.purse if award is None))
        self.purse = [held for held in self.purse if held[0] is not None] + ([[None, left]] if left else [])

    def _take_in(self, one: Movement) -> None:
        if one.award is not None or one.service == 0:
            self.purse.append([one.award, one.amount])
        else:
            self.spare[one.service] = self.spare.get(one.service, 0) + one.amount

    def _oldest(self, services: list[int], money: int) -> int:
        while money:
            open_months = sorted(month for (month, service), left in self.bills.items() if left and service in services)
            if not open_months:
                break
            shares = [(s, self.bills.get((open_months[0], s), 0)) for s in services]
            money -= self._share(open_months[0], shares, money)
        return money

    def _share(self, month: int, shares: list[tuple[int, int]], money: int) -> int:
        """In proportion, each boundary rounded half up."""
        whole = sum(left for _, left in shares)
        money, reached, before = min(money, whole), 0, 0
        for service, left in shares:
            reached += left
            boundary = (2 * money * reached + whole) // (2 * whole) if whole else 0
            if boundary > before:
                self.bills[month, service] -= boundary - before
            before = boundary
        return money

    def _award(self, held: list) -> None:
        pk = held[0]
        if pk is None:
            return
        paid = min(held[1], self.costs[pk])
        self.costs[pk] -= paid
        held[1] -= paid
        for month in sorted({month for month, _ in self.granted[pk]}):
            of_month = sorted((s, left) for (m, s), left in self.granted[pk].items() if m == month)
            asked = [(s, min(left, self.bills.get((month, s), 0))) for s, left in of_month]
            before = {s: self.bills.get((month, s), 0) for s, _ in asked}
            held[1] -= self._share(month, asked, held[1])
            for s, _ in asked:
                self.granted[pk][month, s] -= before[s] - self.bills.get((month, s), 0)
        paid = min(held[1], self.fines[pk])
        self.fines[pk] -= paid
        held[1] -= paid


bills = st.lists(st.tuples(st.sampled_from(SPAN), st.sampled_from([1, 3]), SMALL), min_size=1, max_size=10)
paid = st.lists(
    st.tuples(
        st.dates(months.first_day(FIRST), months.last_day(FIRST + 6)),
        st.sampled_from([(0, None), (1, None), (3, None), (0, 7), (0, 8)]),
        st.integers(1, 90),
    ),
    max_size=9,
)
grants = st.lists(st.tuples(st.sampled_from(SPAN), st.sampled_from([1, 3]), SMALL), max_size=4)


def book_of(lines: list, duty: int, penalty: int) -> AwardBook:
    book = AwardBook(FIRST, duty=duty, penalty=penalty)
    for month, service, amount in lines:
        book.lines.setdefault(month, {})[service] = amount
    return book


@MANY
@given(bills=bills, paid=paid, first=grants, second=grants, duty=st.integers(0, 20), penalty=st.integers(0, 20))
def test_awards_are_paid_as_a_clerk_would_pay_them(bills, paid, first, second, duty, penalty):
    """Two awards, money of services, common money, in any order: what is open, held and still asked is the same."""
    movements = [Movement(months.last_day(month), service, amount, month=month) for month, service, amount in bills]
    for number, (day, (service, award), amount) in enumerate(paid, start=1):
        movements.append(Movement(day, service, amount, payment=number, award=award))
    awards = {7: book_of(first, duty, penalty), 8: book_of(second, 0, penalty)}
    clerk = Clerk(awards)
    for day in sorted({one.day for one in movements}):
        clerk.day([one for one in movements if one.day == day])

    standing = Standing(awards=awards)
    rows = replay(standing, movements)

    open_now = {(m, s): left for s, shelf in standing.shelves.items() for m, left in shelf.open_months()}
    assert open_now == {key: left for key, left in clerk.bills.items() if left}
    held = dict.fromkeys((7, 8, None), 0)
    for one in standing.pool:
        held[one.award] += one.amount
    assert held == {award: sum(left for of, left in clerk.purse if of == award) for award in held}
    assert {pk: (book.duty, book.penalty) for pk, book in awards.items()} == {
        pk: (clerk.costs[pk], clerk.fines[pk]) for pk in awards
    }
    of_awards = sum(row.amount for row in rows if row.award is not None)
    assert of_awards == sum(one.amount for one in movements if one.award is not None) - held[7] - held[8]


def test_the_days_of_the_clerk_are_those_of_the_law():
    """An example by hand: costs 3, January 10 of 10, penalty 2 asked; 14 come: one kopeck of the penalty stays asked."""
    charged = Movement(dt.date(2024, 1, 31), 1, 10, month=FIRST)
    came = Movement(dt.date(2024, 2, 5), 0, 14, payment=1, award=7)
    standing = Standing(awards={7: book_of([(FIRST, 1, 10)], 3, 2)})

    rows = replay(standing, [charged, came])

    assert [(row.service, row.amount) for row in rows] == [(91, 3), (1, 10), (92, 1)]
    assert (standing.awards[7].penalty, standing.pool) == (1, [])
