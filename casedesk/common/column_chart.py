"""Stacked columns over time as geometry: a template draws them as SVG beside the table of the same figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casedesk.common import money
from casedesk.common.charts import nice

LEFT, RIGHT, TOP, BOTTOM = 64, 632, 10, 176
HALF = 2


@dataclass(frozen=True)
class Piece:
    """A rectangle of a column: what it shows, its colour, its place."""

    label: str
    value: int
    tone: str
    y: int
    height: int


@dataclass(frozen=True)
class Pillar:
    """One column: its mark on the axis (empty when there is no room), its place, its pieces from the bottom up."""

    label: str
    mark: str
    x: int
    middle: int
    pieces: list[Piece]


@dataclass(frozen=True)
class Pillars:
    """The drawing, `width` x `height`; `ticks` mark the value axis; `breadth` is that of every column."""

    pillars: list[Pillar]
    ticks: list[tuple[int, str]]
    breadth: int
    width: int = 640
    height: int = 200

    @property
    def foot(self) -> int:
        """Where the marks of the axis stand."""
        return self.height - HALF * HALF


def pillars(
    rows: Sequence[tuple[str, Sequence[tuple[str, int, str]]]], *, shown: Callable[[int], str] = str, marks: int = 7
) -> Pillars:
    """Columns of (label, parts), a part being (name, value, tone); parts add up to the column, whatever the rounding."""
    tops = [sum(max(value, 0) for _, value, _ in parts) for _, parts in rows]
    most = nice(max(tops, default=0) or 1)
    step = (RIGHT - LEFT) // max(len(rows), 1)
    breadth = max(step * 7 // 10, 2)
    every = max(1, -(-len(rows) // marks))
    drawn = []
    for at, ((label, parts), top) in enumerate(zip(rows, tops, strict=True)):
        x = LEFT + step * at + (step - breadth) // HALF
        mark = label if (len(rows) - 1 - at) % every == 0 else ""
        drawn.append(Pillar(label, mark, x, x + breadth // HALF, _pieces(parts, top, most)))
    ticks = [(BOTTOM - (BOTTOM - TOP) * part // 4, shown(most * part // 4)) for part in (0, 2, 4)]
    return Pillars(drawn, ticks, breadth)


def _pieces(parts: Sequence[tuple[str, int, str]], top: int, most: int) -> list[Piece]:
    if top <= 0:
        return []
    heights = money.split((BOTTOM - TOP) * top // most, [max(value, 0) for _, value, _ in parts])
    pieces, y = [], BOTTOM
    for (label, value, tone), height in zip(parts, heights, strict=True):
        y -= height
        if height:
            pieces.append(Piece(label, value, tone, y, height))
    return pieces
