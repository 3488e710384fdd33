"""The exchange of debts (row Z2b): packages made and sent, packages read back and held against our books."""

import uuid

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.jobs import pulse
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from casedesk.plans.actions.make_debt_package import ask_for_debt_package, send_debt_package
from casedesk.plans.documents.debt_package import HEADS, schema
from casedesk.plans.jobs import PACKAGE, READ
from casedesk.plans.models import DebtPackage, DebtReading
from casedesk.plans.rules.debt_rows import AMOUNTS, OTHER_AGE, SENT_BY
from casedesk.plans.web.exchange_forms import PackageForm, ReadForm, SentForm
from debtors.models import Resource

EMPTY = Empty(
    "Пакетов пока нет", "Соберите долги месяца для муниципалитета.", "/debt-packages/new/", "Собрать пакет", "package"
)
NONE_CAME = Empty("Пакетов пока нет", "Здесь появятся пакеты, которые вам отправили взыскатели.", icon="package")
NONE_READ = Empty("Пакеты ещё не сверяли", "Загрузите полученный пакет.", "/debt-readings/new/", "Сверить пакет", "git-compare")
AGREES = Empty("Расхождений нет", "Все строки пакета равны нашему учёту.", icon="circle-check")
RESOURCES = dict(Resource.choices)


def _sent(one: DebtPackage) -> tuple[str, str]:
    if one.sent_on is None:
        return ("собирается", "") if not one.sha256 else ("не отправлен", "warn")
    limit = months.first_day(one.month + 1).replace(day=SENT_BY)
    return (f"отправлен {one.sent_on:%d.%m.%Y}", "ok") if one.sent_on <= limit else (f"позже, {one.sent_on:%d.%m.%Y}", "danger")


PACKAGE_COLUMNS = [
    Column(
        "month",
        "Пакет",
        head=True,
        url="plans:debt-package",
        value=lambda one: months.named(one.month) + (f", редакция {one.edition}" if one.edition > 1 else ""),
        sort=("month", "edition"),
        sub=lambda one: one.creditor.name,
    ),
    Column("recipient.name", "Кому", sort="recipient__name"),
    Column("accounts", "Счетов", kind="number", value=lambda one: one.totals.get("accounts")),
    Column("debt", "Долг, ₽", kind="money", value=lambda one: one.totals.get("debt")),
    Column("overdue", "Просрочено, ₽", kind="money", value=lambda one: one.totals.get("overdue")),
    Column("sent_on", "Отправка", kind="badge", value=_sent, sort="sent_on", nullable=True),
]
READING_COLUMNS = [
    Column(
        "month",
        "Пакет",
        head=True,
        url="plans:debt-reading",
        value=lambda one: months.named(one.month),
        sort="month",
        sub=lambda one: one.creditor.name,
    ),
    Column("reader.name", "Кому", sort="reader__name"),
    Column("read_at", "Сверен", kind="moment", sort="read_at"),
    Column("theirs", "Долг в пакете, ₽", kind="money", value=lambda one: one.theirs["debt"]),
    Column("ours", "Долг в учёте, ₽", kind="money", value=lambda one: one.ours["debt"]),
    Column(
        "differing",
        "Расхождений",
        kind="badge",
        value=lambda one: ("сошёлся", "ok") if one.agrees else (f"строк: {one.differing}", "warn"),
        sort="differing",
    ),
]
DIFFERENCE_COLUMNS = [
    Column("account", "Лицевой счёт", head=True, sort="account", sub=lambda one: one.house),
    Column("resource", "Ресурс", value=lambda one: str(RESOURCES.get(one.resource, one.resource)), sort="resource"),
    Column("kind", "Чем отличается", kind="badge", value=lambda one: _differs(one)),
    Column("theirs", "В пакете, ₽", kind="money", sort="theirs"),
    Column("ours", "В учёте, ₽", kind="money", sort="ours"),
    Column("by", "Разница, ₽", kind="money", sort="by"),
]


def _differs(one) -> tuple[str, str]:
    return one.get_kind_display(), "info" if one.kind == OTHER_AGE else "warn"


def _may(request) -> bool:
    return scope_of(request.user).may(Right.EXCHANGE_DEBTS)


def tabs(current: str) -> list[dict]:
    pages = (("packages", "Пакеты", "plans:debt-packages"), ("readings", "Сверки пакетов", "plans:debt-readings"))
    return [{"label": label, "url": reverse(url), "count": None, "current": name == current} for name, label, url in pages]


@gated(Right.SEE_EXCHANGE)
def index(request):
    """Packages that the person's side made or was sent."""
    seen = DebtPackage.objects.visible_to(request.user).select_related("creditor", "recipient")
    scope = scope_of(request.user)
    makes = _may(request) and (scope.everything or bool(scope.creditors))
    empty = EMPTY if makes else NONE_CAME
    listing = Listing(request, seen, PACKAGE_COLUMNS, sort="-month", empty=empty, name="debt-packages")
    return listing.render("plans/exchange/index.html", makes=makes, reads=_may(request), tabs=tabs("packages"))


@gated(Right.EXCHANGE_DEBTS)
def new(request):
    """Ask for a package; it is built as a job."""
    today = timezone.localdate()
    form = PackageForm(request.POST or None, user=request.user, initial={"month": months.iso(months.of(today) - 1)})
    if form.is_valid():
        try:
            with transaction.atomic():
                made = ask_for_debt_package(**form.cleaned_data, by=request.user, at=timezone.now(), on=today)
                made.job = enqueue(PACKAGE, by=request.user, creditor=made.creditor, package=made.pk)
                made.save(update_fields=["job"])
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(made)
    return render(request, "plans/exchange/new.html", {"form": form})


def _package(request, pk: int, right: str = Right.SEE_EXCHANGE) -> DebtPackage:
    found = DebtPackage.objects.select_related("creditor", "recipient", "job", "made_by", "sent_by")
    return gates.get(found, request.user, right, pk=pk)


@gated(Right.SEE_EXCHANGE)
def package(request, pk: int):
    """One package: control totals, its archive, when it was sent, who read it."""
    one = _package(request, pk)
    scope = scope_of(request.user)
    sends = scope.may(Right.EXCHANGE_DEBTS) and (scope.everything or one.creditor_id in scope.creditors)
    job = pulse.refresh(one.job) if one.job and not one.sha256 else None
    context = {
        "package": one,
        "job": job,
        "totals": [(HEADS[name].removesuffix(", ₽"), one.totals[name]) for name in AMOUNTS] if one.totals else [],
        "sent_form": SentForm(initial={"sent_on": timezone.localdate()}) if sends and one.sha256 and not one.sent_on else None,
        "standing": _sent(one),
        "readings": one.readings.visible_to(request.user).select_related("reader"),
    }
    return render(request, "plans/exchange/package.html", context)


@gated(Right.SEE_EXCHANGE)
def archive(request, pk: int):
    """The archive as a download."""
    one = _package(request, pk)
    if not one.stored:
        raise Http404("not built yet")
    return FileResponse(one.stored.open("rb"), as_attachment=True, filename=one.file_name, content_type="application/zip")


@gated(Right.EXCHANGE_DEBTS)
@require_POST
def send(request, pk: int):
    """Mark the package sent; only its creditor's people do."""
    one, scope = _package(request, pk, Right.EXCHANGE_DEBTS), scope_of(request.user)
    if not (scope.everything or one.creditor_id in scope.creditors):
        raise Http404("sent by the other side")
    form = SentForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Укажите день отправки и как пакет отправлен.")
        return redirect(one)
    today = timezone.localdate()
    try:
        send_debt_package(package=one, **form.cleaned_data, by=request.user, at=timezone.now(), on=today)
        messages.success(request, "Отмечено: пакет отправлен.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(one)


@gated(Right.SEE_EXCHANGE)
def schema_file(request):
    """The JSON Schema of the index."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@gated(Right.SEE_EXCHANGE)
def readings(request):
    """Packages that were read back."""
    seen = DebtReading.objects.visible_to(request.user).select_related("creditor", "reader")
    empty = NONE_READ if _may(request) else Empty("Пакеты ещё не сверяли", "", icon="git-compare")
    listing = Listing(request, seen, READING_COLUMNS, sort="-read_at", empty=empty, name="debt-readings")
    return listing.render("plans/exchange/readings.html", reads=_may(request), tabs=tabs("readings"))


@gated(Right.EXCHANGE_DEBTS)
def read(request):
    """Take a package that came; it is read as a job."""
    form = ReadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        kept = default_storage.save(f"debt-packages/in-{uuid.uuid4().hex}", upload)
        return redirect(enqueue(READ, by=request.user, kept=kept, name=upload.name[:150]))
    return render(request, "plans/exchange/read.html", {"form": form})


@gated(Right.SEE_EXCHANGE)
def reading(request, pk: int):
    """One package against our books: both sides' totals and the rows that differ."""
    found = DebtReading.objects.select_related("creditor", "reader", "package", "read_by")
    one = gates.get(found, request.user, Right.SEE_EXCHANGE, pk=pk)
    sums = [
        (HEADS[name].removesuffix(", ₽"), one.theirs[name], one.ours[name], one.theirs[name] - one.ours[name])
        for name in AMOUNTS
    ]
    listing = Listing(request, one.differences.all(), DIFFERENCE_COLUMNS, sort="account", empty=AGREES, name="debt-reading")
    return listing.render("plans/exchange/reading.html", reading=one, sums=sums)
