"""Shared fixtures: people by role, organisations, days."""

import datetime as dt

import pytest

DAY = dt.date(2024, 3, 1)


@pytest.fixture
def day() -> dt.date:
    """The day that tests call today, unless they write their own."""
    return DAY
