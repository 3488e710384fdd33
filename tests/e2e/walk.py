"""Walking the desk by its own links: every kind of page that a person can get to, once."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.e2e.person import Person

NOT_PAGES = ("export=", "/api/", "/static/", "/media/", ".ics", ".xlsx", ".csv", "/download", "/file/")


def pages(person: Person, *, start: str = "/", per_name: int = 1) -> Iterator[tuple[str, str]]:
    """(url name, path) of each kind of page reached from the start, at most `per_name` pages of a kind. The page is open."""
    waiting, seen, taken = [start], {start}, {}
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if name is None or taken.get(name, 0) >= per_name:
            continue
        taken[name] = taken.get(name, 0) + 1
        if not _opens(person, path):
            continue
        yield name, path
        for link in _links(person):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def _opens(person: Person, path: str) -> bool:
    """Open the page; False for a link that gives a file (saved or shown by the browser), whatever its address looks like."""
    try:
        answer = person.open(path)
    except Error as fault:
        if "Download is starting" in fault.message:
            return False
        raise
    return answer is None or "html" in answer.headers.get("content-type", "")


def name_of(path: str) -> str | None:
    """The url name of a path; a tab of Today counts as a page of its own."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    shown = [pair for pair in parts.query.split("&") if pair.startswith("show=")]
    return name + ("?" + shown[0] if name == "desk:today" and shown else "")


def _links(person: Person) -> list[str]:
    found = person.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    own = (link.removeprefix(person.address).split("#")[0] for link in found if link.startswith(person.address))
    return [link for link in own if link and not any(mark in link for mark in NOT_PAGES)]
