"""Targets: is a figure where the plan wants it, and how a target is written in a file and on the screen."""

from casedesk.common.money import kopecks, text

MET, MISSED, NO_TARGET, NO_DATA = "met", "missed", "no_target", "no_data"
TONES = {MET: "ok", MISSED: "danger", NO_TARGET: "", NO_DATA: "none"}
LABELS = {MET: "выполнено", MISSED: "не выполнено", NO_TARGET: "без цели", NO_DATA: "нет данных"}


def light_of(value: int | None, target: int | None, comparator: str) -> str:
    """One of MET, MISSED, NO_TARGET, NO_DATA. Value and target are in the same unit."""
    if value is None:
        return NO_DATA
    if target is None:
        return NO_TARGET
    reached = value >= target if comparator == "at_least" else value <= target
    return MET if reached else MISSED


def written(value: int | None, unit: str) -> str | None:
    """A figure as programs read it: `1234.56` for roubles and per cent, `17` for counts, None for no data."""
    if value is None:
        return None
    return str(value) if unit == "count" else text(value)


def read_target(value: str | int | None, unit: str) -> int | None:
    """A target as a plan file writes it -> the indicator's unit. Raises NotMoney or ValueError."""
    if value is None:
        return None
    return int(value) if unit == "count" else kopecks(str(value))
