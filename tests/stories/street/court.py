"""Claims, writs, returns, money on awards, direct payments, reconciliations: rows B1-B4, L9, L12b, P2.6, Z6b-e."""

import datetime as dt

from django.utils import timezone

from casedesk.common import months
from debtors.actions.book import open_booking
from debtors.actions.grant_award import Grant, GrantedMonth, grant_award
from debtors.models import Award, Booking
from debtors.rules.components import Components
from enforcement.actions.decide_return import agree_with_return, choose_measure
from enforcement.actions.end_proceeding import Returned, record_return
from enforcement.actions.prepare_claims import prepare_claim
from enforcement.actions.prepare_packages import prepare_package
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.record_court_event import record_court_event
from enforcement.actions.record_proceeding import Opened, record_proceeding
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.actions.settle_differences import settle
from enforcement.actions.tell_bailiffs import tell_bailiffs
from enforcement.models import Claim, DirectPayment, ReconciliationDifference, Writ
from enforcement.rules.package import Paper
from enforcement.rules.reconciliation_words import Resolution
from tests.factories import claims, reconciliation
from tests.factories.town import noon
from tests.stories.street.contact import _remind, overdue
from tests.stories.street.street import BILL, LATE, Household, Street

SET_ASIDE = 4
"""This claim's order is set aside after the report of the seventh month was made."""


def court(street: Street) -> None:
    """Reminded on the 6th, claimed two months later without penalty, granted the month after but for a part."""
    for n in range(9):
        kind = "eviction" if n % 4 == 3 else "order"
        tenant = {"category": "social_tenant", "tenure": "social_rent"} if kind == "eviction" else {}
        one, month = street.household(f"8{n:02d}", house="court", **tenant), street.year[n]
        reminded_on, filed_on, granted_on = street.day(month, 6), street.day(month + 2, 7), street.day(month + 3, 9)
        taken = 8 if kind == "eviction" else 3
        principal = BILL * taken
        street.does(reminded_on, lambda one=one, day=reminded_on: _remind(street, one, day))
        street.counts("notices.first", reminded_on, 1, overdue(street, reminded_on))
        street.counts("contacts.reminders", reminded_on, 1, overdue(street, reminded_on))
        street.does(filed_on, lambda one=one, day=filed_on, kind=kind, taken=taken: _prepare(street, one, day, kind, taken))
        late = street.day(street.year[LATE], 20) if n == 3 else None
        street.does(filed_on, lambda one=one, day=filed_on: _file(street, one, day), told_on=late)
        street.counts("claims.filed", filed_on, 1, principal)
        street.counts("claims.filed_amount", filed_on, principal, 1)
        set_aside_on = granted_on + dt.timedelta(days=20) if n == SET_ASIDE else None
        street.claims(one, filed_on, principal, until=set_aside_on)
        if set_aside_on:
            street.does(set_aside_on, lambda one=one, day=set_aside_on: _set_aside(street, one, day))
        if kind == "eviction":
            street.counts("claims.evictions", filed_on, 1, principal)
            street.counts("premises.lease_measures", reminded_on, 1, 1, 0, 0, 0)
            street.counts("premises.lease_measures", filed_on, 1, 0, 0, 1, 0)
        elif months.of(granted_on) <= street.plan.last:
            late, sum_ = street.day(street.year[LATE], 20) if n == 2 else None, principal - 5_000
            street.does(granted_on, lambda one=one, day=granted_on, sum_=sum_: _grant(street, one, day, sum_), told_on=late)
            street.counts("claims.granted_amount", granted_on, principal - 5_000, 1)


def _prepare(street: Street, one: Household, day: dt.date, kind: str, taken: int) -> None:
    """The oldest months, and no penalty. An eviction asks for more than six (Housing Code art. 90)."""
    newest = street.first + taken - 1
    asked = claims.asked(day, penalty_through=months.first_day(street.first), newest=newest, kind=kind)
    prepare_claim(case=one.case, asked=asked, by=street.officer)


def _file(street: Street, one: Household, day: dt.date) -> None:
    _happens(street, one, "filed", day, channel="office")


def _happens(street: Street, one: Household, code: str, day: dt.date, **data: object) -> None:
    claim = Claim.objects.get(case_file=one.case)
    on = timezone.localdate()
    record_court_event(claim=claim, code=code, happened_on=day, data=data, by=street.officer, on=on)


def _set_aside(street: Street, one: Household, day: dt.date) -> None:
    _happens(street, one, "copy_served", day - dt.timedelta(days=15), served="handed")
    _happens(street, one, "objections", day - dt.timedelta(days=8))
    _happens(street, one, "order_set_aside", day, why="считает долг чужим")


def _grant(street: Street, one: Household, day: dt.date, kopecks: int) -> None:
    data = {"court_case": f"2-{one.number}/2024", "granted_principal": kopecks, "granted_penalty": 0, "granted_duty": 0}
    _happens(street, one, "order_issued", day, **data)


SUM, OVER_THE_THRESHOLD = 250_000, 3_000_000
"""What a writ asks for: less than lets a debtor be kept from leaving, and just as much."""
BANNED, FORGOTTEN = 1, 4
"""Of the writs over the threshold, the one with a petition in its package and the one without."""
WRITS = 6


def _sum(n: int) -> int:
    return OVER_THE_THRESHOLD if n in (BANNED, FORGOTTEN) else SUM


def writs(street: Street) -> None:
    """A writ issued on the 1st of every other month: presented in the fortnight, or too late; every second comes back."""
    for n in range(WRITS):
        one, month = street.household(f"9{n:02d}", house="writs"), street.year[n]
        issued_on, late = street.day(month, 1), n % 3 == 2
        sent_on = issued_on + dt.timedelta(days=45 if late else 13)
        street.does(street.day(month, 6), lambda one=one, day=issued_on, n=n: _register(street, one, day, _sum(n)))
        street.does(sent_on, lambda one=one, day=sent_on: _present(street, one, day))
        street.counts("writs.presented", sent_on, 1, _sum(n))
        street.counts("writs.presented_amount", sent_on, _sum(n), 1)
        if n == BANNED:
            street.does(sent_on, lambda one=one, day=sent_on: _ask_for_a_ban(street, one, day))
        if n in (BANNED, FORGOTTEN):
            street.counts("writs.ban_petitions", sent_on, int(n == BANNED), 1)
        street.counts("writs.in_time", issued_on + dt.timedelta(days=30), int(not late), 1)
        if n % 2 == 0:
            _comes_back(street, one, n, sent_on)
        else:
            opened_on = sent_on + dt.timedelta(days=7)
            street.does(opened_on, lambda one=one, day=opened_on, n=n: _open(street, one, day, n))
            _pays_directly(street, one, n, opened_on)
        ended_on = sent_on + dt.timedelta(days=80) if n % 2 == 0 else None
        _reconciled(street, sent_on, ended_on)


def _register(street: Street, one: Household, day: dt.date, kopecks: int) -> None:
    at = noon(day.replace(day=6))
    booking = open_booking(creditor=street.creditor, kind=Booking.Kind.IMPORT, about="ИД", by=None, learnt_at=at)
    register_writs(
        booking=booking, rows=[WritRow(one.row.pk, "court_order", f"2-{one.number}/2023", issued_on=day, principal=kopecks)]
    )


def _writ(one: Household) -> Writ:
    return Writ.objects.get(account=one.row)


def _present(street: Street, one: Household, day: dt.date) -> None:
    present_writ(writ=_writ(one), to=Addressed(department=street.department), by=street.officer, on=day)


def _ask_for_a_ban(street: Street, one: Household, day: dt.date) -> None:
    given = {"department": street.department, "by": street.officer, "on": day}
    prepare_package(writ=_writ(one), papers=[Paper.TRAVEL_BAN], **given)


def _open(street: Street, one: Household, day: dt.date, n: int) -> None:
    opened = Opened(f"{1000 + n}/24/51034-ИП", bailiff="Тихомиров Д. А.", department=street.department)
    record_proceeding(writ=_writ(one), opened=opened, by=street.officer, on=day)


def _comes_back(street: Street, one: Household, n: int, sent_on: dt.date) -> None:
    """Returned eighty days after it was sent; decided after a fortnight (the first), two months (the second), never."""
    opened_on, returned_on = sent_on + dt.timedelta(days=7), sent_on + dt.timedelta(days=80)
    street.does(opened_on, lambda: _open(street, one, opened_on, n))
    street.does(returned_on, lambda: _return(street, one, returned_on))
    decided_on = {0: returned_on + dt.timedelta(days=14), 2: returned_on + dt.timedelta(days=60)}.get(n)
    if decided_on:
        late = street.day(street.year[LATE], 22) if n == 0 else None
        street.does(decided_on, lambda: _decide(street, one, n, decided_on), told_on=late)
    for month in street.year:
        end = months.last_day(month)
        if returned_on <= end:
            decided = decided_on is not None and decided_on <= end
            for name in ("writs.returns_decided", "writs.returns_undecided"):
                street.counts(name, end, int(decided), int(not decided), 1)


def _return(street: Street, one: Household, day: dt.date) -> None:
    record_return(writ=_writ(one), paper=Returned("46.1.4", sent_on=day), by=street.officer, on=day)


def _decide(street: Street, one: Household, n: int, day: dt.date) -> None:
    act = _writ(one).impossibility_acts.get()
    given = {"act": act, "note": "имущества нет", "by": street.officer, "on": day}
    if n == 0:
        agree_with_return(**given)
    else:
        choose_measure(kind="employer", **given)


DIRECT = 20_000


def _pays_directly(street: Street, one: Household, n: int, opened_on: dt.date) -> None:
    """A part is paid to the creditor a month after the opening; found on the 5th after it; told at once or later."""
    paid_on = months.first_day(months.of(opened_on) + 1).replace(day=20)
    found_on = months.first_day(months.of(paid_on) + 1).replace(day=5)
    in_time = n != 3
    told_on = found_on + dt.timedelta(days=1 if in_time else 14)
    street.pays(one, paid_on, DIRECT + n)
    late = street.day(street.year[LATE], 23) if n == 3 else None
    street.does(told_on, lambda: _tell(street, one, told_on), told_on=late)
    street.counts("direct_payments.days", told_on, (told_on - paid_on).days, 1, DIRECT + n)
    for name in ("direct_payments.in_time", "direct_payments.told_share"):
        street.counts(name, found_on, 1, int(in_time), 1, DIRECT + n)


def _tell(street: Street, one: Household, day: dt.date) -> None:
    chosen = DirectPayment.objects.filter(proceeding__writ=_writ(one))
    tell_bailiffs(chosen=chosen, by=street.officer, on=timezone.localdate(), sent_on=day)


RECONCILED = frozenset({0, 1, 2, 4, 5, 6, 7, 8, 9, 10})
"""Of the months of the year all but two are reconciled."""
MISSING = 5
"""In this month's reply one writ is missing."""


def _reconciled(street: Street, sent_on: dt.date, ended_on: dt.date | None) -> None:
    """The writ is with the department from the day to the day."""
    for n, month in enumerate(street.year):
        end = months.last_day(month)
        if sent_on <= end and (ended_on is None or ended_on > end):
            street.counts("reconciliation.writs_share", end, int(n in RECONCILED), 1)


def reconciliations(street: Street) -> None:
    """On the 8th of the next month both sides agree and sign; once a writ is missing, which is settled the next day."""
    for n, month in enumerate(street.year):
        day = street.day(month + 1, 8)
        if n in RECONCILED:
            street.does(day, lambda n=n, month=month, day=day: _reconcile(street, n, month, day))
        if n == MISSING:
            for name in ("reconciliation.differences", "reconciliation.acted_share", "reconciliation.settled_in_time"):
                street.counts(name, day, 1, 1)


def _reconcile(street: Street, n: int, month: int, day: dt.date) -> None:
    one = reconciliation.sent(street.creditor, street.department, month=month, on=day)
    rows = reconciliation.agreeing(one)
    reconciliation.answered(one, rows[1:] if n == MISSING else rows, on=day)
    for difference in ReconciliationDifference.objects.filter(reconciliation=one):
        at = noon(day)
        resolution = Resolution.OURS_CONFIRMED
        settle(difference=difference, resolution=resolution, reason="отдел нашёл", by=street.officer, on=day, at=at)
    reconciliation.signed(one, by=street.officer, on=day)


def awards(street: Street) -> None:
    """Two households pay on court acts: one to the creditor, the other through the bailiffs; both count as enforced."""
    for n, means in ((0, "bank"), (1, "bailiff")):
        one, day = street.household(f"98{n}", house="awards"), street.day(street.year[1], 6)
        street.does(day, lambda one=one, day=day: _award(street, one, day))
        for later in (2, 5):
            paid_on = street.day(street.year[later], 15 + n)
            street.pays(one, paid_on, DIRECT, means=means, award=lambda one=one: Award.objects.get(account=one.row).pk)
            street.counts("writs.paid_directly", paid_on, DIRECT if means == "bank" else 0, DIRECT)
            street.counts("collection.enforced", paid_on, DIRECT if means == "bank" else 0)


def _award(street: Street, one: Household, day: dt.date) -> None:
    lines = [GrantedMonth(one.row.pk, one.service, street.first, BILL)]
    grant = Grant(one.row.pk, Components(BILL, 0, 0), day, f"приказ 2-{one.number}", lines)
    grant_award(creditor=street.creditor, grant=grant, by=street.officer, learnt_at=noon(day), on=day)


PLOTS = (court, writs, reconciliations, awards)
