"""What the creditor does with a returned writ: agrees with the act or contests it, records news of property, chooses measures.

Plan row B4: a return without a decision is a debt forgotten.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed
from casedesk.norms.queries.current import current
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock, settle
from enforcement.models import EnforcementProceeding, ImpossibilityAct, PropertyFact, ReturnChoice, Writ
from enforcement.rules.terms import actions_end, last_day_of
from enforcement.rules.words import Position


class AlreadyDecided(NotAllowed):
    """The position on the act was taken before."""

    code = "already_decided"


class NotContested(NotAllowed):
    """The act was not contested: there is no answer to wait for."""

    code = "not_contested"


class ContestTooLate(NotAllowed):
    """The ten days for a complaint have passed (229-ФЗ ст. 122)."""

    code = "contest_too_late"


@transaction.atomic
def agree_with_return(*, act: ImpossibilityAct, note: str, by: User, on: dt.date) -> ImpossibilityAct:
    """The creditor agrees that nothing could be collected. Raises NotAllowed, AlreadyDecided."""
    return _position(act, "agree", Position.AGREED, note, by, on)


@transaction.atomic
def contest_return(*, act: ImpossibilityAct, note: str, by: User, on: dt.date) -> ImpossibilityAct:
    """The creditor complains about the act. Raises NotAllowed, AlreadyDecided, ContestTooLate (ten days, ст. 122)."""
    last = last_day_of("complaint", act.received_on or act.sent_on or act.dated_on, current())
    if last and on > last and act.received_on:
        raise ContestTooLate(
            f"Срок жалобы на {act} истёк {last:%d.%m.%Y} (229-ФЗ ст. 122). Просите восстановить срок в жалобе в суд "
            "и запишите её после принятия."
        )
    return _position(act, "contest", Position.CONTESTED, note, by, on)


def _position(act: ImpossibilityAct, action: str, position: str, note: str, by: User, on: dt.date) -> ImpossibilityAct:
    now = lock(act.writ)
    act = ImpossibilityAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    move = check(now, action, by=by, on=on)
    if act.position != Position.UNDECIDED:
        raise AlreadyDecided(f"По «{act}» уже решено {act.position_on:%d.%m.%Y}: {act.get_position_display()}.")
    act.position, act.position_on, act.position_by, act.position_note = position, on, by, note
    contested = position == Position.CONTESTED
    act.outcome = ImpossibilityAct.Outcome.PENDING if contested else ""
    act.save(update_fields=["position", "position_on", "position_by", "position_note", "outcome"])
    until = last_day_of("complaint_answer", on, current()) if contested else None
    news = News(now.writ, move.event, on, act, until, {"act": str(act), "note": note or "без пояснений"})
    settle([news], by=by, on=on)
    return act


@transaction.atomic
def record_contest_outcome(*, act: ImpossibilityAct, granted: bool, note: str, by: User, on: dt.date) -> ImpossibilityAct:
    """The answer to the complaint. Granted: the return is void, the stay goes on as if it had not ended.

    Raises NotAllowed, NotContested.
    """
    now = lock(act.writ)
    act = ImpossibilityAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    move = check(now, "contest_granted" if granted else "contest_dismissed", by=by, on=on)
    if act.outcome != ImpossibilityAct.Outcome.PENDING:
        raise NotContested(f"По «{act}» нет жалобы, которая ждёт ответа. Сначала учтите жалобу.")
    act.outcome = ImpossibilityAct.Outcome.GRANTED if granted else ImpossibilityAct.Outcome.DISMISSED
    act.outcome_on = on
    act.save(update_fields=["outcome", "outcome_on"])
    if granted:
        _reopen(act)
    until = actions_end(on) if granted else None
    news = News(now.writ, move.event, on, act, until, {"act": str(act), "note": note or "без пояснений"})
    settle([news], by=by, on=on)
    return act


def _reopen(act: ImpossibilityAct) -> None:
    if act.proceeding_id:
        proceeding = EnforcementProceeding.objects.get(pk=act.proceeding_id)
        proceeding.status, proceeding.ended_on, proceeding.ended_ground = EnforcementProceeding.Status.OPEN, None, ""
        proceeding.save(update_fields=["status", "ended_on", "ended_ground"])
    if act.presentation_id:
        one = act.presentation
        one.ended_on, one.ended_ground, one.resolution_sent_on = None, "", None
        one.save(update_fields=["ended_on", "ended_ground", "resolution_sent_on"])


@transaction.atomic
def choose_measure(*, act: ImpossibilityAct, kind: str, note: str, by: User, on: dt.date) -> ReturnChoice:
    """Choose what is done about the debt after the return. Several may stand side by side. Raises NotAllowed."""
    now = lock(act.writ)
    check(now, "choose", by=by, on=on)
    choice = ReturnChoice.objects.create(act=act, kind=kind, note=note, chosen_on=on, chosen_by=by)
    data = {"choice": choice.get_kind_display(), "note": note or "без пояснений"}
    settle([News(now.writ, "return_choice", on, choice, None, data)], by=by, on=on)
    return choice


@transaction.atomic
def record_property(
    *, writ: Writ, kind: str, description: str, source: str, by: User | None, on: dt.date, of_debtor: bool = True
) -> PropertyFact:
    """News of property known since the day: the writ may be presented before the six months (229-ФЗ ст. 46 ч. 5).

    Raises NotAllowed when nothing can be collected on the writ any more.
    """
    now = lock(writ)
    check(now, "property", by=by, on=on)
    fact = PropertyFact.objects.create(
        account=now.writ.account,
        debtor=now.writ.debtor if of_debtor else None,
        kind=kind,
        description=description,
        source=source,
        known_on=on,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    settle([News(now.writ, "property_found", on, fact, None, {"property": str(fact), "source": source})], by=by, on=on)
    return fact
