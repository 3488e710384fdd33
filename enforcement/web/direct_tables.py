"""The list of direct payments on debts under execution: columns and filters."""

import django_filters
from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.access.scope import scope_of
from casedesk.common.filters import SearchFilter
from casedesk.common.tables import Column
from debtors.web.tables import creditors_for
from enforcement.models import DirectPayment

ANY = "все"
State = DirectPayment.State


def departments_for(request):
    """Departments that proceedings of this person's creditors run in."""
    scope = scope_of(request.user)
    seen = Organisation.objects.filter(kind=Organisation.Kind.BAILIFF_DEPARTMENT)
    return seen if scope.everything or scope.creditors else seen.filter(pk__in=scope.departments)


class DirectPaymentFilter(django_filters.FilterSet):
    """What narrows the list."""

    q = SearchFilter(field_name="proceeding__number", label="Поиск", placeholder="Номер производства")
    creditor = django_filters.ModelChoiceFilter(
        field_name="proceeding__writ__creditor", queryset=creditors_for, label="Взыскатель", empty_label=ANY
    )
    department = django_filters.ModelChoiceFilter(
        field_name="proceeding__department", queryset=departments_for, label="Отдел", empty_label=ANY
    )
    state = django_filters.ChoiceFilter(choices=DirectPayment.State, label="Состояние", empty_label=ANY)
    late = django_filters.ChoiceFilter(choices=[("yes", "срок прошёл")], label="Срок", empty_label=ANY, method="by_late")

    class Meta:
        model = DirectPayment
        fields: list[str] = []

    def by_late(self, queryset, name, value):
        return queryset.filter(state=DirectPayment.State.PREPARED, due_on__lt=timezone.localdate())


TONES = {State.PREPARED: "warn", State.SENT: "info", State.CONFIRMED: "ok"}


def _lateness(row: DirectPayment) -> str:
    return "late" if row.is_late(timezone.localdate()) else ""


DIRECT_COLUMNS = (
    Column("proceeding.number", "Производство", head=True, sort="proceeding__number"),
    Column("debtor_name", "Должник", sub=lambda row: str(row.proceeding.department or "отдел не указан")),
    Column("paid_on", "Оплачено", kind="day", sort="paid_on"),
    Column("amount", "Сумма, ₽", kind="money", sort="amount"),
    Column("state", "Состояние", kind="badge", sort="state", value=lambda row: (row.get_state_display(), TONES[row.state])),
    Column("due_on", "Сообщить до", kind="day", sort="due_on", tone=_lateness),
    Column("sent_on", "Сообщено", kind="day", sort="sent_on", nullable=True),
    Column("days_to_tell", "Дней", kind="number"),
    Column("confirmed_on", "Подтверждено", kind="day", sort="confirmed_on", nullable=True, sub=lambda row: row.answer),
)
