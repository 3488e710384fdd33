"""The rejected rows of a file as the sheets they came from, with a column of reasons: to mend and load again."""

import io
from pathlib import Path

from imports.models import ImportBatch
from imports.readers.rejected import write_rejected


def rejected_file(batch: ImportBatch) -> tuple[str, io.BytesIO]:
    """(file ending, content): text registers stay text, everything else becomes XLSX. The file itself is read again."""
    reasons: dict[tuple[str, int], str] = {}
    for sheet, row, message in batch.problems.filter(fatal=True, row__isnull=False).values_list("sheet", "row", "message"):
        reasons[sheet, row] = " ".join(filter(None, (reasons.get((sheet, row)), message)))
    ending, content = write_rejected(Path(batch.stored.path), reasons, name=batch.file_name)
    return ending, io.BytesIO(content)
