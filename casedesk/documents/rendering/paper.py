"""Shipped templates: short texts that people can read and compare, made into DOCX files that a lawyer goes on editing.

Each line is one paragraph; `**bold**` and merge fields stand anywhere.

    # Heading                      centred, bold                 ^ small print
    = centred                                                    ~ no indent of the first line
    > on the right half (whom to, from whom)                     - an item of a list
    |3 Month|9 Services|>4 Sum|    head of a table: widths in cm, `>` to the right; further rows: | a | b | c |
    !8 left|8 right|               rows without lines (signatures); ` // ` begins a new paragraph in a cell
    {% for r in lines %}           alone on a line: repeats rows of a table, or paragraphs outside one; {% if %} alike
    ---                            a line to cut along            === a new page
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BOLD = re.compile(r"\*\*(.+?)\*\*")
CONTROL = re.compile(r"^\{%\s*([^%]+?)\s*%\}$")
BAR = re.compile(r"\|(?![^{]*\}\})")
"""A bar between cells, not the one inside a merge field."""
WIDTH = re.compile(r"^(>?)(\d+(?:[.,]\d+)?)\s*(.*)$")
TOGETHER = re.compile(r"\b(?:ИНН|КПП|ОГРН|БИК|тел\.|р/с|корр\. счёт|счёт|Счёт|№) (?=\{\{)|(?<=\}\}) г\.\sр\.")
"""A number stays on the line of its name, «г. р.» on that of its day."""
EDITION = 2
"""Raised when the same text begins to make another file: the shipped templates are then made anew."""
BODY_SIZE, BARE_SIZE, TABLE_SIZE, SMALL_SIZE = 12, 11, 10, 9


@lru_cache(maxsize=64)
def docx_of(source: str) -> bytes:
    """The text as a DOCX template: A4, margins of a business letter, pages numbered at the foot. Made once a process."""
    writer = _Writer()
    source = TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), source)
    lines = [line.strip() for line in source.splitlines() if line.strip() and not line.startswith("//")]
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        writer.line(line, following)
    writer.finish()
    made = io.BytesIO()
    writer.document.save(made)
    return made.getvalue()


class _Writer:
    def __init__(self):
        self.document = Document()
        self.table: Table | None = None
        self.bare = False
        self.rights: list[bool] = []
        self.opened: list[bool] = []
        self.mark = ""
        """What stands before: a list wants air below it, two tables without lines stand close."""
        self._set_page()

    def _set_page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY_SIZE)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        foot = section.footer.paragraphs[0]
        foot.alignment = ALIGN.RIGHT
        _runs(foot, "исх. № {{ номер }} · лист ", SMALL_SIZE)
        _page_field(foot)

    def line(self, line: str, following: str) -> None:
        """Add a line. `following` tells whether a condition opens inside a table or before the next one."""
        control = CONTROL.match(line)
        if control and following.startswith("!") and not control[1].startswith("end"):
            self.table = None
        if line.startswith(("|", "!")):
            self._row(line)
        elif control:
            self._control(control[1])
        else:
            self.table = None
            self._paragraph(line)

    def _control(self, said: str) -> None:
        """Inside a table a row of its own that goes away, outside one a paragraph that does; its end stands where it began."""
        in_table = self.opened.pop() if said.startswith(("end", "el")) else self.table is not None
        if not said.startswith("end"):
            self.opened.append(in_table)
        if in_table:
            self.table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {said} %}}")
        else:
            self.table = None
            self.document.add_paragraph(f"{{%p {said} %}}")

    def _paragraph(self, line: str) -> None:
        if line == "===":
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            return
        after_table = self.document.element.body[-2].tag.endswith("}tbl") if len(self.document.element.body) > 1 else False
        made = self.document.add_paragraph()
        shape = made.paragraph_format
        mark, text = (line[0], line[2:]) if line[:2] in ("# ", "= ", "> ", "~ ", "^ ", "- ") else ("", line)
        if line == "---":
            _rule(made)
            return
        if mark in ("#", "="):
            made.alignment, shape.keep_with_next = ALIGN.CENTER, mark == "#"
            shape.space_before, shape.space_after = Pt(10 if mark == "#" else 0), Pt(6)
            text = f"**{text}**" if mark == "#" else text
        elif mark == ">":
            shape.left_indent = Cm(8.5)
        elif mark == "-":
            shape.left_indent, shape.first_line_indent = Cm(1.25), Cm(-0.5)
            text = f"–\u00a0{text}"
        elif mark in ("~", "^"):
            shape.space_before = shape.space_after = Pt(4)
        else:
            made.alignment, shape.first_line_indent, shape.space_after = ALIGN.JUSTIFY, Cm(1.25), Pt(4)
            shape.space_before = Pt(4 if self.mark == "-" else 0)
        if after_table and mark != "#":
            shape.space_before = Pt(6)
        self.mark = mark
        _runs(made, text, SMALL_SIZE if mark == "^" else None)

    def _row(self, line: str) -> None:
        bare, cells = line[0] == "!", [part.strip() for part in BAR.split(line[1:].rstrip("|"))]
        sized = [WIDTH.match(cell) for cell in cells]
        if self.table is None or bare or (all(sized) and len(cells) != len(self.table.columns)):
            self._new_table(sized, bare)
            cells = [found[3] for found in sized]
            if not bare:
                self._fill(cells, bold=True)
                _repeat(self.table.rows[-1])
            elif any(cells):
                self._fill(cells)
            return
        self._fill(cells)

    def _new_table(self, sized: list, bare: bool) -> None:
        if not all(sized):
            raise ValueError("the first row of a table gives the widths of its columns in cm")
        self._room_before(bare)
        self.mark = "!" if bare else "|"
        self.bare = bare
        self.rights = [bool(found[1]) for found in sized]
        self.table = self.document.add_table(0, len(sized), None if bare else "Table Grid")
        self.table.autofit = False
        for column, found in zip(self.table.columns, sized, strict=True):
            column.width = Cm(float(found[2].replace(",", ".")))

    def _room_before(self, bare: bool) -> None:
        """Air above a table; without a paragraph between them Word would join two tables into one."""
        gap = self.document.add_paragraph() if len(self.document.element.body) > 1 else None
        if gap is not None:
            gap.paragraph_format.line_spacing = Pt(6 if not bare else 2 if self.mark == "!" else 12)

    def _fill(self, cells: list[str], *, bold: bool = False) -> None:
        row = self.table.add_row()
        _whole(row)
        for at, text in enumerate(cells):
            row.cells[at].width = self.table.columns[at].width
            for number, part in enumerate(text.split(" // ")):
                paragraph = row.cells[at].paragraphs[0] if number == 0 else row.cells[at].add_paragraph()
                if bold:
                    paragraph.alignment = ALIGN.CENTER
                elif self.rights[at]:
                    paragraph.alignment = ALIGN.RIGHT
                _runs(paragraph, f"**{part}**" if bold and part else part, BARE_SIZE if self.bare else TABLE_SIZE)

    def finish(self) -> None:
        """Word wants a paragraph after a last table."""
        if self.table is not None:
            self.document.add_paragraph()


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in BOLD.finditer(text):
        yield text[at : found.start()], False
        yield found[1], True
        at = found.end()
    yield text[at:], False


def _runs(paragraph: Paragraph, text: str, size: int | None) -> None:
    for piece, bold in _pieces(text):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = bold or None
            if size:
                run.font.size = Pt(size)


def _page_field(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, looks, size = OxmlElement("w:r"), OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), str(SMALL_SIZE * 2))
    looks.append(size)
    run.append(looks)
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _rule(paragraph: Paragraph) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "dashed"), ("sz", "4"), ("space", "1"), ("color", "808080")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _row_property(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _repeat(row) -> None:
    _row_property(row, "w:tblHeader")


def _whole(row) -> None:
    _row_property(row, "w:cantSplit")
