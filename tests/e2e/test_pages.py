"""Every page of every role: it opens, the console stays silent, axe finds nothing, no page scrolls sideways on a phone."""

import pytest

from casedesk.desk.demo.people import PEOPLE
from tests.e2e.person import PHONE, WIDE, Person, barriers, scrolls_sideways
from tests.e2e.walk import pages

pytestmark = pytest.mark.e2e


def faults_of(person: Person) -> list[str]:
    """What is wrong with the open page, looked at in light, in dark and on a phone."""
    page, found = person.page, []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in barriers(page)]
    page.set_viewport_size(PHONE)
    if scrolls_sideways(page):
        found.append("phone: the page scrolls sideways")
    found += [f"phone: {one}" for one in barriers(page)]
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("username", [person.username for person in PEOPLE])
def test_every_page_of_a_role(browser, desk, username):
    person = Person(browser, desk, username)
    found, walked = [], []
    for name, path in pages(person):
        walked.append(name)
        found += [f"{path}: {one}" for one in faults_of(person)]
    person.leave()
    assert len(walked) > 1
    problems = found + person.faults
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("path", ["/login/", "/no-such-page/"])
def test_pages_for_nobody(browser, desk, path):
    person = Person(browser, desk)
    person.open(path)
    found = faults_of(person)
    person.leave()
    assert not found, "\n" + "\n".join(found)
