"""Pages of long lists: the same rows in the same order from both ends, however many there are."""

import pytest

from casedesk.access.models import Territory
from casedesk.common import paging


@pytest.fixture
def places(db):
    Territory.objects.bulk_create([Territory(code=f"t{at:03}", name=f"Город {at:03}") for at in range(25)])
    return Territory.objects.order_by("code", "pk")


def codes(page):
    return [row.code for row in page.rows]


def test_a_short_list_is_counted_exactly(places):
    page = paging.page(places, "3", size=10)
    assert (page.count, page.capped, page.number, page.last_number) == (25, False, 3, 3)
    assert codes(page) == ["t020", "t021", "t022", "t023", "t024"]
    assert (page.first_shown, page.last_shown, page.previous, page.next) == (21, 25, 2, None)


@pytest.mark.parametrize("wanted, number", [("99", 3), ("0", 1), ("x", 1), (None, 1), ("-1", 3)])
def test_a_senseless_number_gives_the_nearest_page(places, wanted, number):
    assert paging.page(places, wanted, size=10).number == number


def test_beyond_the_cap_pages_are_counted_from_the_end(places, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 20)
    last = paging.page(places, "-1", size=10)
    assert last.capped
    assert codes(last) == [f"t{at:03}" for at in range(15, 25)]
    assert (last.previous, last.next, last.first_shown) == (-2, None, None)
    assert codes(paging.page(places, "-2", size=10)) == [f"t{at:03}" for at in range(5, 15)]
    assert paging.page(places, "2", size=10).next is None


def test_a_page_takes_two_queries(places, django_assert_num_queries):
    with django_assert_num_queries(2):
        paging.page(places, "2", size=10)


def test_that_a_list_is_longer_than_the_cap_is_not_asked_again(places, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(paging, "COUNT_CAP", 15)
    paging.page(places, "1", size=10)
    with django_assert_num_queries(1):
        assert paging.page(places, "1", size=10).capped
    with django_assert_num_queries(2):
        assert paging.page(places.filter(code__lt="t010"), "1", size=10).count == 10


@pytest.mark.parametrize(
    "wanted, number, rows", [(None, 1, [0, 1]), ("2", 2, [2, 3]), ("9", 3, [4]), ("-1", 3, [4]), ("x", 1, [0, 1])]
)
def test_pages_of_what_is_at_hand(wanted, number, rows):
    page = paging.page_of_list(range(5), wanted, size=2)
    assert (page.number, page.rows, page.count) == (number, rows, 5)
    assert paging.links(page, lambda number: f"?{number}")["first"] == (None if number == 1 else "?None")
