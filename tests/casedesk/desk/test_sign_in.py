"""Signing in: throttling, language, leaving; and the pages that say no."""

import pytest
from django.conf import settings
from django.urls import reverse

from casedesk.access.rights import Role
from tests.factories import access

LOGIN = "/login/"


@pytest.fixture
def petrova(osen):
    return access.person(Role.LEGAL_OFFICER, osen, username="petrova")


def sign_in(client, password):
    return client.post(LOGIN, {"username": "petrova", "password": password})


def test_the_right_password_leads_to_today(client, petrova):
    assert sign_in(client, access.PASSWORD).url == reverse("desk:today")


def test_a_wrong_password_says_so(client, petrova):
    page = sign_in(client, "wrong")
    assert page.status_code == 200
    assert "note danger" in page.content.decode()


def test_the_sixth_try_meets_a_closed_door_even_with_the_right_password(client, petrova):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page = sign_in(client, "wrong")
    assert page.status_code == 429
    assert sign_in(client, access.PASSWORD).status_code == 429
    assert "Подождите 15 минут" in page.content.decode()


def test_the_language_comes_with_the_person(client, petrova):
    petrova.language = "en"
    petrova.save(update_fields=["language"])
    sign_in(client, access.PASSWORD)
    assert '<html lang="en"' in client.get("/").content.decode()


def test_russian_whatever_the_browser_prefers(client, db):
    assert '<html lang="ru"' in client.get(LOGIN, headers={"accept-language": "en-GB"}).content.decode()


def test_leaving_takes_a_post_and_ends_the_session(client, petrova):
    sign_in(client, access.PASSWORD)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/").status_code == 302


def test_a_missing_page_answers_in_the_same_dress(client, petrova):
    sign_in(client, access.PASSWORD)
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert "Такой страницы нет" in page.content.decode()


def test_a_forbidden_page_names_the_right(client, petrova):
    sign_in(client, access.PASSWORD)
    page = client.get(reverse("desk:gallery"))
    assert page.status_code == 403
    assert "управлять пользователями" in page.content.decode()
