"""The probe answers without a person, and tells when the database is away."""

import pytest
from django.db import DatabaseError, connection


@pytest.mark.django_db
def test_ok(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_database_away(client, monkeypatch):
    def away(*args):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").status_code == 503


def test_a_paper_shown_by_the_browser_has_the_icon_of_the_desk(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.url.endswith(".svg")) == (302, True)
