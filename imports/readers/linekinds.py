"""What a line of a table is when it is not data: blank, total, house row, column numbers, a note or a signature."""

import re

from casedesk.common.text import fold
from imports.profiles.header import is_number_row, is_value
from imports.readers.titles import is_address
from imports.sheets import Cells

BLANK, TOTAL, GROUP, NUMBERS, NOTE, DATA = "blank", "total", "group_header", "column_numbers", "note", "data"
_TOTAL = re.compile(r"^(?:в ?сего|итог\w*|итого\w*|всего|total|общий итог|в том числе)(?!\w)")
_WHOLE = re.compile(r"^(?:всего|общий итог|итого по (?:отчету|реестру|ведомости|организации|файлу))")


def is_total_text(text: str) -> bool:
    return bool(_TOTAL.match(fold(text)))


def is_whole_text(cells: Cells) -> bool:
    """Whether a total row says that it sums the whole register."""
    return any(isinstance(cell, str) and _WHOLE.match(fold(cell)) for cell in cells)


def kind_of(cells: Cells, *, money_columns: list[int]) -> str:
    """The kind of a line whose account cell holds no account. DATA means: it should have had one."""
    filled = [cell for cell in cells if cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())]
    if not filled:
        return BLANK
    if any(isinstance(cell, str) and is_total_text(cell) for cell in filled if isinstance(cell, str) and len(cell) < 200):
        return TOTAL
    if is_number_row(cells):
        return NUMBERS
    has_money = any(at < len(cells) and is_value(cells[at]) for at in money_columns)
    texts = [cell for cell in filled if isinstance(cell, str) and not is_value(cell)]
    if texts and all(map(is_address, texts)) and (has_money or len(filled) == 1):
        return GROUP
    return DATA if has_money else NOTE
