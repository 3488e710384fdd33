"""Columns and filters of the lists of writs and proceedings."""

import datetime as dt

import django_filters
from django.db.models import Q
from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.access.scope import scope_of
from casedesk.common.filters import DayFilter, RoublesFilter
from casedesk.common.tables import Column
from casedesk.common.text import fold
from casedesk.norms.queries.current import current
from debtors.web.tables import ANY, address, creditors_for
from enforcement.models import BailiffComplaint, EnforcementProceeding, Writ
from enforcement.queries.returns import QUEUE_NAMES, QUEUES
from enforcement.rules.terms import actions_end, last_day_of
from enforcement.rules.words import INACTION_NAMES, MEASURE_NAMES, STATE_NAMES, WritState, choices

STATE_TONES = {
    WritState.IN_HAND: "info",
    WritState.PRESENTED: "court",
    WritState.EXECUTING: "court",
    WritState.RETURNED: "warn",
    WritState.LOST: "danger",
    WritState.EXECUTED: "ok",
    WritState.ENDED: "",
    WritState.RECALLED: "",
    WritState.REPLACED: "",
}


def departments_for(request):
    """Departments that this person's writs went to; a department's own people see theirs."""
    found = Organisation.objects.filter(kind=Organisation.Kind.BAILIFF_DEPARTMENT)
    scope = scope_of(request.user)
    return found if scope.everything or scope.creditors else found.filter(pk__in=scope.departments)


def by_words(queryset, value: str, path: str = ""):
    """Words of the number, the debtor, the account or the address."""
    for word in fold(value).split():
        queryset = queryset.filter(
            Q(**{f"{path}number__icontains": word})
            | Q(**{f"{path}account__search__contains": word})
            | Q(**{f"{path}debtor__search__contains": word})
        )
    return queryset


class WritFilter(django_filters.FilterSet):
    """What narrows the list of writs."""

    q = django_filters.CharFilter(label="Поиск", method="by_q")
    queue = django_filters.ChoiceFilter(choices=choices(QUEUE_NAMES), label="Очередь", empty_label=ANY, method="by_queue")
    state = django_filters.ChoiceFilter(choices=choices(STATE_NAMES), label="Состояние", empty_label="любое")
    department = django_filters.ModelChoiceFilter(
        field_name="presentations__department",
        queryset=departments_for,
        label="Отдел приставов",
        empty_label=ANY,
        method="by_department",
    )
    kind = django_filters.ChoiceFilter(choices=Writ.Kind, label="Вид", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    until = DayFilter(field_name="present_until", lookup_expr="lte", label="Предъявить не позже")
    sum_from = RoublesFilter(field_name="granted", lookup_expr="gte", label="Сумма от, ₽")
    issued_from = DayFilter(field_name="issued_on", lookup_expr="gte", label="Выдан с")
    issued_to = DayFilter(field_name="issued_on", lookup_expr="lte", label="по")

    class Meta:
        model = Writ
        fields: list[str] = []

    def by_q(self, queryset, name, value):
        return by_words(queryset, value)

    def by_queue(self, queryset, name, value):
        return QUEUES[value](queryset, timezone.localdate())

    def by_department(self, queryset, name, value):
        here = Writ.objects.filter(Q(presentations__department=value) | Q(proceedings__department=value))
        return queryset.filter(pk__in=here.values("pk"))


def debtor_of(writ: Writ) -> str:
    return writ.debtor.name if writ.debtor else writ.account.holder_name or "должник не назван"


def where(writ: Writ) -> str:
    """Who has the paper, in words."""
    if writ.state in (WritState.IN_HAND, WritState.LOST):
        return "у взыскателя" if writ.state == WritState.IN_HAND else "утрачен"
    return writ.executed_at or writ.sent_to or writ.sent_to_text or "приставы"


def where_more(writ: Writ) -> str:
    return " · ".join(filter(None, (writ.proceeding_number, writ.bailiff)))


def waits(writ: Writ) -> tuple[str, str]:
    """What comes next and by when, with the tone of the day."""
    today = timezone.localdate()
    words, day = _awaited(writ)
    if day is None:
        return words, ""
    return f"{words} {day:%d.%m.%Y}", "danger" if day < today and not words.startswith("снова") else ""


def _awaited(writ: Writ) -> tuple[str, dt.date | None]:
    if writ.state == WritState.PRESENTED:
        if writ.received_on is None:
            return "получение не подтверждено", None
        return "возбудить до", last_day_of("opening", writ.received_on, current())
    if writ.state == WritState.EXECUTING:
        return ("исполнить до", actions_end(writ.opened_on)) if writ.opened_on else ("исполняется", None)
    if writ.state == WritState.RETURNED and writ.repeat_from and writ.repeat_from > timezone.localdate():
        return "снова с", writ.repeat_from
    if writ.present_until:
        return "предъявить до", writ.present_until
    return ("день выдачи не указан" if writ.state == WritState.IN_HAND else "—"), None


WRIT_COLUMNS = [
    Column("number", "Документ", head=True, url="enforcement:writ", sort="number", sub=lambda row: row.get_kind_display()),
    Column("debtor", "Должник", value=debtor_of, sub=lambda row: address(row.account)),
    Column("granted", "Сумма, ₽", kind="money", sort="granted"),
    Column(
        "state",
        "Состояние",
        kind="badge",
        value=lambda row: (STATE_NAMES[row.state], STATE_TONES[row.state]),
        sub=lambda row: f"с {row.state_on:%d.%m.%Y}" if row.state_on else "",
        sort="state_on",
        nullable=True,
    ),
    Column("where", "Где", value=where, sub=where_more),
    Column(
        "present_until",
        "Срок",
        value=lambda row: waits(row)[0],
        sort="present_until",
        nullable=True,
        tone=lambda row: "late" if waits(row)[1] else "",
    ),
    Column("issued_on", "Выдан", kind="day", sort="issued_on", nullable=True),
]


class ProceedingFilter(django_filters.FilterSet):
    """What narrows the list of proceedings."""

    q = django_filters.CharFilter(label="Поиск", method="by_q")
    status = django_filters.ChoiceFilter(choices=EnforcementProceeding.Status, label="Состояние", empty_label="любое")
    department = django_filters.ModelChoiceFilter(queryset=departments_for, label="Отдел приставов", empty_label=ANY)
    measure = django_filters.ChoiceFilter(choices=choices(MEASURE_NAMES), label="Мера", empty_label=ANY, method="by_measure")
    creditor = django_filters.ModelChoiceFilter(
        field_name="writ__creditor", queryset=creditors_for, label="Взыскатель", empty_label=ANY
    )
    consolidated = django_filters.ChoiceFilter(
        choices=[("yes", "в сводном"), ("no", "отдельно")], label="Сводное", empty_label=ANY, method="by_consolidated"
    )
    opened_from = DayFilter(field_name="opened_on", lookup_expr="gte", label="Возбуждено с")
    opened_to = DayFilter(field_name="opened_on", lookup_expr="lte", label="по")
    ended_from = DayFilter(field_name="ended_on", lookup_expr="gte", label="Окончено с")
    ended_to = DayFilter(field_name="ended_on", lookup_expr="lte", label="по")

    class Meta:
        model = EnforcementProceeding
        fields: list[str] = []

    def by_q(self, queryset, name, value):
        """The proceeding's own number, the consolidated one, or words of its writ."""
        own = queryset.filter(Q(number__icontains=value.strip()) | Q(consolidated_number__icontains=value.strip()))
        return own | by_words(queryset, value, "writ__")

    def by_measure(self, queryset, name, value):
        return queryset.filter(measures__kind=value, measures__lifted_on=None).distinct()

    def by_consolidated(self, queryset, name, value):
        alone = Q(consolidated_number="")
        return queryset.filter(~alone if value == "yes" else alone)


class ComplaintFilter(django_filters.FilterSet):
    """What narrows the list of complaints."""

    q = django_filters.CharFilter(label="Поиск", method="by_q")
    answered = django_filters.ChoiceFilter(
        choices=[("no", "ждут ответа"), ("yes", "с ответом")], label="Ответ", empty_label=ANY, method="by_answer"
    )
    kind = django_filters.ChoiceFilter(choices=choices(INACTION_NAMES), label="На что", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(
        field_name="writ__creditor", queryset=creditors_for, label="Взыскатель", empty_label=ANY
    )

    class Meta:
        model = BailiffComplaint
        fields: list[str] = []

    def by_q(self, queryset, name, value):
        return by_words(queryset, value, "writ__")

    def by_answer(self, queryset, name, value):
        return queryset.filter(answered_on__isnull=value == "no")


def ending(row: EnforcementProceeding) -> str:
    """How it ended, or until when the two months run."""
    if row.ended_on:
        return f"{row.ended_on:%d.%m.%Y}" + (f", {row.ground_text}" if row.ground_text else "")
    end = actions_end(row.opened_on)
    return f"срок до {end:%d.%m.%Y}" if end else ""


STATUS_TONES = {"open": "court", "finished": "", "terminated": ""}
PROCEEDING_COLUMNS = [
    Column(
        "number",
        "Производство",
        head=True,
        url="enforcement:proceeding",
        sort="number",
        sub=lambda row: row.consolidated_number,
    ),
    Column("debtor", "Должник", value=lambda row: debtor_of(row.writ), sub=lambda row: str(row.writ)),
    Column("department", "Отдел", value=lambda row: str(row.department or "не указан"), sub=lambda row: row.bailiff),
    Column("opened_on", "Возбуждено", kind="day", sort="opened_on", nullable=True),
    Column("granted", "Сумма, ₽", kind="money", value=lambda row: row.writ.total),
    Column(
        "status",
        "Состояние",
        kind="badge",
        value=lambda row: (row.get_status_display(), STATUS_TONES[row.status]),
        sub=ending,
    ),
]
