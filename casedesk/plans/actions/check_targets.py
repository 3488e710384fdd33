"""Look at a plan's targets as a timer does: what is missed or at risk becomes a task, what is reached settles its task."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.norms.act_within import act_by
from casedesk.plans.catalogue import Unit, get
from casedesk.plans.models import IndicatorUse, Plan, PlanTask, RowKeeper
from casedesk.plans.queries.question import Question, reach_of_organisation
from casedesk.plans.queries.report import Figure, figure_of, figures, report
from casedesk.plans.rules.lights import AT_RISK, MISSED

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
    """The month before and the month that goes on. Safe to repeat; the number of statements does not depend on that of tasks.

    The plan's targets are asked over its whole territory. A creditor with keepers of its own is also asked about its own
    figures of their rows, those in per cent: a share is wanted of everybody, a sum or a count of all together.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    keepers: dict[int | None, dict[str, int]] = {None: {}}
    for organisation, row, person in RowKeeper.objects.filter(plan=plan).values_list("organisation", "row", "person"):
        keepers.setdefault(organisation, {})[row] = person
    creditors = Organisation.objects.in_bulk([pk for pk in keepers if pk])
    pass_of = _Pass(plan, on)
    for pk, kept in keepers.items():
        for month in pass_of.known:
            pass_of.look(creditors.get(pk), month, kept)
    return pass_of.keep()


class _Pass:
    """One look at a plan: what is known, and what is to be written at its end."""

    def __init__(self, plan: Plan, on: dt.date):
        self.plan, self.on, self.due_on = plan, on, act_by(on)
        self.new: list[PlanTask] = []
        self.changed: list[PlanTask] = []
        self.settled: list[PlanTask] = []
        self.known: dict[int, dict[tuple, PlanTask]] = {month: {} for month in (months.of(on) - 1, months.of(on))}
        for task in PlanTask.objects.filter(plan=plan, month__in=self.known):
            self.known[task.month][task.organisation_id, task.row, task.indicator] = task

    def look(self, creditor: Organisation | None, month: int, keepers: dict[str, int]) -> None:
        """Hold a month's figures against their targets; of a creditor's only the rows that it keeps, in per cent."""
        reach = reach_of_organisation(creditor, self.plan.territory)
        question = Question(month, reach, base_on=self.plan.base_on)
        for figure in self._figures(question, keepers if creditor else None):
            row = figure.use.measure.row
            task = self.known[month].get((creditor.pk if creditor else None, row, figure.indicator.code))
            if figure.light in (MISSED, AT_RISK):
                self._ask(task, figure, month, creditor, keepers.get(row))
            elif task and task.done_on is None:
                task.done_on, task.note, task.value = self.on, REACHED, figure.value
                self.settled.append(task)

    def _figures(self, question: Question, only: dict[str, int] | None) -> list[Figure]:
        if only is None:
            return figures(report(self.plan, question, self.on))
        uses = IndicatorUse.objects.filter(measure__section__plan=self.plan, measure__row__in=only, target__isnull=False)
        shares = [use for use in uses.select_related("measure") if get(use.indicator).unit == Unit.PERCENT]
        return [figure_of(self.plan, use, question, self.on) for use in shares]

    def _ask(
        self, task: PlanTask | None, figure: Figure, month: int, creditor: Organisation | None, keeper: int | None
    ) -> None:
        """Set the task, or bring an open one up to the figure."""
        now = {"light": figure.light, "value": figure.value, "target": figure.target}
        if task is None:
            named = {"row": figure.use.measure.row, "indicator": figure.indicator.code, "month": month}
            days = {"found_on": self.on, "due_on": self.due_on}
            made = PlanTask(plan=self.plan, organisation=creditor, person_id=keeper, **named, **days, **now)
            key = made.organisation_id, made.row, made.indicator
            if self.known[month].setdefault(key, made) is made:
                self.new.append(made)
        elif task.done_on is None and task.pk:
            for name, value in now.items():
                setattr(task, name, value)
            task.person_id = task.person_id or keeper
            self.changed.append(task)

    def keep(self) -> Checked:
        """Write all of it: three statements at the most, whatever the number of tasks."""
        PlanTask.objects.bulk_create(self.new)
        PlanTask.objects.bulk_update(self.changed, ["light", "value", "target", "person"])
        PlanTask.objects.bulk_update(self.settled, ["done_on", "note", "value"])
        return Checked(len(self.new), len(self.settled))


def finish_task(*, task: PlanTask, note: str, by: User, on: dt.date) -> None:
    """Say what was done. Raises TaskIsDone, NothingSaid."""
    if not note.strip():
        raise NothingSaid("Напишите, что сделано по строке: без этого задача не закрывается.")
    done = PlanTask.objects.filter(pk=task.pk, done_on__isnull=True)
    if not done.update(done_on=on, done_by=by, note=note.strip()[:500]):
        raise TaskIsDone("Задача уже закрыта.")


@transaction.atomic
def set_keeper(*, plan: Plan, row: str, person: User | None, organisation: Organisation | None = None) -> None:
    """Name who answers for the row, or nobody; open tasks of the row go to them.

    With a creditor: who answers for that creditor's own figure, beside the one who answers for the whole.
    """
    of = {"plan": plan, "row": row, "organisation": organisation}
    if person is None:
        RowKeeper.objects.filter(**of).delete()
    else:
        RowKeeper.objects.update_or_create(**of, defaults={"person": person})
    PlanTask.objects.filter(**of).open().update(person=person)
