"""What municipal institutions have set aside for services: row Z6a."""

from collections.abc import Iterable

from django.db.models import F, Q, Sum

from casedesk.common import months
from casedesk.plans.catalogue import Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.indicators.outreach import of_reach
from casedesk.plans.queries.flows import known, within
from casedesk.plans.queries.question import Question
from debtors.models import Category, Charge, OutreachEvent

YEAR = 12
BUDGET_LINE = "budget_line"


def _lines(question: Question) -> list[OutreachEvent]:
    """The last budget line of each account for the year of the month; those without an account stand by themselves."""
    year, end = question.period // YEAR, months.last_day(question.period)
    rows = OutreachEvent.objects.live(question.known_at).filter(kind=BUDGET_LINE, happened_on__lte=end, data__year=year)
    if not question.reach.everything:
        unnamed = of_reach(question.reach) & Q(account__isnull=True)
        rows = rows.filter(unnamed | Q(account__in=question.reach.accounts()))
    newest: dict[object, OutreachEvent] = {}
    for event in rows.select_related("organisation").order_by("happened_on", "pk"):
        newest[event.account_id or f"event {event.pk}"] = event
    return list(newest.values())


def _charged(question: Question) -> dict[int, int]:
    """Account id -> kopecks charged in the twelve months up to the asked one, net of recalculations."""
    span = (question.period - YEAR + 1, question.period)
    rows = Charge.objects.filter(month__range=span, account__category=Category.MUNICIPAL_INSTITUTION)
    counted = known(question, within(question, rows.exclude(kind=Charge.Kind.OPENING)))
    return dict(counted.values_list("account_id").annotate(net=Sum(F("charged") - F("credited"))).order_by())


def _facts(question: Question) -> list[Fact]:
    """A line per institution's account that was charged or has a budget line. Two queries."""
    charged, found = _charged(question), []
    for event in _lines(question):
        amounts = (int(event.data["amount"]), charged.pop(event.account_id, 0))
        label = "" if event.account_id else event.citizen
        found.append(
            Fact(
                amounts,
                account=event.account_id,
                label=label,
                about=event.proof,
                url=event.get_absolute_url(),
                on=event.happened_on,
            )
        )
    found += [Fact((0, net), account=account, about="в смете не заложено") for account, net in charged.items() if net]
    return found


def _totals(question: Question) -> Totals:
    return total_of(_facts(question), 2)


def _listed(question: Question) -> Iterable[Fact]:
    return _facts(question)


def _share(totals: Totals) -> int | None:
    budgeted, charged = totals
    return share_x100(budgeted, charged)


register(
    Indicator(
        "budgets.covered",
        "Расходы учреждений заложены в сметы",
        "Сметы муниципальных учреждений на услуги на год этого месяца, делённые на начисленное им за двенадцать месяцев.",
        Unit.PERCENT,
        "Z6a",
        (Column("budgeted", "Заложено, ₽"), Column("charged", "Начислено, ₽")),
        _totals,
        _listed,
        figure=_share,
    )
)
