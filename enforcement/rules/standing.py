"""Where a writ stands, until when it may be presented and from when again: a pure function of what happened to the paper.

It asks neither what day it is nor what a job wrote. Terms come from the calculator `presentation` (229-ФЗ ст. 21, 22, 46);
here the facts of the books are put into its words: stays that overlap are one stay, grounds that registers print are read.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from casedesk.common.refusals import Refusal
from casedesk.norms.calculators import presentation
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.reading import Reading
from enforcement.rules.words import WritState

ASKER = "срок предъявления"
FROM_ISSUE = ("court_order", "notary_inscription")
"""Kinds whose term runs from the day of issue (229-ФЗ ст. 21 ч. 3); a writ's runs from the day the act came into force."""

_SAID = {
    "46.1.1": "withdrawn",
    "46.1": "46.1.4",
    "46": "46.1.4",
    "47.1.1": "executed",
    "47.1.2": "executed",
    "47.1.3": "46.1.3",
    "47.1.10": "withdrawn",
    "lost": "refused",
    "31": "refused",
    "31.1": "refused",
}
"""Grounds of registers -> grounds of the calculator. Until 2022 ст. 46 ч. 1 п. 1 was the creditor's own application."""


def ground_of(ground: str) -> str:
    """A ground in the calculator's words; one that ends the writ for good stays as it is."""
    return _SAID.get(ground, ground)


@dataclass(frozen=True)
class Stay:
    """One stay with bailiffs, a bank or an employer. `is_opened`: a proceeding runs on it now."""

    presented: dt.date
    ended: dt.date | None = None
    ground: str = ""
    resolution_sent: dt.date | None = None
    is_opened: bool = False
    opened: dt.date | None = None


@dataclass(frozen=True)
class PaperFacts:
    """All that the standing depends on. `marks` are (kind of WritFact, day), oldest first."""

    kind: str
    issued_on: dt.date | None = None
    in_force_on: dt.date | None = None
    stays: Sequence[Stay] = ()
    part_paid: Sequence[dt.date] = ()
    marks: Sequence[tuple[str, dt.date]] = ()

    @property
    def term_starts(self) -> dt.date | None:
        """The day from which the first term runs; for a writ without the day of force the safe, earlier side is unknown."""
        return self.issued_on if self.kind in FROM_ISSUE else self.in_force_on or self.issued_on


@dataclass(frozen=True)
class Standing:
    """The answer. `present_until` None: the paper is away, settled, or its day of issue is not known."""

    state: WritState
    state_on: dt.date | None
    present_until: dt.date | None = None
    repeat_from: dt.date | None = None
    lines: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sources: list[dict] = field(default_factory=list)


def stand(facts: PaperFacts, norms: Catalogue) -> Standing:
    """Where the writ stands with these facts by these norms."""
    stays = _merged(facts.stays)
    state, since = _state(facts, stays)
    standing = _term(facts, stays, norms)
    if state in (WritState.IN_HAND, WritState.RETURNED, WritState.LOST):
        wait = standing.repeat_from if state == WritState.RETURNED else None
        return replace(standing, state=state, state_on=since, repeat_from=wait)
    return replace(standing, state=state, state_on=since, present_until=None, repeat_from=None)


def _state(facts: PaperFacts, stays: list[Stay]) -> tuple[WritState, dt.date | None]:
    marked = _by_marks(facts.marks)
    if marked:
        return marked
    if not stays:
        return WritState.IN_HAND, facts.issued_on
    last = stays[-1]
    if last.ended is None:
        if last.is_opened:
            return WritState.EXECUTING, last.opened or last.presented
        return WritState.PRESENTED, last.presented
    return _AFTER.get(_class_of(last.ground), WritState.ENDED), last.ended


def _by_marks(marks: Iterable[tuple[str, dt.date]]) -> tuple[WritState, dt.date] | None:
    """What was done to the paper itself outweighs its stays: recalled and replaced for good, lost until found."""
    lost = None
    for kind, day in marks:
        if kind == "recalled":
            return WritState.RECALLED, day
        if kind == "replaced":
            return WritState.REPLACED, day
        lost = (WritState.LOST, day) if kind == "lost" else None if kind == "found" else lost
    return lost


_AFTER = {
    "executed": WritState.EXECUTED,
    "own": WritState.IN_HAND,
    "returned": WritState.RETURNED,
    "court": WritState.RECALLED,
}


def _class_of(ground: str) -> str:
    said = ground_of(ground)
    if said == "executed":
        return "executed"
    if said in ("withdrawn", "refused", "unexecuted"):
        return "own"
    if said.startswith("46."):
        return "returned"
    return "court" if said == "47.1.4" else ""


def _merged(stays: Iterable[Stay]) -> list[Stay]:
    """Stays in order, those that overlap made one: several proceedings on one writ are one interruption."""
    merged: list[Stay] = []
    for stay in sorted(stays, key=lambda one: (one.presented, one.ended or dt.date.max)):
        last = merged[-1] if merged else None
        if last is None or (last.ended is not None and last.ended <= stay.presented):
            merged.append(stay)
            continue
        later = stay if last.ended is not None and (stay.ended is None or stay.ended >= last.ended) else last
        merged[-1] = replace(
            later,
            presented=last.presented,
            is_opened=last.is_opened or stay.is_opened,
            opened=last.opened or stay.opened,
        )
    return merged


def _term(facts: PaperFacts, stays: list[Stay], norms: Catalogue) -> Standing:
    starts = facts.term_starts
    if starts is None:
        return Standing(WritState.IN_HAND, None, warnings=["День выдачи не указан: срок предъявления не определить."])
    counted = [stay for stay in stays if stay.ended is None or ground_of(stay.ground) in presentation.GROUNDS]
    first = min([starts, *(stay.presented for stay in counted)])
    reading = Reading(norms, ASKER)
    asked = {
        "kind": facts.kind,
        "term_starts": first.isoformat(),
        "presentations": [_said(stay) for stay in counted],
        "part_paid": [day.isoformat() for day in sorted(facts.part_paid)],
    }
    try:
        answer = presentation.calculate(asked, reading)
    except Refusal as refusal:
        return Standing(WritState.IN_HAND, None, warnings=[refusal.message])
    warnings = list(reading.warnings)
    if first < starts:
        warnings.append(f"Предъявление {first:%d.%m.%Y} записано раньше начала срока {starts:%d.%m.%Y}: проверьте даты.")
    return Standing(
        WritState.IN_HAND,
        None,
        present_until=answer["last_day"],
        repeat_from=answer["earliest_repeat"],
        lines=answer["lines"],
        warnings=warnings,
        sources=reading.sources,
    )


def _said(stay: Stay) -> dict:
    given = {"presented": stay.presented.isoformat()}
    if stay.ended:
        given |= {"ended": stay.ended.isoformat(), "ground": ground_of(stay.ground)}
        if stay.resolution_sent and stay.resolution_sent >= stay.ended:
            given["resolution_sent"] = stay.resolution_sent.isoformat()
    return given
