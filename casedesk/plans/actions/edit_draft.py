"""Work on a plan as a draft: begin, change, publish, throw away."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from casedesk.access.models import Territory, User
from casedesk.access.scope import scope_of
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.plans.actions.keep_version import keep_version
from casedesk.plans.actions.load_plan import check_plan, load_plan
from casedesk.plans.models import Plan, PlanDraft, PlanVersion
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.rules.plan_file import PlanData, WrongPlanFile, read_plan
from casedesk.plans.rules.plan_text import write_plan


class DraftChanged(Refusal):
    """Somebody changed the draft after the form was opened."""

    code = "draft_changed"


class CodeTaken(Refusal):
    """Another plan has the code."""

    code = "code_taken"


def may_edit(user: User, plan: Plan) -> bool:
    """A municipality's people edit the plans of their territory, administrators every plan."""
    scope = scope_of(user)
    return scope.everything or plan.territory_id in scope.territories


def begin_draft(*, data: PlanData, territory: Territory | None, by: User, at: dt.datetime) -> PlanDraft:
    """A draft of a new plan: empty, copied from another plan, or read from a file."""
    own = replace(data, territory=territory.code if territory else "")
    return PlanDraft.objects.create(text=write_plan(own), territory=territory, created_at=at, created_by=by)


@transaction.atomic
def draft_of(*, plan: Plan, by: User, at: dt.datetime) -> PlanDraft:
    """The plan's draft: the one in work, else a fresh one of the plan as it stands. Raises NotAllowed."""
    if not may_edit(by, plan):
        raise NotAllowed(f"План «{plan.name}» общий, его меняет администратор. Сделайте на его основе свой: «Новый план».")
    found = PlanDraft.objects.filter(plan=plan).first()
    if found:
        return found
    fields = {"territory": plan.territory, "created_at": at, "created_by": by}
    return PlanDraft.objects.create(plan=plan, text=write_plan(plan_data(plan)), **fields)


@transaction.atomic
def change_draft(*, draft: PlanDraft, revision: int, change: Callable[[PlanData], PlanData]) -> PlanDraft:
    """Apply a change of `rules.plan_edit` to the draft of this revision. Raises DraftChanged."""
    found = PlanDraft.objects.select_for_update().get(pk=draft.pk)
    if found.revision != revision:
        raise DraftChanged("Черновик за это время изменил кто-то другой. Откройте его снова и повторите изменение.")
    found.text = write_plan(change(read_plan(found.text)))
    found.revision += 1
    found.save(update_fields=["text", "revision"])
    return found


@transaction.atomic
def publish_draft(*, draft: PlanDraft, by: User, at: dt.datetime) -> PlanVersion:
    """Put the draft in force as the plan's next version; the draft is gone. Raises WrongPlanFile, CodeTaken."""
    found = PlanDraft.objects.select_for_update(of=("self",)).select_related("plan", "territory").get(pk=draft.pk)
    data = replace(read_plan(found.text), territory=found.territory.code if found.territory else "")
    wrong = check_plan(data)
    if wrong:
        raise WrongPlanFile(" ".join(wrong), faults=wrong)
    holder = Plan.objects.filter(code=data.code).first()
    if holder != found.plan and (holder or found.plan):
        said = f"Код «{data.code}» занят планом «{holder.name}»." if holder else f"Код плана «{found.plan.code}» не меняется."
        raise CodeTaken(f"{said} Исправьте код в общих сведениях.", value=data.code)
    if found.plan:
        keep_version(plan=found.plan, by=None, at=at)
    plan = load_plan(data=data)
    version = keep_version(plan=plan, by=by, at=at, published=True)
    found.delete()
    return version


def discard_draft(*, draft: PlanDraft) -> None:
    """Throw the draft away; the plan in force stays. Its history keeps what was written."""
    draft.delete()
