"""Columns and filters of the commission's lists."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from casedesk.commission.models import Commission, Decision, Meeting, ReadRecord
from casedesk.commission.queries.tasks import standing
from casedesk.commission.rules.decision_kinds import KIND_NAMES
from casedesk.commission.rules.words import MEETING_NAMES, MEETING_TONES, MeetingState, choices
from casedesk.common.filters import DayFilter
from casedesk.common.tables import Column
from debtors.web.tables import ANY


def commissions_for(request):
    return Commission.objects.visible_to(request.user)


MEETING_COLUMNS = [
    Column(
        "planned_on",
        "День",
        kind="day",
        head=True,
        url="commission:meeting",
        sort="planned_on",
        sub=lambda one: f"рабочая группа: {one.group}" if one.group_id else one.topic,
    ),
    Column("commission.name", "Комиссия"),
    Column(
        "state", "Состояние", kind="badge", value=lambda one: (one.get_state_display(), MEETING_TONES[MeetingState(one.state)])
    ),
    Column("number", "Протокол", kind="number", sort="number", nullable=True),
    Column("heard", "Вопросов", kind="number", sort="heard"),
    Column("came", "Пришли", kind="number", sort="came"),
    Column("adopted", "Решений", kind="number", sort="adopted"),
]


class MeetingFilter(django_filters.FilterSet):
    commission = django_filters.ModelChoiceFilter(queryset=commissions_for, label="Комиссия", empty_label=ANY)
    state = django_filters.ChoiceFilter(choices=choices(MEETING_NAMES), label="Состояние", empty_label=ANY)
    since = DayFilter(field_name="planned_on", lookup_expr="gte", label="С")
    until = DayFilter(field_name="planned_on", lookup_expr="lte", label="По")

    class Meta:
        model = Meeting
        fields: list[str] = []


TASK_COLUMNS = [
    Column("due_on", "Срок", kind="day", sort="due_on"),
    Column(
        "words", "Решение", head=True, url="commission:decision", value=lambda one: one.words, sub=lambda one: one.done_note
    ),
    Column(
        "item.case.number",
        "Дело",
        value=lambda one: f"№ {one.item.case.number}",
        sub=lambda one: one.item.case.creditor.name,
        sort="item__case__number",
    ),
    Column("responsible.name", "Исполняет", sort="responsible__name"),
    Column("standing", "Состояние", kind="badge", value=lambda one: standing(one, timezone.localdate())),
    Column("item.meeting.minutes_name", "Основание", value=lambda one: one.item.meeting.minutes_name),
]
STANDINGS = [("open", "не исполнено"), ("late", "просрочено"), ("done", "исполнено")]


class TaskFilter(django_filters.FilterSet):
    standing = django_filters.ChoiceFilter(choices=STANDINGS, label="Состояние", empty_label=ANY, method="by_standing")
    kind = django_filters.ChoiceFilter(choices=choices(KIND_NAMES), label="Решение", empty_label=ANY)
    commission = django_filters.ModelChoiceFilter(
        field_name="item__meeting__commission", queryset=commissions_for, label="Комиссия", empty_label=ANY
    )
    until = DayFilter(field_name="due_on", lookup_expr="lte", label="Срок по")

    class Meta:
        model = Decision
        fields: list[str] = []

    def by_standing(self, queryset, name, value):
        today = timezone.localdate()
        wanted = {
            "open": Q(ended_on__isnull=True),
            "late": Q(ended_on__isnull=True, due_on__lt=today),
            "done": Q(ended_on__isnull=False),
        }
        return queryset.filter(wanted[value])


READ_COLUMNS = [
    Column("read_at", "Когда", kind="moment", head=True, sort="read_at"),
    Column(
        "read_by.short_name",
        "Кто",
        value=lambda one: str(one.read_by),
        sub=lambda one: one.read_by.username,
        sort="read_by__last_name",
    ),
    Column(
        "case.number",
        "Дело",
        value=lambda one: f"№ {one.case.number}",
        sub=lambda one: one.case.creditor.name,
        sort="case__number",
    ),
    Column("what", "Что открыто", value=lambda one: one.get_what_display()),
    Column("masked", "Данные", value=lambda one: "часть скрыта" if one.masked else "полностью"),
    Column("item.meeting", "Заседание", value=lambda one: str(one.item.meeting)),
]


class ReadFilter(django_filters.FilterSet):
    who = django_filters.CharFilter(field_name="read_by__last_name", lookup_expr="istartswith", label="Фамилия")
    number = django_filters.NumberFilter(field_name="case__number", label="Дело №")
    what = django_filters.ChoiceFilter(choices=ReadRecord.What.choices, label="Что", empty_label=ANY)
    since = DayFilter(field_name="read_at", lookup_expr="date__gte", label="С")
    until = DayFilter(field_name="read_at", lookup_expr="date__lte", label="По")

    class Meta:
        model = ReadRecord
        fields: list[str] = []
