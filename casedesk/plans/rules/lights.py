"""Targets: is a figure where the plan wants it, and how a target is written in a file and on the screen."""

from casedesk.common.money import kopecks, text

MET, MISSED, NO_TARGET, NO_DATA = "met", "missed", "no_target", "no_data"
ON_WAY, AT_RISK = "on_way", "at_risk"
"""Of a month that goes on: at today's pace its target is reached, or is not."""
TONES = {MET: "ok", MISSED: "danger", NO_TARGET: "", NO_DATA: "none", ON_WAY: "info", AT_RISK: "warn"}
LABELS = {
    MET: "выполнено",
    MISSED: "не выполнено",
    NO_TARGET: "без цели",
    NO_DATA: "нет данных",
    ON_WAY: "идёт по плану",
    AT_RISK: "под угрозой",
}


def light_of(value: int | None, target: int | None, comparator: str) -> str:
    """One of MET, MISSED, NO_TARGET, NO_DATA. Value and target are in the same unit."""
    if value is None:
        return NO_DATA
    if target is None:
        return NO_TARGET
    reached = value >= target if comparator == "at_least" else value <= target
    return MET if reached else MISSED


def forecast(value: int | None, *, adds_up: bool, day: int, days: int) -> int | None:
    """What the month comes to at the pace of its first `day` days of `days`; what does not add up stays as it is."""
    if value is None or not adds_up:
        return value
    sign = -1 if value < 0 else 1
    return sign * ((2 * abs(value) * days + day) // (2 * day))


def light_so_far(value: int | None, expected: int | None, target: int | None, comparator: str, *, adds_up: bool) -> str:
    """The light of a month that goes on: only what can no longer turn is called met or missed."""
    if value is None or expected is None or target is None:
        return light_of(value, target, comparator)
    now, then = (light_of(one, target, comparator) == MET for one in (value, expected))
    if comparator == "at_least" or not adds_up:
        return MET if now else (ON_WAY if then else AT_RISK)
    return MISSED if not now else (ON_WAY if then else AT_RISK)


def target_over(target: int | None, unit: str, *, flow: bool, monthly: bool, months: int) -> int | None:
    """A month's target for a longer period: what comes in every month adds up, a share or a debt on a day does not."""
    adds_up = target is not None and flow and monthly and unit != "percent"
    return target * months if adds_up else target


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
