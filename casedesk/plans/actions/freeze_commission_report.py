"""Freeze a report on a commission's work: its figures, its files and their hashes, all at once or not at all."""

import datetime as dt

from casedesk.access.models import User
from casedesk.commission.models import Commission
from casedesk.common.models import Job
from casedesk.common.snapshot import in_snapshot
from casedesk.plans.actions.freeze_report import refuse_going_on
from casedesk.plans.documents.commission_docx import commission_docx
from casedesk.plans.documents.commission_xlsx import commission_xlsx
from casedesk.plans.models import CommissionReport, CommissionReportFile
from casedesk.plans.queries.commission_content import Asked, commission_content
from casedesk.plans.rules.seal import sealed, sealed_bytes
from casedesk.plans.rules.spans import Period

WRITERS = {CommissionReportFile.Form.XLSX: commission_xlsx, CommissionReportFile.Form.DOCX: commission_docx}


def freeze_commission_report(
    *, commission: Commission, period: Period, by: User | None, at: dt.datetime, on: dt.date, job: Job | None = None
) -> CommissionReport:
    """The report of what was known at the moment `at`. A second one of the same period is its next edition.

    A job that runs twice finds the report of its first run. Raises PeriodNotOver.
    """
    made = CommissionReport.objects.filter(job=job).first() if job else None
    if made:
        return made
    refuse_going_on(period, on)
    return in_snapshot(lambda: _freeze(Asked(commission, period, at), by, job))


def _freeze(asked: Asked, by: User | None, job: Job | None) -> CommissionReport:
    Commission.objects.select_for_update().get(pk=asked.commission.pk)
    months = {"first_month": asked.period.first, "last_month": asked.period.last}
    earlier = CommissionReport.objects.filter(commission=asked.commission, **months).order_by("-edition").first()
    edition = earlier.edition + 1 if earlier else 1
    content = commission_content(asked) | {"edition": edition}
    report = CommissionReport.objects.create(
        commission=asked.commission,
        span=asked.period.span,
        **months,
        edition=edition,
        known_at=asked.known_at,
        frozen_at=asked.known_at,
        frozen_by=by,
        job=job,
        content=content,
        sha256=sealed(content),
    )
    files = [_file(report, form, write(content, report.sha256)) for form, write in WRITERS.items()]
    CommissionReportFile.objects.bulk_create(files)
    return report


def _file(report: CommissionReport, form: str, content: bytes) -> CommissionReportFile:
    name = f"komissiya-{report.commission_id}-{report.content['months'][0]}-{report.span}-{report.edition}.{form}"
    return CommissionReportFile(report=report, form=form, name=name, content=content, sha256=sealed_bytes(content))
