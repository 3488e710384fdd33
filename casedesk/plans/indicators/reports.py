"""Which organisations have handed in their report on the plan: row L14."""

from collections.abc import Iterable

from django.utils import timezone

from casedesk.plans.catalogue import IN_MONTH, Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.models import PlanReport
from casedesk.plans.queries.question import Question


def _facts(question: Question) -> Iterable[Fact]:
    """A line per creditor whose accounts are counted: its first report of a period that ends with the month, or none."""
    frozen = PlanReport.objects.filter(
        last_month=question.period, organisation__isnull=False, frozen_at__lte=question.known_at or timezone.now()
    )
    handed_in = {one.organisation_id: one for one in frozen.select_related("plan").defer("content").order_by("-frozen_at")}
    found = []
    for creditor in question.reach.organisations():
        one = handed_in.get(creditor.pk)
        about = f"{one}" if one else "отчёта нет"
        url, on = (one.get_absolute_url(), timezone.localdate(one.frozen_at)) if one else ("", None)
        found.append(Fact((int(one is not None), 1), label=creditor.name, about=about, url=url, on=on))
    return found


def _totals(question: Question) -> Totals:
    return total_of(_facts(question), 2)


def _share(totals: Totals) -> int | None:
    handed_in, expected = totals
    return share_x100(handed_in, expected)


register(
    Indicator(
        "reports.handed_in",
        "Организации представили отчёт по плану",
        "Доля взыскателей, у которых зафиксирован отчёт по плану за период, что кончается этим месяцем.",
        Unit.PERCENT,
        "L14",
        (Column("handed_in", "Представили", "number"), Column("expected", "Взыскателей", "number")),
        _totals,
        _facts,
        figure=_share,
        dated=IN_MONTH,
    )
)
