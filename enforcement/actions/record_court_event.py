"""Record what happened to a claim in court, or take a record back. The one door for all court events.

The table of moves decides, the event is written, the claim stands where its events leave it, and the case follows.
"""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.norms.queries.current import current
from debtors.actions.moves import TooEarly, check_may
from debtors.actions.replay_terms import moves_terms, replay_terms
from debtors.models import CaseEvent
from debtors.rules.components import Components
from enforcement.actions.follow_case import corrected, follow, mirrored
from enforcement.actions.hold_claim import lock_for_event
from enforcement.actions.issue_writ import issue_writ
from enforcement.actions.replace_writ import recall_writ
from enforcement.models import Claim, Court, CourtEvent, Writ
from enforcement.models.court_event import TAKEN_BACK
from enforcement.queries.held_charges import check_free
from enforcement.rules.claim_stages import FREED
from enforcement.rules.court_data import GRANTED_NAMES, in_words, read
from enforcement.rules.court_event_kind import CourtEventKind
from enforcement.rules.court_events import BY_CODE
from enforcement.rules.court_terms import objections_end, term_until
from enforcement.states.claim import CLAIM, ClaimStanding, Step, replay
from enforcement.states.claim_moves import PREPARED, case_code

SETS_ASIDE = ("order_set_aside", "default_set_aside")
"""Events after which the writs of the claim have no force."""


LATE = "late"
WAS = "was"
"""What an event keeps of the claim as it was before."""


class NotYetHappened(NotAllowed):
    """The day given for the event lies in the future."""

    code = "not_yet_happened"


class TooLate(NotAllowed):
    """The term for the step is over, and nobody said that the court takes it all the same."""

    code = "too_late"


class GrantedTooMuch(Refusal):
    """A court grants no more than was asked (ГПК РФ ст. 196 ч. 3)."""

    code = "granted_too_much"


class NothingToTakeBack(NotAllowed):
    """The event is not the last that stands, or was taken back before."""

    code = "nothing_to_take_back"


def standing_of(claim: Claim) -> ClaimStanding:
    """Where the standing events leave the claim."""
    return replay(claim.prepared_on, claim.events.standing().order_by("happened_on", "pk"))


@transaction.atomic
def record_court_event(
    *, claim: Claim, code: str, happened_on: dt.date, data: dict | None = None, by: User | None, on: dt.date
) -> CourtEvent:
    """Record an event that happened on a day not after `on` (today). Sums in `data` are kopecks, days dates.

    Raises NotAllowed (right, stage, kind of claim, guard), TooEarly, NotYetHappened, CourtEventIncomplete, GrantedTooMuch,
    TooLate, and HeldByAnother when the claim would come back to charges that another claim took meanwhile.
    """
    kind = BY_CODE[code]
    claim = lock_for_event(claim, code)
    standing = standing_of(claim)
    check_event(claim, standing, code, happened_on=happened_on, by=by, on=on)
    kept = _complete(claim, kind, read(kind, data or {}))
    _check_in_time(standing, kind, kept, happened_on)
    norms = current()
    until = term_until(kind, claim.kind, happened_on, kept, norms)
    event = CourtEvent.objects.create(
        claim=claim, code=code, happened_on=happened_on, data=kept | _was(claim, kept), term_until=until, recorded_by=by
    )
    if code in SETS_ASIDE:
        _recall(claim, kind, by=by, on=happened_on)
    _keep(claim)
    told = mirrored(
        case_code(code, claim.is_order), claim=claim, said=in_words(kind, kept), on=happened_on, by=by, term_until=until
    )
    if code == "dropped":
        told.corrects = _told_of(claim, PREPARED)
    told.save()
    if moves_terms(told.code):
        replay_terms(case_ids=[claim.case_file_id], by=by, on=on)
    follow([claim.case_file_id], on=on, by=by)
    if code == "writ_issued":
        _issue(claim, kept["number"], happened_on, by=by, on=on)
    return event


def _recall(claim: Claim, kind: CourtEventKind, *, by: User | None, on: dt.date) -> None:
    """The act is gone, and with it the force of the papers issued on it (229-ФЗ ст. 43, 47)."""
    for writ in Writ.objects.live().working().filter(claim=claim):
        recall_writ(writ=writ, note=kind.title, by=by, on=on)


def _issue(claim: Claim, number: str, issued_on: dt.date, *, by: User | None, on: dt.date) -> None:
    """The paper that bailiffs obey: the second copy of an order, or a writ of execution. An order counts from its issue."""
    standing = standing_of(claim)
    orders = claim.is_order
    issue_writ(
        claim=claim,
        kind=Writ.Kind.COURT_ORDER if orders else Writ.Kind.EXECUTION_WRIT,
        number=number,
        issued_on=standing.issued_on if orders else issued_on,
        in_force_on=standing.force_on,
        granted=Components(*standing.granted),
        by=by,
        on=on,
    )


def check_event(
    claim: Claim, standing: ClaimStanding, code: str, *, happened_on: dt.date, by: User | None, on: dt.date
) -> None:
    """Raise the refusal that recording the event would meet: right, stage, kind, guard, day."""
    check_may(by, Right.WORK_CASES)
    ends = objections_end(standing.issued_on, standing.served_until, current()) if standing.issued_on else None
    CLAIM.check(Step(claim, claim.stage, standing, ends), code, happened_on)
    title = BY_CODE[code].title
    if happened_on > on:
        raise NotYetHappened(f"«{title}» {happened_on:%d.%m.%Y} записать нельзя: этот день ещё не наступил.", event=code)
    last = max(standing.stage_on, claim.prepared_on)
    if happened_on < last:
        raise TooEarly(
            f"«{title}» {happened_on:%d.%m.%Y} нельзя: требование № {claim.number} в нынешнем состоянии с {last:%d.%m.%Y}. "
            "Укажите день не раньше или снимите ошибочную запись.",
            action=code,
        )


@transaction.atomic
def take_back(*, claim: Claim, event: CourtEvent, why: str, by: User | None, on: dt.date) -> CourtEvent:
    """Take back the last event that stands: the claim and its case go back to where they stood before it.

    Raises NotAllowed, NothingToTakeBack, and HeldByAnother when its charges are in another claim by now.
    """
    check_may(by, Right.WORK_CASES)
    claim = lock_for_event(claim, event.code)
    if not why.strip():
        raise NothingToTakeBack(f"Требование № {claim.number}: напишите, почему запись снимается.")
    last = claim.events.standing().order_by("happened_on", "pk").last()
    if last is None or last.pk != event.pk:
        raise NothingToTakeBack(
            f"Требование № {claim.number}: снять можно только последнюю запись, что стоит. Снимайте по одной, с конца."
        )
    title = BY_CODE[event.code].title
    if event.code == "writ_issued" and claim.writs.live().working().exists():
        raise NothingToTakeBack(f"Требование № {claim.number}: по нему учтён исполнительный документ. Сначала отзовите его.")
    if event.code in SETS_ASIDE and claim.writs.live().exists():
        raise NothingToTakeBack(f"Требование № {claim.number}: с отменой отозван исполнительный документ. Учтите новый.")
    taken = CourtEvent.objects.create(
        claim=claim, code=TAKEN_BACK, happened_on=on, data={"why": why.strip()}, recorded_by=by, reverses=event
    )
    _keep(claim)
    _put_back(claim, event)
    _tell_taken(claim, event, f"«{title}» записано ошибочно: {why.strip()}", on=on, by=by)
    follow([claim.case_file_id], on=on, by=by)
    return taken


def _tell_taken(claim: Claim, event: CourtEvent, said: str, *, on: dt.date, by: User | None) -> None:
    """Take the case's own event back. Dropping took back the preparation: the claim is prepared once more."""
    if event.code == "dropped":
        mirrored(PREPARED, claim=claim, said=said, on=on, by=by).save()
        return
    newest = _told_of(claim, case_code(event.code, claim.is_order))
    if newest:
        corrected(newest, claim=claim, said=said, on=on, by=by).save()
        if moves_terms(newest.code):
            replay_terms(case_ids=[claim.case_file_id], by=by, on=on)


def _told_of(claim: Claim, code: str) -> CaseEvent | None:
    """The newest event of the case about this claim that stands."""
    told = CaseEvent.objects.filter(subject_kind="claim", subject_id=claim.pk, code=code, corrected_by__isnull=True)
    return told.order_by("pk").last()


def _check_in_time(standing: ClaimStanding, kind: CourtEventKind, data: dict, happened_on: dt.date) -> None:
    """Objections and appeals come within their term, or are said to come after it (ГПК РФ ст. 112: the court restores it)."""
    if LATE not in (field.name for field in kind.fields) or data.get(LATE):
        return
    # until an order is known to be served, its ten days may have begun later than we think
    last = standing.served_until if standing.issued_on else standing.stage_until
    if last and happened_on > last:
        raise TooLate(
            f"«{kind.title}» {happened_on:%d.%m.%Y}: срок истёк {last:%d.%m.%Y} ({kind.law}). "
            "Проверьте день; если подано с опозданием, отметьте «Поданы после срока».",
            event=kind.code,
        )


def _was(claim: Claim, data: dict) -> dict:
    """The court and the number there that the event changes, kept with it: taking it back puts them back."""
    was = {"court": claim.court_id, "court_name": claim.court_name} if "court" in data else {}
    if data.get("court_case", claim.court_case) != claim.court_case:
        was["court_case"] = claim.court_case
    return {WAS: was} if was else {}


def _put_back(claim: Claim, event: CourtEvent) -> None:
    """The court and the number from before the event, unless a person has named others since."""
    was = dict(event.data.get(WAS, {}))
    if claim.court_case != event.data.get("court_case"):
        was.pop("court_case", None)
    if "court" in was:
        was["court_id"] = was.pop("court")
    if was:
        Claim.objects.filter(pk=claim.pk).update(**was)
        for name, value in was.items():
            setattr(claim, name, value)


def _complete(claim: Claim, kind: CourtEventKind, data: dict) -> dict:
    """A judgment in full grants what was asked; any other act no more than that."""
    asked = dict(zip(GRANTED_NAMES, (claim.principal, claim.penalty, claim.duty), strict=True))
    if kind.code == "judgment_full":
        return data | asked
    for name, most in asked.items():
        if data.get(name, 0) > most:
            label = next(field.label for field in kind.fields if field.name == name).rstrip(" ₽,")
            raise GrantedTooMuch(
                f"«{label}»: {money.spaced(data[name])} ₽, а просили {money.spaced(most)} ₽. "
                "Суд не выходит за пределы требования (ГПК РФ ст. 196 ч. 3): проверьте сумму.",
                field=name,
            )
    return data


def _keep(claim: Claim) -> None:
    """Write where the events leave the claim into its columns."""
    columns = standing_of(claim).columns
    live = columns["stage"] not in FREED
    moved_to = columns.get("court_name")
    if moved_to and moved_to != claim.court_name:
        columns["court"] = Court.objects.filter(name=moved_to).first()
    if live and not claim.is_live:
        check_free(claim)
    Claim.objects.filter(pk=claim.pk).update(is_live=live, **columns)
    claim.is_live = live
    for name, value in columns.items():
        setattr(claim, name, value)
