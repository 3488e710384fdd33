"""About how many rows a file has, by its size: for a progress bar, never for a decision."""

import zipfile
from pathlib import Path

BYTES_PER_SHEET_ROW = 480
BYTES_PER_TEXT_ROW = 110


def rows_guessed(path: Path) -> int:
    """At least 1. Looks at a workbook's directory of parts, or at the size of a text."""
    size = path.stat().st_size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            sheets = sum(part.file_size for part in archive.infolist() if "worksheets/" in part.filename)
            inside = sum(part.file_size for part in archive.infolist())
        return max(1, sheets // BYTES_PER_SHEET_ROW or inside // BYTES_PER_TEXT_ROW)
    return max(1, size // BYTES_PER_TEXT_ROW)
