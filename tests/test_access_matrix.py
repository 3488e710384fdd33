"""Every URL and API endpoint for every role, a stranger and nobody. URLs are read from the resolver, so new ones join alone.

Each view declares what it needs: `@gated(Right.X)` or `@signed_in` on a view, `right` (or `rights` by action) on a viewset.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from casedesk.access.gates import ANYONE_SIGNED_IN, may_open
from casedesk.access.rights import RIGHTS, Right, Role
from tests.factories import access
from tests.world import OBJECTS

OPEN_TO_THE_WORLD = {
    *("login", "logout", "desk:language", "desk:theme", "healthz", "password_set", "desk:deadline-feed", "desk:favicon"),
}
"""Signing in and out, language and theme, the icon, the probe of the load balancer, a calendar whose address is itself the
secret (`tests/casedesk/desk/test_deadlines.py`). Nothing else answers without a person."""

OF_EVERYBODY = {Right.MANAGE_PEOPLE, Right.EDIT_NORMS, Right.SEE_COURTS, Right.EDIT_COURTS}
"""Rights over what is nobody's own: people, values of norms, courts and departments with their streets."""

LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<old>\w+)>[^)]*\)+")


@dataclass(frozen=True)
class Address:
    """One URL pattern: its route from the root, its name, its view."""

    route: str
    name: str
    view: Any

    def __str__(self) -> str:
        return self.name or self.route

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def needs(self) -> dict[str, str]:
        """Method -> right. Empty when the view declares nothing."""
        viewset = getattr(self.view, "cls", None)
        if viewset is None or not hasattr(viewset, "right"):
            right = getattr(self.view, "right", None)
            return {"get": right} if right else {}
        by_action = getattr(viewset, "rights", {})
        actions = getattr(self.view, "actions", None) or {"get": "list"}
        return {method: by_action.get(action, viewset.right) for method, action in actions.items() if method != "head"}

    def url(self, values: dict[str, Any]) -> str:
        return "/" + PARAMETER.sub(lambda found: str(values[found["name"] or found["old"]]), self.route)

    @property
    def parameters(self) -> list[str]:
        return [found["name"] or found["old"] for found in PARAMETER.finditer(self.route)]

    @property
    def thing(self) -> str:
        """`accounts`, `api/accounts`: what the parameters name."""
        parts = self.route.split("/")
        return "/".join(parts[:2]) if self.is_api else parts[0]


def addresses(patterns=None, route: str = "", namespace: str = "") -> Iterator[Address]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = route + plain(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield Address(here, namespace + (pattern.name or ""), pattern.callback)


def plain(pattern) -> str:
    """The route as text; routes that DRF's router writes as expressions lose their anchors."""
    return str(pattern.pattern).lstrip("^").rstrip("$").replace(r"\Z", "").replace("/?", "/").replace(r"\.", ".")


ALL = [address for address in addresses() if "<format>" not in address.route and "format>" not in address.route]
GUARDED = [address for address in ALL if address.name not in OPEN_TO_THE_WORLD]


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_every_view_declares_its_right(address):
    assert address.needs, "decorate it with @gated(Right.X) or @signed_in; a viewset sets `right`"
    for right in address.needs.values():
        assert right == ANYONE_SIGNED_IN or right in Right.values


@pytest.mark.parametrize("address", [address for address in GUARDED if address.parameters], ids=str)
def test_every_object_url_has_an_object_to_try(address):
    assert address.thing in OBJECTS, f"add «{address.thing}» to tests/world.py"


def make(address: Address, creditor, officer) -> str:
    maker = OBJECTS.get(address.thing) if address.parameters else None
    return address.url(maker(creditor, officer) if maker else {})


def send(user, method: str, url: str):
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return getattr(client, method)(url)


def ask(user, address: Address, url: str, method: str = "get"):
    """Ask with the method; a view that takes only POST is asked so."""
    answer = send(user, method, url)
    return send(user, "post", url) if answer.status_code == 405 and method == "get" else answer


def employer_of(role: str):
    if role in (Role.PLAN_SUPERVISOR, Role.COMMISSION_SECRETARY, Role.COMMISSION_MEMBER):
        return access.municipality()
    return access.department() if role == Role.BAILIFF_LIAISON else access.creditor("osen")


@pytest.mark.django_db
@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_without_the_right_403_for_every_role(address, osen, officer):
    url = make(address, osen, officer)
    for role in Role:
        person = access.person(role, employer_of(role))
        for method, right in address.needs.items():
            if right != ANYONE_SIGNED_IN and right not in RIGHTS[role]:
                assert ask(person, address, url, method).status_code == 403, f"{role} {method} {url}"


@pytest.mark.django_db
@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_with_the_right_never_403(address, osen, officer):
    """Only GET is tried: it changes nothing. 404 is an answer to a role whose organisation does not reach the object."""
    url = make(address, osen, officer)
    right = address.needs.get("get")
    for role in Role:
        if right and (right == ANYONE_SIGNED_IN or right in RIGHTS[role]):
            person = access.person(role, employer_of(role))
            answer = send(person, "get", url)
            assert answer.status_code in (200, 302, 400, 404, 405), f"{role} {url}: {answer.status_code}"
            assert not closed_links(person, answer), f"{role} {url}: links that lead nowhere or to a page closed to the role"


def closed_links(person, answer) -> set[str]:
    """Links of a page that its reader has no right to open, or that no view answers."""
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return set()
    links = set(LINK.findall(answer.content.decode()))
    return {link for link in links if not link.startswith("/static/") and not may_open(person, unescape(link))}


@pytest.mark.django_db
@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_nobody_is_asked_to_sign_in(address, osen, officer):
    url = make(address, osen, officer)
    for method in address.needs:
        answer = ask(None, address, url, method)
        if address.is_api:
            assert answer.status_code in (401, 403), url
        else:
            assert answer.status_code == 302, url
            assert answer["Location"].startswith("/login/"), url


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for address in GUARDED if address.parameters], ids=str)
def test_a_stranger_finds_nothing(address, osen, officer, lada):
    """Somebody with every right but one organisation further: the object is not there for them."""
    url = make(address, osen, officer)
    for method, right in address.needs.items():
        role = next((role for role in Role if right in RIGHTS[role] and role != Role.ADMINISTRATOR), Role.LEGAL_OFFICER)
        if right in OF_EVERYBODY:
            continue
        stranger = access.person(role, lada)
        assert ask(stranger, address, url, method).status_code == 404, f"{role} {method} {url}"
