"""A cell of a table as finished HTML. Not a template: a list has hundreds of cells, and an include costs as much as a query."""

import html as markup
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

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


def escaped(value: Any) -> str:
    """Text as markup; what is markup already stays. Django's own does the same through a wrapper that costs as much again."""
    return value.__html__() if hasattr(value, "__html__") else markup.escape(str(value))


def worded(value: Any, kind: str) -> str:
    """A value as people read it; None is a dash, except that a badge is then left out."""
    if kind in WORDED:
        return WORDED[kind](value)
    return ui.DASH if value is None else value


def html(*, value: Any, kind: str, label: str, head: bool, css: str, url: str, sub: str) -> SafeString:
    """The whole `<td>` or `<th>`: on a phone the label stands before the value."""
    inner = escaped(worded(value, kind))
    if url:
        inner = f'<a href="{escaped(url)}">{inner}</a>'
    if sub:
        inner = f'{inner}<span class="sub">{escaped(sub)}</span>'
    if head:
        return mark_safe(f'<th scope="row" role="rowheader" class="{css}"><span>{inner}</span></th>')
    return mark_safe(f'<td role="cell" class="{css}" data-label="{escaped(label)}"><span>{inner}</span></td>')


def row(finished: Iterable[SafeString], thing: Any, tick: str) -> SafeString:
    """A whole `<tr>` of finished cells; with `tick` (its label) a box for bulk actions stands first."""
    box = ""
    if tick:
        label = f"{escaped(tick)}: {escaped(thing)}"
        box = (
            f'<td class="tick" role="cell"><input type="checkbox" name="ids" value="{escaped(thing.pk)}" '
            f'form="bulk" aria-label="{label}"></td>'
        )
    return mark_safe(f'<tr role="row">{box}{"".join(finished)}</tr>')
