"""Write-offs of what a court granted: the claim's row adds up, and money that comes on the writ later restores its months."""

import datetime as dt

import pytest

from debtors.actions.restore_written_off import restore_for_money
from debtors.models import AccountState, Award, CaseEvent, CaseFile
from debtors.queries.ledger_faults import faults
from debtors.queries.recovered import recovered
from debtors.queries.written_off import by_award
from debtors.rules.components import Components
from debtors.rules.stages import Stage
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.test_awards import MARCH, grant
from tests.debtors.writeoff.conftest import TODAY, posted
from tests.factories import cases

pytestmark = pytest.mark.django_db
AFTER = TODAY + dt.timedelta(days=1)


@pytest.fixture
def returned(books, officer):
    """1 000.00 of March 2024, 10.00 of penalty and 20.00 of duty granted; 250.00 came; the bailiffs found nothing more."""
    books.charge("2024-03", 100000).post("2024-04-05", on=TODAY.isoformat())
    award = grant(books, principal=100000, penalty=1000, duty=2000, lines=[(1, MARCH, 100000)])
    books.lines = []
    books.add(service=0, amount=25000, paid_on=dt.date(2024, 9, 1), channel="bailiff", award_id=award.pk, document="п1")
    books.post("2024-09-02", on=TODAY.isoformat())
    case = cases.case_of(books.accounts[0], TODAY)
    CaseFile.objects.filter(pk=case.pk).update(stage=Stage.RETURNED, stage_on=TODAY)
    ground = "ст. 46 ч. 1 п. 4: нет имущества, на которое обратить взыскание"
    data = {"proceeding": "1/24/51034-ИП", "ground": ground}
    CaseEvent.objects.create(case=case, code="writ_returned", happened_on=TODAY, recorded_by=officer, data=data)
    return books


def test_what_is_left_of_the_award_is_written_off_by_component(returned, officer, chief):
    act = posted(returned, officer, chief, ground="impossibility")
    award = Award.objects.get()
    came, gone = recovered([award.pk])[award.pk], by_award([award.pk])[award.pk]
    assert came == Components(principal=23000, duty=2000)
    assert gone == Components(principal=77000, penalty=1000)
    assert award.granted - came - gone == Components()
    assert act.total == 78000
    assert "п. 4" in act.items.get().why
    assert not any(faults(TODAY).values())


def test_the_case_tells_of_it_and_its_sums_fall(returned, officer, chief):
    posted(returned, officer, chief, ground="impossibility")
    case = CaseFile.objects.get()
    event = case.events.get(code="debt_written_off")
    assert event.data == {"document": "акт о списании № 1", "total_kopecks": 78000}
    assert case.overdue == 0


def test_money_on_the_writ_restores_the_months_it_was_granted_for(returned, officer, chief):
    posted(returned, officer, chief, ground="impossibility")
    award = Award.objects.get()
    returned.lines = []
    returned.add(service=0, amount=30000, paid_on=AFTER, channel="bailiff", award_id=award.pk, document="п2")
    returned.post(AFTER.isoformat(), on=AFTER.isoformat())

    made = restore_for_money(creditor=returned.creditor, by=officer, learnt_at=noon(AFTER), on=AFTER)

    assert made.total == 30000
    assert recovered([award.pk])[award.pk].principal == 53000
    assert by_award([award.pk])[award.pk] == Components(principal=47000, penalty=1000)
    state = AccountState.objects.get(account=returned.accounts[0])
    assert (state.debt, state.credit) == (0, 0)
    assert not any(faults(AFTER).values())


def test_as_of_a_day_before_nothing_is_written_off(returned, officer, chief):
    posted(returned, officer, chief, ground="impossibility")
    award = Award.objects.get()
    assert by_award([award.pk], TODAY - dt.timedelta(days=1))[award.pk] == Components()
