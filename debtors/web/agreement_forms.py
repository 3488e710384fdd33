"""Forms and tables of repayment agreements."""

import django_filters
from django import forms

from casedesk.common.filters import BillingMonthField, DayFilter, RoublesField, RoublesFilter, SearchFilter
from casedesk.common.tables import Column
from debtors.models import PreTrialNotice, RepaymentAgreement
from debtors.rules.agreement_standing import AGREEMENT_STATES, AgreementState
from debtors.rules.schedule import SCHEDULE_NAMES, ScheduleKind
from debtors.rules.stages import choices
from debtors.web.case_forms import day_field
from debtors.web.tables import ANY, creditors_for

STATE_TONES = {
    AgreementState.ACTIVE: "info",
    AgreementState.BREACHED: "danger",
    AgreementState.NOTIFIED: "warn",
    AgreementState.FULFILLED: "ok",
    AgreementState.TERMINATED: "",
}


class AgreementForm(forms.Form):
    """The terms of an agreement; the action decides whether they make a schedule."""

    covered_through = BillingMonthField(label="Покрывает долг по месяц", help_text="Все открытые месяцы до него включительно")
    parts = forms.IntegerField(label="Взносов", min_value=1, max_value=60)
    pay_day = forms.IntegerField(label="Платить до числа", min_value=1, max_value=31, help_text="31: последний день месяца")
    kind = forms.ChoiceField(label="Взносы", choices=choices(SCHEDULE_NAMES))
    first_payment = RoublesField(label="Первый взнос при подписании, ₽", required=False)
    holiday = forms.IntegerField(label="Отсрочка, месяцев", min_value=0, max_value=60, required=False)
    current_too = forms.BooleanField(
        label="Текущие начисления платят вовремя", required=False, help_text="Иначе соглашение считается нарушенным"
    )
    court_ruling = forms.CharField(
        label="Определение суда", max_length=200, required=False, help_text="Если это мировое соглашение: какой суд утвердил"
    )
    court_case = forms.CharField(label="Номер дела в суде", max_length=100, required=False)
    approved_on = day_field("День определения", required=False)

    def terms(self) -> dict:
        """Keyword arguments of `sign_agreement`."""
        given = dict(self.cleaned_data)
        given["first_payment"] = given["first_payment"] or 0
        given["holiday"] = given["holiday"] or 0
        given["kind"] = ScheduleKind(given["kind"])
        return given


class BreachForm(forms.Form):
    channel = forms.ChoiceField(label="Как уведомлён", choices=PreTrialNotice.Channel)
    on = day_field("Когда")


class DayForm(forms.Form):
    on = day_field("С какого дня")


class AgreementFilter(django_filters.FilterSet):
    """What narrows the list of agreements."""

    q = SearchFilter(field_name="case__search", label="Поиск", placeholder="Фамилия, адрес, счёт")
    state = django_filters.ChoiceFilter(choices=choices(AGREEMENT_STATES), label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    total_from = RoublesFilter(field_name="total", lookup_expr="gte", label="Сумма от, ₽")
    signed_from = DayFilter(field_name="signed_on", lookup_expr="gte", label="Заключено с")
    signed_to = DayFilter(field_name="signed_on", lookup_expr="lte", label="по")

    class Meta:
        model = RepaymentAgreement
        fields: list[str] = []


def state_badge(agreement: RepaymentAgreement) -> tuple[str, str]:
    return agreement.get_state_display(), STATE_TONES[AgreementState(agreement.state)]


AGREEMENT_COLUMNS = [
    Column("number", "Соглашение", head=True, value=lambda row: f"№\u00a0{row.number}", url="debtors:agreement", sort="number"),
    Column(
        "case",
        "Дело",
        value=lambda row: f"№\u00a0{row.case.number}",
        url=lambda row: row.case.get_absolute_url(),
        sub=lambda row: row.case.debtor_names,
    ),
    Column("signed_on", "Заключено", kind="day", sort="signed_on"),
    Column("total", "Сумма, ₽", kind="money", sort="total"),
    Column("state", "Состояние", kind="badge", value=state_badge),
    Column("notify_until", "Уведомить до", kind="day", sort="notify_until", nullable=True),
    Column("ended_on", "Кончилось", kind="day", sort="ended_on", nullable=True),
]
