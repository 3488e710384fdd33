"""Frozen reports on a commission's work: the list, asking for one, reading it as it was submitted, its files."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.models import Commission
from casedesk.common import months
from casedesk.common.jobs.queue import enqueue
from casedesk.common.tables import Column, Empty, Listing
from casedesk.plans.documents import commission_words as words
from casedesk.plans.jobs import FREEZE_COMMISSION
from casedesk.plans.models import CommissionReport
from casedesk.plans.rules.seal import sealed
from casedesk.plans.rules.spans import Span, period_of
from casedesk.plans.web.report_file import file_answer
from casedesk.plans.web.report_forms import CommissionReportForm

EMPTY = Empty("Отчётов пока нет", "Первый сделает секретарь, когда месяц закончился и протоколы подписаны.", icon="file-text")
TO_MAKE = Empty(
    "Отчётов пока нет", "Сделайте отчёт за прошедший период.", "/commission-reports/new/", "Сделать отчёт", "file-plus"
)
COLUMNS = [
    Column(
        "period",
        "Период",
        head=True,
        url="plans:commission-report",
        value=lambda one: one.period.name + (f", редакция {one.edition}" if one.edition > 1 else ""),
        sort=("last_month", "first_month", "edition"),
        sub=lambda one: one.commission.name,
    ),
    Column("frozen_at", "Зафиксирован", kind="moment", sort="frozen_at", sub=lambda one: str(one.frozen_by or "по расписанию")),
    Column("sha256", "Отпечаток", value=lambda one: one.sha256[:12]),
]


def seen_by(user: User):
    """Reports without their content: a list reads none of it."""
    return CommissionReport.objects.visible_to(user).defer("content").select_related("commission", "frozen_by")


@gated(Right.SEE_COMMISSION)
def index(request):
    """Reports that the person may read, newest first."""
    may = scope_of(request.user).may(Right.RUN_COMMISSION)
    listing = Listing(
        request, seen_by(request.user), COLUMNS, sort="-period", empty=TO_MAKE if may else EMPTY, name="commission-reports"
    )
    return listing.render("plans/commission/reports.html", may=may)


@gated(Right.RUN_COMMISSION)
def new(request):
    """Ask for a report; it is made as a job."""
    last = months.of(timezone.localdate()) - 1
    given = {"span": Span.MONTH, "month": months.iso(last)}
    form = CommissionReportForm(request.POST or None, user=request.user, initial=given)
    if form.is_valid():
        commission, period = form.cleaned_data["commission"], period_of(form.cleaned_data["span"], form.cleaned_data["month"])
        if timezone.localdate() > months.last_day(period.last):
            asked_for = {"commission": commission.pk, "span": period.span, "first": period.first}
            return redirect(enqueue(FREEZE_COMMISSION, by=request.user, at=timezone.now().isoformat(), **asked_for))
        form.add_error("month", f"Период «{period.name}» ещё не закончился: выберите прошедший.")
    return render(request, "plans/commission/report_new.html", {"form": form})


def _report(request, pk: int) -> CommissionReport:
    found = CommissionReport.objects.select_related("commission__municipality", "frozen_by")
    return gates.get(found, request.user, Right.SEE_COMMISSION, pk=pk)


@gated(Right.SEE_COMMISSION)
def report(request, pk: int):
    """The report as it was submitted: nothing on this page is computed from today's facts."""
    one = _report(request, pk)
    context = {
        "report": one,
        "title": words.title(one.content),
        "commission": one.content["commission"],
        "blocks": [_shown(block) for block in words.blocks(one.content)],
        "intact": sealed(one.content) == one.sha256,
        "files": one.files.defer("content"),
        "mine": Commission.objects.visible_to(request.user).filter(pk=one.commission_id).exists(),
    }
    return render(request, "plans/commission/report.html", context)


def _shown(block: words.Block) -> dict:
    """A table with each cell beside its kind and the head of its column."""
    lines = [[(value, kind, label) for value, (label, kind) in zip(row, block.columns, strict=True)] for row in block.rows]
    foot = lines.pop() if block.total and lines else None
    return {"title": block.title, "columns": block.columns, "lines": lines, "foot": foot}


@gated(Right.SEE_COMMISSION)
def download(request, pk: int, form: str):
    """The frozen bytes."""
    return file_answer(get_object_or_404(_report(request, pk).files, form=form))
