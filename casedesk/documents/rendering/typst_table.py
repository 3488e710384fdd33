"""Tables of Word as tables of typst: widths, spans, lines, shades, heads that repeat on every page."""

from typing import Protocol

from lxml import etree

from casedesk.documents.rendering.docx_parts import W
from casedesk.documents.rendering.looks import Styles, child, is_on, points, value
from casedesk.documents.rendering.typst_text import pt

SIDES = {"top": "top", "bottom": "bottom", "left": "left", "start": "left", "right": "right", "end": "right"}
NO_LINE = ("none", "nil")
UPRIGHT = {"center": "horizon", "bottom": "bottom"}


class Writer(Protocol):
    """What a table asks of its document."""

    styles: Styles

    def blocks(self, parent: etree._Element) -> str: ...
    def tags(self, text: str | None) -> str: ...


class TableWriter:
    """Writes one table."""

    def __init__(self, writer: Writer):
        self.writer = writer

    def table(self, element: etree._Element) -> str:
        properties = child(element, "tblPr")
        widths = [points(column.get(f"{W}w"), 60) for column in child(element, "tblGrid")]
        rows = element.findall(f"{W}tr")
        spans = _row_spans(rows)
        heads = [row for row in rows if is_on(child(row, "trPr"), "tblHeader")]
        said = [f"columns: ({', '.join(pt(width) for width in widths)},)", f"stroke: {self._lines(properties)}"]
        said.append("inset: (x: 5.4pt, y: 1.5pt)")
        if heads:
            said.append(f"table.header({''.join(self._row(row, spans) for row in heads)})")
        body = [self.writer.tags(element.text)]
        for one in element:
            if one.tag == f"{W}tr" and one not in heads:
                body.append(self._row(one, spans))
            body.append(self.writer.tags(one.tail))
        table = f"table({', '.join(said)}, {''.join(body)})"
        placed = {"center": "center", "right": "right", "end": "right"}.get(value(properties, "jc") or "", "left")
        return f"#block(width: 100%)[#align({placed})[#{table}]]\n"

    def _lines(self, properties: etree._Element | None) -> str:
        borders = child(properties, "tblBorders")
        if borders is None:
            return "0.5pt" if self.writer.styles.is_bordered(value(properties, "tblStyle")) else "none"
        drawn = any(side.get(f"{W}val") not in NO_LINE for side in borders)
        return "0.5pt" if drawn else "none"

    def _row(self, row: etree._Element, spans: dict[etree._Element, int]) -> str:
        said = [self.writer.tags(row.text)]
        for cell in row:
            if cell.tag == f"{W}tc" and spans.get(cell, 1):
                said.append(self._cell(cell, spans.get(cell, 1)))
            said.append(self.writer.tags(cell.tail))
        return "".join(said) + "\n"

    def _cell(self, cell: etree._Element, rowspan: int) -> str:
        properties = child(cell, "tcPr")
        said = [] if rowspan == 1 else [f"rowspan: {rowspan}"]
        if (colspan := value(properties, "gridSpan")) and colspan.isdigit() and int(colspan) > 1:
            said.append(f"colspan: {colspan}")
        fill = value(properties, "shd", "fill")
        if fill and fill != "auto":
            said.append(f'fill: rgb("{fill}")')
        if upright := UPRIGHT.get(value(properties, "vAlign") or ""):
            said.append(f"align: {upright}")
        if stroke := _cell_lines(child(properties, "tcBorders")):
            said.append(f"stroke: ({stroke})")
        inner = f"[{self.writer.blocks(cell)}]"
        return f"table.cell({', '.join(said)}){inner}," if said else f"{inner},"


def _cell_lines(borders: etree._Element | None) -> str:
    """The lines of one cell; sides that are not named keep those of the table."""
    if borders is None:
        return ""
    found = {}
    for side in borders:
        name = SIDES.get(side.tag.removeprefix(W))
        if name:
            found[name] = "none" if side.get(f"{W}val") in NO_LINE else "0.5pt"
    return ", ".join(f"{name}: {line}" for name, line in found.items())


def _row_spans(rows: list[etree._Element]) -> dict[etree._Element, int]:
    """Cell -> over how many rows it stands; 0 for those that another one covers."""
    spans: dict[etree._Element, int] = {}
    above: dict[int, etree._Element] = {}
    for row in rows:
        column, going = 0, {}
        for cell in row.findall(f"{W}tc"):
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            if merge is not None and merge.get(f"{W}val", "continue") == "continue" and column in above:
                spans[above[column]] = spans.get(above[column], 1) + 1
                spans[cell] = 0
                going[column] = above[column]
            elif merge is not None:
                going[column] = cell
            wide = value(properties, "gridSpan") or "1"
            column += int(wide) if wide.isdigit() else 1
        above = going
    return spans
