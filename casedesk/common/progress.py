"""How long work tells how far it is: one shape for jobs, commands and tests."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

Progress = Callable[[int, int, str], None]
"""Takes done, total (0 when unknown) and a short message. A JobHandle's `progress` is one, so is a StderrBar."""

WIDTH = 30
EVERY = 0.1


def silent(done: int, total: int, message: str = "") -> None:
    """A progress that tells nobody."""


class StderrBar:
    """A moving bar for commands: drawn on a terminal, silent elsewhere unless `always`. Use as a context manager."""

    def __init__(self, title: str = "", *, always: bool = False, stream: TextIO | None = None):
        self._stream = stream or sys.stderr
        self._title = title
        self._drawn = always or self._stream.isatty()
        self._next = 0.0
        self._last = ""

    def __call__(self, done: int, total: int, message: str = "") -> None:
        if not self._drawn:
            return
        now = time.monotonic()
        if now < self._next and done != total:
            return
        self._next = now + EVERY
        share = min(1.0, done / total) if total else 0.0
        bar = "█" * round(share * WIDTH)
        self._draw(f"{self._title} [{bar:<{WIDTH}}] {share * 100:3.0f} % {message}")

    def __enter__(self) -> "StderrBar":
        return self

    def __exit__(self, *exc) -> None:
        if self._last:
            self._stream.write("\n")
            self._last = ""

    def _draw(self, line: str) -> None:
        self._stream.write("\r" + line.ljust(len(self._last)))
        self._stream.flush()
        self._last = line
