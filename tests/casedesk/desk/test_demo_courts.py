"""The demo's courts: every street of the town has its magistrate and its department, once."""

import pytest

from casedesk.desk.demo.courts import SINCE, make_courts
from casedesk.town.places import STREETS
from enforcement.models import Court, DepartmentCard
from enforcement.queries.coverage import DEPARTMENT, CoverageMap, place_named

pytestmark = pytest.mark.django_db


def test_every_street_has_its_court_and_department():
    loaded = make_courts()

    assert (loaded.rejected, Court.objects.count(), DepartmentCard.objects.count()) == ([], 4, 1)
    courts, departments = CoverageMap.of(Court.Kind.MAGISTRATE, SINCE), CoverageMap.of(DEPARTMENT, SINCE)
    for kind, street in STREETS:
        place = place_named(f"г. Верхнеозёрск, {kind}. {street}, д. 7")
        assert courts.whose(place).authority and departments.whose(place).authority, street


def test_making_them_again_changes_nothing():
    make_courts()

    again = make_courts()

    assert (again.begun, again.ended) == (0, 0)
