"""The timeline of a case as people read it: sentences are made from the events' data on reading."""

import datetime as dt
from dataclasses import dataclass

from casedesk.common import money, months
from casedesk.common.events import EventType
from debtors.models import CaseEvent, CaseFile
from debtors.rules.case_events import EVENTS
from debtors.rules.stages import FLAG_NAMES, HOLD_NAMES, TURN_NAMES


@dataclass(frozen=True)
class Happened:
    """One event in words. `what` the title, `text` the sentence, `term` what runs since then and until when."""

    code: str
    on: dt.date
    when: str
    who: str
    what: str
    text: str
    icon: str
    tone: str
    term: str
    turn: str


TONES = {
    "case_closed": "ok",
    "hold_placed": "warn",
    "reminder_sent": "info",
    "writ_registered": "court",
    "writ_returned": "warn",
}
WORDED = {"kind": HOLD_NAMES | FLAG_NAMES}


def timeline(case: CaseFile) -> list[Happened]:
    """All events of the case, newest first. One query; the note's own text stands in its panel."""
    events = case.events.select_related("recorded_by").order_by("-happened_on", "-id")
    return [_worded(event) for event in events]


def _worded(event: CaseEvent) -> Happened:
    kind = EVENTS[event.code]
    until = _term_end(kind, event.term_until)
    return Happened(
        code=event.code,
        on=event.happened_on,
        when=f"{event.happened_on:%d.%m.%Y}",
        who=event.recorded_by.short_name if event.recorded_by else "система",
        what=kind.title,
        text=_sentence(kind.sentence, event.data),
        icon=kind.icon,
        tone=kind.tone,
        term=f"{kind.term}{until}" if kind.term and until else "",
        turn=TURN_NAMES.get(kind.turn, ""),
    )


def _term_end(kind: EventType, until: dt.date | None) -> str:
    """The last day of the term in words; most events keep the first day after it."""
    if until is None:
        return ""
    return f" до {until if kind.term_inclusive else until - dt.timedelta(days=1):%d.%m.%Y}"


def _sentence(pattern: str, data: dict) -> str:
    return pattern.format(**{name: _said(name, value) for name, value in data.items()}) if pattern else ""


def _said(name: str, value: object) -> str:
    """A field of an event in words, by the ending of its name."""
    if value is None:
        return "не определён"
    if name.endswith("_kopecks"):
        return money.spaced(int(value))
    if name.endswith("_x100"):
        return money.spaced(int(value)).rstrip("0").rstrip(",")
    if name.endswith("_month"):
        return months.named(months.parse(value) if isinstance(value, str) else value)
    if name == "until":
        return f"{dt.date.fromisoformat(str(value)):%d.%m.%Y}"
    return str(WORDED.get(name, {}).get(value, value))
