"""Long work on claims, writs and reconciliations. Safe to run twice.

What a claim holds is not free for another; a writ with its papers of the day gets no others; a reply is taken once.
"""

import datetime as dt

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from casedesk.documents.models import Document
from debtors.models import CaseFile
from enforcement.actions.exchange_registers import take_reply
from enforcement.actions.make_filing_package import build_archive
from enforcement.actions.open_reconciliation import refresh_our_side
from enforcement.actions.prepare_claims import prepare_claims
from enforcement.actions.prepare_packages import prepare_packages
from enforcement.actions.receive_reply import REFRESH, TAKE
from enforcement.exchange.reply_file import read_reply
from enforcement.models import FilingPackage, Reconciliation, Writ
from enforcement.queries.claim_draft import Asked
from enforcement.queries.claim_drafts import drafts
from enforcement.queries.fee_budget import queue_of
from enforcement.rules.package import Paper

KIND = "enforcement.packages"
FILING = "enforcement.filing"
BATCH = 100


@job(KIND, title="Пакеты к исполнительным документам", right=Right.WORK_WRITS)
def make_packages(handle: JobHandle, *, writs: list[int], department: int | None, papers: list[str], on: str) -> dict:
    """Make the packages a hundred writs at a time; each hundred is one transaction."""
    by, day = handle.job.created_by, dt.date.fromisoformat(on)
    to = Organisation.objects.filter(pk=department).first()
    made, refused = 0, 0
    for start in range(0, len(writs), BATCH):
        handle.progress(start, len(writs), f"документы: {made}")
        some = Writ.objects.visible_to(by).live().filter(pk__in=writs[start : start + BATCH]).exclude(pk__in=_done(day))
        listed = list(some.select_related("creditor", "account__premises__house", "debtor", "case_file"))
        done = prepare_packages(writs=listed, department=to, by=by, on=day, papers=[Paper(code) for code in papers])
        made, refused = made + len(done.documents), refused + len(done.refused)
    handle.progress(len(writs), len(writs), f"документов {made}, не собрано пакетов {refused}")
    return {"url": reverse("enforcement:writs"), "documents": made, "refused": refused}


def _done(day: dt.date):
    """Writs whose calculation of the day is there: it is in every package."""
    made = Document.objects.filter(subject_kind="enforcement.writ", kind=Paper.CALCULATION, made_on=day)
    return made.values("subject_id")


@job(TAKE, title="Ответ отдела приставов", right=Right.SEE_WRITS)
def take(handle: JobHandle, *, reconciliation: int, kept: str, name: str, reply_on: str) -> dict:
    """Read a kept reply and compare both sides."""
    one = Reconciliation.objects.visible_to(handle.job.created_by).get(pk=reconciliation)
    handle.progress(0, 3, "чтение файла")
    with default_storage.open(kept) as file:
        reply = read_reply(name, file.read(), one)
    handle.progress(1, 3, f"сопоставление: строк {len(reply.rows)}")
    compared = take_reply(
        reconciliation=one,
        rows=reply.rows,
        reply_on=reply.as_of or dt.date.fromisoformat(reply_on),
        source=name,
        by=handle.job.created_by,
        on=timezone.localdate(),
        at=timezone.now(),
    )
    handle.progress(3, 3, "готово")
    default_storage.delete(kept)
    return {"url": one.get_absolute_url(), "rows": len(reply.rows), "matched": compared.matched, "found": compared.found}


@job(REFRESH, title="Наша сторона сверки", right=Right.SEE_WRITS)
def refresh(handle: JobHandle, *, reconciliation: int) -> dict:
    """Take our side from the ledger again and compare."""
    one = Reconciliation.objects.visible_to(handle.job.created_by).get(pk=reconciliation)
    handle.progress(0, 1, "учёт взыскателя")
    refresh_our_side(reconciliation=one, by=handle.job.created_by, on=timezone.localdate(), at=timezone.now())
    return {"url": one.get_absolute_url()}


@job(FILING, title="Пакет подачи в суд", right=Right.WORK_CASES)
def build_filing_package(handle: JobHandle, *, package: int) -> dict:
    """Build the archive; a built one is left as it is."""
    one = FilingPackage.objects.visible_to(handle.job.created_by).select_related("creditor", "court").get(pk=package)
    if not one.sha256:

        def tell(done: int, whole: int) -> None:
            handle.progress(done, whole, "документы")

        build_archive(package=one, on=timezone.localdate(), tell=tell)
    return {"url": one.get_absolute_url()}


AT_ONCE = 1_000
"""Cases prepared in one transaction, a few seconds of work: a bar that moves, accounts that are not held for long."""


@job("enforcement.prepare_claims", title="Подготовка требований", right=Right.SEE_CASES)
def prepare(handle: JobHandle, *, cases: list[int], options: dict) -> dict:
    """Prepare the claims of these cases within the budget; what a first run prepared is not prepared again.

    The kopecks that a claim holds are not free, so a case whose claim is there is refused as having nothing open.
    """
    by, on = handle.job.created_by, timezone.localdate()
    through = dt.date.fromisoformat(options["penalty_through"])
    asked = Asked(on, through, options["kind"], None, options["with_expired"], options["court_name"])
    incomplete = options["incomplete"]
    listed = list(CaseFile.objects.visible_to(by).filter(pk__in=cases, creditor=handle.job.creditor).select_related("creditor"))
    handle.progress(0, len(listed), "проверка перед подачей")
    queue = queue_of(drafts(listed, asked=asked, by=by), on=on, incomplete=incomplete, within_budget=options["within_budget"])
    wanted: dict[int, set] = {}
    for place in queue.taken:
        wanted.setdefault(place.draft.case.pk, set()).add(_who(place.draft))
    order = [case for case in listed if case.pk in wanted]
    made = 0
    for start in range(0, len(order), AT_ONCE):
        part = order[start : start + AT_ONCE]
        done = prepare_claims(
            cases=part,
            asked=asked,
            by=by,
            incomplete=incomplete,
            chosen=lambda draft: _who(draft) in wanted[draft.case.pk],
        )
        made += len(done.claims)
        handle.progress(start + len(part), len(order), "требования")
    return {
        "url": f"/claims/?stage=prepared&made={on.isoformat()}",
        "made": made,
        "left": len(queue.left),
        "refused": len(queue.refused),
    }


def _who(draft) -> str:
    """Whom a draft is against, in words: a holder of the register becomes a debtor between the check and the work."""
    return draft.names
