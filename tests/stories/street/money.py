"""Agreements, restrictions, campaigns, write-offs: rows L8, L11, P2.4, P2.7, P2.8, Z6b."""

import datetime as dt

from casedesk.common import months
from casedesk.town.facts import Bill, Money
from casedesk.town.truth import WRITTEN_OFF
from debtors.actions.check_restrictions import check_restrictions
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off
from debtors.actions.follow_agreement import notify_breach
from debtors.actions.follow_restriction import limit, restore, warn
from debtors.actions.gather_write_off import find_write_offs, gather_write_off
from debtors.actions.penalty_campaigns import ask_campaign, decide_campaign
from debtors.actions.post_write_off import post_write_off
from debtors.actions.restore_written_off import restore_act
from debtors.actions.sign_agreement import sign_agreement
from debtors.actions.start_restrictions import start_restrictions
from debtors.models import RepaymentAgreement, Service, ServiceRestriction, WriteOffAct, WriteOffReversal
from debtors.queries.write_off_papers import papers_of
from tests.factories.town import noon
from tests.stories.street.contact import overdue, owed
from tests.stories.street.street import BILL, ELECTRICITY, LATE, PENALTY, Household, Street


def kept_agreements(street: Street) -> None:
    """Paid in two equal parts on the 10th of the next two months, found fulfilled on the 5th of the third."""
    for n in (0, 3, 6):
        one, month = street.household(f"4{n:02d}", house="kept"), street.year[n]
        day = street.day(month, 21)
        total = owed(street, day)
        street.does(day, lambda one=one, day=day: _sign(street, one, day))
        street.counts("agreements.signed", day, 1, total)
        for later, left in ((0, total), (1, total // 2), (2, 0)):
            street.counts("agreements.kept", street.day(month + later, 28), 1, left)
        for later in (1, 2):
            street.pays(one, street.day(month + later, 10), total // 2)
        street.keeps_agreement(one, day, street.day(month + 3, 5))


def broken_agreements(street: Street) -> None:
    """Nothing is paid: found on the 5th of the month after the first instalment; told next day, or a fortnight later."""
    for n in (1, 4, 7):
        one, month = street.household(f"4{n:02d}", house="broken"), street.year[n]
        day, found = street.day(month, 21), street.day(month + 2, 5)
        in_time = n != 4
        told = found + dt.timedelta(days=1 if in_time else 14)
        street.does(day, lambda one=one, day=day: _sign(street, one, day))
        street.does(told, lambda one=one, told=told: _tell(street, one, told))
        street.counts("agreements.signed", day, 1, owed(street, day))
        for later in (0, 1):
            street.counts("agreements.kept", street.day(month + later, 28), 1, owed(street, day))
        street.counts("agreements.told_in_time", found, 1, int(in_time))
        street.keeps_agreement(one, day, found)


def late_agreement(street: Street) -> None:
    """Signed in the sixth month, told of late; the first pass that knows of it finds it broken."""
    one, day = street.household("490", house="late"), street.day(street.year[5], 21)
    told_on, found = street.day(street.year[LATE], 21), street.day(street.year[LATE + 1], 5)
    street.does(day, lambda: _sign(street, one, day), told_on=told_on)
    street.counts("agreements.signed", day, 1, owed(street, day))
    for month in street.year[5 : LATE + 1]:
        street.counts("agreements.kept", street.day(month, 28), 1, owed(street, day))
    street.counts("agreements.told_in_time", found, 1, 0)
    street.keeps_agreement(one, day, found)


def _sign(street: Street, one: Household, day: dt.date) -> None:
    terms = {"covered_through": months.of(day) - 1, "parts": 2, "pay_day": 15, "current_too": False}
    sign_agreement(case=one.case, by=street.officer, on=day, **terms)


def _tell(street: Street, one: Household, day: dt.date) -> None:
    agreement = RepaymentAgreement.objects.get(case=one.case)
    notify_breach(agreement=agreement, channel="по телефону", by=street.officer, on=day)


def restrictions(street: Street) -> None:
    """Warned on the 6th, limited three weeks later; all is paid on the 2nd of the next month, known a month later, restored."""
    for n in (0, 2, 5, 8):
        one, month = street.household(f"5{n:02d}", house="power", service=ELECTRICITY), street.year[n]
        warned_on, cut_on, back_on = street.day(month, 6), street.day(month, 27), street.day(month + 2, 6)
        debt = overdue(street, warned_on)
        street.does(warned_on, lambda one=one, day=warned_on: _warn(street, one, day))
        street.does(cut_on, lambda one=one, day=cut_on: _cut(street, one, day))
        street.does(back_on, lambda one=one, day=back_on: _restore(street, one, day))
        street.pays(one, street.day(month + 1, 2), owed(street, street.day(month + 1, 2)))
        street.counts("restriction.warned", warned_on, 1, debt)
        street.counts("restriction.imposed", cut_on, 1, debt)
        street.counts("restriction.lifted", back_on, 1, debt)


def _warn(street: Street, one: Household, day: dt.date) -> None:
    power, at = Service.objects.get(pk=ELECTRICITY), noon(day)
    (made,), _ = start_restrictions(cases=[one.case.pk], service=power, by=street.officer, on=day, at=at)
    warn(restriction=made, channel="post", proof="РПО 123", by=street.officer, on=day, today=day)


def _cut(street: Street, one: Household, day: dt.date) -> None:
    limit(restriction=_restriction(one), present="", by=street.officer, on=day, today=day)


def _restore(street: Street, one: Household, day: dt.date) -> None:
    check_restrictions(creditor=street.creditor, on=day)
    restore(restriction=_restriction(one), present="", by=street.officer, on=day, today=day)


def _restriction(one: Household) -> ServiceRestriction:
    return ServiceRestriction.objects.get(account=one.row)


FORGIVEN = 1_200


def campaigns(street: Street) -> None:
    """A bill is paid a fortnight late, within a campaign: the penalty on record is forgiven by the pass of the 5th.

    Thirty days of delay cost nothing (Housing Code art. 155 part 14), so nothing is counted on top.
    """
    for n in (2, 6):
        one, month = street.household(f"6{n:02d}", house="campaign"), street.year[n]
        one.facts.bills.append(Bill(PENALTY, month - 3, FORGIVEN + n))
        for paid in range(street.first, street.plan.last + 1):
            street.pays(one, street.day(month, 25) if paid == month - 1 else street.day(paid, 28), BILL)
        began, run_on = street.day(month, 20), street.day(month + 1, 5)
        street.does(began, lambda day=began: _campaign(street, day))
        street.counts("campaigns.waived", run_on, FORGIVEN + n, 1)


def _campaign(street: Street, day: dt.date) -> None:
    terms = {"cause": "праздник", "order": "приказ № 7", "valid_from": day, "valid_to": months.first_day(months.of(day) + 1)}
    made = ask_campaign(creditor=street.creditor, by=street.officer, on=day, name=f"С {day:%d.%m}", **terms)
    decide_campaign(campaign=made, approve=True, by=street.chief, on=day)


OLD, OLD_BILLS = 50, 6
"""The first of the old months lies so many before the year; so many were billed, and never after."""


def write_offs(street: Street) -> None:
    """Debts lost to limitation: two are written off, one of them is owed again later; a third is found and left for review."""
    for n, restored in ((3, None), (4, 8), (11, None)):
        since = street.year[0] - OLD
        category = "legal_entity" if n == 11 else "owner"
        one = street.household(f"7{n:02d}", house="old", since=since, until=since + OLD_BILLS - 1, category=category)
        day = street.day(street.year[n], 10)
        if n == 11:
            street.does(day, lambda day=day: find_write_offs(creditor=street.creditor, on=day))
            street.counts("write_offs.candidates", day, 2 * OLD_BILLS * BILL, 2)  # and the one that is owed again
            continue
        street.does(day, lambda one=one, day=day: _write_off(street, one, day))
        street.counts("write_offs.posted", day, OLD_BILLS * BILL, 1)
        _written(one, since, day, BILL)
        if restored:
            back = street.day(street.year[restored], 11)
            street.does(back, lambda one=one, day=back: _owed_again(street, one, day))
            street.counts("write_offs.restored", back, OLD_BILLS * BILL, 1)
            _written(one, since, back, -BILL)


def _written(one: Household, since: int, day: dt.date, kopecks: int) -> None:
    """The judge's own lines of the act: it names each month."""
    for month in range(since, since + OLD_BILLS):
        one.facts.payments.append(Money(one.service, day, kopecks, "", WRITTEN_OFF, names=month))


def _write_off(street: Street, one: Household, day: dt.date) -> None:
    given = {"by": street.officer, "on": day}
    act = gather_write_off(creditor=street.creditor, ground="limitation", account_ids=[one.row.pk], **given)
    for kind in papers_of("limitation", day):
        add_paper(act=act, kind=kind, number="1", issued_on=day, **given)
    ask_write_off(act=act, **given)
    approve_write_off(act=act, by=street.chief, on=day)
    post_write_off(act=act, by=street.chief, learnt_at=noon(day), on=day)


def _owed_again(street: Street, one: Household, day: dt.date) -> None:
    act = WriteOffAct.objects.get(items__account=one.row)
    why = WriteOffReversal.Why.MISTAKE
    restore_act(act=act, why=why, note="срок не истёк", by=street.chief, learnt_at=noon(day), on=day)


PLOTS = (kept_agreements, broken_agreements, late_agreement, restrictions, campaigns, write_offs)
