"""Bring the shipped plans of an existing installation up to the files that came with the program."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from casedesk.plans.actions.keep_version import keep_version
from casedesk.plans.actions.load_plan import load_plan
from casedesk.plans.models import Plan
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.rules.plan_file import read_plan
from casedesk.plans.rules.plan_text import write_plan

SHIPPED = Path(__file__).resolve().parent.parent / "data"
ADDED, UPDATED, SAME, EDITED = "added", "updated", "same", "edited"


@dataclass(frozen=True)
class Outcome:
    code: str
    what: str


@transaction.atomic
def update_shipped_plans(*, at: dt.datetime, also_edited: bool = False) -> list[Outcome]:
    """Load each shipped file whose plan differs from it. A plan that people have published is left, unless `also_edited`.

    The plan's territory stays as it was set here; what stood before is kept as a version.
    """
    return [_update(path, at, also_edited) for path in sorted(SHIPPED.glob("*.toml"))]


def _update(path: Path, at: dt.datetime, also_edited: bool) -> Outcome:
    data = read_plan(path.read_text(encoding="utf-8"))
    plan = Plan.objects.filter(code=data.code).select_related("territory").first()
    if plan is None:
        load_plan(data=data)
        return Outcome(data.code, ADDED)
    data = replace(data, territory=plan.territory.code if plan.territory else "")
    if write_plan(plan_data(plan)) == write_plan(data):
        return Outcome(data.code, SAME)
    if plan.versions.filter(published=True).exists() and not also_edited:
        return Outcome(data.code, EDITED)
    keep_version(plan=plan, by=None, at=at)
    load_plan(data=data)
    return Outcome(data.code, UPDATED)
