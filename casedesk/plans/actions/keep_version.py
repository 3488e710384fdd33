"""Keep a plan as it stands now, once: a report says which version of the plan it was made of."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.plans.models import Plan, PlanVersion
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.rules.plan_text import write_plan
from casedesk.plans.rules.seal import sealed_bytes


@transaction.atomic
def keep_version(*, plan: Plan, by: User | None, at: dt.datetime, published: bool = False) -> PlanVersion:
    """The newest version when nothing has changed since, else a further one; `published` when people put it in force."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    text = write_plan(plan_data(plan))
    digest = sealed_bytes(text.encode("utf-8"))
    newest = plan.versions.first()
    if newest and newest.sha256 == digest:
        return newest
    number = newest.number + 1 if newest else 1
    fields = {"text": text, "sha256": digest, "published": published, "made_at": at, "made_by": by}
    return PlanVersion.objects.create(plan=plan, number=number, **fields)
