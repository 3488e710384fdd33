"""Money at the edges: what is read, what is refused, what adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casedesk.common import money

READABLE = {
    "1234.56": 123456,
    "1 234,56": 123456,
    "1\u00a0234,56": 123456,
    "1\u202f234,5": 123450,
    "1.234,56": 123456,
    "1'234,56": 123456,
    "(1 234,56)": -123456,
    "\u22121,01": -101,
    "-0,01": -1,
    "123,45 р.": 12345,
    "12 руб. 5 коп.": 1205,
    "700": 70000,
    "5 ₽": 500,
}
REFUSED = ["", "-", "1,234", "12,345.67", "1.234", "NaN", "Infinity", "1e309", "1_000", "١٢٣", "１２３", "1,2,3"]
REFUSED += ["12 34", "--1", "(-1)"]


@pytest.mark.parametrize("text, value", READABLE.items())
def test_reads(text, value):
    assert money.kopecks(text) == value


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(text):
    with pytest.raises(money.NotMoney):
        money.kopecks(text)


@given(st.integers(-(10**12), 10**12))
def test_text_and_screen_forms_read_back(value):
    assert money.kopecks(money.text(value)) == value
    assert money.kopecks(money.spaced(value)) == value


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_parts_add_up(total, weights):
    parts = money.split(total, weights)
    assert sum(parts) == total
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(st.integers(-(10**11), 10**11))
def test_number_cells_are_exact(value):
    assert money.from_float(value / 100) == value
