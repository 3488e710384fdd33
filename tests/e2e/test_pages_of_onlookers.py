"""Every page of all other roles, and the pages for nobody."""

import pytest

from tests.e2e.every_page import BY_ROLE, faults_of, problems_of
from tests.e2e.person import Person
from tests.e2e.test_pages_of_doers import DOERS

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("role", [role for role in BY_ROLE if role not in DOERS])
def test_every_page_of_a_role(browser, desk, role):
    problems = problems_of(browser, desk, BY_ROLE[role])
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("path", ["/login/", "/no-such-page/"])
def test_pages_for_nobody(browser, desk, path):
    person = Person(browser, desk)
    person.open(path)
    found = faults_of(person)
    person.leave()
    assert not found, "\n" + "\n".join(found)
