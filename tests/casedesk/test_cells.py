"""Cells of registers: escaped, worded by kind, with a dash for nothing."""

import datetime as dt

import pytest

from casedesk.common import cells

PLAIN = {"kind": "text", "label": "Долг", "head": False, "css": "", "url": "", "sub": ""}


def test_what_people_typed_is_escaped():
    html = cells.html(**PLAIN | {"sub": "<i>"}, value="<script>")
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html


def test_a_link_and_a_second_line():
    html = cells.html(**PLAIN | {"url": "/cases/1/?a=1&b=2", "sub": "с 05.2024", "css": "num"}, value="4001")
    assert html == (
        '<td role="cell" class="num" data-label="Долг"><span><a href="/cases/1/?a=1&amp;b=2">4001</a>'
        '<span class="sub">с 05.2024</span></span></td>'
    )


def test_the_head_of_a_row():
    assert cells.html(**PLAIN | {"head": True}, value="4001").startswith('<th scope="row"')


@pytest.mark.parametrize(
    "kind, value, shown",
    [
        ("money", 123456, "1\u202f234,56"),
        ("money", None, "—"),
        ("text", None, "—"),
        ("number", 0, "0"),
        ("hundredths", 250, "2,50"),
        ("month", 24288, "01.2024"),
        ("day", dt.date(2024, 3, 5), "05.03.2024"),
        ("badge", None, ""),
        ("badge", ("Суд", "court"), '<span class="badge court">Суд</span>'),
    ],
)
def test_values_in_words(kind, value, shown):
    assert cells.worded(value, kind) == shown
