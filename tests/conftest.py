"""Shared fixtures: people by role, organisations, days."""

import datetime as dt

import pytest
from django.conf import settings

from tests import migrated
from tests.people import *  # noqa: F403  fixtures reach every test from here
from tests.seeded import pytest_collection_modifyitems, pytest_runtest_teardown  # noqa: F401  hooks, found by name


def pytest_configure(config):
    """Settings that tests need otherwise: quick password hashes, static files straight from the apps."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = True
    migrated.start()
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["user"] = None


DAY = dt.date(2024, 3, 1)


@pytest.fixture
def day() -> dt.date:
    """The day that tests call today, unless they write their own."""
    return DAY


@pytest.fixture
def jobs_run_at_once(settings, django_capture_on_commit_callbacks):
    """A context manager: jobs asked for inside it run when it ends."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return lambda: django_capture_on_commit_callbacks(execute=True)
