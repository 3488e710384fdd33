"""Columns and filters of the lists of cases and notices."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from casedesk.access.models import User
from casedesk.access.rights import RIGHTS, Right, Role
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.filters import DayFilter, RoublesFilter, SearchFilter
from casedesk.common.tables import Column
from casedesk.norms.due_dates import newest_overdue_month
from debtors.models import CaseFile, Category, PreTrialNotice
from debtors.rules.next_step import ACTION_NAMES, Status, status
from debtors.rules.stages import FLAG_NAMES, HOLD_NAMES, STAGE_NAMES, Stage, choices
from debtors.web.tables import AGE_CHOICES, AGES, ANY, creditors_for

STAGE_TONES = {
    Stage.OPENED: "",
    Stage.REMINDER_READY: "info",
    Stage.REMINDER_SENT: "info",
    Stage.CLAIM_READY: "info",
    Stage.IN_COURT: "court",
    Stage.DEFECTS: "warn",
    Stage.CLAIM_RETURNED: "warn",
    Stage.AWARDED: "court",
    Stage.CLAIM_LOST: "danger",
    Stage.ORDER_SET_ASIDE: "warn",
    Stage.IN_FORCE: "court",
    Stage.WRIT: "court",
    Stage.PRESENTED: "court",
    Stage.PROCEEDING: "court",
    Stage.RETURNED: "warn",
    Stage.CLOSED: "ok",
}
WAITS = {"debtor": "ждём оплату до {day}", "bailiff": "ждём приставов до {day}", "court": "ждём суд до {day}"}
NOBODY = "nobody"


def officers_for(request):
    """People who may be given the cases that this person sees."""
    scope = scope_of(request.user)
    working = [role for role in Role if Right.WORK_CASES in RIGHTS[role]]
    people = User.objects.filter(is_active=True, memberships__role__in=working).order_by("last_name", "first_name").distinct()
    return people if scope.everything else people.filter(memberships__organisation__in=scope.creditors)


class CaseFilter(django_filters.FilterSet):
    """What narrows the list of cases. The open ones are shown unless asked otherwise."""

    q = SearchFilter(field_name="search", label="Поиск", placeholder="Фамилия, адрес, лицевой счёт", method="by_words")
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=[("closed", "закрытые"), ("all", "все")], empty_label="открытые", method="by_state"
    )
    stage = django_filters.ChoiceFilter(choices=choices(STAGE_NAMES)[:-1], label="Этап", empty_label="любой")
    step = django_filters.ChoiceFilter(
        field_name="next_action", choices=choices(ACTION_NAMES), label="Следующий шаг", empty_label="любой"
    )
    officer = django_filters.ChoiceFilter(label="Ответственный", empty_label="любой", method="by_officer")
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    category = django_filters.ChoiceFilter(choices=Category, label="Группа потребителей", empty_label=ANY)
    overdue_from = RoublesFilter(field_name="overdue", lookup_expr="gte", label="Просрочено от, ₽")
    overdue_to = RoublesFilter(field_name="overdue", lookup_expr="lte", label="до, ₽")
    months_from = django_filters.NumberFilter(label="Месяцев долга от", method="by_months", min_value=0)
    age = django_filters.ChoiceFilter(choices=AGE_CHOICES, label="Самый старый долг", empty_label=ANY, method="by_age")
    flag = django_filters.ChoiceFilter(
        field_name="flag_marks", lookup_expr="contains", choices=choices(FLAG_NAMES), label="Отметка", empty_label=ANY
    )
    hold = django_filters.ChoiceFilter(
        label="Приостановка",
        choices=[("any", "есть"), ("none", "нет"), *choices(HOLD_NAMES)],
        empty_label=ANY,
        method="by_hold",
    )
    due_to = DayFilter(field_name="next_due_on", lookup_expr="lte", label="Срок шага по")

    class Meta:
        model = CaseFile
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        me = self.request.user
        people = [(str(one.pk), one.short_name) for one in officers_for(self.request) if one.pk != me.pk]
        self.filters["officer"].extra["choices"] = [("me", "я"), (NOBODY, "не назначен"), *people]

    def filter_queryset(self, queryset):
        """The open cases, unless the state or a word was asked: search looks among the closed ones too."""
        asked = self.form.cleaned_data
        queryset = super().filter_queryset(queryset)
        return queryset if asked.get("state") or asked.get("q") else queryset.filter(is_open=True)

    def by_words(self, queryset, name, value):
        """Words of the stored text; a number alone may be the case's own."""
        word = value.strip().lstrip("№").strip()
        found = SearchFilter(field_name="search").filter(queryset, value)
        return found | queryset.filter(number=int(word)) if word.isdigit() and len(word) < 10 else found

    def by_state(self, queryset, name, value):
        return queryset.filter(is_open=False) if value == "closed" else queryset

    def by_officer(self, queryset, name, value):
        if value == NOBODY:
            return queryset.filter(officer=None)
        return queryset.filter(officer=self.request.user.pk if value == "me" else value)

    def by_months(self, queryset, name, value):
        return queryset.filter(months_x100__gte=int(value * 100))

    def by_age(self, queryset, name, value):
        """Cases whose oldest open month is of this age today."""
        newest, (youngest, oldest) = newest_overdue_month(timezone.localdate()), AGES[value]
        rows = queryset.filter(overdue__gt=0, oldest_open_month__lte=newest - youngest + 1)
        return rows if oldest is None else rows.filter(oldest_open_month__gte=newest - oldest + 1)

    def by_hold(self, queryset, name, value):
        today = timezone.localdate()
        held = ~Q(hold_kind="") & (Q(hold_until=None) | Q(hold_until__gt=today))
        if value in ("any", "none"):
            return queryset.filter(held if value == "any" else ~held)
        return queryset.filter(held, hold_kind=value)


def step_state(case: CaseFile) -> Status:
    """How the case's next step stands today."""
    return status(case.next_from, case.next_due_on, timezone.localdate())


def when(case: CaseFile) -> str:
    """The small line under the next step: what it waits for, or its day."""
    if not case.next_action:
        return ""
    if step_state(case) == Status.WAITING:
        kind = case.next_waits_for
        if kind.startswith("hold:"):
            return f"пауза до {case.next_from:%d.%m.%Y}: {HOLD_NAMES[kind.removeprefix('hold:')]}"
        return WAITS.get(kind, "с {day}").format(day=f"{case.next_from:%d.%m.%Y}")
    return f"до {case.next_due_on:%d.%m.%Y}" if case.next_due_on else "срок не определён"


def step_tone(case: CaseFile) -> str:
    return "late" if case.next_action and step_state(case) == Status.LATE else ""


def since(case: CaseFile) -> str:
    """The oldest open month in words; an opening balance is at least that old."""
    if case.oldest_open_month is None:
        return ""
    return ("не позже " if case.at_least else "с ") + months.short(case.oldest_open_month)


def stage_badge(case: CaseFile) -> tuple[str, str]:
    return STAGE_NAMES[case.stage], STAGE_TONES[case.stage]


def who(case: CaseFile) -> str:
    """The names as a list shows them: the first two, then how many more."""
    names = [name.strip() for name in case.debtor_names.split(",") if name.strip()]
    more = f" и ещё {len(names) - 2}" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more or "должник не назван"


CASE_COLUMNS = [
    Column("number", "Дело", head=True, value=lambda row: f"№\u00a0{row.number}", url="debtors:case", sort="number"),
    Column("debtor_names", "Должник", value=who, sub=lambda row: row.address.replace("кв. ", "кв.\u00a0")),
    Column("overdue", "Просрочено, ₽", kind="money", sort="overdue", sub=since),
    Column("months_x100", "Месяцев", kind="hundredths", sort="months_x100"),
    Column("stage", "Этап", kind="badge", value=stage_badge, sub=lambda row: ", ".join(row.flag_names)),
    Column(
        "next_due_on",
        "Следующий шаг",
        value=lambda row: row.get_next_action_display() or "не определён",
        sort="next_due_on",
        nullable=True,
        sub=when,
        tone=step_tone,
    ),
    Column("officer", "Ответственный", value=lambda row: row.officer.short_name if row.officer else "—"),
]


class NoticeFilter(django_filters.FilterSet):
    """What narrows the list of notices."""

    q = SearchFilter(field_name="case__search", label="Поиск", placeholder="Фамилия, адрес, счёт")
    state = django_filters.ChoiceFilter(choices=PreTrialNotice.State, label="Состояние", empty_label=ANY)
    creditor = django_filters.ModelChoiceFilter(queryset=creditors_for, label="Взыскатель", empty_label=ANY)
    channel = django_filters.ChoiceFilter(choices=PreTrialNotice.Channel, label="Как вручено", empty_label=ANY)
    prepared_from = DayFilter(field_name="prepared_on", lookup_expr="gte", label="Подготовлено с")
    prepared_to = DayFilter(field_name="prepared_on", lookup_expr="lte", label="по")

    class Meta:
        model = PreTrialNotice
        fields: list[str] = []


NOTICE_TONES = {"prepared": "warn", "sent": "ok", "cancelled": ""}
NOTICE_COLUMNS = [
    Column("number", "Напоминание", head=True, value=lambda row: f"№\u00a0{row.number}", url="debtors:notice", sort="number"),
    Column("addressee", "Кому", sub=lambda row: row.address),
    Column(
        "case",
        "Дело",
        value=lambda row: f"№\u00a0{row.case.number}",
        url=lambda row: row.case.get_absolute_url(),
        sort="case__number",
    ),
    Column("total", "Сумма, ₽", kind="money", sort="total"),
    Column("prepared_on", "Подготовлено", kind="day", sort="prepared_on"),
    Column(
        "state",
        "Состояние",
        kind="badge",
        value=lambda row: (row.get_state_display(), NOTICE_TONES[row.state]),
        sub=lambda row: row.get_channel_display(),
    ),
    Column("sent_on", "Вручено", kind="day", sort="sent_on", nullable=True),
    Column("waiting_until", "Ждём до", kind="day", sort="waiting_until", nullable=True),
]
