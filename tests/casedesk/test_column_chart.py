"""Stacked columns: heights add up, marks fit, nothing is drawn of nothing."""

import pytest

from casedesk.common.column_chart import BOTTOM, TOP, pillars


def test_pieces_stand_on_each_other_and_reach_their_height():
    drawn = pillars([("a", [("x", 1, "1"), ("y", 2, "2"), ("z", 4, "3")]), ("b", [("x", 10, "1")])])
    first, second = drawn.pillars
    assert first.pieces[0].y + first.pieces[0].height == BOTTOM
    for lower, upper in zip(first.pieces, first.pieces[1:], strict=False):
        assert upper.y + upper.height == lower.y
    assert sum(piece.height for piece in first.pieces) == (BOTTOM - TOP) * 7 // 10
    assert second.pieces[0].y == TOP


@pytest.mark.parametrize("parts", [[], [("x", 0, "1")], [("x", -5, "1")]])
def test_nothing_is_drawn_of_nothing(parts):
    assert pillars([("a", parts)]).pillars[0].pieces == []


def test_the_newest_column_is_always_marked():
    drawn = pillars([(str(n), [("x", n, "1")]) for n in range(13)])
    assert drawn.pillars[-1].mark == "12" and sum(bool(one.mark) for one in drawn.pillars) <= 7
