"""One demo town and one browser for all browser tests of a process."""

import pytest

from tests.e2e import desk as harness


@pytest.fixture(scope="package")
def browser():
    if harness.chromium() is None:
        pytest.skip("no chromium is installed: apt-get install chromium, or set CHROMIUM to its program")
    with harness.browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def desk(browser, worker_id):
    """The address of a running desk over a town of 60 accounts and 8 months; each process of the tests has its own."""
    place = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    with harness.running_demo(accounts=60, months=8, port=8700 + place) as address:
        yield address
