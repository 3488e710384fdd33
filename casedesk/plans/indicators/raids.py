"""Joint raids with bailiffs held in the month: row L13."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet, Sum

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, total_of
from casedesk.plans.queries.question import Question
from enforcement.models import Raid
from enforcement.rules.raid_words import Outcome, RaidState


def _raids(question: Question) -> QuerySet:
    """Raids held in the month at whose doors somebody was, with what came of them."""
    held = Raid.objects.filter(
        state=RaidState.HELD, held_on__range=(months.first_day(question.period), months.last_day(question.period))
    )
    if not question.reach.everything:
        held = held.filter(pk__in=Raid.objects.filter(stops__account__in=question.reach.accounts()).values("pk"))
    last = Q(stops__visits__is_last=True)
    if question.known_at is not None:
        last &= Q(stops__visits__recorded_at__lte=question.known_at)
        held = held.filter(pk__in=Raid.objects.filter(stops__visits__recorded_at__lte=question.known_at).values("pk"))
    return held.annotate(
        visited=Count("stops", filter=last, distinct=True),
        promises=Count("stops", filter=last & Q(stops__visits__outcome=Outcome.PROMISED), distinct=True),
        paid=Sum("stops__visits__paid", filter=last, default=0),
    )


def _facts(question: Question) -> Iterable[Fact]:
    return [
        Fact(
            (1, raid.visited, raid.promises, raid.paid),
            label=str(raid),
            about=f"{raid.creditor.name}: {raid.purpose or raid.team or 'совместный рейд'}",
            url=raid.get_absolute_url(),
            on=raid.held_on,
        )
        for raid in _raids(question).select_related("creditor").order_by("held_on", "pk")
    ]


def _totals(question: Question) -> Totals:
    return total_of(_facts(question), 4)


register(
    Indicator(
        "raids.held",
        "Проведённые рейды",
        "Число рейдов, закрытых в этом месяце как проведённые: не меньше одного записанного посещения.",
        Unit.COUNT,
        "L13",
        (
            Column("raids", "Рейдов", "number"),
            Column("visits", "Посещено адресов", "number"),
            Column("promises", "Обещали оплатить", "number"),
            Column("paid", "Оплачено на месте, ₽"),
        ),
        _totals,
        _facts,
        dated="за месяц",
    )
)
