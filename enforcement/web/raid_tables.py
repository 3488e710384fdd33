"""Columns and filters of the list of raids."""

import django_filters

from casedesk.common.filters import DayFilter
from casedesk.common.tables import Column
from debtors.rules.stages import choices
from debtors.web.tables import ANY, creditors_for
from enforcement.models import Raid
from enforcement.rules.raid_words import STATE_NAMES, RaidState

TONES = {RaidState.PLANNED: "info", RaidState.HELD: "ok", RaidState.CANCELLED: ""}

RAID_COLUMNS = [
    Column(
        "planned_on", "День", kind="day", head=True, url="enforcement:raid", sort="planned_on", sub=lambda raid: raid.purpose
    ),
    Column("creditor.name", "Взыскатель", sort="creditor__name"),
    Column("state", "Состояние", kind="badge", value=lambda raid: (raid.get_state_display(), TONES[RaidState(raid.state)])),
    Column("doors", "Адресов", kind="number", sort="doors"),
    Column("visited", "Обошли", kind="number", sort="visited"),
    Column("talked", "Застали", kind="number"),
    Column("promises", "Обещали", kind="number"),
    Column("paid", "Оплачено, ₽", kind="money", sort="paid"),
]


class RaidFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=choices(STATE_NAMES), label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    since = DayFilter(field_name="planned_on", lookup_expr="gte", label="С")
    until = DayFilter(field_name="planned_on", lookup_expr="lte", label="По")

    class Meta:
        model = Raid
        fields: list[str] = []
