"""Stories of rows Z3b, Z9b, P3.1, L-App1: an order, a full composition, an invited debtor, what was paid after the meeting."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.commission.actions.build_agenda import add_case
from casedesk.commission.models import AppointmentOrder, Meeting
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from tests.factories import commissions
from tests.stories.conftest import figure_behind

pytestmark = pytest.mark.django_db
DAY = commissions.DAY
NEXT_QUARTER = dt.date(2024, 4, 30)


@pytest.fixture
def room(town_hall, clock):
    return commissions.commission(town_hall)


@pytest.fixture
def as_(visit, room):
    """`as_("secretary")` -> a client of that part of the commission."""
    return lambda part: visit(commissions.user(room, part))


def at(name: str, thing) -> str:
    return reverse(f"commission:{name}", args=[thing.pk])


def test_row_z3b_responsible_people_are_appointed_by_an_order(as_, room, supervisor, visit, clock):
    """Z3b: an order with its number and day counts while it is in force, and no longer."""
    given = {"organisation": "МУП «Тепло»", "name": "Ким Анна Олеговна", "post": "юрист", "order": "Приказ № 7"}
    as_("secretary").post(at("appointment-new", room), given | {"ordered_on": DAY.isoformat(), "valid_to": ""})
    figure = figure_behind(visit(supervisor), "Z3b", "commission.specialists", DAY)
    assert figure.totals == (1,)
    assert figure.lines[0] == ("Приказ № 7 от 21.03.2024", "Ким Анна Олеговна, юрист, МУП «Тепло»")
    AppointmentOrder.objects.update(valid_to=dt.date(2024, 4, 10))
    clock.on = NEXT_QUARTER
    assert figure_behind(visit(supervisor), "Z3b", "commission.specialists", clock.on).totals == (0,)


def test_row_l_app1_the_composition_is_full_until_a_seat_falls_empty(as_, room, supervisor, visit, clock):
    """L-App1: chair, deputy, secretary, members by office; the month after the deputy left shows the gap."""
    required, filled = figure_behind(visit(supervisor), "L-App1", "commission.composition", DAY).totals
    as_("secretary").post(at("seat-end", commissions.seat(room, "deputy")), {"on": "2024-04-05"})
    clock.on = NEXT_QUARTER
    figure = figure_behind(visit(supervisor), "L-App1", "commission.composition", clock.on)
    assert figure.totals == (required, filled - 1)
    assert any("нет" in about for _, about in figure.lines)


def test_row_p3_1_a_malicious_defaulter_is_invited_and_comes(as_, room, osen, supervisor, visit):
    """P3.1: on the agenda, summoned with proof, heard; the plan counts the meeting, the invitation and who came."""
    meeting = held(as_, room, commissions.case(osen))
    assert meeting.state == "closed"
    assert figure_behind(visit(supervisor), "P3.1", "commission.invited", DAY).totals == (1, 1, 1)
    assert figure_behind(visit(supervisor), "P3.1", "commission.meetings", DAY).totals == (1, 1, 1, 1)


def held(as_, room, case) -> Meeting:
    """The secretary takes one case through a meeting on the screen, up to the closed minutes."""
    client = as_("secretary")
    client.post(at("meeting-new", room), {"planned_on": DAY.isoformat(), "time": "10:00", "place": "Зал", "topic": ""})
    meeting = Meeting.objects.get()
    add_case(meeting=meeting, case=case, reason="не платит полгода", by=commissions.user(room, "secretary"), on=case.opened_on)
    item = meeting.items.get()
    client.post(at("meeting-summonses", meeting))
    client.post(at("meeting-send", meeting), {"channel": "post", "sent_on": DAY.isoformat()})
    item.refresh_from_db()
    served = {"result": "served", "served_on": DAY.isoformat(), "served_to": "лично", "proof": "РПО 80081234567890"}
    client.post(at("summons", item.summons), served)
    client.post(at("meeting-call", meeting))
    client.post(at("meeting-attendance", meeting), {f"presence-{one.pk}": "present" for one in room.seats.all()})
    client.post(at("meeting-open", meeting), {})
    client.post(at("item-hear", item), {"came": "came", "heard": "Потерял работу"})
    client.post(at("item-propose", item), {"kind": "agreement", "unanimous": "1"})
    client.post(at("meeting-close", meeting))
    meeting.refresh_from_db()
    return meeting


def test_row_z9b_meetings_and_what_was_paid_after_them(as_, room, osen, officer, supervisor, visit, clock):
    """Z9b: the meeting of the month; once its minutes are signed, the debt of its cases stands in the next quarter's figure."""
    case = commissions.case(osen)
    meeting = held(as_, room, case)
    figure = figure_behind(visit(supervisor), "Z9b", "commission.meetings", DAY)
    assert figure.totals == (1, 1, 1, 1)
    assert figure_behind(visit(supervisor), "Z9b", "commission.group_meetings", DAY).totals == (0, 0, 0, 0)
    for part in ("secretary", "chair"):
        as_(part).post(at("meeting-sign", meeting), {"sha256": meeting.minutes.sha256})
    clock.on = NEXT_QUARTER
    paid_on = dt.date(2024, 4, 12)
    money = StagedFact(1, case.account_id, 1, amount=250_000, paid_on=paid_on, document="чек 12.04.2024")
    learnt_at = dt.datetime.combine(paid_on, dt.time(12), dt.UTC)
    book_facts(creditor=osen, facts=[money], about="касса", by=None, learnt_at=learnt_at, on=paid_on)
    figure = figure_behind(visit(officer), "Z9b", "commission.paid", clock.on)
    assert figure.totals == (250_000, 4_000_000)
    assert figure_behind(visit(officer), "Z9b", "commission.paid", DAY).totals == (0, 0), "March is the meeting's own quarter"
