"""Every page of those who work the cases: officer, clerk, bailiff, secretary."""

import pytest

from casedesk.access.rights import Role
from tests.e2e.every_page import BY_ROLE, problems_of

pytestmark = pytest.mark.e2e

DOERS = (Role.LEGAL_OFFICER, Role.REGISTER_CLERK, Role.BAILIFF_LIAISON, Role.COMMISSION_SECRETARY)


@pytest.mark.parametrize("role", DOERS)
def test_every_page_of_a_role(browser, desk, role):
    problems = problems_of(browser, desk, BY_ROLE[role])
    assert not problems, "\n" + "\n".join(problems)
