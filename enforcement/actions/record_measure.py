"""Measures of bailiffs: imposed and lifted, with days."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock, settle
from enforcement.models import EnforcementProceeding, ProceedingMeasure


class MeasureOutOfTime(NotAllowed):
    """The measure's days do not fit the proceeding."""

    code = "measure_out_of_time"


@dataclass(frozen=True)
class Imposed:
    """What the ruling says: kind of measure, an end where it names one (the first day without it), a sum, words."""

    kind: str
    valid_to: dt.date | None = None
    amount: int = 0
    note: str = ""


@transaction.atomic
def record_measure(*, proceeding: EnforcementProceeding, measure: Imposed, by: User | None, on: dt.date) -> ProceedingMeasure:
    """Record a measure imposed on the day. Raises NotAllowed, MeasureOutOfTime."""
    now = lock(proceeding.writ)
    check(now, "impose_measure", by=by, on=on)
    if not any(one.pk == proceeding.pk for one in now.proceedings):
        raise MeasureOutOfTime(f"{proceeding} уже окончено: меры в нём больше не принимают.")
    if measure.valid_to and measure.valid_to <= on:
        raise MeasureOutOfTime(f"Мера с {on:%d.%m.%Y} не может кончиться {measure.valid_to:%d.%m.%Y}. Проверьте дни.")
    made = ProceedingMeasure.objects.create(
        proceeding=proceeding,
        kind=measure.kind,
        imposed_on=on,
        valid_to=measure.valid_to,
        amount=measure.amount,
        note=measure.note,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    said = made.get_kind_display() + (f" ({made.note})" if made.note else "")
    data = {"proceeding": proceeding.number, "measure": said}
    settle([News(now.writ, "measure_imposed", on, made, None, data)], by=by, on=on)
    return made


@transaction.atomic
def lift_measure(*, measure: ProceedingMeasure, by: User | None, on: dt.date) -> ProceedingMeasure:
    """Record that the measure was lifted. Raises NotAllowed, MeasureOutOfTime (lifted before, or before it was imposed)."""
    now = lock(measure.proceeding.writ)
    measure = ProceedingMeasure.objects.select_for_update(of=("self",)).select_related("proceeding").get(pk=measure.pk)
    check(now, "lift_measure", by=by, on=on)
    if measure.lifted_on:
        raise MeasureOutOfTime(f"Мера «{measure}» снята {measure.lifted_on:%d.%m.%Y}: второй раз снимать нечего.")
    if on < measure.imposed_on:
        raise MeasureOutOfTime(f"Мера «{measure}» не может быть снята раньше, {on:%d.%m.%Y}. Проверьте день.")
    measure.lifted_on = on
    measure.save(update_fields=["lifted_on"])
    data = {"proceeding": measure.proceeding.number, "measure": measure.get_kind_display()}
    settle([News(now.writ, "measure_lifted", on, measure, None, data)], by=by, on=on)
    return measure
