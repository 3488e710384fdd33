"""QR codes as pictures. The mask is fixed: choosing it automatically takes five times as long and reads no better.

Drawing one takes some 7 ms, so a print run draws them in the child processes that set its parts, not while it merges.
"""

import io
from itertools import groupby
from pathlib import Path

import segno

BORDER = 2
SIDE_MM = 38
TO_DRAW = ".qr"
"""The ending of files that hold the text of a code."""


def _code(text: str) -> segno.QRCode:
    return segno.make(text, mask=0, error="m", micro=False)


def svg(text: str) -> str:
    """One path of dark runs, in modules; the page gives it its size."""
    matrix = _code(text).matrix
    side = len(matrix) + 2 * BORDER
    runs = []
    for line, row in enumerate(matrix, BORDER):
        at = BORDER
        for dark, modules in groupby(row):
            length = sum(1 for _ in modules)
            if dark:
                runs.append(f"M{at} {line}h{length}v1h-{length}z")
            at += length
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{"".join(runs)}"/></svg>'


def png(text: str) -> bytes:
    found = io.BytesIO()
    _code(text).save(found, kind="png", scale=6, border=BORDER)
    return found.getvalue()


def draw_all(folder: Path) -> None:
    """Draw every code whose text lies in the folder, beside it."""
    for file in folder.glob(f"*{TO_DRAW}"):
        file.with_suffix(".svg").write_text(svg(file.read_text(encoding="utf-8")), encoding="utf-8")
