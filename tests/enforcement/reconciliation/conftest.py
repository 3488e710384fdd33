"""A creditor with three writs at a department, February 2024."""

import pytest

from casedesk.access.rights import Role
from tests.factories import access, reconciliation


@pytest.fixture
def writs(osen, bailiffs):
    return reconciliation.with_bailiffs(osen, bailiffs)


@pytest.fixture
def sent(osen, bailiffs, writs):
    """Our register is with the department."""
    return reconciliation.sent(osen, bailiffs)


@pytest.fixture
def liaison(osen):
    """The creditor's own person for the bailiffs."""
    return access.person(Role.BAILIFF_LIAISON, osen, username="liaison")
