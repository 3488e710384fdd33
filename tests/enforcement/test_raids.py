"""Raids: doors chosen and walked, results at the door, what they leave on the case and in the plan."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.models import CaseEvent
from debtors.rules.walk_order import walk_key
from enforcement.actions.plan_raid import (
    NothingToVisit,
    RaidClosed,
    Wanted,
    add_stops,
    cancel_raid,
    drop_stop,
    hold_raid,
    plan_raid,
)
from enforcement.actions.record_visit import Visit, VisitIncomplete, record_visit
from enforcement.models import PropertyFact, Raid, RaidVisit
from enforcement.queries.raids import next_stop, route, with_progress
from tests.factories import raids

pytestmark = pytest.mark.django_db
DAY = raids.DAY
PROMISE = Visit("promised", promised_on=DAY + dt.timedelta(days=10), promised=500_000)


def test_doors_stand_in_the_order_of_the_walk(osen):
    raid = raids.raid(osen, doors=4)

    assert [stop.position for stop in raid.stops.all()] == [1, 2, 3, 4]
    assert [house["house"] for house in route(raid)] == sorted({stop.house for stop in raid.stops.all()}, key=str)


def test_flats_go_up_the_stairs():
    flats = ["10", "2", "1а", "1"]

    assert sorted(flats, key=lambda flat: walk_key("ул. Мира, д. 1", flat)) == ["1", "1а", "2", "10"]


def test_a_case_is_visited_once_in_a_raid(osen):
    raid = raids.raid(osen, doors=2)

    with pytest.raises(NothingToVisit):
        add_stops(raid=raid, wanted=Wanted(at_bailiffs=False))


def test_nobody_with_a_running_proceeding(osen):
    raids.raid(osen)
    other = plan_raid(creditor=osen, planned_on=DAY, departments=[], by=None)

    with pytest.raises(NothingToVisit):
        add_stops(raid=other, wanted=Wanted(at_bailiffs=True))


def test_a_promise_lands_on_the_case(osen, officer):
    raid = raids.raid(osen)
    stop = raid.stops.get()

    record_visit(stop=stop, visit=PROMISE, by=officer, on=DAY)

    event = CaseEvent.objects.get(code="raid_visited")
    assert event.data["outcome"].startswith("обещал оплатить до 31.03.2024")
    assert event.term_until == PROMISE.promised_on
    assert with_progress(Raid.objects.all()).get().promises == 1


def test_the_latest_visit_counts(osen):
    stop = raids.raid(osen).stops.get()
    record_visit(stop=stop, visit=Visit("nobody_home"), by=None, on=DAY)

    record_visit(stop=stop, visit=PROMISE, by=None, on=DAY)

    assert RaidVisit.objects.count() == 2
    assert RaidVisit.objects.get(is_last=True).outcome == "promised"


def test_property_seen_is_news_for_returned_writs(osen):
    stop = raids.raid(osen).stops.get()

    record_visit(stop=stop, visit=Visit("talked", property_seen="Лада Веста", property_kind="vehicle"), by=None, on=DAY)

    assert PropertyFact.objects.get().account == stop.account


@pytest.mark.parametrize(
    "visit",
    [Visit("promised"), Visit("promised", promised_on=DAY - dt.timedelta(days=1)), Visit("paid"), Visit("paid", paid=-5)],
)
def test_an_outcome_that_says_too_little(osen, visit):
    with pytest.raises(VisitIncomplete):
        record_visit(stop=raids.raid(osen).stops.get(), visit=visit, by=None, on=DAY)


def test_nobody_goes_before_the_day(osen):
    with pytest.raises(NotAllowed, match="не начался"):
        record_visit(stop=raids.raid(osen).stops.get(), visit=PROMISE, by=None, on=DAY - dt.timedelta(days=1))


def test_a_raid_is_held_when_somebody_was_visited(osen):
    raid = raids.raid(osen, doors=2)
    with pytest.raises(NotAllowed):
        hold_raid(raid=raid, on=DAY)
    record_visit(stop=raid.stops.first(), visit=PROMISE, by=None, on=DAY)

    held = hold_raid(raid=raid, on=DAY + dt.timedelta(days=1))

    assert (held.state, held.held_on) == ("held", DAY)
    with pytest.raises(RaidClosed):
        record_visit(stop=raid.stops.last(), visit=PROMISE, by=None, on=DAY)
    with pytest.raises(RaidClosed):
        cancel_raid(raid=raid, reason="дождь")


def test_a_visited_raid_is_not_cancelled_and_its_door_not_dropped(osen):
    raid = raids.raid(osen)
    record_visit(stop=raid.stops.get(), visit=PROMISE, by=None, on=DAY)

    with pytest.raises(NotAllowed):
        cancel_raid(raid=raid, reason="дождь")
    with pytest.raises(NotAllowed):
        drop_stop(stop=raid.stops.get())


def test_the_next_door_turns_round(osen):
    first, second, third = raids.raid(osen, doors=3).stops.all()
    record_visit(stop=first, visit=Visit("nobody_home"), by=None, on=DAY)

    assert (next_stop(second), next_stop(third)) == (third, second)


def test_a_department_sees_the_raids_it_goes_on(osen, bailiffs, bailiff_liaison, stranger):
    raid = raids.raid(osen, departments=[bailiffs])

    assert Raid.objects.visible_to(bailiff_liaison).get() == raid
    assert not Raid.objects.visible_to(stranger).exists()


def test_the_figure_of_the_plan_is_the_total_of_its_list(osen):
    raid = raids.raid(osen, doors=2)
    for stop in raid.stops.all():
        record_visit(stop=stop, visit=Visit("paid", paid=100_000), by=None, on=DAY)
    hold_raid(raid=raid, on=DAY)
    indicator = catalogue.get("raids.held")

    march, april = Question(months.of(DAY)), Question(months.of(DAY) + 1)

    assert (indicator.value(march), indicator.totals(march)) == (1, (1, 2, 0, 200_000))
    assert catalogue.total_of(indicator.facts(march), 4) == indicator.totals(march)
    assert indicator.value(april) == 0


def test_the_route_takes_a_fixed_number_of_queries(osen, django_assert_num_queries):
    raid = raids.raid(osen, doors=6)

    with django_assert_num_queries(2):
        route(raid)


def test_the_telephone_form_leads_from_door_to_door(osen, officer, visit, monkeypatch):
    monkeypatch.setattr("enforcement.web.views.raids.timezone.localdate", lambda: DAY)
    first, second = raids.raid(osen, doors=2).stops.all()
    client = visit(officer)

    answer = client.post(reverse("enforcement:raid-stop", args=[first.pk]), {"outcome": "nobody_home"})
    refused = client.post(second.get_absolute_url(), {"outcome": "promised"})

    assert answer["Location"] == second.get_absolute_url()
    assert refused.status_code == 200 and "до какого дня" in refused.content.decode()
    assert RaidVisit.objects.count() == 1


def test_the_sheet_prints_every_door(osen, officer, visit):
    raid = raids.raid(osen, doors=3)

    page = visit(officer).get(reverse("enforcement:raid-sheet", args=[raid.pk])).content.decode()

    assert all(f">{stop.account.number}<" in page for stop in raid.stops.all())
