"""Look at a plan's targets as a timer does: what is missed or at risk becomes a task, what is reached settles its task."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import User
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.plans.models import Plan, PlanTask, RowKeeper
from casedesk.plans.queries.question import Question, reach_of_organisation
from casedesk.plans.queries.report import Figure, figures, report
from casedesk.plans.rules.lights import AT_RISK, MISSED
from casedesk.plans.rules.task_terms import due_on

REACHED = "цель достигнута"


class TaskIsDone(Refusal):
    """A task is closed once."""

    code = "task_is_done"


class NothingSaid(Refusal):
    """A task is closed with what was done."""

    code = "nothing_said"


@dataclass(frozen=True)
class Checked:
    """How many tasks were set and how many settled by themselves."""

    found: int = 0
    settled: int = 0


@transaction.atomic
def check_targets(*, plan: Plan, on: dt.date) -> Checked:
    """The month before and the month that goes on, over the plan's whole territory. Safe to repeat."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    keepers = dict(RowKeeper.objects.filter(plan=plan).values_list("row", "person"))
    found = settled = 0
    for month in (months.of(on) - 1, months.of(on)):
        question = Question(month, reach_of_organisation(None, plan.territory), base_on=plan.base_on)
        known = {(task.row, task.indicator): task for task in PlanTask.objects.filter(plan=plan, month=month)}
        for figure in figures(report(plan, question, on)):
            task = known.get((figure.use.measure.row, figure.indicator.code))
            if figure.light in (MISSED, AT_RISK):
                found += _ask(plan, figure, month, task, keepers, on)
            elif task and task.done_on is None:
                settled += PlanTask.objects.filter(pk=task.pk).update(done_on=on, note=REACHED, value=figure.value)
    return Checked(found, settled)


def _ask(plan: Plan, figure: Figure, month: int, task: PlanTask | None, keepers: dict[str, int], on: dt.date) -> bool:
    """Set the task, or bring an open one up to the figure. True when it is new."""
    row = figure.use.measure.row
    now = {"light": figure.light, "value": figure.value, "target": figure.target}
    if task is None:
        fields = {"indicator": figure.indicator.code, "person_id": keepers.get(row), "found_on": on, "due_on": due_on(on)}
        _, is_new = PlanTask.objects.get_or_create(
            plan=plan, row=row, month=month, indicator=fields.pop("indicator"), defaults=fields | now
        )
        return is_new
    if task.done_on is None:
        PlanTask.objects.filter(pk=task.pk).update(**now, person_id=task.person_id or keepers.get(row))
    return False


def finish_task(*, task: PlanTask, note: str, by: User, on: dt.date) -> None:
    """Say what was done. Raises TaskIsDone, NothingSaid."""
    if not note.strip():
        raise NothingSaid("Напишите, что сделано по строке: без этого задача не закрывается.")
    done = PlanTask.objects.filter(pk=task.pk, done_on__isnull=True)
    if not done.update(done_on=on, done_by=by, note=note.strip()[:500]):
        raise TaskIsDone("Задача уже закрыта.")


@transaction.atomic
def set_keeper(*, plan: Plan, row: str, person: User | None) -> None:
    """Name who answers for the row, or nobody; open tasks of the row go to them."""
    if person is None:
        RowKeeper.objects.filter(plan=plan, row=row).delete()
    else:
        RowKeeper.objects.update_or_create(plan=plan, row=row, defaults={"person": person})
    PlanTask.objects.filter(plan=plan, row=row).open().update(person=person)
