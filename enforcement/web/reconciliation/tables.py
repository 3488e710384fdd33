"""Columns and filters of the list of reconciliations."""

import django_filters

from casedesk.access.models import Organisation
from casedesk.common.filters import BillingMonthField
from casedesk.common.tables import Column
from debtors.web.tables import ANY, creditors_for
from enforcement.models import Reconciliation
from enforcement.rules.reconciliation_words import STATE_TONES


def share(one: Reconciliation) -> str:
    """Share of writs that the department answered for."""
    return f"{one.answered * 100 // one.writs} %" if one.writs else "—"


def asked(one: Reconciliation) -> str:
    """The day that the department's reply speaks of."""
    return f"на {one.reply_on:%d.%m.%Y}" if one.reply_on else ""


def light(one: Reconciliation) -> tuple[str, str]:
    """The one word about a month."""
    if one.is_signed:
        return ("подписана", "ok") if not one.open_differences else (f"подписана, перенесено {one.open_differences}", "warn")
    if one.late_differences:
        return f"просрочено {one.late_differences}", "danger"
    return one.get_state_display(), STATE_TONES[one.state]


COLUMNS = [
    Column("month", "Месяц", kind="month", head=True, sort=("month", "department__name"), url="enforcement:reconciliation"),
    Column("department.name", "Отдел", sort="department__name", sub=lambda one: one.creditor.name),
    Column("light", "Состояние", kind="badge", value=light),
    Column("writs", "Документов", kind="number", sort="writs"),
    Column("answered", "Отдел ответил", value=share, sort="answered", sub=asked),
    Column(
        "all_differences",
        "Расхождений",
        kind="number",
        sort="all_differences",
        sub=lambda one: f"открыто {one.open_differences}",
    ),
    Column("late_differences", "Просрочено", kind="number", sort="late_differences"),
    Column("signed_at", "Подписан", kind="day", sort="signed_at", nullable=True, value=lambda one: one.signed_at),
]


def departments_for(request):
    return Organisation.objects.filter(kind=Organisation.Kind.BAILIFF_DEPARTMENT)


class MonthFilter(django_filters.Filter):
    field_class = BillingMonthField


class ReconciliationFilter(django_filters.FilterSet):
    """What narrows the list of reconciliations."""

    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    department = django_filters.ModelChoiceFilter(queryset=departments_for, label="Отдел", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=Reconciliation.State, label="Состояние", empty_label=ANY)
    month = MonthFilter(label="Месяц")

    class Meta:
        model = Reconciliation
        fields: list[str] = []
