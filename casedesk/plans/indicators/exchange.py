"""Whether debt figures were handed to the municipality in time: row Z2b."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.plans.catalogue import IN_MONTH, Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.indicators.bills import limit_of
from casedesk.plans.models import DebtPackage
from casedesk.plans.queries.question import Question
from casedesk.plans.rules.debt_rows import SENT_BY


def _facts(question: Question) -> Iterable[Fact]:
    """A line per creditor whose accounts are counted: in time, late, or not yet."""
    limit = limit_of(question.period, question.params.get("day", SENT_BY))
    sent = question.answers.once("debt packages", _first_sent)
    found = []
    for creditor in question.reach.organisations():
        on = sent.get(creditor.pk)
        about = "не отправлен" if on is None else "вовремя" if on <= limit else f"позже {limit:%d.%m.%Y}"
        found.append(Fact((int(on is not None and on <= limit), 1), label=creditor.name, about=about, on=on))
    return found


def _first_sent(question: Question) -> dict[int, dt.date]:
    """Creditor id -> the day its first package of the month went to a municipality."""
    sent = DebtPackage.objects.filter(
        month=question.period,
        recipient__kind=Organisation.Kind.MUNICIPALITY,
        sent_at__lte=question.known_at or timezone.now(),
    )
    land = question.reach.territory
    sent = sent if land is None else sent.filter(recipient__territory=land)
    return dict(sent.order_by("-sent_on").values_list("creditor", "sent_on"))


def _totals(question: Question) -> Totals:
    return total_of(_facts(question), 2)


def _share(totals: Totals) -> int | None:
    on_time, expected = totals
    return share_x100(on_time, expected)


register(
    Indicator(
        "exchange.on_time",
        "Сведения о долге переданы вовремя",
        "Доля взыскателей, чей пакет с долгами месяца отправлен муниципалитету не позже 5-го числа следующего месяца.",
        Unit.PERCENT,
        "Z2b",
        (Column("on_time", "Вовремя", "number"), Column("expected", "Взыскателей", "number")),
        _totals,
        _facts,
        figure=_share,
        dated=IN_MONTH,
    )
)
