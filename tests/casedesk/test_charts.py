"""Geometry of charts: parts add up to the whole drawing."""

from hypothesis import given
from hypothesis import strategies as st

from casedesk.common import charts


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
def test_a_stack_fills_the_drawing_without_gaps(values):
    parts = charts.stack([charts.Part(str(at), value, "bar") for at, value in enumerate(values)])
    if sum(values):
        assert sum(part.width for part in parts) == charts.WIDTH
        assert all(left.x + left.width == right.x for left, right in zip(parts, parts[1:], strict=False))
    else:
        assert all(part.width == 0 for part in parts)


def test_a_stack_inside_a_larger_whole_takes_its_share():
    parts = charts.ageing({"1-3": 100, "36+": 100}, whole=400)
    assert sum(part.width for part in parts) == 500


def test_bars_are_measured_by_the_longest():
    assert [bar.width for bar in charts.bars([("a", 50, ""), ("b", 200, ""), ("c", 0, "")])] == [250, 1000, 0]


def test_a_stepped_line_holds_each_value_until_the_next():
    line = charts.line([("2023", 10), ("2024", 20)], stepped=True)
    assert line.path.count("L") == 3 + 1
