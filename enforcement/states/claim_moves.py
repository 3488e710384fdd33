"""How claims move the case they belong to: events for its timeline and moves for its table, made from the catalogue.

A writ goes before further claims: once one is there, what happens in court leaves the case with the writ. A case with
several claims (shares, periods) stands where the claim stands that waits for us most (`claims_lead_*`).
"""

from casedesk.access.rights import Right
from casedesk.common.events import EventType
from casedesk.common.states import Guard, Move
from debtors.rules.stages import BEYOND_COURT, COURT, LIVE_STAGES, STAGE_NAMES, Stage
from debtors.states.case_file import debtor_can_answer, has_overdue_debt, not_on_hold
from enforcement.rules.claim_stages import STAGE_TURNS, ClaimStage
from enforcement.rules.court_event_kind import CourtEventKind
from enforcement.rules.court_events import KINDS

PREPARED, TAKEN_BACK = "claim_prepared", "court_step_taken_back"
OWN_CODES = {"filed": ("order_filed", "claim_filed"), "order_set_aside": ("order_set_aside",)}
"""Codes that the rule of limitation knows (`debtors.rules.limitation`)."""
WITH_MONTHS = ("said", "first_month", "last_month")

LEADING = (
    Stage.DEFECTS,
    Stage.CLAIM_RETURNED,
    Stage.ORDER_SET_ASIDE,
    Stage.CLAIM_LOST,
    Stage.IN_FORCE,
    Stage.CLAIM_READY,
    Stage.IN_COURT,
    Stage.AWARDED,
)
"""What asks for us first: our own turn before the court's, the court's before the debtor's."""

CASE_STAGE = {
    ClaimStage.PREPARED: Stage.CLAIM_READY,
    ClaimStage.FILED: Stage.IN_COURT,
    ClaimStage.DEFECTIVE: Stage.DEFECTS,
    ClaimStage.ACCEPTED: Stage.IN_COURT,
    ClaimStage.ORDER_ISSUED: Stage.AWARDED,
    ClaimStage.OBJECTED: Stage.IN_COURT,
    ClaimStage.JUDGED: Stage.AWARDED,
    ClaimStage.JUDGED_AGAINST: Stage.CLAIM_LOST,
    ClaimStage.APPEALED: Stage.IN_COURT,
    ClaimStage.IN_FORCE: Stage.IN_FORCE,
    ClaimStage.RETURNED: Stage.CLAIM_RETURNED,
    ClaimStage.REFUSED: Stage.CLAIM_RETURNED,
    ClaimStage.WITHDRAWN: Stage.CLAIM_RETURNED,
    ClaimStage.UNHEARD: Stage.CLAIM_RETURNED,
    ClaimStage.SET_ASIDE: Stage.ORDER_SET_ASIDE,
}
"""Where a claim that is not at its end asks its case to stand."""


def case_code(code: str, is_order: bool) -> str:
    """The event of the case that a court event leaves."""
    if code == "filed":
        return OWN_CODES["filed"][0 if is_order else 1]
    return code if code in OWN_CODES else f"court_{code}"


def leading_code(stage: str) -> str:
    return f"claims_lead_{stage}"


def _types(kind: CourtEventKind) -> list[EventType]:
    codes = OWN_CODES.get(kind.code, (f"court_{kind.code}",))
    fields = WITH_MONTHS if kind.code in OWN_CODES else ("said",)
    turn = STAGE_TURNS.get(kind.paths[0][1], "")
    return [
        EventType(code, kind.title, "{said}", fields, term=kind.runs, norm=kind.law, turn=turn, icon=kind.icon, tone=kind.tone)
        for code in codes
    ]


CLAIM_EVENTS = (
    EventType(
        PREPARED,
        "Требование подготовлено",
        "{said}",
        fields=("said",),
        norm="ГПК РФ ст. 122-124, 131-132",
        turn="creditor",
        icon="scale",
    ),
    *(one for kind in KINDS for one in _types(kind)),
    EventType(TAKEN_BACK, "Запись о суде снята", "{said}", fields=("said",), icon="eraser"),
    *(
        EventType(leading_code(stage), "Дальше по другому требованию", "{said}", fields=("said",), icon="corner-down-right")
        for stage in LEADING
    ),
)


def _pair(
    action: str, event: str, target: str, label: str, law: str = "", needs: tuple[Guard, ...] = (), always: bool = False
) -> list[Move]:
    """The move from the stages before a writ, and the same step beyond, which leaves the stage."""
    before = LIVE_STAGES if always else LIVE_STAGES - BEYOND_COURT
    moves = [Move(action, before, target, label, Right.WORK_CASES, law=law, needs=needs, event=event)]
    if not always:
        moves.append(Move(action, BEYOND_COURT, "", label, Right.WORK_CASES, law=law, needs=needs, event=event))
    return moves


def _of(kind: CourtEventKind) -> list[Move]:
    if kind.code in ("writ_issued", "execution_reversed"):
        return _pair(f"court_{kind.code}", f"court_{kind.code}", "", kind.title, kind.law)
    codes = OWN_CODES.get(kind.code, (f"court_{kind.code}",))
    target = kind.case_stage or ""
    return [
        move
        for code in codes
        for move in _pair(code, code, target, kind.title, kind.law, always=kind.code == "order_set_aside")
    ]


CLAIM_MOVES = (
    *_pair(
        "prepare_claim",
        PREPARED,
        Stage.CLAIM_READY,
        "Подготовить требование",
        "ГПК РФ ст. 122-124, 131-132",
        (not_on_hold, has_overdue_debt, debtor_can_answer),
    ),
    *(move for kind in KINDS for move in _of(kind)),
    *(
        Move(
            leading_code(stage),
            COURT,
            stage,
            f"Дальше по другому требованию: {STAGE_NAMES[stage].lower()}",
            Right.WORK_CASES,
            event=leading_code(stage),
        )
        for stage in LEADING
    ),
    Move(TAKEN_BACK, LIVE_STAGES, "", "Снять ошибочную запись о суде", Right.WORK_CASES, event=TAKEN_BACK),
)
