"""What bailiffs answer to a presented writ: received, proceedings opened, opening refused."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.norms.queries.current import current
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock, settle
from enforcement.models import EnforcementProceeding, Presentation, Writ
from enforcement.queries.departments import department_of
from enforcement.rules import proceeding_numbers
from enforcement.rules.terms import actions_end, last_day_of
from enforcement.rules.words import REFUSED


class ProceedingKnown(Refusal):
    """The writ has a proceeding of this number."""

    code = "proceeding_known"


@dataclass(frozen=True)
class Opened:
    """What the resolution on opening says. The number is read softly; the department is found by it when not given."""

    number: str
    consolidated: str = ""
    bailiff: str = ""
    department: Organisation | None = None
    voluntary_until: dt.date | None = None
    fee: int = 0


@transaction.atomic
def record_receipt(*, writ: Writ, by: User | None, on: dt.date) -> Presentation:
    """The addressee has the writ since the day: the term to open proceedings starts. Raises NotAllowed."""
    now = lock(writ)
    check(now, "receive", by=by, on=on)
    one = now.running
    if one.received_on:
        raise NotAllowed(f"Получение {now.writ.number} уже учтено {one.received_on:%d.%m.%Y}. Второй раз не нужно.")
    one.received_on = on
    one.save(update_fields=["received_on"])
    until = last_day_of("opening", on, current()) if one.kind == Presentation.Kind.BAILIFFS else None
    news = News(now.writ, "writ_received", on, one, until, {"writ": str(now.writ), "to": one.to})
    settle([news], by=by, on=on)
    return one


@transaction.atomic
def record_proceeding(*, writ: Writ, opened: Opened, by: User | None, on: dt.date) -> EnforcementProceeding:
    """Proceedings were opened on the day. A writ may have several at once: against joint debtors, after a transfer.

    Raises NotAllowed, ProceedingKnown.
    """
    now = lock(writ)
    check(now, "open_proceeding", by=by, on=on)
    number = proceeding_numbers.read_numbers(opened.number).first or opened.number.strip()
    if EnforcementProceeding.objects.live().filter(writ=writ, number=number).exists():
        raise ProceedingKnown(f"Производство {number} по этому документу уже учтено. Проверьте номер.")
    code = proceeding_numbers.department_of(number)
    proceeding = EnforcementProceeding.objects.create(
        writ=now.writ,
        presentation=now.running,
        department=opened.department or department_of(code) or (now.running and now.running.department),
        number=number,
        consolidated_number=opened.consolidated.strip(),
        bailiff=opened.bailiff,
        opened_on=on,
        voluntary_until=opened.voluntary_until,
        fee=opened.fee,
    )
    if now.running and now.running.received_on is None:
        Presentation.objects.filter(pk=now.running.pk).update(received_on=on)
    data = {"proceeding": proceeding.number, "bailiff": proceeding.bailiff or "пристав не назван"}
    settle([News(now.writ, "proceeding_opened", on, proceeding, actions_end(on), data)], by=by, on=on)
    return proceeding


@transaction.atomic
def refuse_opening(*, writ: Writ, why: str, by: User | None, on: dt.date) -> Presentation:
    """The bailiff refused to open proceedings (229-ФЗ ст. 31): the writ comes back, the term goes on as it went."""
    now = lock(writ)
    check(now, "refuse_opening", by=by, on=on)
    one = now.running
    one.ended_on, one.ended_ground = on, REFUSED
    one.save(update_fields=["ended_on", "ended_ground"])
    data = {"writ": str(now.writ), "ground": f"отказано в возбуждении: {why}"}
    settle([News(now.writ, "writ_taken_back", on, one, None, data)], by=by, on=on)
    return one
