"""Long work on plans. Safe to run twice: a report knows the job it was made by."""

import datetime as dt

from django.utils import timezone

from casedesk.access.rights import Right
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from casedesk.plans.actions.freeze_report import freeze_report
from casedesk.plans.models import Plan
from casedesk.plans.queries.reporters import reporters
from casedesk.plans.rules.spans import Period

FREEZE = "plans.freeze_report"


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
