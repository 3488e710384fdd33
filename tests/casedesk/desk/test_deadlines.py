"""The deadline register, its calendar and the limitation radar on the screen."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from casedesk.desk import deadlines
from casedesk.desk.views.deadlines import TONES
from debtors.rules.deadlines import KIND_NAMES, Kind
from tests.factories import cases

TODAY = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def first_of_march():
    with time_machine.travel(dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def case(osen):
    return cases.case_of(cases.billed(osen, on=TODAY, count=40, holder="Иванов И. И."), TODAY)


def test_register_is_sorted_by_day_and_filtered(visit, officer, case):
    client = visit(officer)
    whole = client.get(reverse("desk:deadlines"))
    limitation = client.get(reverse("desk:deadlines"), {"kind": "limitation"})

    days = [row[0].day for row in whole.context["rows"]]
    assert days == sorted(days) and len(days) >= 3
    assert {row[0].kind for row in limitation.context["rows"]} == {"limitation"}
    assert limitation.context["money"] == sum(row[0].kopecks for row in limitation.context["rows"])


def test_missed_and_coming_lines_part(visit, officer, case):
    client = visit(officer)
    missed = client.get(reverse("desk:deadlines"), {"late": "1"}).context["rows"]
    coming = client.get(reverse("desk:deadlines"), {"late": "0"}).context["rows"]

    assert all(row[1] < 0 for row in missed) and missed
    assert all(row[1] >= 0 for row in coming) and coming


def test_a_stranger_sees_none_of_it(visit, stranger, case):
    client = visit(stranger)
    assert client.get(reverse("desk:deadlines")).context["count"] == 0
    assert client.get(reverse("desk:radar")).context["total"] == 0


@pytest.mark.parametrize("name", ["xlsx", "ics"])
def test_files(visit, officer, case, name):
    answer = visit(officer).get(reverse("desk:deadlines"), {"export": name})
    assert answer.status_code == 200
    assert b"".join(answer)[:2] in (b"PK", b"BE")


def test_calendar_holds_each_term_once(client, officer, case):
    answer = client.get(reverse("desk:deadline-feed", args=[deadlines.feed_token(officer)]))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    register = deadlines.register(officer, on=TODAY, days=deadlines.FEED_DAYS)

    assert len(events) == len({event["uid"] for event in events}) == len(register.lines)
    assert {event.decoded("dtstart") for event in events} == {line.day for line in register.lines}


def test_calendar_opens_to_its_owner_alone(client, officer, clerk, bailiff_liaison, case):
    feed = lambda token: client.get(reverse("desk:deadline-feed", args=[token])).status_code  # noqa: E731
    token = deadlines.feed_token(officer)

    assert feed(token) == 200
    assert feed(token[:-2] + "xx") == 404
    assert feed(deadlines.feed_token(bailiff_liaison)) == 404
    officer.set_password("quite-another-word")
    officer.save()
    assert feed(token) == 404


def test_calendar_of_one_who_left_is_closed(client, officer, case):
    token = deadlines.feed_token(officer)
    officer.is_active = False
    officer.save()
    assert client.get(reverse("desk:deadline-feed", args=[token])).status_code == 404


@pytest.mark.parametrize("step", ["weeks", "months"])
def test_radar_figures_open_their_months(visit, officer, case, step):
    client = visit(officer)
    page = client.get(reverse("desk:radar"), {"step": step})

    assert page.context["total"] > 0
    for slot, url, _ in page.context["rows"]:
        if slot.kopecks:
            assert client.get(url).context["total"] == slot.kopecks
    assert client.get(page.context["lost_url"]).context["total"] == page.context["answer"].lost.kopecks


def test_unknown_slot_is_404(visit, officer):
    assert visit(officer).get(reverse("desk:radar-slot"), {"slot": "99"}).status_code == 404


def test_every_kind_of_deadline_has_its_word_and_its_tone():
    assert set(KIND_NAMES) == set(TONES) == set(Kind)
