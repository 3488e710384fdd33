"""A waterfall as geometry: how steps lead from one sum to another, each drawn where the one before ended."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1000
AIR = 12
"""Of a hundred parts of the span, how much is left below the lowest level."""


@dataclass(frozen=True)
class Step:
    """A bar in units of a 1000 wide drawing. `tone`: whole, up, down."""

    label: str
    amount: int
    tone: str
    x: int
    width: int
    key: str = ""


def waterfall(opening: tuple[str, int], steps: Sequence[tuple[str, str, int]], closing: tuple[str, int]) -> list[Step]:
    """Bars of the opening, the steps (key, label, amount) and the closing. The axis is cut below the lowest level."""
    levels = [opening[1]]
    for _, _, amount in steps:
        levels.append(levels[-1] + amount)
    least, most = min(levels), max(levels)
    floor = least - max((most - least) * AIR // 100, 1)
    floor = 0 if 0 <= least <= most // 4 else floor
    scale = lambda level: (level - floor) * WIDTH // max(most - floor, 1)  # noqa: E731
    bars = [Step(opening[0], opening[1], "whole", 0, scale(opening[1]))]
    for (key, label, amount), before in zip(steps, levels, strict=False):
        left, right = sorted((scale(before), scale(before + amount)))
        bars.append(Step(label, amount, "up" if amount > 0 else "down", left, max(right - left, 2), key))
    return [*bars, Step(closing[0], closing[1], "whole", 0, scale(closing[1]))]
