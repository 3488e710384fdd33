"""Signing in: it works, it is throttled, it does not tell who exists."""

import pytest
from django.urls import reverse

from tests.factories.access import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "not the password"


def sign_in(client, username: str, password: str):
    return client.post(reverse("login"), {"username": username, "password": password}, REMOTE_ADDR="10.0.0.7")


def test_the_right_password_opens_the_desk(client, officer):
    answer = sign_in(client, "officer", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_fifth_wrong_password_locks_the_door_even_for_the_right_one(client, officer):
    for _ in range(4):
        assert sign_in(client, "officer", WRONG).status_code == 200
    assert sign_in(client, "officer", WRONG).status_code == 429
    assert sign_in(client, "officer", PASSWORD).status_code == 429


def test_colleagues_are_not_locked_out_with_them(client, officer, clerk):
    for _ in range(5):
        sign_in(client, "officer", WRONG)
    assert sign_in(client, "clerk", PASSWORD).status_code == 302


def test_success_clears_the_count(client, officer):
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "officer", WRONG)
        assert sign_in(client, "officer", PASSWORD).status_code == 302
        client.logout()


def test_an_unknown_name_is_answered_like_a_wrong_password(client, officer):
    known = sign_in(client, "officer", WRONG).content.decode().replace("officer", "X")
    unknown = sign_in(client, "nobody", WRONG).content.decode().replace("nobody", "X")
    assert strip_tokens(known) == strip_tokens(unknown)


def test_a_dismissed_person_does_not_get_in(client, officer):
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert sign_in(client, "officer", PASSWORD).status_code == 200


def strip_tokens(page: str) -> list[str]:
    """Lines without what differs on every answer."""
    return [line for line in page.splitlines() if "csrf" not in line.lower() and "nonce" not in line]
