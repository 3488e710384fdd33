"""Hand prepared claims to a court as one archive, mark it sent, take the court's answers back."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from casedesk.documents.models import Document
from casedesk.documents.queries.files import docx_of
from debtors.actions.moves import hold_cases
from enforcement.actions.hold_claim import hold_books
from enforcement.actions.record_court_event import record_court_event
from enforcement.exchange.filing_package import Papers, build
from enforcement.exchange.filing_receipt import Receipt
from enforcement.models import Claim, Court, FilingItem, FilingPackage
from enforcement.rules.claim_stages import ClaimStage

MOST = 500
"""Claims in one package."""
SUBJECT = "enforcement.claim"
Answer = FilingItem.Answer


class NothingToFile(Refusal):
    """No prepared claim fits, or one of them waits in another package."""

    code = "nothing_to_file"


class NotReady(Refusal):
    """The package is not at this step yet."""

    code = "not_ready"


@dataclass
class TakenReceipts:
    """Answers that were new, known word for word, and those that could not be taken with the reason (row -> words)."""

    taken: int = 0
    known: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def make_filing_package(*, court: Court, claims: Iterable[Claim], by: User | None) -> FilingPackage:
    """Put prepared claims of one creditor into a package for the court; the archive itself is built by `build_archive`.

    Claims without a court get this one. Raises NothingToFile naming what is in the way.
    """
    ids = [claim.pk for claim in claims]
    listed = list(
        Claim.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("creditor").order_by("number")
    )
    if not listed or len(listed) > MOST:
        raise NothingToFile(f"В пакете бывает от 1 до {MOST} требований, выбрано {len(listed)}. Измените отбор.")
    if len({claim.creditor_id for claim in listed}) > 1:
        raise NothingToFile("В пакете требования разных взыскателей. Соберите пакет для каждого отдельно.")
    wrong = [claim for claim in listed if claim.stage != ClaimStage.PREPARED or (claim.court_id or court.pk) != court.pk]
    if wrong:
        named = ", ".join(f"№ {claim.number}" for claim in wrong[:5])
        raise NothingToFile(f"Не готовы к подаче или относятся к другому суду: {named}. Уберите их из отбора.")
    waiting = FilingItem.objects.filter(claim__in=listed, answer=Answer.WAITING).select_related("package")[:1]
    if waiting:
        raise NothingToFile(f"Требование {waiting[0].claim} уже в {waiting[0].package}. Дождитесь ответа суда по нему.")
    Claim.objects.filter(pk__in=ids, court=None).update(court=court, court_name=court.name[:200])
    package = FilingPackage.objects.create(creditor=listed[0].creditor, court=court, recorded_by=by)
    FilingItem.objects.bulk_create([FilingItem(package=package, claim=claim) for claim in listed])
    return package


def build_archive(*, package: FilingPackage, on: dt.date, tell: Callable[[int, int], None] = lambda done, whole: None) -> None:
    """Build and store the archive: index by the schema, register, papers as DOCX. Run again it gives the same content."""
    claims = list(
        Claim.objects.filter(filing_items__package=package)
        .select_related("case_file", "creditor")
        .prefetch_related("parties__debtor", "lines__account")
        .order_by("number")
    )
    papers = _papers(claims, tell)
    content = build(package, claims, papers, on)
    items = list(package.items.all())
    for item in items:
        item.documents = len(papers.get(item.claim_id, []))
    FilingItem.objects.bulk_update(items, ["documents"])
    package.stored.save("package.zip", ContentFile(content), save=False)
    package.sha256 = hashlib.sha256(content).hexdigest()
    package.save(update_fields=["stored", "sha256"])


def _papers(claims: list[Claim], tell: Callable[[int, int], None]) -> Papers:
    """The papers of each claim, the last of each kind."""
    documents = Document.objects.filter(subject_kind=SUBJECT, subject_id__in=[claim.pk for claim in claims])
    newest = {(one.subject_id, one.kind): one for one in documents.select_related("template").order_by("year", "number")}
    found: Papers = defaultdict(list)
    for done, ((claim, _), document) in enumerate(sorted(newest.items()), 1):
        found[claim].append((f"{document.file_stem}.docx", str(document), docx_of(document)))
        tell(done, len(newest))
    return found


@transaction.atomic
def send_package(*, package: FilingPackage, channel: str, receipt: str, by: User | None, on: dt.date) -> FilingPackage:
    """Mark the package sent: every claim of it is filed on the day. Raises NotReady, and what the court event refuses."""
    package = FilingPackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if package.sent_on or not package.stored:
        state = f"уже отправлен {package.sent_on:%d.%m.%Y}" if package.sent_on else "ещё собирается"
        raise NotReady(f"Этот {package} {state}. Отметить отправку можно один раз, когда архив готов.")
    hold_books(package.creditor_id)
    hold_cases(package.items.values("claim__case_file"))
    for item in package.items.select_related("claim__case_file").order_by("pk"):
        data = {"channel": channel, "receipt": receipt}
        record_court_event(claim=item.claim, code="filed", happened_on=on, data=data, by=by, on=on)
    package.sent_on = on
    package.save(update_fields=["sent_on"])
    return package


def take_receipts(*, package: FilingPackage, receipts: list[Receipt], by: User | None, on: dt.date) -> TakenReceipts:
    """Take the court's answers: each becomes a typed event of its claim. Repeating the file changes nothing.

    A row that cannot be taken never stops the others. Raises NotReady when the package was not sent.
    """
    if package.sent_on is None:
        raise NotReady(f"Этот {package} ещё не отправлен: отвечать суду не на что. Сначала отметьте отправку.")
    items = {item.claim.number: item.pk for item in package.items.select_related("claim")}
    done = TakenReceipts()
    for receipt in receipts:
        fault = receipt.fault
        if not fault and receipt.claim not in items:
            fault = f"требования № {receipt.claim} в этом пакете нет"
        if fault:
            done.rejected.append((receipt.row, f"Строка {receipt.row}: {fault}."))
            continue
        try:
            _take(items[receipt.claim], receipt, by, on, done)
        except Refusal as refusal:
            done.rejected.append((receipt.row, f"Строка {receipt.row}: {refusal.message}"))
    return done


@transaction.atomic
def _take(item_id: int, receipt: Receipt, by: User | None, on: dt.date, done: TakenReceipts) -> None:
    item = FilingItem.objects.select_for_update(of=("self",)).select_related("claim").get(pk=item_id)
    said = (receipt.answer, receipt.on, receipt.court_case, receipt.reason)
    if (item.answer, item.answered_on, item.court_case, item.reason) == said:
        done.known += 1
        return
    if item.answer:
        was = f"{item.get_answer_display()} {item.answered_on:%d.%m.%Y}"
        raise NotReady(f"по требованию № {item.claim.number} уже учтено: {was}. Снимите запись в требовании, если она неверна.")
    item.answer, item.answered_on, item.court_case, item.reason = said
    item.event = _event(item.claim, receipt, by, on)
    item.save()
    done.taken += 1


def _event(claim: Claim, receipt: Receipt, by: User | None, on: dt.date):
    """The typed event of the answer; an application for an order is not accepted apart from its order, only its number is."""
    if receipt.court_case:
        Claim.objects.filter(pk=claim.pk).update(court_case=receipt.court_case)
    if receipt.answer == Answer.ACCEPTED:
        if claim.is_order:
            return None
        data = {"court_case": receipt.court_case}
        return record_court_event(claim=claim, code="accepted", happened_on=receipt.on, data=data, by=by, on=on)
    code = "returned" if receipt.answer == Answer.RETURNED else "refused"
    return record_court_event(claim=claim, code=code, happened_on=receipt.on, data={"why": receipt.reason}, by=by, on=on)
