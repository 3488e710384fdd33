"""Filing packages: the list, a new one, one with its claims and the court's answers."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.jobs import pulse
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from enforcement.actions.make_filing_package import MOST, make_filing_package, send_package, take_receipts
from enforcement.exchange.filing_receipt import LARGEST, read_receipts
from enforcement.models import FilingPackage
from enforcement.queries.filing import ready_claims, with_counts
from enforcement.web.filing_forms import PackageForm, ReceiptForm, SentForm

FILING = "enforcement.filing"
EMPTY = Empty("Пакетов пока нет", "Соберите готовые требования в пакет для суда.", "/filing/new/", "Собрать пакет", "package")
NOTHING_YET = Empty("Пакетов пока нет", "Пакеты для суда собирают юристы.", icon="package")
ANSWER_TONES = {"": "", "accepted": "ok", "returned": "warn", "refused": "danger"}

PACKAGE_COLUMNS = [
    Column("pk", "Пакет", head=True, url="enforcement:filing-package", value=str, sort="pk", sub=lambda one: one.creditor.name),
    Column("court.name", "Суд", sort="court__name"),
    Column("claims", "Требований", kind="number", sort="claims"),
    Column("asked", "Основной долг, ₽", kind="money", sort="asked"),
    Column("accepted", "Принято", kind="number"),
    Column("turned_down", "Возвращено, отказано", kind="number"),
    Column("waiting", "Без ответа", kind="number", sort="waiting"),
    Column("sent_on", "Отправлен", kind="day", sort="sent_on", nullable=True),
]
ITEM_COLUMNS = [
    Column(
        "claim.number",
        "Требование",
        head=True,
        value=lambda item: f"№ {item.claim.number}",
        sort="claim__number",
        sub=lambda item: item.claim.case_file.debtor_names,
    ),
    Column("claim.kind", "Вид", value=lambda item: item.claim.get_kind_display()),
    Column("claim.principal", "Основной долг, ₽", kind="money", sort="claim__principal"),
    Column("documents", "Документов", kind="number"),
    Column("answer", "Ответ суда", kind="badge", value=lambda item: (item.get_answer_display(), ANSWER_TONES[item.answer])),
    Column("answered_on", "Дата", kind="day", sort="answered_on", nullable=True),
    Column("court_case", "Номер дела", sub=lambda item: item.reason),
]


@gated(Right.SEE_CASES)
def index(request):
    """Packages with what the courts answered."""
    seen = with_counts(FilingPackage.objects.visible_to(request.user).select_related("creditor", "court"))
    empty = EMPTY if scope_of(request.user).may(Right.WORK_CASES) else NOTHING_YET
    listing = Listing(request, seen, PACKAGE_COLUMNS, sort="-pk", empty=empty, name="filing")
    return listing.render("enforcement/filing/index.html")


@gated(Right.WORK_CASES)
def new(request):
    """Choose the court; every prepared claim of its addresses goes in."""
    form = PackageForm(request.POST or None, user=request.user)
    if form.is_valid():
        court, creditor = form.cleaned_data["court"], form.cleaned_data["creditor"]
        claims = ready_claims(court, creditor, timezone.localdate())[:MOST]
        try:
            with transaction.atomic():
                package = make_filing_package(court=court, claims=claims, by=request.user)
                package.job = enqueue(FILING, by=request.user, creditor=creditor, package=package.pk)
                package.save(update_fields=["job"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(package)
    return render(request, "enforcement/filing/new.html", {"form": form})


def _package(request, pk: int, right: str = Right.SEE_CASES) -> FilingPackage:
    return gates.get(FilingPackage.objects.select_related("creditor", "court", "job"), request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def package(request, pk: int):
    """One package: its archive, its claims, the answers."""
    one = _package(request, pk)
    job = pulse.refresh(one.job) if one.job else None
    may = scope_of(request.user).may(Right.WORK_CASES)
    items = one.items.select_related("claim__case_file")
    empty = Empty("Требований в пакете нет", "")
    listing = Listing(request, items, ITEM_COLUMNS, sort="claim.number", empty=empty, name="filing-package")
    shown = {
        "package": one,
        "job": job if job and not one.stored else None,
        "without_papers": one.items.filter(documents=0).count() if one.stored else 0,
        "sent_form": SentForm() if may and one.stored and not one.sent_on else None,
        "receipt_form": ReceiptForm() if may and one.sent_on else None,
    }
    return listing.render("enforcement/filing/package.html", **shown)


@gated(Right.SEE_CASES)
def archive(request, pk: int):
    """The archive as a download."""
    one = _package(request, pk)
    if not one.stored:
        raise Http404("not built yet")
    return FileResponse(one.stored.open("rb"), as_attachment=True, filename=f"Пакет {one.pk}.zip")


@gated(Right.WORK_CASES)
@require_POST
def send(request, pk: int):
    one = _package(request, pk, Right.WORK_CASES)
    form = SentForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Укажите, как подан пакет.")
        return redirect(one)
    try:
        send_package(package=one, **form.cleaned_data, by=request.user, on=timezone.localdate())
        messages.success(request, "Отмечено: требования поданы в суд.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(one)


@gated(Right.WORK_CASES)
@require_POST
def receipts(request, pk: int):
    """Take the court's answers from a file."""
    one = _package(request, pk, Right.WORK_CASES)
    form = ReceiptForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Выберите файл с ответами суда.")
        return redirect(one)
    try:
        content = form.cleaned_data["file"].read(LARGEST + 1)
        found = read_receipts(content, package=str(one.key))
        done = take_receipts(package=one, receipts=found, by=request.user, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(one)
    messages.success(request, f"Новых ответов: {done.taken}, уже известны: {done.known}.")
    for _, why in done.rejected[:20]:
        messages.error(request, why)
    return redirect(reverse("enforcement:filing-package", args=[one.pk]))
