"""Story of row L11: a service limited, suspended and restored by its lawful steps, and the figures of each month."""

import datetime as dt

import pytest

from debtors.actions.check_restrictions import check_restrictions
from debtors.models import ServiceRestriction
from tests.factories import restrictions
from tests.stories.conftest import figure_behind

pytestmark = pytest.mark.django_db
RECEIVED = {"channel": "post", "proof": "РПО 80080012345678"}


@pytest.fixture
def desk(clock, visit, officer):
    clock.on = restrictions.DAY
    return visit(officer)


def test_row_l11_warned_limited_suspended_restored(desk, clock, osen):
    """L11: warned with proof on 20 June, limited after 20 days, suspended after ten more, paid, restored within two days."""
    case = restrictions.owing_case(osen)
    asked = {"creditor": osen.pk, "service": restrictions.ELECTRICITY, "most": 50, "can_be_limited": "on"}
    assert [row.case for row in desk.post("/restrictions/start/", asked).context["found"].candidates] == [case]
    desk.post("/restrictions/start/", asked | {"confirm": "1"})
    one = ServiceRestriction.objects.get()
    here = f"/restrictions/{one.pk}/"

    refused = desk.post(f"{here}warn/", {"on": clock.on.isoformat(), "channel": "post", "proof": " "})
    assert refused.status_code == 200 and figure_behind(desk, "L11", "restriction.warned", clock.on).totals[0] == 0
    desk.post(f"{here}warn/", {"on": clock.on.isoformat(), **RECEIVED})
    assert figure_behind(desk, "L11", "restriction.warned", clock.on).totals[0] == 1

    clock.later(20)
    early = desk.post(f"{here}limit/", {"on": clock.on.isoformat(), "present": ""})
    assert "можно с 11.07.2024" in early.content.decode()
    clock.later(1)
    desk.post(f"{here}limit/", {"on": clock.on.isoformat(), "present": "слесарь Ким"})
    figure = figure_behind(desk, "L11", "restriction.imposed", clock.on)
    assert figure.totals[0] == 1

    clock.later(11)
    desk.post(f"{here}suspend/", {"on": clock.on.isoformat(), "present": "слесарь Ким"})
    assert figure_behind(desk, "L11", "restriction.imposed", clock.on).totals[0] == 1, "one debtor cut, not two"
    restrictions.pay(one, 5 * restrictions.MONTHLY, on=clock.later(1))
    check_restrictions(creditor=osen, on=clock.later(1))
    assert "до 25.07.2024" in desk.get(here).content.decode()
    desk.post(f"{here}restore/", {"on": clock.on.isoformat(), "present": ""})
    assert figure_behind(desk, "L11", "restriction.lifted", clock.on).totals[0] == 1

    one.refresh_from_db()
    assert (one.state, one.restored_on) == ("restored", dt.date(2024, 7, 24))
    assert figure_behind(desk, "L11", "restriction.warned", clock.on).totals[0] == 0, "the warning was June's"
