"""Long work on plans. Safe to run twice: a report knows the job it was made by."""

import datetime as dt

from django.core.files.storage import default_storage
from django.utils import timezone

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.models import Commission
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from casedesk.plans.actions.freeze_commission_report import freeze_commission_report
from casedesk.plans.actions.freeze_report import freeze_report
from casedesk.plans.actions.make_debt_package import build_debt_package
from casedesk.plans.actions.read_debt_package import read_debt_package
from casedesk.plans.models import DebtPackage, DebtReading, Plan
from casedesk.plans.queries.reporters import reporters
from casedesk.plans.rules.spans import Period

FREEZE = "plans.freeze_report"
FREEZE_COMMISSION = "plans.freeze_commission_report"
PACKAGE = "plans.debt_package"
READ = "plans.read_debt_package"


@job(FREEZE, title="Отчёт по плану", right=Right.SEE_PLAN)
def freeze(handle: JobHandle, *, plan: str, organisation: int | None, span: str, first: int, at: str) -> dict:
    """Freeze the report with what was known at the moment it was asked for."""
    by = handle.job.created_by
    found = Plan.objects.visible_to(by).select_related("territory").get(code=plan)
    whose = reporters(by).get(pk=organisation) if organisation else None
    report = freeze_report(
        plan=found,
        organisation=whose,
        period=Period(span, first),
        by=by,
        at=dt.datetime.fromisoformat(at),
        on=timezone.localdate(),
        job=handle.job,
        tell=handle.progress,
    )
    return {"url": report.get_absolute_url(), "sha256": report.sha256}


@job(FREEZE_COMMISSION, title="Отчёт о работе комиссии", right=Right.SEE_COMMISSION)
def freeze_commission(handle: JobHandle, *, commission: int, span: str, first: int, at: str) -> dict:
    """Freeze the report with what was known at the moment it was asked for."""
    by = handle.job.created_by
    found = Commission.objects.visible_to(by).select_related("municipality").get(pk=commission)
    handle.progress(0, 1, "заседания и поручения")
    report = freeze_commission_report(
        commission=found,
        period=Period(span, first),
        by=by,
        at=dt.datetime.fromisoformat(at),
        on=timezone.localdate(),
        job=handle.job,
    )
    return {"url": report.get_absolute_url(), "sha256": report.sha256}


@job(PACKAGE, title="Пакет обмена сведениями о долге", right=Right.SEE_EXCHANGE)
def make_package(handle: JobHandle, *, package: int) -> dict:
    """Build the archive; a built one is left as it is."""
    one = DebtPackage.objects.visible_to(handle.job.created_by).select_related("creditor", "recipient").get(pk=package)
    if not one.sha256:
        handle.progress(0, 1, "счета и ресурсы")
        build_debt_package(package=one)
    handle.progress(1, 1, f"строк {one.totals['rows']}")
    return {"url": one.get_absolute_url(), "rows": one.totals["rows"]}


@job(READ, title="Сверка пакета обмена", right=Right.SEE_EXCHANGE)
def read_package(handle: JobHandle, *, kept: str, name: str) -> dict:
    """Read a kept file and hold it against our books; the file is put away when it was read."""
    by = handle.job.created_by
    reading = DebtReading.objects.filter(job=handle.job).first()
    if reading is None:
        handle.progress(0, 1, "чтение и сверка")
        with default_storage.open(kept) as file:
            content = file.read()
        asked = {"content": content, "file_name": name, "scope": scope_of(by), "by": by, "job": handle.job}
        reading = read_debt_package(**asked, at=timezone.now())
    default_storage.delete(kept)
    return {"url": reading.get_absolute_url(), "differing": reading.differing}
