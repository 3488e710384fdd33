"""Complain about a bailiff's inaction, once a term of the law has passed, and keep the answer."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed
from casedesk.norms.queries.current import current
from debtors.actions.moves import check_may
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock, settle
from enforcement.models import BailiffComplaint, Writ
from enforcement.queries.inaction import running_terms
from enforcement.rules.terms import last_day_of
from enforcement.rules.words import INACTION_NAMES


class TermNotOver(NotAllowed):
    """The bailiff's term runs on: there is nothing to complain about yet."""

    code = "term_not_over"


class NoSuchTerm(NotAllowed):
    """No term of this kind runs on the writ."""

    code = "no_such_term"


class ComplaintWaits(NotAllowed):
    """A complaint about the same is filed and not answered."""

    code = "complaint_waits"


class AlreadyAnswered(NotAllowed):
    """The complaint has its answer."""

    code = "already_answered"


@transaction.atomic
def complain(
    *, writ: Writ, kind: str, about: str, by: User, on: dt.date, to: str = BailiffComplaint.Addressee.SENIOR_BAILIFF
) -> BailiffComplaint:
    """File a complaint about the term `kind` (a key of INACTION_NAMES) that has passed by the day.

    Raises NotAllowed, NoSuchTerm, TermNotOver with the last day, ComplaintWaits.
    """
    now = lock(writ)
    check(now, "complain", by=by, on=on)
    term = next((one for one in running_terms(now) if one.kind == kind), None)
    if term is None:
        raise NoSuchTerm(
            f"По документу {now.writ.number} такой срок не идёт: {INACTION_NAMES[kind]}. Проверьте даты получения."
        )
    if not term.passed(on):
        raise TermNotOver(f"Жаловаться рано: {term.name}, последний день {term.last_day:%d.%m.%Y} ({term.norm}).")
    waiting = BailiffComplaint.objects.waiting().filter(writ=now.writ, kind=kind).first()
    if waiting:
        raise ComplaintWaits(f"Жалоба об этом уже подана {waiting.filed_on:%d.%m.%Y} и ждёт ответа. Учтите ответ.")
    until = last_day_of("complaint_answer", on, current())
    complaint = BailiffComplaint.objects.create(
        writ=now.writ,
        presentation=now.running,
        proceeding=now.proceedings[0] if now.proceedings else None,
        kind=kind,
        addressee=to,
        about=about,
        term_ended_on=term.last_day,
        filed_on=on,
        filed_by=by,
        answer_due_on=until,
    )
    data = {"inaction": term.name, "to": complaint.get_addressee_display()}
    settle([News(now.writ, "complaint_filed", on, complaint, until, data)], by=by, on=on)
    return complaint


@transaction.atomic
def record_answer(*, complaint: BailiffComplaint, outcome: str, by: User, on: dt.date) -> BailiffComplaint:
    """The answer to a complaint. Raises AlreadyAnswered, NotAllowed."""
    check_may(by, Right.WORK_WRITS)
    now = lock(complaint.writ)
    complaint = BailiffComplaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if complaint.answered_on:
        raise AlreadyAnswered(f"Ответ на {complaint} уже учтён {complaint.answered_on:%d.%m.%Y}.")
    if on < complaint.filed_on:
        raise AlreadyAnswered(f"Ответ {on:%d.%m.%Y} раньше жалобы {complaint.filed_on:%d.%m.%Y}. Проверьте день.")
    complaint.answered_on, complaint.outcome = on, outcome
    complaint.save(update_fields=["answered_on", "outcome"])
    data = {"inaction": complaint.get_kind_display(), "outcome": complaint.get_outcome_display()}
    settle([News(now.writ, "complaint_answered", on, complaint, None, data)], by=by, on=on)
    return complaint
