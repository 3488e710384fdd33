"""Frozen reports, drafts and tasks of plans for `tests/world.py`."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.plans.actions.freeze_report import freeze_report
from casedesk.plans.models import DebtPackage, DebtReading, Plan, PlanDraft, PlanTask
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.rules.debt_rows import totals
from casedesk.plans.rules.plan_text import write_plan
from casedesk.plans.rules.spans import Span, period_of
from tests.factories import access
from tests.factories.ledger import Ledger

MONTH = 2024 * 12 + 1


def a_report(creditor: Organisation, officer: User) -> dict:
    ledger = Ledger(creditor)
    ledger.charge(ledger.account("4010"), "2024-02", 100_000).post("2024-03-04")
    plan = Plan.objects.get(code="B")
    asked = {"period": period_of(Span.MONTH, MONTH), "by": officer, "at": timezone.now(), "on": dt.date(2024, 4, 1)}
    report = freeze_report(plan=plan, organisation=creditor, **asked)
    return {"pk": report.pk, "form": "xlsx", "key": "charged"}


def a_draft(creditor: Organisation, officer: User) -> dict:
    """A draft of a municipality's own plan, with a measure in its first section."""
    text = write_plan(plan_data(Plan.objects.get(code="B")))
    draft = PlanDraft.objects.create(text=text, territory=access.territory(), created_at=timezone.now())
    return {"pk": draft.pk, "section": 0, "measure": 0}


def a_task(creditor: Organisation, officer: User) -> dict:
    fields = {"row": "B1", "indicator": "claims.filed", "month": MONTH, "light": "missed", "target": 1, "person": officer}
    day = dt.date(2024, 3, 1)
    return {"pk": PlanTask.objects.create(plan=Plan.objects.get(code="B"), found_on=day, due_on=day, **fields).pk}


def a_debt_package(creditor: Organisation, officer: User) -> dict:
    """A package that was sent to the town hall, not built on disk."""
    known = {"known_at": timezone.now(), "made_at": timezone.now(), "sha256": "0" * 64, "totals": totals([])}
    sent = {"sent_on": dt.date(2024, 3, 5), "sent_at": timezone.now(), "sent_how": "письмо"}
    hall = access.municipality()
    return {"pk": DebtPackage.objects.create(creditor=creditor, recipient=hall, month=MONTH, **known, **sent).pk}


def a_debt_reading(creditor: Organisation, officer: User) -> dict:
    package = DebtPackage.objects.get(pk=a_debt_package(creditor, officer)["pk"])
    sides = {"creditor": creditor, "reader": package.recipient, "month": MONTH, "theirs": totals([]), "ours": totals([])}
    moments = {"known_at": package.known_at, "read_at": timezone.now()}
    named = {"key": package.key, "file_name": "p.zip", "sha256": package.sha256, "differing": 0}
    return {"pk": DebtReading.objects.create(package=package, **sides, **moments, **named).pk}


PLAN_OBJECTS = {
    "debt-packages": a_debt_package,
    "debt-readings": a_debt_reading,
    "api/debt-packages": a_debt_package,
    "api/debt-readings": a_debt_reading,
    "plan-reports": a_report,
    "api/plan-reports": a_report,
    "plan-drafts": a_draft,
    "plan-tasks": a_task,
}
