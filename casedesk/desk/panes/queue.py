"""The work queue: cases on which a step may be taken. The tab says how near the deadline is; inside, the largest debt first."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import django_filters
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casedesk.common.filters import RoublesFilter, SearchFilter
from casedesk.common.paging import capped_count
from casedesk.common.tables import Column, Empty, Listing
from casedesk.common.templatetags.ui import days_left
from debtors.models import CaseFile
from debtors.models.case_file import CaseFileQuerySet

DONE = "circle-check"
WHOSE = [("mine", _("мои")), ("nobody", _("без ответственного"))]
SOON = dt.timedelta(days=7)


@dataclass(frozen=True)
class State:
    """A tab of the queue: its name, the cases in it on a day, what it says when there are none."""

    key: str
    label: str
    rows: Callable[[CaseFileQuerySet, dt.date], CaseFileQuerySet]
    empty: Empty


STATES = [
    State(
        "soon",
        _("Срок на неделе"),
        lambda cases, on: cases.actionable(on).filter(next_due_on__lte=on + SOON),
        Empty(
            _("На этой неделе сроков нет"),
            _("Остальные дела, по которым можно сделать шаг, стоят во вкладке «Все к работе»."),
            icon=DONE,
        ),
    ),
    State(
        "work",
        _("Все к работе"),
        lambda cases, on: cases.actionable(on),
        Empty(
            _("Работы по делам нет"),
            _("Новые шаги появятся, когда закончатся сроки ожидания или придут новые реестры."),
            icon=DONE,
        ),
    ),
    State(
        "broken_promises",
        _("Нарушили обещание"),
        lambda cases, on: cases.broke_a_promise(on),
        Empty(_("Нарушенных обещаний нет"), _("Обещания оплатить сверяются с оплатами каждое утро."), icon=DONE),
    ),
    State("waiting", _("Ждут"), lambda cases, on: cases.waiting(on), Empty(_("Ничего не ждём"), icon="hourglass")),
    State(
        "no_step",
        _("Без следующего шага"),
        lambda cases, on: cases.without_step(),
        Empty(_("У каждого дела есть следующий шаг"), icon=DONE),
    ),
    State(
        "no_deadline",
        _("Без срока"),
        lambda cases, on: cases.without_deadline(),
        Empty(_("У каждого шага есть срок"), icon=DONE),
    ),
]


class QueueFilter(django_filters.FilterSet):
    """What narrows the queue."""

    q = SearchFilter(field_name="search", label=_("Поиск"), placeholder=_("Дело, счёт, фамилия, адрес"))
    whose = django_filters.ChoiceFilter(label=_("Чьи"), method="by_officer", choices=WHOSE, empty_label=_("все"))
    next_action = django_filters.ChoiceFilter(
        label=_("Следующий шаг"), choices=CaseFile._meta.get_field("next_action").flatchoices, empty_label=_("любой")
    )
    overdue_from = RoublesFilter(field_name="overdue", lookup_expr="gte", label=_("Просрочено от, ₽"))

    class Meta:
        model = CaseFile
        fields: list[str] = []

    def by_officer(self, queryset, name, value):
        return queryset.filter(officer=self.request.user) if value == "mine" else queryset.filter(officer=None)


def _columns(today: dt.date) -> list[Column]:
    def late(case: CaseFile) -> str:
        return "late" if case.next_due_on and case.next_due_on < today else ""

    def left(case: CaseFile) -> str:
        return days_left(case.next_due_on, today)

    return [
        Column(
            "number",
            _("Дело"),
            head=True,
            value=lambda case: f"№\u00a0{case.number}",
            sub=CaseFile.get_stage_display,
            url="debtors:case",
        ),
        Column("debtor_names", _("Должник"), sub=lambda case: case.address),
        Column("overdue", _("Просрочено, ₽"), kind="money", sort="overdue"),
        Column("next_action", _("Следующий шаг"), value=CaseFile.get_next_action_display, sub=lambda case: case.next_norm),
        Column("next_due_on", _("Срок"), kind="day", sort="next_due_on", nullable=True, tone=late, sub=left),
        Column("officer", _("Ответственный"), value=lambda case: case.officer.short_name if case.officer else None),
    ]


def gather(request) -> dict:
    """The queue's listing, its tabs with counters, and the money that stands in them."""
    today = timezone.localdate()
    cases = CaseFile.objects.visible_to(request.user)
    counts = {state.key: capped_count(state.rows(cases, today))[0] for state in STATES}
    state = _asked(request.GET.get("state"), counts)
    rows = state.rows(cases, today).select_related("officer")
    listing = Listing(
        request,
        rows,
        _columns(today),
        filters=QueueFilter,
        sort="-overdue",
        empty=state.empty,
        name="queue",
        keep=("show", "state"),
    )
    tabs = [
        {"label": one.label, "count": counts[one.key], "current": one is state, "url": f"?show=queue&state={one.key}"}
        for one in STATES
    ]
    money = cases.live().aggregate(cases=Count("pk"), overdue=Sum("overdue", default=0))
    soon = STATES[0].rows(cases, today).aggregate(overdue=Sum("overdue", default=0))
    return {
        "listing": listing,
        "tabs": tabs,
        "money": money,
        "soon": soon | {"cases": counts["soon"]},
        "soon_tone": "warn" if counts["soon"] else "",
    }


def _asked(key: str | None, counts: dict[str, int]) -> State:
    """The tab of the address; without one, the first that is not empty."""
    wanted = next((state for state in STATES if state.key == key), None)
    return wanted or next((state for state in STATES if counts[state.key]), STATES[0])
