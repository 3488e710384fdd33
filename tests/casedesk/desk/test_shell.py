"""The shell: theme and language switches, navigation by right, icons that exist."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from lucide.templatetags.lucide import lucide

from casedesk.access.models import Membership, Organisation, User
from casedesk.access.rights import Role
from casedesk.desk import navigation

ICON = re.compile(r"""\{% icon ["']([a-z0-9-]+)["']|icon(?:_name)?["']?[=:] ?["']([a-z0-9-]+)["']""")


@pytest.fixture
def person(db):
    """Make a person with one role in one creditor."""

    def make(role: str) -> User:
        creditor, _ = Organisation.objects.get_or_create(code="osen", defaults={"name": "ООО «Осень»", "kind": "creditor"})
        user = User.objects.create_user(username=role, last_name="Орлова", first_name="Татьяна")
        Membership.objects.create(user=user, organisation=creditor, role=role, valid_from=dt.date(2020, 1, 1))
        return user

    return make


def test_pages_send_strangers_to_the_sign_in(client, db):
    assert client.get(reverse("desk:today")).url.startswith(reverse("login"))


def test_gallery_is_for_administrators(client, person):
    client.force_login(person(Role.LEGAL_OFFICER))
    assert client.get(reverse("desk:gallery")).status_code == 403
    client.force_login(person(Role.ADMINISTRATOR))
    assert client.get(reverse("desk:gallery")).status_code == 200


def test_navigation_shows_only_what_the_role_opens(client, person):
    client.force_login(person(Role.LEGAL_OFFICER))
    assert reverse("desk:gallery") not in client.get(reverse("desk:today")).content.decode()


def test_every_navigation_line_resolves():
    assert [reverse(entry.url_name) for entry in navigation.ENTRIES]


@pytest.mark.parametrize(
    "theme, links", [("dark", ["screen"]), ("auto", ["screen and (prefers-color-scheme: dark)"]), ("light", []), ("x", None)]
)
def test_theme_is_kept_in_a_cookie(client, person, theme, links):
    client.force_login(person(Role.AUDITOR))
    client.post(reverse("desk:theme"), {"theme": theme, "next": "/"})
    if links is None:
        assert "theme" not in client.cookies
        return
    page = client.get("/").content.decode()
    assert f'data-theme="{theme}"' in page
    assert re.findall(r'tokens-dark[^>]*media="([^"]+)"', page) == links


def test_theme_switch_never_leads_away(client, db):
    assert client.post(reverse("desk:theme"), {"theme": "dark", "next": "https://evil.example/"}).url == "/"


def test_language_stays_with_the_person(client, person):
    user = person(Role.AUDITOR)
    client.force_login(user)
    client.post(reverse("desk:language"), {"language": "en", "next": "/"})
    user.refresh_from_db()
    assert user.language == "en"
    assert '<html lang="en"' in client.get("/").content.decode()


def test_every_icon_named_anywhere_exists():
    """A misspelt icon would break the page that shows it."""
    root = Path(settings.BASE_DIR)
    files = [path for app in ("casedesk", "debtors", "enforcement", "imports") for path in (root / app).rglob("*")]
    names = {
        name
        for path in files
        if path.suffix in (".html", ".py")
        for pair in ICON.findall(path.read_text(encoding="utf-8"))
        for name in pair
        if name
    }
    assert names
    for name in names:
        lucide(name)
