"""What came of a quarter's meetings by the end of the next one: the debt when decided, the debt then, what was paid between."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from casedesk.commission.models import AgendaItem
from casedesk.commission.rules.words import MeetingState
from casedesk.common import months
from debtors.models import CaseAccount, Payment, UtilityAccount
from debtors.queries.ageing import age_accounts

QUARTER = 3
LINK = "case__account_links"


@dataclass(frozen=True)
class Effect:
    """One heard case: kopecks when decided, on the day measured, paid in between. The rest is what was charged since."""

    item: AgendaItem
    decided: int
    now: int
    paid: int

    @property
    def change(self) -> int:
        return self.now - self.decided


@dataclass(frozen=True)
class QuarterEffect:
    """Meetings of a quarter, measured on `until`."""

    first: dt.date
    last: dt.date
    until: dt.date
    lines: list[Effect]

    def total(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.lines)

    @property
    def paying(self) -> int:
        """How many of the cases paid anything."""
        return sum(line.paid > 0 for line in self.lines)


def quarter_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the quarter."""
    start = months.of(day) - months.of(day) % 12 % QUARTER
    return months.first_day(start), months.last_day(start + QUARTER - 1)


def measured_on(last: dt.date, today: dt.date) -> dt.date:
    """The end of the next quarter, or today when that is still ahead."""
    return min(months.last_day(months.of(last) + QUARTER), today)


def effect_of(
    items: QuerySet[AgendaItem], *, first: dt.date, last: dt.date, today: dt.date, known_at: dt.datetime | None = None
) -> QuarterEffect:
    """The effect of the signed meetings held between the days, among these items. A fixed number of queries.

    Measured at the end of the next quarter, or today when that is still ahead; `known_at`: as it was known at that moment.
    """
    until = measured_on(last, today)
    found = list(
        signed(items, first, last).select_related("case__creditor", "meeting").order_by("meeting__held_on", "position")
    )
    paid, owed = paid_since(found, until, known_at=known_at), _owed(found, until, known_at)
    lines = [Effect(item, item.debt_decided or 0, owed.get(item.case_id, 0), paid.get(item.pk, 0)) for item in found]
    return QuarterEffect(first, last, until, lines)


def signed(items: QuerySet[AgendaItem], first: dt.date, last: dt.date) -> QuerySet[AgendaItem]:
    return items.filter(meeting__state=MeetingState.SIGNED, meeting__held_on__range=(first, last))


def paid_since(
    items: list[AgendaItem], until: dt.date, since: dt.date | None = None, known_at: dt.datetime | None = None
) -> dict[int, int]:
    """Item -> kopecks received on the case's accounts after its meeting (not before `since`) up to the day. One query.

    `known_at`: as it was known at that moment.
    """
    money = f"{LINK}__account__payments"
    standing = Q(**{f"{LINK}__valid_to__isnull": True}) | Q(**{f"{LINK}__valid_to__gt": F("meeting__held_on")})
    counted = Q(**{f"{money}__counts_on__gt": F("meeting__held_on"), f"{money}__counts_on__lte": until})
    received = ~Q(**{f"{money}__channel__in": Payment.NO_MONEY})
    counted &= _known(f"{money}__booking", known_at) & received & standing
    if since:
        counted &= Q(**{f"{money}__counts_on__gte": since})
    rows = AgendaItem.objects.filter(pk__in=[item.pk for item in items]).values_list("pk")
    return {pk: paid or 0 for pk, paid in rows.annotate(paid=Sum(f"{money}__amount", filter=counted)).order_by()}


def _known(booking: str, known_at: dt.datetime | None) -> Q:
    """Bookings that stand: now, or at the moment."""
    if known_at is None:
        return Q(**{f"{booking}__undone_at__isnull": True})
    undone_later = Q(**{f"{booking}__undone_at__isnull": True}) | Q(**{f"{booking}__undone_at__gt": known_at})
    return Q(**{f"{booking}__learnt_at__lte": known_at}) & undone_later


def _owed(items: list[AgendaItem], until: dt.date, known_at: dt.datetime | None) -> dict[int, int]:
    """Case -> kopecks of debt on the day, over the accounts that were in it."""
    links = list(CaseAccount.objects.filter(case__in=[item.case_id for item in items]).values_list("case_id", "account_id"))
    accounts = UtilityAccount.objects.filter(pk__in={account for _, account in links})
    figures = age_accounts(accounts, as_of=until, known_on=known_at) if links else {}
    owed: dict[int, int] = {}
    for case, account in set(links):
        owed[case] = owed.get(case, 0) + (figures[account].total if account in figures else 0)
    return owed
