"""Fixtures: one person per role, and strangers. `conftest.py` makes them known to every test."""

import pytest

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Role
from tests.factories import access


@pytest.fixture
def osen(db) -> Organisation:
    """The creditor that most people here work for."""
    return access.creditor("osen", inn="7700000001")


@pytest.fixture
def lada(db) -> Organisation:
    """Another creditor, whose people must not see anything of the first."""
    return access.creditor("lada", inn="7700000002")


@pytest.fixture
def town_hall(db) -> Organisation:
    return access.municipality()


@pytest.fixture
def bailiffs(db) -> Organisation:
    return access.department()


@pytest.fixture
def officer(osen) -> User:
    """A legal officer of osen."""
    return access.person(Role.LEGAL_OFFICER, osen, username="officer")


@pytest.fixture
def stranger(lada) -> User:
    """A legal officer of the other creditor."""
    return access.person(Role.LEGAL_OFFICER, lada, username="stranger")


@pytest.fixture
def clerk(osen) -> User:
    return access.person(Role.REGISTER_CLERK, osen, username="clerk")


@pytest.fixture
def supervisor(town_hall) -> User:
    """The municipality's plan supervisor."""
    return access.person(Role.PLAN_SUPERVISOR, town_hall, username="supervisor")


@pytest.fixture
def bailiff_liaison(bailiffs) -> User:
    return access.person(Role.BAILIFF_LIAISON, bailiffs, username="bailiff")


@pytest.fixture
def auditor(osen) -> User:
    return access.person(Role.AUDITOR, osen, username="auditor")


@pytest.fixture
def administrator(osen) -> User:
    return access.person(Role.ADMINISTRATOR, osen, username="administrator")


@pytest.fixture
def visit(client):
    """`visit(user)` -> a client signed in as this person."""

    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
