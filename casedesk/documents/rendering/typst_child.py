"""One typst run in a process of its own: `python typst_child.py SOURCE OUTPUT [pdf|png]`. Draws the codes beside it first.

typst keeps about 1 MB for every page it has set until its process ends (messense/typst-py issue 104), so nobody compiles in
a process that lives on. A script beside its neighbour `qr`: the project itself is not loaded for it.
"""

import sys
from pathlib import Path

import qr
import typst

if __name__ == "__main__":
    source, output, form = sys.argv[1], sys.argv[2], (sys.argv[3:] or ["pdf"])[0]
    qr.draw_all(Path(source).parent)
    typst.compile(source, output=output, format=form, ppi=100.0)
