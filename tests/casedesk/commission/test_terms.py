"""Terms of the regulations on the page of a meeting, the end of a working group, and lists of programs."""

import datetime as dt

import pytest
from django.urls import reverse

from casedesk.commission.actions.compose import WrongPeriod, end_group, form_group, set_regulations
from casedesk.commission.actions.plan_meetings import plan_meeting
from casedesk.commission.models import AgendaItem
from tests.factories import commissions

pytestmark = pytest.mark.django_db
DAY = commissions.DAY
WEEK = dt.timedelta(days=7)


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


@pytest.fixture
def read(monkeypatch, visit, room):
    """`read(meeting, on)`: the secretary's page of the meeting on the day."""

    def page(meeting, on: dt.date) -> str:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: on)
        return visit(commissions.user(room, "secretary")).get(meeting.get_absolute_url()).content.decode()

    return page


@pytest.mark.parametrize("late, said", [(0, False), (1, True)])
def test_debtors_are_invited_by_the_day_of_the_regulations(room, osen, read, late, said):
    meeting = commissions.listed(room, commissions.case(osen))
    page = read(meeting, DAY - WEEK + dt.timedelta(days=late))
    assert ("Пригласить по регламенту нужно было до 14.03.2024" in page) == said


@pytest.mark.parametrize("late, said", [(5, "до 26.03.2024"), (6, "прошёл 26.03.2024")])
def test_minutes_are_signed_by_the_day_of_the_regulations(room, osen, read, late, said):
    assert said in read(commissions.closed(room, commissions.case(osen)), DAY + dt.timedelta(days=late))


def test_a_group_ends_when_nothing_of_it_is_ahead(room):
    by, lead = commissions.user(room, "secretary"), commissions.seat(room, "deputy")
    group = form_group(commission=room, name="Дома", purpose="Обходы", lead=lead, members=[], on=DAY, by=by)
    with pytest.raises(WrongPeriod, match="создана 21.03.2024"):
        end_group(group=group, on=DAY - WEEK, by=by)
    plan_meeting(commission=room, planned_on=DAY + WEEK, group=group, by=by)
    with pytest.raises(WrongPeriod, match="назначено заседание рабочей группы 28.03.2024"):
        end_group(group=group, on=DAY, by=by)


def test_a_group_is_ended_on_the_screen(room, visit):
    by, lead = commissions.user(room, "secretary"), commissions.seat(room, "deputy")
    group = form_group(commission=room, name="Дома", purpose="Обходы", lead=lead, members=[], on=DAY, by=by)
    client, url = visit(by), reverse("commission:group-end", args=[group.pk])
    assert url in client.get(room.get_absolute_url()).content.decode()

    client.post(url, {"on": (DAY + WEEK).isoformat()})

    group.refresh_from_db()
    assert group.valid_to == DAY + WEEK
    assert url not in client.get(room.get_absolute_url()).content.decode()


def test_programs_list_items_of_many_meetings_by_a_fixed_number_of_queries(room, osen, visit, django_assert_max_num_queries):
    for number in range(6):
        commissions.called(room, commissions.case(osen, f"81{number:02d}"), on=DAY + dt.timedelta(days=number))
    client = visit(commissions.user(room, "member"))
    with django_assert_max_num_queries(12):
        listed = client.get("/api/commission-items/").json()["results"]
    assert {one["name"] for one in listed} == {"Щеглова В. И."} and len(listed) == 6


def test_each_meeting_is_masked_as_the_regulations_of_its_day_say(room, osen, visit):
    before = commissions.called(room, commissions.case(osen)).items.get()
    later = DAY + WEEK
    set_regulations(commission=room, valid_from=later, names_shown="hidden", by=None)
    after = commissions.called(room, commissions.case(osen, "8002"), on=later).items.get()
    client = visit(commissions.user(room, "member"))

    names = {one["id"]: one["name"] for one in client.get("/api/commission-items/").json()["results"]}

    assert names == {before.pk: "Щеглова В. И.", after.pk: "скрыто регламентом"}
    assert AgendaItem.objects.count() == 2
