"""Rounds of addresses by the creditor's own people. Plan row L3."""

import datetime as dt

import pytest

from casedesk.common.refusals import NotAllowed
from debtors.actions.make_promise import make_promise
from debtors.actions.place_hold import place_hold
from debtors.actions.plan_round import (
    Doors,
    NobodyToVisit,
    RoundClosed,
    add_doors,
    cancel_round,
    drop_door,
    hold_round,
    plan_round,
)
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.record_round_visit import DoorTold, VisitUnclear, record_round_visit
from debtors.models import Contact, Promise, Round, RoundVisit
from debtors.queries.rounds import next_door, route, with_progress
from tests.factories import contact
from tests.factories.contact import DAY

pytestmark = pytest.mark.django_db
OVERDUE = 5 * 550_000


def planned(creditor, officer, doors: int = 3) -> Round:
    for number in range(doors):
        contact.debtor_case(creditor, f"90{number}", address_text=f"ул. Мира, д. {2 - number % 2}, кв. {10 - number}")
    made = plan_round(creditor=creditor, planned_on=DAY, walkers="Петров, Сидоров", by=officer)
    add_doors(round_=made, doors=Doors(), by=officer)
    return made


def test_doors_stand_in_the_order_of_the_walk_with_the_sums_of_the_ledger(osen, officer):
    """L3: a round with its route sheet."""
    one = planned(osen, officer)
    houses = route(one)
    assert [house["house"] for house in houses] == sorted(house["house"] for house in houses)
    assert {stop.amount for house in houses for stop in house["stops"]} == {OVERDUE}


def test_a_promise_at_the_door_is_kept_as_one_and_the_visit_is_a_contact(osen, officer):
    one = planned(osen, officer, doors=1)
    stop = one.stops.get()
    told = DoorTold("promised", promised_on=dt.date(2024, 3, 28), promised=100_000)
    visit = record_round_visit(stop=stop, told=told, by=officer, on=DAY)
    assert (visit.contact.channel, visit.contact.state) == ("visit", "delivered")
    assert Promise.objects.get().amount == 100_000


def test_a_reminder_handed_at_the_door_starts_its_term(osen, officer):
    one = planned(osen, officer, doors=1)
    stop = one.stops.get()
    with pytest.raises(VisitUnclear):
        record_round_visit(stop=stop, told=DoorTold("talked", notice_handed=True), by=officer, on=DAY)
    assert not RoundVisit.objects.exists()
    assert not Contact.objects.exists()
    notice = prepare_reminder(case=stop.case, by=officer, on=DAY)
    record_round_visit(stop=stop, told=DoorTold("talked", notice_handed=True), by=officer, on=DAY)
    notice.refresh_from_db()
    assert (notice.state, notice.channel, notice.sent_on) == ("sent", "by_hand", DAY)


def test_telling_a_door_anew_the_same_evening_is_no_second_contact(osen, officer):
    one = planned(osen, officer, doors=1)
    stop = one.stops.get()
    record_round_visit(stop=stop, told=DoorTold("nobody_home"), by=officer, on=DAY)
    record_round_visit(stop=stop, told=DoorTold("talked"), by=officer, on=DAY)
    assert (Contact.objects.count(), stop.visits.count(), stop.visits.get(is_last=True).outcome) == (1, 2, "talked")


def test_held_promised_and_just_visited_people_stay_off_the_sheet(osen, officer):
    one = planned(osen, officer)
    first, second, third = (stop.case for stop in one.stops.order_by("position"))
    record_round_visit(stop=one.stops.first(), told=DoorTold("talked"), by=officer, on=DAY)
    place_hold(case=second, kind="dispute", reason="спор", by=officer, on=DAY)
    make_promise(case=third, amount=100, due_on=DAY, by=officer, on=DAY)
    again = plan_round(creditor=osen, planned_on=DAY, walkers="Петров", by=officer)
    with pytest.raises(NobodyToVisit) as refused:
        add_doors(round_=again, doors=Doors(), by=officer)
    for words in ("приостановлено: 1", "обещал оплатить: 1", "предел за день: 1"):
        assert words in refused.value.message


def test_progress_next_door_and_closing(osen, officer):
    one = planned(osen, officer)
    with pytest.raises(NotAllowed):
        hold_round(round_=one)
    first = one.stops.order_by("position").first()
    record_round_visit(stop=first, told=DoorTold("paid", paid=50_000), by=officer, on=DAY)
    assert next_door(first).position == 2
    with pytest.raises(NotAllowed):
        drop_door(stop=first)
    with pytest.raises(NotAllowed):
        cancel_round(round_=one, reason="дождь")
    held = hold_round(round_=one)
    figures = with_progress(Round.objects.all()).get()
    assert (held.held_on, figures.doors, figures.visited, figures.talked, figures.paid) == (DAY, 3, 1, 1, 50_000)
    with pytest.raises(RoundClosed):
        record_round_visit(stop=first, told=DoorTold("talked"), by=officer, on=DAY)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (DoorTold("promised"), "до какого дня?"),
        (DoorTold("paid"), "сколько?"),
        (DoorTold("nobody_home", notice_handed=True), "Уберите одно из двух"),
        (DoorTold("promised", promised_on=dt.date(2024, 3, 20)), "уже прошёл"),
    ],
)
def test_what_is_told_by_halves_is_refused_and_nothing_is_written(osen, officer, told, words):
    one = planned(osen, officer, doors=1)
    with pytest.raises(Exception) as refused:
        record_round_visit(stop=one.stops.get(), told=told, by=officer, on=DAY)
    assert words in refused.value.message
    assert not RoundVisit.objects.exists()
    assert not Contact.objects.exists()


def test_results_wait_for_the_day_of_the_round(osen, officer):
    one = planned(osen, officer, doors=1)
    with pytest.raises(NotAllowed):
        record_round_visit(stop=one.stops.get(), told=DoorTold("talked"), by=officer, on=DAY - dt.timedelta(days=1))
