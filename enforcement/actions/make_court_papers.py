"""Make the papers of claims and complaints. A paper of a claim made on a day is not made again on it: its number stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from casedesk.access.models import User
from casedesk.documents.actions.make import Draft, make_many
from casedesk.documents.actions.start_print_run import start_print_run
from casedesk.documents.models import Document, PrintRun
from debtors.documents.compose_case import case_drafts
from enforcement.actions.complain import complain
from enforcement.documents.compose_claim import claim_drafts, paper_kind
from enforcement.documents.compose_complaint import complaint_draft
from enforcement.models import BailiffComplaint, Claim, Writ

COMPLAINT, STATEMENT = "inaction_complaint", "debt_statement"
CLAIM_SUBJECT, CASE_SUBJECT, COMPLAINT_SUBJECT = "enforcement.claim", "debtors.casefile", "enforcement.bailiffcomplaint"


@transaction.atomic
def claim_papers(*, claims: Iterable[Claim], by: User, on: dt.date) -> list[Document]:
    """The papers of the claims in their order, each by its kind; a fixed number of queries per creditor and kind.

    Raises NoPaperForClaim (eviction), TotalsDiffer: then none is made.
    """
    wanted = [claim.pk for claim in claims]
    found = Claim.objects.select_for_update(of=("self",)).select_related("creditor", "case_file", "follows", "court")
    groups: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in found.filter(pk__in=wanted).order_by("number"):
        groups[claim.creditor_id, paper_kind(claim)].append(claim)
    made: dict[int, Document] = {}
    for (_, kind), group in groups.items():
        made |= _made(kind, CLAIM_SUBJECT, group[0].creditor, claim_drafts(group), by, on)
    return [made[pk] for pk in wanted]


def _made(kind: str, subject: str, creditor, drafts: Sequence[Draft], by: User, on: dt.date) -> dict[int, Document]:
    """Subject -> its paper of the day: the one made before where its data is the same, else a new one."""
    keys = [draft.subject[1] for draft in drafts]
    kept = Document.objects.filter(kind=kind, creditor=creditor, subject_kind=subject, subject_id__in=keys, made_on=on)
    found = {one.subject_id: one for one in kept.order_by("number")}
    fresh = [draft for draft in drafts if draft.subject[1] not in found or _differs(found[draft.subject[1]], draft)]
    for document in make_many(kind, creditor=creditor, drafts=fresh, by=by, on=on):
        found[document.subject_id] = document
    return found


def _differs(document: Document, draft: Draft) -> bool:
    """Whether a sum of the thing has changed since the paper was made: an old paper would say another."""
    sums = {name: value for name, value in draft.data.items() if isinstance(value, int) and not isinstance(value, bool)}
    named = {"court": draft.data.get("court"), **sums}
    return any(document.data.get(name) != value for name, value in named.items() if name in document.data)


@transaction.atomic
def print_claims(
    *, claims: Iterable[Claim], by: User, on: dt.date, at: dt.datetime, statements: bool = False, both_sides: bool = False
) -> PrintRun:
    """One print run of the claims' papers with their calculations, each followed by the debt statement of its case if asked.

    Raises what `claim_papers` does, NothingOwed (statements), and NothingToPrint.
    """
    listed = list(claims)
    documents = claim_papers(claims=listed, by=by, on=on)
    if statements:
        about = _statements(listed, by, on)
        documents = [one for claim, paper in zip(listed, documents, strict=True) for one in (paper, about[claim.case_file_id])]
    title = f"В суд, требований {len(listed)}, {on:%d.%m.%Y}"
    return start_print_run(documents=documents, title=title, by=by, at=at, both_sides=both_sides)


def _statements(claims: Sequence[Claim], by: User, on: dt.date) -> dict[int, Document]:
    """Case -> its debt statement of the day."""
    cases: dict[int, dict] = defaultdict(dict)
    for claim in claims:
        cases[claim.creditor_id][claim.case_file_id] = claim.case_file
    found: dict[int, Document] = {}
    for theirs in cases.values():
        creditor = next(iter(theirs.values())).creditor
        drafts = case_drafts(STATEMENT, creditor=creditor, cases=list(theirs.values()), on=on)
        found |= _made(STATEMENT, CASE_SUBJECT, creditor, drafts, by, on)
    return found


@transaction.atomic
def file_complaint(*, writ: Writ, kind: str, to: str, about: str, by: User, on: dt.date) -> tuple[BailiffComplaint, Document]:
    """Complain about a term that has passed, with the paper that goes out. Raises what `complain` does, and TotalsDiffer."""
    complaint = complain(writ=writ, kind=kind, to=to, about=about, by=by, on=on)
    return complaint, complaint_paper(complaint=complaint, by=by, on=on)


@transaction.atomic
def complaint_paper(*, complaint: BailiffComplaint, by: User, on: dt.date) -> Document:
    """The paper of a complaint: a complaint has one, made when it is first asked for. Raises TotalsDiffer."""
    complaint = (
        BailiffComplaint.objects.select_for_update(of=("self",))
        .select_related("writ__creditor", "writ__debtor", "writ__account", "proceeding__department", "presentation__department")
        .get(pk=complaint.pk)
    )
    made = Document.objects.filter(kind=COMPLAINT, subject_kind=COMPLAINT_SUBJECT, subject_id=complaint.pk).first()
    return made or make_many(COMPLAINT, creditor=complaint.writ.creditor, drafts=[complaint_draft(complaint)], by=by, on=on)[0]
