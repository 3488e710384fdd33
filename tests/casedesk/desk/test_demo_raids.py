"""The demo's raids: the list shows one that was held and one that is planned."""

import datetime as dt

import pytest

from casedesk.desk.demo.raidwork import DOORS, SAID, hold_and_plan
from enforcement.models import Raid, RaidVisit
from enforcement.queries.raids import with_progress
from tests.factories import access, cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)


def test_one_raid_is_held_and_one_is_planned(osen, officer):
    for number in range(DOORS + 1):
        cases.case_of(cases.owing(osen, f"77{number}", on=DAY, address_text=f"ул. Мира, д. 1, кв. {number}"), DAY)

    hold_and_plan(osen, access.department(), officer, DAY)

    held, planned = with_progress(Raid.objects.order_by("planned_on"))
    assert (held.state, held.doors, held.visited) == ("held", DOORS, len(SAID))
    assert (planned.state, planned.doors, planned.visited) == ("planned", DOORS, 0)
    assert held.held_on < DAY < planned.planned_on
    assert set(RaidVisit.objects.values_list("outcome", flat=True)) == {str(one.outcome) for one in SAID}


def test_where_nobody_owes_there_is_no_raid(osen, officer):
    hold_and_plan(osen, access.department(), officer, DAY)

    assert not Raid.objects.exists()
