"""Columns and filters of the lists of courts, departments, their addresses and the changes of them."""

import django_filters

from casedesk.common.filters import SearchFilter
from casedesk.common.tables import Column
from enforcement.models import Court, Coverage, CoverageChange

ANY = "все"

COURT_COLUMNS = [
    Column("name", "Суд", head=True, url="enforcement:court", sort="name", sub=lambda court: court.code),
    Column("kind", "Вид", sort="kind", value=lambda court: court.get_kind_display()),
    Column("judge", "Судья"),
    Column("address", "Адрес", sub=lambda court: court.phone),
    Column("areas", "Участков улиц", kind="number", sort="areas"),
    Column("fee_account", "Реквизиты пошлины", kind="badge", value=lambda court: _fee(court)),
]
DEPARTMENT_COLUMNS = [
    Column(
        "organisation.name",
        "Отдел",
        head=True,
        url="enforcement:department",
        sort="organisation__name",
        sub=lambda card: f"код {card.number}",
    ),
    Column("head", "Начальник"),
    Column("address", "Адрес", sub=lambda card: card.phone),
    Column("areas", "Участков улиц", kind="number", sort="areas"),
]
COVERAGE_COLUMNS = [
    Column("street", "Улица", head=True, sort="street", value=lambda row: row.place),
    Column("houses", "Дома"),
    Column("valid_from", "С", kind="day", sort="valid_from", nullable=True),
    Column("valid_to", "До", kind="day", sort="valid_to", nullable=True),
    Column("source", "Основание"),
    Column("end", "Что сделать", template="enforcement/courts/_end.html", exported=False),
]
CHANGE_COLUMNS = [
    Column("of", "Изменение", head=True, url="enforcement:coverage-change", value=lambda change: change.get_of_display()),
    Column("valid_from", "Действует с", kind="day", sort="valid_from"),
    Column("houses", "Домов", kind="number", value=lambda change: len(change.houses)),
    Column("source", "Основание"),
    Column("recorded_at", "Записано", kind="moment", sort="recorded_at", sub=lambda one: str(one.recorded_by or "")),
]


def _fee(court: Court) -> tuple[str, str]:
    return ("есть", "ok") if court.fee_account and court.fee_kbk else ("не заполнены", "warn")


class CourtFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label="Название")
    kind = django_filters.ChoiceFilter(choices=Court.Kind, label="Вид", empty_label=ANY)

    class Meta:
        model = Court
        fields: list[str] = []


class CoverageFilter(django_filters.FilterSet):
    q = SearchFilter(field_name="street", label="Улица")
    state = django_filters.ChoiceFilter(
        choices=[("now", "действуют"), ("past", "закончились")], label="Когда", empty_label=ANY, method="by_state"
    )

    class Meta:
        model = Coverage
        fields: list[str] = []

    def by_state(self, queryset, name, value):
        return queryset.filter(valid_to__isnull=value == "now")


class ChangeFilter(django_filters.FilterSet):
    of = django_filters.ChoiceFilter(choices=CoverageChange.Of, label="Чьи адреса", empty_label=ANY)

    class Meta:
        model = CoverageChange
        fields: list[str] = []
