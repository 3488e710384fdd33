"""Charts as geometry: templates draw them as SVG with classes, beside the table of the same figures.

Widths are in units of a 1000 wide drawing and add up, whatever the rounding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from casedesk.common import money

WIDTH = 1000

AGES = (
    ("not_yet_due", _("срок не наступил"), "due"),
    ("1-3", _("1–3 мес."), "1"),
    ("3-12", _("3–12 мес."), "2"),
    ("12-24", _("12–24 мес."), "3"),
    ("24-36", _("24–36 мес."), "4"),
    ("36+", _("свыше 36 мес."), "5"),
)
"""Ageing buckets: key, name on the screen, colour."""


@dataclass(frozen=True)
class Part:
    """A piece of a stacked bar: kopecks or a count, its name, its colour, where it leads, its place."""

    label: str
    value: int
    tone: str
    url: str = ""
    x: int = 0
    width: int = 0


def stack(parts: Sequence[Part], whole: int | None = None) -> list[Part]:
    """Place the parts side by side. `whole` is the value that fills the drawing (their sum when not given)."""
    total = sum(part.value for part in parts)
    if total <= 0:
        return [Part(part.label, part.value, part.tone, part.url) for part in parts]
    span = WIDTH * total // max(whole or total, total)
    widths = money.split(span, [part.value for part in parts])
    placed, x = [], 0
    for part, width in zip(parts, widths, strict=True):
        placed.append(Part(part.label, part.value, part.tone, part.url, x, width))
        x += width
    return placed


def ageing(buckets: Mapping[str, int], urls: Mapping[str, str] | None = None, whole: int | None = None) -> list[Part]:
    """The stacked bar of a debt by age, from bucket sums in kopecks (keys of AGES; a missing one is zero)."""
    urls = urls or {}
    return stack([Part(str(name), buckets.get(key, 0), tone, urls.get(key, "")) for key, name, tone in AGES], whole)


def bars(rows: Sequence[tuple[str, int, str]]) -> list[Part]:
    """Horizontal bars of (label, value, url), the longest fills the drawing."""
    most = max((value for _, value, _ in rows), default=0)
    return [Part(label, value, "bar", url, 0, WIDTH * max(value, 0) // most if most > 0 else 0) for label, value, url in rows]


@dataclass(frozen=True)
class Line:
    """A curve in a drawing of `width` x `height`: path data, marks of both axes, the rows it shows."""

    path: str
    area: str
    ticks: list[tuple[int, str]]
    labels: list[tuple[int, str]]
    rows: list[tuple[str, int]]
    width: int = 640
    height: int = 180


NICE = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)


def nice(most: int) -> int:
    """A round number not below `most` whose half is round too, so that columns fill their drawing."""
    power = 10 ** (len(str(max(most, 1))) - 1)
    return next(step * power // 10 for step in NICE if step * power // 10 >= most)


def line(rows: Sequence[tuple[str, int]], *, stepped: bool = False, shown=str) -> Line:
    """A curve through (label, value); `stepped` holds each value until the next. `shown` words the marks of the value axis."""
    left, right, top, bottom = 64, 632, 10, 156
    most = nice(max((value for _, value in rows), default=0) or 1)
    gap = max(len(rows) - (not stepped), 1)
    points = [
        (left + (right - left) * at // gap, bottom - (bottom - top) * max(value, 0) // most)
        for at, (_, value) in enumerate(rows)
    ]
    if stepped and points:
        points.append((right, points[-1][1]))
    path = " ".join(_segments(points, stepped))
    every = max(1, -(-len(rows) // 6))
    return Line(
        path=path,
        area=f"{path} L{points[-1][0]},{bottom} L{points[0][0]},{bottom} Z" if points else "",
        ticks=[(bottom - (bottom - top) * part // 4, shown(most * part // 4)) for part in (0, 2, 4)],
        labels=[(points[at][0], label) for at, (label, _) in enumerate(rows) if at % every == 0],
        rows=list(rows),
    )


def _segments(points: Sequence[tuple[int, int]], stepped: bool):
    for x, y in points[:1]:
        yield f"M{x},{y}"
    for before, (x, y) in pairwise(points):
        if stepped:
            yield f"L{x},{before[1]}"
        yield f"L{x},{y}"
