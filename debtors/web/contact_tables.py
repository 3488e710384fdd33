"""Columns and filters of campaigns, contacts and promises."""

import django_filters

from casedesk.common.filters import DayFilter, SearchFilter
from casedesk.common.tables import Column
from debtors.models import Campaign, Contact, Promise
from debtors.rules.contact_words import CAMPAIGN_NAMES, CHANNEL_NAMES, STATE_NAMES
from debtors.rules.promise_standing import PROMISE_NAMES
from debtors.rules.stages import choices
from debtors.web.tables import ANY, creditors_for


def _case_url(row) -> str:
    return row.case.get_absolute_url()


CAMPAIGN_COLUMNS = [
    Column(
        "number",
        "Рассылка",
        head=True,
        value=lambda row: f"№\u00a0{row.number}",
        url="debtors:campaign",
        sort="number",
        sub=lambda row: str(row.strategy).replace(" версия ", " версия\u00a0"),
    ),
    Column("counts_on", "День", kind="day", sort="counts_on"),
    Column("creditor.name", "Взыскатель"),
    Column("state", "Состояние", kind="badge", value=lambda row: (row.get_state_display(), row.tone)),
    Column("items", "В списке", kind="number", sort="items"),
    Column("went", "Ушло", kind="number"),
    Column("reached", "Доставлено", kind="number"),
    Column("failed", "Не доставлено", kind="number"),
    Column("asked", "Предложено оплатить, ₽", kind="money", sort="asked"),
]
CONTACT_COLUMNS = [
    Column(
        "step",
        "Обращение",
        head=True,
        value=lambda row: row.step_name or row.get_channel_display(),
        url="debtors:contact",
        sub=lambda row: row.key if row.campaign_id else "",
    ),
    Column("case", "Дело", value=lambda row: f"№\u00a0{row.case.number}", url=_case_url, sub=lambda row: row.addressee),
    Column("channel", "Канал", value=lambda row: row.get_channel_display(), sub=lambda row: row.address),
    Column("amount", "Сумма, ₽", kind="money", sort="amount"),
    Column("sent_on", "Отправлено", kind="day", sort="sent_on", nullable=True),
    Column(
        "state",
        "Состояние",
        kind="badge",
        value=lambda row: ("доставлено по закону" if row.by_law else row.get_state_display(), row.tone),
        sub=lambda row: f"{row.delivered_on:%d.%m.%Y}" if row.delivered_on else "",
    ),
    Column("result", "Результат", value=lambda row: row.why or row.result, sub=lambda row: row.proof),
]
PROMISE_COLUMNS = [
    Column("case", "Дело", head=True, value=lambda row: f"№\u00a0{row.case.number}", url=_case_url),
    Column("debtor", "Должник", value=lambda row: row.case.debtor_names, sub=lambda row: row.case.address),
    Column("made_on", "Обещал", kind="day", sort="made_on"),
    Column("due_on", "Оплатит до", kind="day", sort="due_on"),
    Column("amount", "Сумма, ₽", kind="money", sort="amount"),
    Column("paid", "Оплачено, ₽", kind="money"),
    Column("state", "Состояние", kind="badge", value=lambda row: (row.get_state_display(), row.tone)),
    Column("officer", "Ответственный", value=lambda row: row.case.officer.short_name if row.case.officer else None),
]


class CampaignFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=choices(CAMPAIGN_NAMES), label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    since = DayFilter(field_name="counts_on", lookup_expr="gte", label="С")
    until = DayFilter(field_name="counts_on", lookup_expr="lte", label="По")

    class Meta:
        model = Campaign
        fields: list[str] = []


class ContactFilter(django_filters.FilterSet):
    """What narrows the list of contacts."""

    q = SearchFilter(field_name="case__search", label="Поиск", placeholder="Фамилия, адрес, счёт")
    channel = django_filters.ChoiceFilter(choices=choices(CHANNEL_NAMES), label="Канал", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=choices(STATE_NAMES), label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    sent_from = DayFilter(field_name="sent_on", lookup_expr="gte", label="Отправлено с")
    sent_to = DayFilter(field_name="sent_on", lookup_expr="lte", label="по")

    class Meta:
        model = Contact
        fields: list[str] = []


class PromiseFilter(django_filters.FilterSet):
    """What narrows the list of promises."""

    q = SearchFilter(field_name="case__search", label="Поиск", placeholder="Фамилия, адрес, счёт")
    state = django_filters.ChoiceFilter(choices=choices(PROMISE_NAMES), label="Состояние", empty_label=ANY)
    whose = django_filters.ChoiceFilter(choices=[("mine", "мои дела")], label="Чьи", empty_label=ANY, method="by_officer")
    creditor = django_filters.ModelChoiceFilter(
        field_name="case__creditor", queryset=creditors_for, label="Взыскатель", empty_label=ANY
    )
    due_from = DayFilter(field_name="due_on", lookup_expr="gte", label="Срок с")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="по")

    class Meta:
        model = Promise
        fields: list[str] = []

    def by_officer(self, queryset, name, value):
        return queryset.filter(case__officer=self.request.user)
