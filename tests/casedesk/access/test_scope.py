"""What a person reaches, by organisation and by the period of their membership."""

import datetime as dt

import pytest

from casedesk.access.rights import Right, Role
from casedesk.access.scope import scope_of
from tests.factories import access

pytestmark = pytest.mark.django_db


def test_a_membership_gives_its_rights_from_its_first_day_to_the_day_before_its_end(osen):
    user = access.person(Role.REGISTER_CLERK, osen, since=dt.date(2024, 3, 1), until=dt.date(2024, 6, 1))
    reached = {
        day: scope_of(user, day).may(Right.IMPORT_REGISTERS) for day in days("2024-02-29 2024-03-01 2024-05-31 2024-06-01")
    }
    assert list(reached.values()) == [False, True, True, False]


def days(text: str) -> list[dt.date]:
    return [dt.date.fromisoformat(word) for word in text.split()]


def test_a_billing_centre_reaches_the_creditors_it_serves(osen, lada):
    centre = access.billing_centre(serves=[osen])
    clerk = access.person(Role.REGISTER_CLERK, centre)
    assert scope_of(clerk).creditors == {osen.pk}


def test_a_municipality_reaches_its_territory_and_no_creditor(supervisor, town_hall):
    scope = scope_of(supervisor)
    assert (scope.creditors, scope.territories) == (frozenset(), {town_hall.territory_id})


def test_two_roles_add_up(osen):
    user = access.person(Role.REGISTER_CLERK, osen)
    user.memberships.create(organisation=osen, role=Role.LEGAL_OFFICER, valid_from=access.LONG_AGO)
    assert scope_of(user).may(Right.WORK_CASES)
    assert scope_of(user).may(Right.IMPORT_REGISTERS)


def test_who_is_not_active_reaches_nothing(officer):
    officer.is_active = False
    assert scope_of(officer).rights == frozenset()
