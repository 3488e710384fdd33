"""What bailiffs' words change on case files: an event for each, and the stage that the table of moves gives."""

import datetime as dt
from dataclasses import dataclass, field

from casedesk.access.models import User
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseEvent, CaseFile
from debtors.rules.case_events import EVENTS
from debtors.rules.stages import LIVE_STAGES
from debtors.states.case_file import CASE
from enforcement.models import BailiffRuling, EnforcementProceeding, Writ
from enforcement.rules.terms import actions_end, earliest_repeat

BATCH = 2_000
NEWS = "bailiff_news"


@dataclass
class News:
    """A proceeding, and what happened to it: opened, its columns changed, a ruling came, or a word was taken back."""

    proceeding: EnforcementProceeding
    opened: bool = False
    before: dict = field(default_factory=dict)
    ruling: BailiffRuling | None = None
    taken_back: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class _Event:
    code: str
    data: dict
    until: dt.date | None = None
    words: str = ""
    """The same in one phrase, for a proceeding that does not lead its case."""


def tell_cases(news: list[News], *, on: dt.date, by: User | None) -> int:
    """Write the events of the cases whose writs are concerned; return how many. A fixed number of statements."""
    about = [(one, case) for one in news if (case := one.proceeding.writ.case_file) is not None]
    if not about:
        return 0
    cases = CaseFile.objects.in_bulk({case.pk for _, case in about})
    leading = _leading(list(cases))
    events, moved = [], {}
    for one, of_case in about:
        case = cases[of_case.pk]
        leads = leading.get(case.pk) in (None, one.proceeding.pk) or one.withdrawn
        for happened in _story(one):
            events.append(_event(happened, one.proceeding, case, on, by, leads=leads, moved=moved))
    CaseEvent.objects.bulk_create(events, BATCH)
    CaseFile.objects.bulk_update(moved.values(), ["stage", "stage_on", "stage_until"], BATCH)
    for creditor, ids in _by_creditor(moved.values()).items():
        refresh_steps(creditor=creditor, on=on, case_ids=ids)
    return len(events)


def _leading(case_ids: list[int]) -> dict[int, int]:
    """Case -> the newest proceeding of its newest writ: where that stands, the case stands."""
    writs: dict[int, int] = {}
    newest_first = Writ.objects.live().filter(case_file__in=case_ids).order_by("-issued_on", "-id")
    for case, writ in newest_first.values_list("case_file_id", "id"):
        writs.setdefault(case, writ)
    newest: dict[int, int] = {}
    for writ, proceeding in (
        EnforcementProceeding.objects.live()
        .filter(writ__in=writs.values())
        .order_by("opened_on", "id")
        .values_list("writ_id", "id")
    ):
        newest[writ] = proceeding
    return {case: newest[writ] for case, writ in writs.items() if writ in newest}


def _story(one: News) -> list[_Event]:
    """What to tell of one piece of news, in order."""
    proceeding = one.proceeding
    if one.withdrawn:
        why = "файл, из которого оно известно, отменён"
        return [_Event("proceeding_withdrawn", {"proceeding": proceeding.number, "why": why}, words=why)]
    if one.ruling is not None:
        return _of_ruling(one.ruling, proceeding)
    told = []
    if one.opened:
        data = {"proceeding": proceeding.number, "bailiff": proceeding.bailiff or "пристав не назван"}
        told.append(_Event("proceeding_opened", data, actions_end(proceeding.opened_on), "возбуждено производство"))
    was_open = one.opened or one.before.get("status") == "open"
    is_open = proceeding.status == EnforcementProceeding.Status.OPEN
    if was_open and not is_open:
        told.append(_end_of(proceeding))
    elif not was_open and is_open:
        why = "прежние сведения об окончании отменены" if one.taken_back else "снова на исполнении"
        data = {"proceeding": proceeding.number, "why": why}
        told.append(_Event("proceeding_resumed", data, actions_end(proceeding.opened_on), why))
    return told


def _end_of(proceeding: EnforcementProceeding) -> _Event:
    ground = proceeding.ground_text or "основание не названо"
    data = {"proceeding": proceeding.number, "ground": ground}
    if proceeding.ended_ground.startswith("46"):
        return _Event("writ_returned", data, earliest_repeat(proceeding.ended_on, proceeding.ended_ground), ground)
    return _Event("proceeding_ended", data, None, ground)


def _of_ruling(ruling: BailiffRuling, proceeding: EnforcementProceeding) -> list[_Event]:
    """Rulings that do not move the state themselves: consolidation, transfer, everything else."""
    kinds = BailiffRuling.Kind
    if ruling.kind == kinds.CONSOLIDATED:
        data = {"proceeding": proceeding.number, "consolidated": ruling.consolidated_number or "сводное"}
        return [_Event("proceedings_joined", data)]
    if ruling.kind == kinds.TRANSFERRED:
        where = ruling.to_department or "отдел не назван"
        return [_Event("proceeding_transferred", {"proceeding": proceeding.number, "where": where})]
    if ruling.kind == kinds.OTHER:
        said = f"{ruling.title or ruling.doc_type} от {ruling.made_on:%d.%m.%Y}"
        return [_Event(NEWS, {"proceeding": proceeding.number, "what": said})]
    return []


def _event(
    happened: _Event,
    proceeding: EnforcementProceeding,
    case: CaseFile,
    on: dt.date,
    by: User | None,
    *,
    leads: bool,
    moved: dict,
) -> CaseEvent:
    """The event for the timeline; the case moves when the table has the move and the proceeding leads the case."""
    code, data, until = happened.code, happened.data, happened.until
    move = next((one for one in CASE.moves if one.event == code and case.stage in one.sources and one.target), None)
    steers = any(one.event == code and one.target for one in CASE.moves)
    if steers and (move is None or not leads or case.stage not in LIVE_STAGES):
        code, data, until = NEWS, {"proceeding": proceeding.number, "what": happened.words or EVENTS[code].title}, None
    elif move is not None:
        case.stage, case.stage_on, case.stage_until = move.target, max(on, case.opened_on), until
        moved[case.pk] = case
    EVENTS[code].check(data)
    return CaseEvent(
        case=case,
        code=code,
        happened_on=max(on, case.opened_on),
        recorded_by=by,
        data=data,
        term_until=until,
        subject_kind=proceeding._meta.model_name,
        subject_id=proceeding.pk,
    )


def _by_creditor(cases) -> dict:
    found: dict = {}
    for case in cases:
        found.setdefault(case.creditor_id, []).append(case)
    return {several[0].creditor: [case.pk for case in several] for several in found.values()}
