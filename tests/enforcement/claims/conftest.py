import datetime as dt

import pytest

from tests.factories import cases, claims

DAY = dt.date(2024, 3, 21)


@pytest.fixture
def day():
    return DAY


@pytest.fixture
def owed(osen):
    """Six months of heating and water, the first of them paid."""
    account = cases.billed(osen, "100", on=DAY)
    claims.identified(account)
    return account


@pytest.fixture
def case(owed, officer):
    """The reminder is handed over; its term runs."""
    return claims.warned(owed, officer, DAY)


@pytest.fixture
def claim(owed, case, officer):
    return claims.claim_of(owed, officer, DAY)


@pytest.fixture
def filed(claim, officer):
    return claims.happen(claim, "filed", DAY, officer, channel="post")
