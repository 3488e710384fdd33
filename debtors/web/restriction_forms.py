"""Forms, columns and filters of service restrictions."""

import django_filters
from django import forms

from casedesk.access.models import Organisation
from casedesk.common.filters import DayFilter, RoublesField, SearchFilter
from casedesk.common.tables import Column
from debtors.models import Service, ServiceRestriction
from debtors.queries.restrictions import MOST
from debtors.rules.restriction import BLOCKS, CHANNELS, RESTRICTION_STATES, STEP_NAMES, UTILITIES, RestrictionState
from debtors.rules.stages import choices
from debtors.web.case_forms import day_field
from debtors.web.tables import ANY, creditors_for

TONES = {
    RestrictionState.PREPARED: "",
    RestrictionState.WARNED: "info",
    RestrictionState.LIMITED: "warn",
    RestrictionState.SUSPENDED: "danger",
    RestrictionState.RESTORED: "ok",
    RestrictionState.CANCELLED: "",
}


def state_badge(one: ServiceRestriction) -> tuple[str, str]:
    return one.get_state_display(), TONES[RestrictionState(one.state)]


class StartForm(forms.Form):
    """Which service of whom."""

    creditor = forms.ModelChoiceField(Organisation.objects.none(), label="Взыскатель", empty_label=None)
    service = forms.ModelChoiceField(Service.objects.filter(code__in=UTILITIES), label="Услуга", empty_label="выберите")
    most = forms.IntegerField(
        label="Не больше счетов", min_value=1, max_value=MOST, initial=50, help_text="С наибольшим долгом за услугу"
    )
    monthly = RoublesField(
        label="Плата за месяц по нормативу, ₽",
        required=False,
        help_text="Пусто: среднее начисление за услугу за год. Порог п. 118 считают по нормативу: сверьте",
    )
    can_be_limited = forms.BooleanField(
        label="Ограничить технически можно", required=False, initial=True, help_text="Нет: после срока сразу приостанавливают"
    )
    heats = forms.BooleanField(
        label="Этой услугой отапливают жильё", required=False, help_text="Тогда в отопительный период не отключают"
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        own = creditors_for(request)
        self.fields["creditor"].queryset = own
        if len(own) == 1:
            self.fields["creditor"].widget = forms.HiddenInput()
            self.initial.setdefault("creditor", own[0].pk)

    def conditions(self) -> dict:
        """Keyword arguments that the start takes besides the cases."""
        return {name: self.cleaned_data[name] for name in ("service", "monthly", "can_be_limited", "heats")}


class WarnedForm(forms.Form):
    on = day_field("Когда получено", help_text="Со следующего дня идёт срок на оплату")
    channel = forms.ChoiceField(label="Как вручено", choices=choices(CHANNELS))
    proof = forms.CharField(label="Чем подтверждено", max_length=300, help_text="Номер отправления, расписки, записи звонка")


class CutForm(forms.Form):
    """A step with the service itself: the act names who was there."""

    on = day_field("Какого числа")
    present = forms.CharField(label="Кто присутствовал", max_length=300, required=False)


class BlockForm(forms.Form):
    kind = forms.ChoiceField(label="Обстоятельство", choices=choices(BLOCKS))
    reason = forms.CharField(label="Подробности", max_length=300, help_text="Документ или акт, из которого это известно")


class TermsForm(forms.Form):
    monthly = RoublesField(label="Плата за месяц по нормативу, ₽")
    can_be_limited = forms.BooleanField(label="Ограничить технически можно", required=False)
    heats = forms.BooleanField(label="Этой услугой отапливают жильё", required=False)


class RestrictionFilter(django_filters.FilterSet):
    """What narrows the queue of restrictions."""

    q = SearchFilter(field_name="case__search", label="Поиск", placeholder="Фамилия, адрес, счёт")
    next_action = django_filters.ChoiceFilter(choices=choices(STEP_NAMES), label="Следующий шаг", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=choices(RESTRICTION_STATES), label="Состояние", empty_label=ANY)
    service = django_filters.ModelChoiceFilter(
        queryset=Service.objects.filter(code__in=UTILITIES), label="Услуга", empty_label=ANY
    )
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    since = DayFilter(field_name="started_on", lookup_expr="gte", label="Начато с")
    until = DayFilter(field_name="started_on", lookup_expr="lte", label="по")

    class Meta:
        model = ServiceRestriction
        fields: list[str] = []


RESTRICTION_COLUMNS = [
    Column(
        "number", "Ограничение", head=True, value=lambda row: f"№\u00a0{row.number}", url="debtors:restriction", sort="number"
    ),
    Column(
        "case",
        "Дело",
        value=lambda row: f"№\u00a0{row.case.number}",
        url=lambda row: row.case.get_absolute_url(),
        sub=lambda row: row.case.debtor_names,
    ),
    Column("service", "Услуга", value=lambda row: row.service.name, sub=lambda row: str(row.account), sort="service__position"),
    Column("debt", "Долг за услугу, ₽", kind="money", sort="debt"),
    Column("state", "Состояние", kind="badge", value=state_badge, sort="state"),
    Column("next_action", "Следующий шаг", value=lambda row: row.get_next_action_display() or row.next_reason),
    Column(
        "next_from",
        "Можно с",
        kind="day",
        sort="next_from",
        nullable=True,
        sub=lambda row: f"до\u00a0{row.next_due_on:%d.%m.%Y}" if row.next_due_on else "",
    ),
]
