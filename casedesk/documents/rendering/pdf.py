"""Typst sources set by child processes, so that their memory goes with them."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

CHILD = Path(__file__).with_name("typst_child.py")
LONGEST = 300
"""Seconds after which a child is given up."""


class TypstFailed(RuntimeError):
    """Typst could not set the source; its own words are in the message."""


def compile_source(source: str, pictures: Mapping[str, bytes], *, form: str = "pdf") -> bytes:
    """The source as PDF, or its first page as PNG. Raises TypstFailed."""
    with tempfile.TemporaryDirectory(prefix="casedesk-typst-") as place:
        folder = Path(place)
        (folder / "paper.typ").write_text(source, encoding="utf-8")
        for name, content in pictures.items():
            (folder / name).write_bytes(content)
        made = folder / f"paper.{form}"
        command = [sys.executable, str(CHILD), str(folder / "paper.typ"), str(made), form]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
        if done.returncode:
            raise TypstFailed(done.stderr.strip()[-2000:])
        return made.read_bytes()
