"""Columns, filters and forms of write-offs."""

import django_filters
from django import forms
from django.urls import reverse

from casedesk.common.filters import RoublesFilter, SearchFilter
from casedesk.common.tables import Column
from debtors.models import WriteOffAct, WriteOffCandidate, WriteOffReversal
from debtors.rules.stages import choices
from debtors.rules.write_off import GROUND_NAMES
from debtors.web.case_forms import day_field, words_field
from debtors.web.tables import ANY, address, creditors_for

TONES = {"draft": "", "asked": "warn", "approved": "info", "posted": "ok", "refused": "danger", "withdrawn": ""}
GROUNDS = choices(GROUND_NAMES)


class CandidateFilter(django_filters.FilterSet):
    """What narrows the list of candidates."""

    q = SearchFilter(field_name="account__search", label="Поиск", placeholder="Номер, фамилия, адрес")
    ground = django_filters.ChoiceFilter(choices=GROUNDS, label="Основание", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(
        field_name="account__creditor", queryset=creditors_for, label="Взыскатель", empty_label=ANY
    )
    total_from = RoublesFilter(field_name="total", lookup_expr="gte", label="Сумма от, ₽")

    class Meta:
        model = WriteOffCandidate
        fields: list[str] = []


CANDIDATE_COLUMNS = (
    Column(
        "account",
        "Лицевой счёт",
        head=True,
        value=lambda row: row.account.number,
        sort="account__number",
        url=lambda row: reverse("debtors:account", args=[row.account_id]),
        sub=lambda row: row.account.holder_name,
    ),
    Column("address", "Адрес", value=lambda row: address(row.account)),
    Column("ground", "Основание", value=lambda row: row.get_ground_display(), sort="ground"),
    Column("why", "Почему"),
    Column("principal", "Основной долг, ₽", kind="money", sort="principal"),
    Column("penalty", "Пени и расходы, ₽", kind="money", sort="penalty"),
    Column("total", "Всего, ₽", kind="money", sort="total"),
)


class ActFilter(django_filters.FilterSet):
    """What narrows the list of acts."""

    state = django_filters.ChoiceFilter(choices=WriteOffAct.State, label="Состояние", empty_label=ANY)
    ground = django_filters.ChoiceFilter(choices=GROUNDS, label="Основание", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)

    class Meta:
        model = WriteOffAct
        fields: list[str] = []


def _restored(row: WriteOffAct) -> str:
    return "восстановлен полностью" if row.booking_id and not row.left else ""


ACT_COLUMNS = (
    Column("number", "Акт №", head=True, url="debtors:write-off", sort="number", sub=lambda row: row.creditor.name),
    Column("made_on", "Подготовлен", kind="day", sort="made_on", sub=lambda row: row.made_by.short_name),
    Column("ground", "Основание", value=lambda row: row.get_ground_display(), sort="ground"),
    Column("accounts", "Счетов", kind="number", sort="accounts"),
    Column("total", "По акту, ₽", kind="money", sort="total"),
    Column("left", "Списано сейчас, ₽", kind="money", sort="left", nullable=True),
    Column(
        "state",
        "Состояние",
        kind="badge",
        value=lambda row: (row.get_state_display(), TONES[row.state]),
        sort="state",
        sub=_restored,
    ),
    Column("watched_until", "Наблюдаем до", kind="day", sort="watched_until", nullable=True),
)


class GatherForm(forms.Form):
    reason = forms.CharField(label="Примечание к акту", max_length=300, required=False)


class PaperForm(forms.Form):
    """A paper of the act, or of one of its accounts."""

    kind = forms.ChoiceField(label="Документ")
    number = forms.CharField(label="Номер", max_length=60)
    issued_on = day_field("От какого числа")
    issued_by_whom = forms.CharField(label="Кем выдан", max_length=200, required=False)
    item = forms.ModelChoiceField(queryset=None, label="К какому счёту", required=False, empty_label="ко всему акту")

    def __init__(self, *args, act: WriteOffAct, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["item"].queryset = act.items.select_related("account")
        self.fields["item"].label_from_instance = lambda item: str(item.account)


class RefuseForm(forms.Form):
    why = words_field("Почему отклонён")


class RestoreForm(forms.Form):
    why = forms.ChoiceField(
        label="Основание", choices=[choice for choice in WriteOffReversal.Why.choices if choice[0] != "money_came"]
    )
    note = words_field("Обстоятельства", help_text="Что нашлось или в чём ошибка; останется в истории")


WATCH_COLUMNS = (
    Column(
        "number",
        "Лицевой счёт",
        head=True,
        sort="number",
        url=lambda row: reverse("debtors:account", args=[row.pk]),
        sub=lambda row: row.holder_name,
    ),
    Column("address", "Адрес", value=address),
    Column("gone", "Списано, ₽", kind="money", sort="gone"),
    Column("until", "Наблюдаем до", kind="day", sort="until"),
    Column("state.debt", "Долг сейчас, ₽", kind="money", sort="state__debt", nullable=True),
    Column("state.last_payment_on", "Последняя оплата", kind="day", sort="state__last_payment_on", nullable=True),
    Column(
        "came",
        "Деньги",
        kind="badge",
        value=lambda row: ("оплата после списания", "warn") if row.came else ("не приходили", ""),
        sort="came",
    ),
)


class WatchFilter(django_filters.FilterSet):
    """What narrows the queue of watched accounts."""

    q = SearchFilter(field_name="search", label="Поиск", placeholder="Номер, фамилия, адрес")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    came = django_filters.BooleanFilter(
        label="Оплата после списания", widget=forms.Select(choices=[("", ANY), ("true", "есть")])
    )
