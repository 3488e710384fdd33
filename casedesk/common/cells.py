"""A cell of a table as finished HTML. Not a template: a list has hundreds of cells, and an include costs as much as a query."""

from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from casedesk.common.templatetags import ui

WORDED: dict[str, Callable[[Any], str]] = {
    "money": ui.money,
    "number": ui.number,
    "hundredths": ui.money,
    "month": ui.month_short,
    "day": ui.day,
    "moment": ui.moment,
    "badge": lambda value: ui.badge(*value) if value else "",
}


def worded(value: Any, kind: str) -> str:
    """A value as people read it; None is a dash, except that a badge is then left out."""
    if kind in WORDED:
        return WORDED[kind](value)
    return ui.DASH if value is None else value


def html(*, value: Any, kind: str, label: str, head: bool, css: str, url: str, sub: str) -> SafeString:
    """The whole `<td>` or `<th>`: on a phone the label stands before the value."""
    inner = conditional_escape(worded(value, kind))
    if url:
        inner = format_html('<a href="{}">{}</a>', url, inner)
    if sub:
        inner = format_html('{}<span class="sub">{}</span>', inner, sub)
    if head:
        return format_html('<th scope="row" role="rowheader" class="{}"><span>{}</span></th>', css, inner)
    return format_html('<td role="cell" class="{}" data-label="{}"><span>{}</span></td>', css, label, inner)
