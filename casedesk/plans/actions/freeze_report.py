"""Freeze a plan's report of a period: its figures, its tables, its files and their hashes, all at once or not at all."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, QuerySet

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal
from casedesk.common.snapshot import in_snapshot
from casedesk.plans.actions.keep_version import keep_version
from casedesk.plans.documents.report_docx import report_docx
from casedesk.plans.documents.report_xlsx import report_xlsx
from casedesk.plans.models import Plan, PlanReport, ReportFile
from casedesk.plans.queries.report_content import Wanted, report_content
from casedesk.plans.rules.seal import sealed, sealed_bytes
from casedesk.plans.rules.spans import Period

WRITERS = {ReportFile.Form.XLSX: report_xlsx, ReportFile.Form.DOCX: report_docx}


class PeriodNotOver(Refusal):
    """A report is of a period that has ended."""

    code = "period_not_over"


def freeze_report(
    *,
    plan: Plan,
    organisation: Organisation | None,
    period: Period,
    by: User | None,
    at: dt.datetime,
    on: dt.date,
    job: Job | None = None,
    tell: Callable[[int, int, str], None] = lambda done, whole, said: None,
) -> PlanReport:
    """The report of the facts known at the moment `at`. A second one of the same period is its next edition.

    A job that runs twice finds the report of its first run. Raises PeriodNotOver.
    """
    made = PlanReport.objects.filter(job=job).first() if job else None
    if made:
        return made
    refuse_going_on(period, on)
    wanted = Wanted(plan, organisation, period, at)
    wait_for_bookings(Organisation.objects.filter(kind=Organisation.Kind.CREDITOR))
    return in_snapshot(lambda: _freeze(wanted, by, job, tell))


@transaction.atomic
def wait_for_bookings(creditors: QuerySet[Organisation]) -> None:
    """Wait until the bookings that are under way are kept or gone.

    A booking holds its creditor for as long as it lasts. Without this one that was begun before the moment of a report and
    ended after its snapshot would be missing from the figures and stand in the lists behind them.
    """
    list(creditors.select_for_update().order_by("pk").values_list("pk"))


def refuse_going_on(period: Period, on: dt.date) -> None:
    """Raise PeriodNotOver when the period has not ended before the day."""
    if on <= months.last_day(period.last):
        raise PeriodNotOver(
            f"{period.name.capitalize()} ещё не закончился: отчёт делают с {months.first_day(period.last + 1):%d.%m.%Y}.",
            period=period.name,
        )


def _freeze(wanted: Wanted, by: User | None, job: Job | None, tell: Callable) -> PlanReport:
    version = keep_version(plan=wanted.plan, by=by, at=wanted.known_at)
    earlier = PlanReport.objects.filter(plan=wanted.plan, organisation=wanted.organisation)
    replaced = earlier.filter(first_month=wanted.period.first, last_month=wanted.period.last).first()
    previous = earlier.filter(last_month__lt=wanted.period.first).order_by("-last_month", F("known_at").desc()).first()
    content = report_content(wanted, previous, replaced, tell)
    content["version"] = version.number
    content["edition"] = replaced.edition + 1 if replaced else 1
    report = PlanReport.objects.create(
        plan=wanted.plan,
        version=version,
        organisation=wanted.organisation,
        span=wanted.period.span,
        first_month=wanted.period.first,
        last_month=wanted.period.last,
        edition=content["edition"],
        known_at=wanted.known_at,
        frozen_at=wanted.known_at,
        frozen_by=by,
        previous=previous,
        job=job,
        content=content,
        sha256=sealed(content),
    )
    ReportFile.objects.bulk_create(_file(report, form, write(report.content, report.sha256)) for form, write in WRITERS.items())
    return report


def _file(report: PlanReport, form: str, content: bytes) -> ReportFile:
    name = f"otchet-{report.plan.code}-{report.content['months'][0]}-{report.span}-{report.edition}.{form}"
    return ReportFile(report=report, form=form, name=name, content=content, sha256=sealed_bytes(content))
