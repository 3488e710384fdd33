"""Every page of a role: it opens, the console stays silent, axe finds nothing, no page scrolls sideways on a phone.

The roles are dealt to two modules, so that two processes share the walk.
"""

from casedesk.desk.demo.people import PEOPLE
from tests.e2e.person import PHONE, WIDE, Person, barriers, scrolls_sideways
from tests.e2e.walk import pages

BY_ROLE = {person.role: person.username for person in reversed(PEOPLE)}
"""Role -> the first person of the demo who has it."""


def problems_of(browser, desk: str, username: str) -> list[str]:
    """Walk all that the person can get to; what is wrong, a line each."""
    person = Person(browser, desk, username)
    found, walked = [], []
    for name, path in pages(person):
        walked.append(name)
        found += [f"{path}: {one}" for one in faults_of(person)]
    person.leave()
    assert len(walked) > 1
    return found + person.faults


def faults_of(person: Person) -> list[str]:
    """What is wrong with the open page, looked at in light, in dark (where only colours differ) and on a phone."""
    page = person.page
    found = [f"light: {one}" for one in barriers(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in barriers(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    if scrolls_sideways(page):
        found.append("phone: the page scrolls sideways")
    found += [f"phone: {one}" for one in barriers(page)]
    page.set_viewport_size(WIDE)
    return found
