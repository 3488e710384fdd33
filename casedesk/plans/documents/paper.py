"""Reports as Word documents: headings, lines and tables on A4 across. The same content gives the same bytes."""

import datetime as dt
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt

FONT = "Times New Roman"


class Paper:
    """An A4 page across, filled from top to bottom."""

    def __init__(self):
        self.document = Document()
        page = self.document.sections[0]
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2), Cm(1.5), Cm(1.5), Cm(1.5)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(11)
        style.paragraph_format.space_after = Pt(4)

    def line(self, text: str, *, bold: bool = False, size: int = 11, centred: bool = False, space: int = 6) -> None:
        made = self.document.add_paragraph()
        made.paragraph_format.space_before = Pt(space)
        made.paragraph_format.keep_with_next = bold
        made.alignment = ALIGN.CENTER if centred else None
        run = made.add_run(text)
        run.bold, run.font.size = bold, Pt(size)

    def table(self, heads: tuple[str, ...], widths: tuple[float, ...], rows: list[tuple[str, ...]], right: set[int]) -> None:
        table = self.document.add_table(0, len(heads), "Table Grid")
        table.autofit = False
        for number, row in enumerate([heads, *rows]):
            cells = table.add_row().cells
            for at, (cell, text) in enumerate(zip(cells, row, strict=True)):
                cell.width = Cm(widths[at])
                said = cell.paragraphs[0]
                said.alignment = ALIGN.RIGHT if at in right and number else None
                run = said.add_run(text)
                run.font.size, run.bold = Pt(9), number == 0

    def bytes(self, moment: dt.datetime) -> bytes:
        self.document.core_properties.created = self.document.core_properties.modified = moment.replace(tzinfo=None)
        made = BytesIO()
        self.document.save(made)
        return made.getvalue()
