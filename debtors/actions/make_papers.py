"""Papers of the debtors' room: on cases as they stand on the day, and of reminders as they were prepared."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import make_many
from casedesk.documents.actions.start_print_run import start_print_run
from casedesk.documents.models import Document, PrintRun
from debtors.documents.compose_case import COMPOSERS, case_drafts
from debtors.documents.compose_reminder import reminder_drafts
from debtors.models import CaseFile, PreTrialNotice
from debtors.queries.freshness import stale_payments

REMINDER = "reminder"
SUBJECT = "debtors.pretrialnotice"
DEMANDS = frozenset({"pre_trial_notice"})
"""Papers that go to the debtor and ask for a sum; a statement or a slip is given to who asks for it."""


class PaymentsTooOld(Refusal):
    """What is left of the debt is not known well enough to demand it."""

    code = "payments_are_stale"


class PaperNotOffered(Refusal):
    """This kind of paper is not made of a case's debt."""

    code = "paper_not_offered"


@transaction.atomic
def paper_on_case(*, case: CaseFile, kind: str, by: User, on: dt.date) -> Document:
    """One paper on the debt of the case on the day.

    Raises PaperNotOffered, PaymentsTooOld (a demand by payments too old), NothingOwed, NoRequisites, TotalsDiffer.
    """
    if kind not in COMPOSERS:
        raise PaperNotOffered(f"Документ «{kind}» по делу не составляют. Выберите из списка на странице дела.")
    if kind in DEMANDS and (stale := stale_payments(case.creditor, on)):
        raise PaymentsTooOld(stale)
    drafts = case_drafts(kind, creditor=case.creditor, cases=[case], on=on)
    return make_many(kind, creditor=case.creditor, drafts=drafts, by=by, on=on)[0]


@transaction.atomic
def reminder_documents(*, notices: Iterable[PreTrialNotice], by: User) -> list[Document]:
    """The documents of reminders, in their order; each reminder has one, made when it is first asked for.

    The notices stay locked meanwhile, so that two people cannot make a letter twice. A fixed number of queries per creditor
    and day. Raises LetterDoesNotAddUp.
    """
    wanted = [notice.pk for notice in notices]
    locked = PreTrialNotice.objects.select_for_update(of=("self",)).select_related("creditor", "case", "prepared_by")
    listed = list(locked.filter(pk__in=wanted).order_by("number"))
    found = {one.subject_id: one for one in Document.objects.filter(kind=REMINDER, subject_kind=SUBJECT, subject_id__in=wanted)}
    groups: dict[tuple[int, dt.date], list[PreTrialNotice]] = defaultdict(list)
    for notice in listed:
        if notice.pk not in found:
            groups[notice.creditor_id, notice.prepared_on].append(notice)
    for (_, day), group in groups.items():
        for made in make_many(REMINDER, creditor=group[0].creditor, drafts=reminder_drafts(group), by=by, on=day):
            found[made.subject_id] = made
    return [found[pk] for pk in wanted]


@transaction.atomic
def print_reminders(*, notices: Iterable[PreTrialNotice], by: User, at: dt.datetime, both_sides: bool = False) -> PrintRun:
    """A print run of reminders, in their order. Raises NothingToPrint, LetterDoesNotAddUp."""
    documents = reminder_documents(notices=notices, by=by)
    title = f"Напоминания, {len(documents)} шт."
    return start_print_run(documents=documents, title=title, by=by, at=at, both_sides=both_sides)
