"""Columns and filters of the list of outreach and of letter recipients."""

import django_filters

from casedesk.common.filters import DayFilter, SearchFilter
from casedesk.common.tables import Column
from debtors.models import LetterRecipient, OutreachEvent
from debtors.queries.outreach import recorders
from debtors.rules.outreach_kinds import CAUSES, KIND_CHOICES, OUTCOMES, TOPICS
from debtors.rules.stages import choices
from debtors.web.tables import ANY, creditors_for

STATES = (("live", "действует"), ("reversed", "снята"))
TIES = (("yes", "есть"), ("no", "нет"))


def _organisations(request):
    return recorders(request.user)


class OutreachFilter(django_filters.FilterSet):
    """What narrows the list of outreach."""

    q = SearchFilter(field_name="search", label="Поиск", placeholder="Фамилия, счёт, адрес, тема")
    kind = django_filters.ChoiceFilter(choices=KIND_CHOICES, label="Вид", empty_label=ANY)
    since = DayFilter(field_name="happened_on", lookup_expr="gte", label="С")
    until = DayFilter(field_name="happened_on", lookup_expr="lte", label="По")
    organisation = django_filters.ModelChoiceFilter(queryset=_organisations, label="Организация", empty_label=ANY)
    topic = django_filters.ChoiceFilter(field_name="data__topic", choices=choices(TOPICS), label="Тема", empty_label=ANY)
    cause = django_filters.ChoiceFilter(
        field_name="data__cause", choices=choices(CAUSES), label="Причина долга", empty_label=ANY
    )
    outcome = django_filters.ChoiceFilter(
        field_name="data__outcome", choices=choices(OUTCOMES), label="Чем кончилось", empty_label=ANY
    )
    case = django_filters.ChoiceFilter(choices=TIES, label="Дело", empty_label=ANY, method="by_case")
    state = django_filters.ChoiceFilter(choices=STATES, label="Запись", empty_label=ANY, method="by_state")

    class Meta:
        model = OutreachEvent
        fields: list[str] = []

    def by_case(self, queryset, name, value):
        return queryset.filter(case__isnull=value == "no")

    def by_state(self, queryset, name, value):
        return queryset.filter(reversed_by__isnull=value == "live")


def _who(row: OutreachEvent) -> str:
    return row.citizen or (str(row.account) if row.account_id else "")


def _state(row: OutreachEvent) -> tuple[str, str]:
    return ("снята", "warn") if row.is_reversed else ("действует", "ok")


OUTREACH_COLUMNS = [
    Column("happened_on", "День", kind="day", head=True, url="debtors:outreach-event", sort="happened_on"),
    Column("kind", "Вид", value=lambda row: row.of_kind.title, sort="kind"),
    Column("citizen", "С кем", value=_who, sub=lambda row: str(row.account) if row.account_id and row.citizen else ""),
    Column("words", "Что", value=lambda row: row.words),
    Column("case", "Дело", value=lambda row: f"№\u00a0{row.case.number}" if row.case_id else ""),
    Column("proof", "Подтверждение", value=lambda row: row.proof or row.file_name),
    Column("recorded_by", "Записал", value=lambda row: row.recorded_by.short_name),
    Column("state", "Запись", kind="badge", value=_state),
]


class RecipientFilter(django_filters.FilterSet):
    """What narrows the list of letter recipients."""

    name = django_filters.CharFilter(lookup_expr="icontains", label="Наименование")
    kind = django_filters.ChoiceFilter(choices=LetterRecipient.Kind, label="Вид", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    is_active = django_filters.ChoiceFilter(choices=[("True", "да"), ("False", "нет")], label="Пишем", empty_label=ANY)

    class Meta:
        model = LetterRecipient
        fields: list[str] = []


RECIPIENT_COLUMNS = [
    Column("name", "Наименование", head=True, url="debtors:recipient", sort="name", sub=lambda row: row.creditor.name),
    Column("kind", "Вид", value=lambda row: row.get_kind_display(), sort="kind"),
    Column("head_name", "Руководитель", value=lambda row: row.head_name, sub=lambda row: row.head_post),
    Column("address", "Адрес"),
    Column("accounts_count", "Счетов", kind="number", sort="accounts_count"),
    Column("overdue", "Просрочено, ₽", kind="money", sort="overdue", nullable=True),
    Column(
        "is_active",
        "Пишем",
        kind="badge",
        value=lambda row: ("да", "ok") if row.is_active else ("нет", ""),
    ),
]
