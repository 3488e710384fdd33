"""The moves of a claim: from, event, to, who may, what is checked, on what law. Made from the catalogue of court events.

`replay` folds the standing events of a claim into where it stands; the columns of `Claim` are that, kept.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from casedesk.access.rights import Right
from casedesk.common.states import Guard, Machine, Move
from enforcement.models import Claim
from enforcement.rules.claim_stages import CLAIM_STAGE_NAMES, KIND_NAMES, STAGE_TURNS, ClaimKind, ClaimStage
from enforcement.rules.court_data import GRANTED_NAMES
from enforcement.rules.court_event_kind import CourtEventKind
from enforcement.rules.court_events import BY_CODE, KINDS


@dataclass(frozen=True)
class ClaimStanding:
    """Where the events leave a claim. `granted`: principal, penalty, duty by the standing act; None: no act stands."""

    stage: str
    stage_on: dt.date
    stage_until: dt.date | None = None
    filed_on: dt.date | None = None
    granted: tuple[int, int, int] | None = None
    court_case: str = ""
    court_name: str = ""
    issued_on: dt.date | None = None
    served_until: dt.date | None = None
    """Last day for objections, when the order's copy is known to be served."""
    force_on: dt.date | None = None
    is_default: bool = False
    was_default: bool = False

    @property
    def columns(self) -> dict:
        """The columns of `Claim` that follow."""
        principal, penalty, duty = self.granted or (None, None, None)
        named = {"court_case": self.court_case, "court_name": self.court_name}
        return {
            "stage": self.stage,
            "stage_on": self.stage_on,
            "stage_until": self.stage_until,
            "filed_on": self.filed_on,
            "granted_principal": principal,
            "granted_penalty": penalty,
            "granted_duty": duty,
            **{name: value for name, value in named.items() if value},
        }


def replay(prepared_on: dt.date, events: Iterable) -> ClaimStanding:
    """Fold standing events (oldest first; anything with code, happened_on, term_until, data) into the standing of a claim.

    An event that the catalogue does not allow from the stage reached leaves it.
    """
    standing = ClaimStanding(ClaimStage.PREPARED, prepared_on)
    for event in events:
        kind = BY_CODE.get(event.code)
        target = next((target for sources, target in kind.paths if standing.stage in sources), None) if kind else None
        if target is not None:
            standing = _after(standing, kind, target, event)
    return standing


def _after(before: ClaimStanding, kind: CourtEventKind, target: str, event) -> ClaimStanding:
    data = event.data
    moved = target != before.stage
    now = replace(
        before,
        stage=target,
        stage_on=event.happened_on if moved else before.stage_on,
        force_on=event.happened_on if moved and target == ClaimStage.IN_FORCE else before.force_on,
        stage_until=event.term_until if moved or event.term_until else before.stage_until,
        court_case=data.get("court_case") or before.court_case,
    )
    change = _CHANGES.get(event.code)
    if change:
        now = change(now, event)
    if all(name in data for name in GRANTED_NAMES):
        now = replace(now, granted=tuple(data[name] for name in GRANTED_NAMES))
    return now


def _judged(now: ClaimStanding, event) -> ClaimStanding:
    default = bool(event.data.get("is_default"))
    return replace(now, is_default=default, was_default=now.was_default or default)


def _nothing_stands(now: ClaimStanding, event) -> ClaimStanding:
    return replace(now, granted=None, is_default=False, served_until=None)


def _nothing_granted(now: ClaimStanding, event) -> ClaimStanding:
    return replace(now, granted=(0, 0, 0))


_CHANGES: dict[str, Callable] = {
    "filed": lambda now, event: replace(now, filed_on=event.happened_on),
    "transferred": lambda now, event: replace(now, court_name=event.data["court"]),
    "order_issued": lambda now, event: replace(now, issued_on=event.happened_on),
    "copy_served": lambda now, event: replace(now, served_until=event.term_until),
    "judgment_full": _judged,
    "judgment_part": _judged,
    "limitation_applied": _judged,
    "judgment_refused": _nothing_granted,
    "appeal_refused": _nothing_granted,
    "order_set_aside": _nothing_stands,
    "default_set_aside": _nothing_stands,
}


@dataclass
class Step:
    """What the guards look at: the claim as it stands and the last day of the term that its events leave running."""

    claim: Claim
    stage: str
    standing: ClaimStanding
    objections_end: dt.date | None = None

    @property
    def named(self) -> str:
        return f"требование № {self.claim.number}"


def _for_kinds(kinds: frozenset[str]) -> Guard:
    def of_right_kind(step: Step, on: dt.date) -> str | None:
        if step.claim.kind in kinds:
            return None
        meant = ", ".join(KIND_NAMES[kind] for kind in ClaimKind if kind in kinds)
        return f"{step.named} — {KIND_NAMES[step.claim.kind]}, а такое событие бывает у: {meant}."

    return of_right_kind


def court_is_named(step: Step, on: dt.date) -> str | None:
    """It is known where the claim goes."""
    if step.claim.court_name:
        return None
    return f"у требования № {step.claim.number} не назван суд. Укажите суд на странице требования."


def in_time(step: Step, on: dt.date) -> str | None:
    """The court's own day has not passed."""
    until = step.standing.stage_until
    if until is None or on <= until:
        return None
    return f"срок истёк {until:%d.%m.%Y}; заявление считается неподанным. Запишите продление срока или возврат."


def objections_are_over(step: Step, on: dt.date) -> str | None:
    """The debtor's ten days have run out."""
    if step.objections_end is None or on > step.objections_end:
        return None
    return f"срок на возражения истекает {step.objections_end:%d.%m.%Y}. Запишите вступление в силу на следующий день."


def appeal_term_is_over(step: Step, on: dt.date) -> str | None:
    """Nobody appealed in time."""
    until = step.standing.stage_until
    if until is None or on > until:
        return None
    return f"срок на обжалование истекает {until:%d.%m.%Y}. Запишите вступление в силу на следующий день."


def judged_by_default(step: Step, on: dt.date) -> str | None:
    """The standing judgment was given without the defendant."""
    return None if step.standing.is_default else f"по требованию № {step.claim.number} нет заочного решения."


def something_to_turn_back(step: Step, on: dt.date) -> str | None:
    """An act that could have been executed was set aside."""
    if step.stage == ClaimStage.SET_ASIDE or step.standing.was_default:
        return None
    return f"по требованию № {step.claim.number} не отменяли акта, по которому могли взыскать."


NEEDS: dict[str, tuple[Guard, ...]] = {
    "filed": (court_is_named,),
    "defects_cured": (in_time,),
    "order_in_force": (objections_are_over,),
    "judgment_in_force": (appeal_term_is_over,),
    "refusal_in_force": (appeal_term_is_over,),
    "default_set_aside": (judged_by_default,),
    "execution_reversed": (something_to_turn_back,),
}


def _moves(kind: CourtEventKind) -> list[Move]:
    kinds = () if kind.kinds == frozenset(ClaimKind) else (_for_kinds(kind.kinds),)
    return [
        Move(
            kind.code,
            sources,
            target,
            kind.label,
            Right.WORK_CASES,
            law=kind.law,
            turn=STAGE_TURNS.get(target, ""),
            needs=(*kinds, *NEEDS.get(kind.code, ())),
            event=kind.code,
        )
        for sources, target in kind.paths
    ]


CLAIM = Machine("stage", moves=tuple(move for kind in KINDS for move in _moves(kind)), names=dict(CLAIM_STAGE_NAMES))


def possible(claim: Claim) -> list[CourtEventKind]:
    """Events that the table allows the claim from where it stands, in the order of the catalogue; guards not asked."""
    codes = {move.action for move in CLAIM.possible(claim.stage)}
    return [kind for kind in KINDS if kind.code in codes and claim.kind in kind.kinds]
