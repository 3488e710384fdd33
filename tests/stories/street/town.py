"""The commission, its meetings and tasks; municipal flats; consumers of every group: rows L1, L-App1, L-App3, P1.1, P3.1, P1.4,
P2.1, Z1a, Z3a, Z3b, Z4, Z5, Z9b."""

import datetime as dt

from casedesk.access.rights import Role
from casedesk.commission.actions.build_agenda import add_case
from casedesk.commission.actions.carry_out import carry_out
from casedesk.commission.actions.compose import form_group, record_appointment, seat_member
from casedesk.commission.actions.decide import hear
from casedesk.commission.actions.hold_meeting import Attends, mark_attendance
from casedesk.commission.actions.plan_meetings import plan_meeting
from casedesk.commission.actions.sign_minutes import close_meeting, sign_minutes
from casedesk.commission.actions.summon import prepare_summonses, record_delivery, send_summonses
from casedesk.commission.models import Commission, Decision, Meeting
from casedesk.common import months
from debtors.actions.set_condition import set_condition
from debtors.models import Premises
from tests.factories import access, commissions
from tests.factories.town import noon
from tests.stories.street.contact import overdue
from tests.stories.street.street import BILL, Household, Street

MEETS_IN = {True: (1, 2, 4, 7), False: (3, 8)}
"""Months of the year in which the commission hears the street that founds it, and the other street."""
GROUP_MEETS_IN = 7
PAID_AFTER = 40_000
SEATS = len(commissions.MEMBERS)


def commission(street: Street) -> None:
    """The commission hears debtors of each street in months of its own."""
    if street.founds_commission:
        _founded(street)
    for n in MEETS_IN[street.founds_commission]:
        _meets(street, n)


def _founded(street: Street) -> None:
    """Founded before the year without social protection, which joins in its fifth month; a specialist is named in the third."""
    street.does(street.day(street.year[0], 1), lambda: commissions.commission(street.hall))
    named, joined = street.day(street.year[2], 12), street.day(street.year[4], 3)
    street.does(named, lambda: _name_specialist(named))
    street.does(joined, lambda: _join(street, joined))
    for month in street.year:
        end = months.last_day(month)
        complete = end >= joined
        street.counts("commission.composition", end, 6, 6 if complete else 5)
        street.counts("commission.composition: prosecutor, bailiffs, social_protection", end, 3, 3 if complete else 2)
        street.counts("commission.specialists", end, int(end >= named))
    group_on = street.day(street.year[GROUP_MEETS_IN], 25)
    street.does(group_on, lambda: _group(group_on))
    street.counts("commission.group_meetings", group_on, 1, 0, 0, 0)


def _name_specialist(day: dt.date) -> None:
    room = Commission.objects.get()
    order = {"organisation": "Город", "name": "Ли А.", "post": "юрист", "order": "№ 5", "ordered_on": day}
    record_appointment(commission=room, by=commissions.user(room, "secretary"), **order)


def _join(street: Street, day: dt.date) -> None:
    room = Commission.objects.get()
    user = access.person(Role.COMMISSION_MEMBER, street.hall, username="social")
    who = {
        "part": "member",
        "office": "social_protection",
        "post": "Начальник",
        "name": "Юдина М. С.",
        "organisation": "Соцзащита",
    }
    seat_member(commission=room, valid_from=day, by=None, user=user, **who)


def _meets(street: Street, n: int) -> None:
    """Two debtors are invited, one is served and comes; both are to pay within the month: one task is reported in time."""
    month = street.year[n]
    first = street.household(f"30{n}1", house="commission")
    second = street.household(f"30{n}2", house="commission", category="social_tenant", tenure="social_rent")
    called_on, day = street.day(month, 8), street.day(month, 22)
    due_on = months.last_day(month + 1)
    street.does(called_on, lambda: _invite(street, (first, second), called_on, day))
    street.does(day, lambda: _hold(street, day, due_on))
    done_on = street.day(month + 1, 15)
    street.does(done_on, lambda: _carry_out(street, first, done_on))
    street.counts("commission.meetings", day, 1, 2, 1, 2)
    street.counts("commission.invited", day, 2, 1, 1)
    street.counts("premises.lease_measures", day, 1, 0, 0, 0, 1)
    street.counts("commission.in_time", due_on, 2, 1)
    _paid(street, n, first, day)


def _paid(street: Street, n: int, one: Household, day: dt.date) -> None:
    """What the cases heard in a quarter pay in each month of the next one. The first of each pair pays a part."""
    quarter = n // 3 + 1
    owed = overdue(street, day)  # as the case knew it from the pass of the 5th
    for month in street.year[quarter * 3 : quarter * 3 + 3]:
        paid_on = street.day(month, 14)
        street.pays(one, paid_on, PAID_AFTER)
        street.counts("commission.paid", paid_on, PAID_AFTER, 2 * owed)


def _invite(street: Street, both: tuple[Household, ...], day: dt.date, meets_on: dt.date) -> None:
    room = Commission.objects.get()
    by = commissions.user(room, "secretary")
    meeting = plan_meeting(commission=room, planned_on=meets_on, place="ул. Ленина, д. 1", by=None)
    for one in both:
        add_case(meeting=meeting, case=one.case, reason="злостный неплательщик", by=by, on=day)
    first, _ = prepare_summonses(meeting=meeting, by=by, on=day)
    send_summonses(meeting=meeting, channel="post", sent_on=day, by=by, on=day)
    served = day + dt.timedelta(days=5)
    record_delivery(summons=first, result="served", served_on=served, served_to="лично", proof="РПО 1", by=by, on=served)


def _hold(street: Street, day: dt.date, due_on: dt.date) -> None:
    meeting = Meeting.objects.get(planned_on=day)
    room = meeting.commission
    by = commissions.user(room, "secretary")
    commissions.call_meeting(meeting=meeting, by=by, on=day)
    commissions.open_meeting(meeting=commissions.attended(meeting), by=by, on=day)
    for place, item in enumerate(meeting.items.order_by("case__account__number")):
        hear(item=item, came="absent" if place else "came", heard="" if place else "обещал", by=by, on=day)
        commissions.decided(commissions.AgendaItem.objects.get(pk=item.pk), "claim", due_on=due_on)
    _close(commissions.fresh(meeting), day)


def _close(meeting: Meeting, day: dt.date) -> None:
    room = meeting.commission
    close_meeting(meeting=meeting, by=commissions.user(room, "secretary"), on=day, at=noon(day))
    meeting = commissions.fresh(meeting)
    for part in ("chair", "secretary"):
        sign_minutes(meeting=meeting, sha256=meeting.minutes.sha256, by=commissions.user(room, part), on=day, at=noon(day))


def _carry_out(street: Street, one: Household, day: dt.date) -> None:
    decision = Decision.objects.get(item__case=one.case)
    carry_out(decision=decision, note="подано", by=street.officer, on=day)


def _group(day: dt.date) -> None:
    room = Commission.objects.get()
    lead = commissions.seat(room, "chair")
    members = [lead, commissions.seat(room, "secretary"), commissions.seat(room, "member")]
    group = form_group(commission=room, name="Списание", purpose="отбор", lead=lead, members=members, on=day, by=None)
    meeting = plan_meeting(commission=room, planned_on=day, place="каб. 5", topic="отбор", group=group, by=None)
    by = commissions.user(room, "secretary")
    commissions.call_meeting(meeting=meeting, by=by, on=day)
    rows = [Attends(one.pk, "present") for one in members]
    commissions.open_meeting(meeting=mark_attendance(meeting=meeting, attends=rows, by=by, on=day), by=by, on=day)
    _close(commissions.fresh(meeting), day)


CONSERVED, REPAIR, LET = 3, 6, 9


def premises(street: Street) -> None:
    """A vacant flat is conserved, then repaired, then let; others stay vacant and escheat all the year."""
    street.household("3101", house="town", category="owner", tenure="vacant")
    street.household("3102", house="town", category="owner", tenure="escheat")
    one = street.household("3103", house="town", category="owner", tenure="vacant")
    for n, kind in ((CONSERVED, "conserved"), (REPAIR, "repair"), (LET, "let")):
        day = street.day(street.year[n], 10)
        street.does(day, lambda kind=kind, day=day: _set(street, one, kind, day))
    for n, month in enumerate(street.year):
        end = months.last_day(month)
        debt = BILL * (month - street.first + 1)
        if n >= LET:
            street.counts("premises.vacant", end, -1, -debt)
            others = month - street.year[LET]  # from the first month that begins after it was let
            street.counts("premises.municipal_debt", end, -others * BILL, -others)
        if n >= CONSERVED:
            name = "let" if n >= LET else "repair" if n >= REPAIR else "conserved"
            street.counts(f"premises.{name}", end, 1, debt)


def _set(street: Street, one: Household, kind: str, day: dt.date) -> None:
    flat = Premises.objects.get(pk=one.row.premises_id)
    set_condition(premises=flat, kind=kind, valid_from=day, basis="распоряжение № 3", by=street.clerk, on=day)


def consumers(street: Street) -> None:
    """One account of every group that the plans tell apart, and one that was billed for two months only, long ago."""
    for n, category in enumerate(("legal_entity", "municipal_institution", "managing_company", "supplier")):
        street.household(f"320{n}", house="consumers", category=category)
    street.household("3210", house="consumers", category="social_tenant", tenure="social_rent")
    street.household("3211", house="consumers", since=street.year[0] - 24, until=street.year[0] - 23)


PLOTS = (commission, premises, consumers)
