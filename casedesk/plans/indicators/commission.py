"""The commission: who sits in it, its meetings, whom it invited, whether decisions are carried out, what was paid after them.

Rows L1, L-App1, L-App3, P1.1, P3.1, Z3a, Z3b, Z9b. A municipality counts its whole commission; a creditor the meetings that
hear its cases, and of tasks and payments those of its own accounts.
"""

from collections.abc import Callable, Iterable

from django.db.models import Count, F, Q, QuerySet

from casedesk.access.models import Organisation
from casedesk.commission.models import AgendaItem, AppointmentOrder, Commission, Decision, Meeting
from casedesk.commission.models.commission import in_force
from casedesk.commission.queries.composition import check_of
from casedesk.commission.queries.effect import paid_since, quarter_of, signed
from casedesk.commission.queries.meetings import with_figures
from casedesk.commission.queries.tasks import with_facts
from casedesk.commission.rules.words import Came
from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.queries.question import Question, Reach


def _commissions(question: Question) -> list[Commission]:
    """Commissions in force on the day, of the territories that are counted. Asked once for a page of figures."""
    return question.answers.once("commissions", _ask_commissions)


def _ask_commissions(question: Question) -> list[Commission]:
    found = Commission.objects.filter(in_force(question.as_of))
    return list(found.filter(_of_land(question.reach, "municipality__territory")).order_by("pk"))


def _is_any(question: Question) -> bool:
    return Commission.objects.exists()


def _of_land(reach: Reach, path: str) -> Q:
    if reach.everything:
        return Q()
    if reach.territory is not None:
        return Q(**{path: reach.territory})
    creditors = Organisation.objects.filter(pk__in=reach.creditors or ()).values("territory")
    return Q(**{f"{path}__in": reach.territories or ()}) | Q(**{f"{path}__in": creditors})


def _held(question: Question, *, groups: bool) -> QuerySet[Meeting]:
    """Meetings with a quorum that were closed with minutes in the month."""
    days = (months.first_day(question.period), months.last_day(question.period))
    found = Meeting.objects.held().filter(held_on__range=days, group__isnull=not groups)
    if question.known_at:
        found = found.filter(closed_at__lte=question.known_at)
    reach = question.reach
    if reach.everything:
        return found
    if reach.creditors and not reach.territories:
        return found.filter(pk__in=AgendaItem.objects.filter(case__account__in=reach.accounts()).values("meeting"))
    return found.filter(_of_land(reach, "commission__municipality__territory"))


def _meeting_facts(question: Question, *, groups: bool) -> Iterable[Fact]:
    found = with_figures(_held(question, groups=groups)).select_related("commission", "group").order_by("held_on", "pk")
    return [
        Fact(
            (1, one.heard, one.came, one.adopted),
            label=f"{one.minutes_name.capitalize()}",
            about=f"{one.commission.name}" + (f", группа «{one.group.name}»" if one.group else ""),
            url=one.get_absolute_url(),
            on=one.held_on,
        )
        for one in found
    ]


def _members_facts(question: Question) -> list[Fact]:
    """A line per office that the plan asks for (parameter `offices`, else the regulations), of each commission."""
    found = []
    for one in _commissions(question):
        check = check_of(one, question.as_of, question.params.get("offices"))
        rows = check.offices if question.params.get("offices") else (*check.offices, *check.parts)
        found += [
            Fact((1, int(there)), label=name, about=f"{one.name}: {'есть' if there else 'нет'}", url=one.get_absolute_url())
            for _, name, there in rows
        ]
    return found


def _order_facts(question: Question) -> Iterable[Fact]:
    day = question.as_of
    orders = AppointmentOrder.objects.filter(commission__in=_commissions(question), ordered_on__lte=day)
    orders = orders.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    if question.known_at:
        orders = orders.filter(recorded_at__lte=question.known_at)
    return [
        Fact(
            (1,),
            label=f"{one.order} от {one.ordered_on:%d.%m.%Y}",
            about=f"{one.name}, {one.post}, {one.organisation}",
            url=one.commission.get_absolute_url(),
            on=one.ordered_on,
        )
        for one in orders.select_related("commission").order_by("ordered_on", "pk")
    ]


def _invited_facts(question: Question) -> Iterable[Fact]:
    """A line per meeting: how many were invited, how many invitations are proved, how many debtors came."""
    sent = Q(items__summons__sent_on__isnull=False)
    counted = _held(question, groups=False).annotate(
        invited=Count("items", filter=sent, distinct=True),
        proved=Count("items", filter=sent & Q(items__summons__result="served"), distinct=True),
        came=Count("items", filter=Q(items__came__in=[Came.CAME, Came.REPRESENTED]), distinct=True),
    )
    return [
        Fact(
            (one.invited, one.proved, one.came),
            label=one.minutes_name.capitalize(),
            about=one.commission.name,
            url=one.get_absolute_url(),
            on=one.held_on,
        )
        for one in counted.select_related("commission").order_by("held_on", "pk")
    ]


def _task_facts(question: Question) -> Iterable[Fact]:
    """A line per task that falls due in the month."""
    days = (months.first_day(question.period), months.last_day(question.period))
    found = Decision.objects.tasks().filter(due_on__range=days)
    if not question.reach.everything:
        found = found.filter(item__case__account__in=question.reach.accounts())
    if question.known_at:
        found = found.filter(item__meeting__minutes__signed_at__lte=question.known_at)
    rows = with_facts(found).select_related("item__case__creditor", "item__meeting").order_by("due_on", "pk")
    return [
        Fact(
            (1, int(one.ended_on is not None and one.ended_on <= one.due_on)),
            label=one.words,
            about=f"дело № {one.item.case.number}, {one.item.case.creditor.name}",
            url=one.item.meeting.get_absolute_url(),
            on=one.due_on,
        )
        for one in rows
    ]


def _paid_facts(question: Question) -> Iterable[Fact]:
    """A line per case heard in the quarter before the month's: what its accounts paid in the month."""
    first, last = quarter_of(months.first_day(months.of(quarter_of(months.first_day(question.period))[0]) - 3))
    items = signed(AgendaItem.objects.all(), first, last)
    if not question.reach.everything:
        items = items.filter(case__account__in=question.reach.accounts())
    if question.known_at:
        items = items.filter(meeting__minutes__signed_at__lte=question.known_at)
    listed = list(items.annotate(account_of=F("case__account")).select_related("meeting").order_by("meeting__held_on", "pk"))
    since = months.first_day(question.period)
    paid = paid_since(listed, question.as_of, since, question.known_at) if listed else {}
    return [
        Fact(
            (paid.get(one.pk, 0), one.overdue_decided or 0),
            account=one.account_of,
            about=str(one.meeting),
            on=one.meeting.held_on,
        )
        for one in listed
    ]


def _totals(facts: Callable[[Question], Iterable[Fact]], width: int) -> Callable[[Question], Totals]:
    return lambda question: total_of(facts(question), width)


def _where_there_is_one(facts: Callable[[Question], Iterable[Fact]]) -> Callable[[Question], Iterable[Fact]]:
    """Facts of a town with a commission; elsewhere nothing more is asked. One question per page of figures."""
    return lambda question: facts(question) if question.answers.once("any commission", _is_any) else []


def _share(totals: Totals) -> int | None:
    """The second column of the first."""
    return share_x100(totals[1], totals[0])


MEETINGS = _where_there_is_one(lambda question: _meeting_facts(question, groups=False))
GROUP_MEETINGS = _where_there_is_one(lambda question: _meeting_facts(question, groups=True))
MEMBERS = _where_there_is_one(_members_facts)
ORDERS = _where_there_is_one(_order_facts)
INVITED = _where_there_is_one(_invited_facts)
TASKS = _where_there_is_one(_task_facts)
PAID = _where_there_is_one(_paid_facts)


OF_MEETINGS = (
    Column("meetings", "Заседаний", "number"),
    Column("heard", "Вопросов", "number"),
    Column("came", "Пришли должники", "number"),
    Column("decisions", "Решений", "number"),
)
register(
    Indicator(
        "commission.meetings",
        "Заседания комиссии",
        "Число заседаний с кворумом, закрытых протоколом в этом месяце. Несостоявшиеся не считаются.",
        Unit.COUNT,
        "L1, L-App3, P1.1, P3.1, Z9b",
        OF_MEETINGS,
        _totals(MEETINGS, 4),
        MEETINGS,
        dated="за месяц",
    ),
    Indicator(
        "commission.group_meetings",
        "Заседания рабочих групп",
        "Число заседаний рабочих групп комиссии, закрытых протоколом в этом месяце.",
        Unit.COUNT,
        "Z9b",
        OF_MEETINGS,
        _totals(GROUP_MEETINGS, 4),
        GROUP_MEETINGS,
        dated="за месяц",
    ),
    Indicator(
        "commission.composition",
        "Полнота состава комиссии",
        "Сколько из требуемых мест в составе занято на последний день месяца. Кого требует план, задаёт его параметр.",
        Unit.PERCENT,
        "Z3a, L-App1",
        (Column("required", "Требуется", "number"), Column("filled", "Есть", "number")),
        _totals(MEMBERS, 2),
        MEMBERS,
        figure=_share,
    ),
    Indicator(
        "commission.specialists",
        "Ответственные, назначенные приказом",
        "Число приказов о назначении ответственных, действующих на последний день месяца.",
        Unit.COUNT,
        "Z3b",
        (Column("orders", "Приказов", "number"),),
        _totals(ORDERS, 1),
        ORDERS,
    ),
    Indicator(
        "commission.invited",
        "Приглашены на комиссию",
        "Сколько должников приглашено на заседания месяца, скольким приглашение вручено и сколько пришло.",
        Unit.COUNT,
        "P3.1",
        (
            Column("invited", "Приглашены", "number"),
            Column("served", "Вручено", "number"),
            Column("came", "Пришли", "number"),
        ),
        _totals(INVITED, 3),
        INVITED,
        dated="за месяц",
    ),
    Indicator(
        "commission.in_time",
        "Решения комиссии, исполненные в срок",
        "Доля поручений со сроком в этом месяце, исполненных не позже срока: по отчёту исполнителя или по данным дела.",
        Unit.PERCENT,
        "L-App3",
        (Column("due", "Поручений", "number"), Column("in_time", "В срок", "number")),
        _totals(TASKS, 2),
        TASKS,
        figure=_share,
        dated="за месяц",
    ),
    Indicator(
        "commission.paid",
        "Оплачено после комиссии",
        "Оплаты этого месяца по делам, заслушанным в прошлом квартале (подписанные протоколы).",
        Unit.RUB,
        "Z9b, P3.1",
        (Column("paid", "Оплачено, ₽"), Column("overdue", "Просрочено в день решения, ₽")),
        _totals(PAID, 2),
        PAID,
        dated="за месяц",
    ),
)
