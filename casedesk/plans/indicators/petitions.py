"""Whether the bailiffs were asked to keep a debtor from leaving the country: row P2.2."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max, OuterRef, QuerySet, Subquery

from casedesk.common import money, months
from casedesk.documents.models import Document
from casedesk.norms.queries.current import current
from casedesk.plans.catalogue import IN_MONTH, Column, Fact, Indicator, Totals, Unit, register, share_x100, total_of
from casedesk.plans.indicators.writs import mine, recorded
from casedesk.plans.queries.question import Question
from debtors.models import Debtor
from enforcement.models import Presentation, Writ
from enforcement.queries.package import debtors_of
from enforcement.rules.package import Paper, travel_ban_opens


def _presented(question: Question) -> QuerySet[Presentation]:
    """Writs handed to bailiffs in the month, as known at the moment, each with the day its stay before ended."""
    month = (months.first_day(question.period), months.last_day(question.period))
    rows = Presentation.objects.filter(kind=Presentation.Kind.BAILIFFS, sent_on__range=month)
    earlier = Presentation.objects.filter(writ=OuterRef("writ"), sent_on__lt=OuterRef("sent_on")).order_by()
    before = earlier.values("writ").annotate(newest=Max("ended_on")).values("newest")
    known = mine(question, recorded(question, rows), "writ__").annotate(before=Subquery(before))
    return known.select_related("writ__account").order_by("sent_on", "pk")


def _petitions(question: Question, writs: Iterable[Writ]) -> dict[int, list[dt.date]]:
    """Writ id -> the days of its petitions up to the month's end."""
    made = Document.objects.filter(
        kind=Paper.TRAVEL_BAN, subject_kind="enforcement.writ", made_on__lte=months.last_day(question.period)
    ).filter(subject_id__in={writ.pk for writ in writs})
    if question.known_at is not None:
        made = made.filter(recorded_at__lte=question.known_at)
    found: dict[int, list[dt.date]] = {}
    for writ, day in made.values_list("subject_id", "made_on").order_by("made_on"):
        found.setdefault(writ, []).append(day)
    return found


def _facts(question: Question) -> list[Fact]:
    """A line per citizen's writ whose sum opened a ban on the day it was presented. Five queries."""
    rows, norms, thresholds = list(_presented(question)), current(), {}
    for day in {one.sent_on for one in rows}:
        thresholds[day], _ = travel_ban_opens(0, day, norms)
    rows = [one for one in rows if one.total >= thresholds[one.sent_on]]
    writs = [one.writ for one in rows]
    people, asked = debtors_of(writs), _petitions(question, writs)
    found = []
    for one in rows:
        person = people.get(one.writ_id)
        if person and person.kind == Debtor.Kind.ORGANISATION:
            continue
        days = [day for day in asked.get(one.writ_id, ()) if one.before is None or day > one.before]
        about = f"ходатайство {days[0]:%d.%m.%Y}" if days else f"{money.spaced(one.total)} ₽, ходатайства нет"
        found.append(
            Fact(
                (int(bool(days)), 1),
                account=one.writ.account_id,
                about=f"{one.writ}: {about}",
                url=one.writ.get_absolute_url(),
                on=one.sent_on,
            )
        )
    return found


def _totals(question: Question) -> Totals:
    return total_of(_facts(question), 2)


def _share(totals: Totals) -> int | None:
    asked, expected = totals
    return share_x100(asked, expected)


register(
    Indicator(
        "writs.ban_petitions",
        "Ходатайства об ограничении на выезд",
        "Доля документов граждан, предъявленных приставам в этом месяце с остатком не меньше порога статьи 67 229-ФЗ, по "
        "которым составлено ходатайство об ограничении на выезд: после прошлого возврата и до конца месяца.",
        Unit.PERCENT,
        "P2.2",
        (Column("asked", "С ходатайством", "number"), Column("expected", "Документов", "number")),
        _totals,
        _facts,
        figure=_share,
        dated=IN_MONTH,
    )
)
