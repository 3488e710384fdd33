"""Stories of rows P2.4 and Z6b: an agreement from its terms to its end, kept or broken, and what the plan says of it."""

import datetime as dt

import pytest

from casedesk.common import months
from debtors.actions.book import book_facts
from debtors.actions.check_agreements import check_agreements
from debtors.actions.refresh_states import refresh_states
from debtors.actions.staging import StagedFact
from debtors.models import CaseFile, RepaymentAgreement
from enforcement.models import Claim
from tests.factories import claims, contact
from tests.stories.conftest import figure_behind

pytestmark = pytest.mark.django_db
OVERDUE = 5 * 550_000
TERMS = {"covered_through": "2024-02", "parts": "5", "pay_day": "15", "kind": "equal", "first_payment": "0", "holiday": "0"}


@pytest.fixture
def desk(clock, visit, officer):
    return visit(officer)


@pytest.fixture
def case(osen, clock):
    return contact.debtor_case(osen, "700", on=clock.on)


def paid(case: CaseFile, amount: int, on: dt.date) -> None:
    """Money comes and is loaded the same day."""
    facts = [
        StagedFact(row, case.account_id, service, amount=part, paid_on=on, document=f"чек {on} {service}")
        for row, (service, part) in enumerate(((1, amount * 10 // 11), (3, amount - amount * 10 // 11)), 1)
    ]
    moment = dt.datetime.combine(on, dt.time(6), dt.UTC)
    book_facts(creditor=case.creditor, facts=facts, about=f"касса {on}", by=None, learnt_at=moment, on=on)
    refresh_states(on=on, creditor=case.creditor)


def signed(desk, case: CaseFile) -> RepaymentAgreement:
    counted = desk.post(f"/cases/{case.pk}/agreement/", TERMS)
    assert counted.context["total"] == sum(part.amount for part in counted.context["parts"]) == OVERDUE
    assert not case.agreements.exists()
    assert desk.post(f"/cases/{case.pk}/agreement/", TERMS | {"sign": "1"}).status_code == 302
    return case.agreements.get()


def test_row_p2_4_an_agreement_is_signed_and_kept(desk, clock, case):
    """P2.4: the schedule is counted, signed, the case waits; an instalment paid on its day leaves the agreement kept."""
    agreement = signed(desk, case)
    assert figure_behind(desk, "P2.4", "agreements.signed", clock.on).totals == (1, OVERDUE)
    assert figure_behind(desk, "P2.4", "agreements.kept", clock.on).totals == (1, OVERDUE)

    first = agreement.instalments.first()
    paid(case, first.amount, first.due_on)
    clock.on = first.due_on + dt.timedelta(days=1)
    check_agreements(creditor=case.creditor, on=clock.on)
    agreement.refresh_from_db()
    assert agreement.state == "active"
    figure = figure_behind(desk, "P2.4", "agreements.kept", clock.on)
    assert figure.totals == (1, OVERDUE - first.amount)
    assert figure_behind(desk, "P2.4", "agreements.signed", clock.on).totals == (0, 0), "signed in another month"


@pytest.fixture
def broken(desk, clock, case) -> RepaymentAgreement:
    """Its first instalment was not paid; a kopeck came later, so that payments of the day are known; found the next morning."""
    agreement = signed(desk, case)
    due = agreement.instalments.first().due_on
    paid(case, 11, due + dt.timedelta(days=1))
    clock.on = due + dt.timedelta(days=2)
    check_agreements(creditor=case.creditor, on=clock.on)
    agreement.refresh_from_db()
    return agreement


def test_row_z6b_a_breach_is_told_of_within_three_days(desk, clock, broken):
    """Z6b: found the morning after, a notice within three working days, and the figure says it was in time."""
    assert (broken.state, broken.broken_on) == ("breached", dt.date(2024, 4, 17))
    assert broken.notify_until == dt.date(2024, 4, 22), "three working days: Thursday, Friday, Monday"
    assert figure_behind(desk, "Z6b", "agreements.told_in_time", clock.on).totals == (1, 0)

    assert desk.post(f"/agreements/{broken.pk}/paper/").status_code == 302
    given = {"channel": "by_hand", "on": broken.notify_until.isoformat()}
    clock.on = broken.notify_until
    desk.post(f"/agreements/{broken.pk}/notify/", given)
    figure = figure_behind(desk, "Z6b", "agreements.told_in_time", clock.on)
    assert figure.totals == (1, 1)
    assert str(broken) in figure.lines[0][1]


def test_row_z6b_told_a_day_late_is_not_in_time(desk, clock, broken):
    clock.on = broken.notify_until + dt.timedelta(days=1)
    desk.post(f"/agreements/{broken.pk}/notify/", {"channel": "by_hand", "on": clock.on.isoformat()})
    assert figure_behind(desk, "Z6b", "agreements.told_in_time", clock.on).totals == (1, 0)


def test_row_z6b_while_it_is_kept_nothing_is_claimed_and_once_broken_all_is(desk, clock, case, officer):
    """Z6b: debtors over three monthly payments without an agreement; the broken one comes back and is claimed."""
    claims.identified(case.account)
    assert figure_behind(desk, "Z6b", "claims.covered", clock.on).totals[0] == OVERDUE
    agreement = signed(desk, case)
    assert figure_behind(desk, "Z6b", "claims.covered", clock.on).totals[0] == 0, "who keeps an agreement is not sued"
    page = desk.post(f"/cases/{case.pk}/claim/", {"penalty_through": clock.on.isoformat(), "court_name": "У1", "confirm": "1"})
    assert not Claim.objects.exists()
    assert "приостановлено" in page.content.decode() or page.status_code == 302

    due = agreement.instalments.first().due_on
    paid(case, 11, due + dt.timedelta(days=1))
    clock.on = due + dt.timedelta(days=2)
    check_agreements(creditor=case.creditor, on=clock.on)
    case.refresh_from_db()
    assert not case.held_on(clock.on)
    assert figure_behind(desk, "Z6b", "claims.covered", clock.on).totals[0] > 0
    claims.claim_of(case.account, officer, clock.on)
    made = Claim.objects.get()
    assert made.period_to >= months.parse("2024-02")
