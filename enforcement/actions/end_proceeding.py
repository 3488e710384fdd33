"""The end of a stay: executed, ended on another ground, returned as impossible, sent back by a bank, withdrawn by the creditor.

Each ends the running presentation and its open proceedings on the same day and ground. A proceeding that a register brought
without a presentation ends by itself.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed, Refusal
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock, settle
from enforcement.models import EnforcementProceeding, ImpossibilityAct, Presentation, ProceedingMeasure, Writ
from enforcement.queries.writ_now import WritNow
from enforcement.rules.terms import earliest_repeat
from enforcement.rules.words import END_GROUNDS, GROUND_NAMES, RETURN_GROUNDS, UNEXECUTED, WITHDRAWN

FINISHED, TERMINATED = EnforcementProceeding.Status.FINISHED, EnforcementProceeding.Status.TERMINATED
BY_ARTICLE = {"47.1.1": "finish", "47.1.2": "finish", "executed": "finish", "47.1.4": "end_by_court"}
"""Ground -> the move of the table; all others are `end`."""


class UnknownGround(Refusal):
    """The ground named is not one of the law's."""

    code = "unknown_ground"


class ActKnown(NotAllowed):
    """The act of this return is recorded."""

    code = "act_known"


class SentBeforeMade(NotAllowed):
    """The paper was sent before it was made."""

    code = "sent_before_made"


@dataclass(frozen=True)
class Returned:
    """What the bailiff's paper says. `sent_on`: the day it was sent to the creditor, the new term runs from it."""

    ground: str
    kind: str = ImpossibilityAct.Kind.NOTICE
    number: str = ""
    sent_on: dt.date | None = None
    received_on: dt.date | None = None


@transaction.atomic
def end_proceeding(*, writ: Writ, ground: str, by: User | None, on: dt.date) -> Writ:
    """End the writ's stay on a ground of ст. 43 or 47 (a key of END_GROUNDS), or `executed`.

    Raises UnknownGround (a return under ст. 46 is recorded by `record_return`), NotAllowed.
    """
    if ground not in (*END_GROUNDS, "executed"):
        raise UnknownGround(f"Основание «{ground}» не из ст. 43, 47 229-ФЗ. Возврат по ст. 46 учитывают отдельно.")
    now = lock(writ)
    move = check(now, BY_ARTICLE.get(ground, "end"), by=by, on=on)
    subject = _end(now, ground, on)
    said = GROUND_NAMES[ground]
    data = {"writ": str(now.writ), "note": said} if move.event == "writ_recalled" else _of(now, said)
    settle([News(now.writ, move.event, on, subject, None, data)], by=by, on=on)
    return Writ.objects.get(pk=writ.pk)


@transaction.atomic
def record_return(*, writ: Writ, paper: Returned, by: User | None, on: dt.date) -> ImpossibilityAct:
    """The bailiff found it impossible to collect (229-ФЗ ст. 46): the writ is back, the clocks of ст. 22 and 46 start.

    `on` is the day of the ruling. Raises UnknownGround, SentBeforeMade, NotAllowed.
    """
    _check_paper(paper, on)
    now = lock(writ)
    check(now, "return", by=by, on=on)
    subject = _end(now, paper.ground, on, paper.sent_on)
    act = _act(now, paper, now.running, now.proceedings[0] if now.proceedings else None, by, on)
    until = earliest_repeat(on, paper.ground)
    news = News(now.writ, "writ_returned", on, subject, until, _of(now, act.ground_text))
    settle([news], by=by, on=on)
    return act


@transaction.atomic
def record_act(*, writ: Writ, paper: Returned, by: User | None, on: dt.date) -> ImpossibilityAct:
    """The act or notice of a return that is known already (a register, a reply brought it). `on` is the day of the ruling.

    Raises ActKnown, UnknownGround, SentBeforeMade, NotAllowed.
    """
    _check_paper(paper, on)
    now = lock(writ)
    check(now, "record_act", by=by, on=on)
    known = ImpossibilityAct.objects.filter(writ=now.writ, dated_on__gte=now.writ.state_on).first()
    if known:
        raise ActKnown(f"По этому возврату уже учтено: {known}.")
    stay = now.writ.presentations.order_by("-sent_on", "-pk").first()
    proceeding = EnforcementProceeding.objects.live().filter(writ=now.writ).order_by("-ended_on", "-pk").first()
    act = _act(now, paper, stay, proceeding, by, on)
    if stay and stay.ended_on and paper.sent_on and paper.sent_on >= stay.ended_on:
        Presentation.objects.filter(pk=stay.pk).update(resolution_sent_on=paper.sent_on)
    settle([News(now.writ, "act_received", on, act, None, {"act": str(act), "ground": act.ground_text})], by=by, on=on)
    return act


def _check_paper(paper: Returned, on: dt.date) -> None:
    if paper.ground not in RETURN_GROUNDS:
        raise UnknownGround(f"Основание «{paper.ground}» не из ст. 46 ч. 1 229-ФЗ. Выберите пункт из извещения.")
    if paper.sent_on and paper.sent_on < on:
        raise SentBeforeMade(
            f"Извещение от {on:%d.%m.%Y} не могло быть отправлено {paper.sent_on:%d.%m.%Y}. Проверьте штемпель."
        )


def _act(now: WritNow, paper: Returned, stay, proceeding, by: User | None, on: dt.date) -> ImpossibilityAct:
    return ImpossibilityAct.objects.create(
        writ=now.writ,
        presentation=stay,
        proceeding=proceeding,
        kind=paper.kind,
        number=paper.number,
        ground=paper.ground,
        dated_on=on,
        sent_on=paper.sent_on,
        received_on=paper.received_on,
        recorded_at=timezone.now(),
        recorded_by=by,
    )


@transaction.atomic
def come_back(*, writ: Writ, note: str, by: User | None, on: dt.date) -> Presentation:
    """A bank or an employer sent the writ back without full execution: a new term, no wait. Raises NotAllowed."""
    now = lock(writ)
    check(now, "come_back", by=by, on=on)
    if now.running.kind == Presentation.Kind.BAILIFFS:
        raise NotAllowed(f"{now.writ} у приставов: возврат от них учитывают с основанием по ст. 46 229-ФЗ.")
    return _bring_home(now, UNEXECUTED, note, by, on)


@transaction.atomic
def withdraw(*, writ: Writ, note: str, by: User | None, on: dt.date) -> Writ:
    """The creditor takes the writ back: the time away is deducted from the term (229-ФЗ ст. 22 ч. 3.1). Raises NotAllowed."""
    now = lock(writ)
    check(now, "withdraw", by=by, on=on)
    _bring_home(now, WITHDRAWN, note, by, on)
    return Writ.objects.get(pk=writ.pk)


def _bring_home(now: WritNow, ground: str, note: str, by: User | None, on: dt.date) -> Presentation:
    subject = _end(now, ground, on)
    said = f"{GROUND_NAMES[ground]}: {note}" if note else GROUND_NAMES[ground]
    settle([News(now.writ, "writ_taken_back", on, subject, None, {"writ": str(now.writ), "ground": said})], by=by, on=on)
    return now.running


def _end(now: WritNow, ground: str, on: dt.date, sent_on: dt.date | None = None):
    """End what runs; return what the event is about."""
    for proceeding in now.proceedings:
        proceeding.status = TERMINATED if ground == "43" else FINISHED
        proceeding.ended_on, proceeding.ended_ground = on, ground
        proceeding.save(update_fields=["status", "ended_on", "ended_ground"])
    ProceedingMeasure.objects.filter(proceeding__in=now.proceedings, lifted_on__isnull=True, imposed_on__lte=on).update(
        lifted_on=on
    )
    if now.running:
        now.running.ended_on, now.running.ended_ground, now.running.resolution_sent_on = on, ground, sent_on
        now.running.save(update_fields=["ended_on", "ended_ground", "resolution_sent_on"])
    return (now.proceedings or [now.running])[0]


def _of(now: WritNow, ground: str) -> dict:
    named = now.proceedings[0].number if now.proceedings else now.running.to
    return {"proceeding": named, "ground": ground}
