"""Open a month's reconciliation with a department, and take our side anew while it is not signed."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common import months
from casedesk.common.refusals import Refusal
from enforcement.actions.carry_differences import carry_differences
from enforcement.actions.compare_sides import compare_sides
from enforcement.actions.reconciliation_locked import locked
from enforcement.actions.take_sides import write_our_side
from enforcement.models import Reconciliation


class MonthNotOver(Refusal):
    """Figures at the end of a month that is still to come."""

    code = "month_not_over"


class AlreadyOpen(Refusal):
    """There is one reconciliation a month."""

    code = "already_open"


class EarlierThanSigned(Refusal):
    """A month before one that is signed."""

    code = "earlier_than_signed"


class NotADepartment(Refusal):
    """Reconciliations are made with bailiff departments only."""

    code = "not_a_department"


@transaction.atomic
def open_reconciliation(
    *, creditor: Organisation, department: Organisation, month: int, by: User | None, on: dt.date, at: dt.datetime
) -> Reconciliation:
    """Draft the month's reconciliation with our side in it; what last month's act left open comes over.

    Raises NotADepartment, MonthNotOver, AlreadyOpen, EarlierThanSigned.
    """
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    _refuse(creditor, department, month, on)
    one = Reconciliation.objects.create(
        creditor=creditor, department=department, month=month, opened_at=at, opened_by=by, known_at=at
    )
    write_our_side(one, at, by)
    carry_differences(into=one)
    return one


def _refuse(creditor: Organisation, department: Organisation, month: int, on: dt.date) -> None:
    if department.kind != Organisation.Kind.BAILIFF_DEPARTMENT:
        raise NotADepartment(
            f"«{department}» не отдел судебных приставов: сверка ведётся только с отделом.", value=department.pk
        )
    if months.last_day(month) > on:
        said = f"Сверка стоит на последний день месяца, а {months.named(month)} кончится {months.last_day(month):%d.%m.%Y}."
        raise MonthNotOver(said + " Откройте прошлый месяц.", month=months.iso(month))
    others = Reconciliation.objects.filter(creditor=creditor, department=department)
    if others.filter(month=month).exists():
        raise AlreadyOpen(f"Сверка с «{department}» за {months.named(month)} уже есть: продолжите её.", month=months.iso(month))
    later = others.filter(month__gt=month, state=Reconciliation.State.SIGNED).order_by("month").first()
    if later:
        said = f"Позже подписан акт за {months.named(later.month)}: месяц раньше него открыть нельзя."
        raise EarlierThanSigned(said, month=months.iso(month))


@transaction.atomic
def refresh_our_side(*, reconciliation: Reconciliation, by: User | None, on: dt.date, at: dt.datetime) -> Reconciliation:
    """Take our side again as it is known now, and compare. Raises NotAllowed when the act is signed."""
    one = locked(reconciliation, "refresh", on)
    one.known_at = at
    one.save(update_fields=["known_at"])
    write_our_side(one, at, by)
    compare_sides(reconciliation=one, on=on, at=at)
    return one
