"""A writ from a claim: the award behind it, joint debtors' copies, what is refused; registers undone and come again."""

import datetime as dt

import pytest
from django.utils import timezone

from casedesk.common import months
from debtors.actions.undo_booking import undo_booking
from debtors.models import Award, Booking, CaseEvent
from debtors.rules.components import Components
from enforcement.actions.attach_writs import attach_writs
from enforcement.actions.issue_writ import MoreThanClaimed, WritKnown, issue_writ
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.models import Claim, ClaimLine, Presentation, Writ
from enforcement.queries.returns import live_writs
from enforcement.queries.writ_money import writ_money
from tests.factories import access, cases
from tests.factories import writs as made

DAY = dt.date(2024, 3, 11)
JANUARY = months.parse("2024-01")


@pytest.fixture
def claim(osen) -> Claim:
    owed = cases.billed(osen, on=DAY)
    case = cases.case_of(owed, DAY)
    made_ = Claim.objects.create(
        creditor=osen,
        case_file=case,
        number=1,
        kind="order",
        period_from=JANUARY - 1,
        period_to=JANUARY,
        principal=1_000_000,
        prepared_on=DAY,
        stage_on=DAY,
    )
    for month in (JANUARY - 1, JANUARY):
        ClaimLine.objects.create(claim=made_, account=owed, service_id=1, month=month, amount=500_000)
    return made_


def issue(claim, officer, number="2-7/2024", **granted) -> Writ:
    return issue_writ(
        claim=claim,
        kind="court_order",
        number=number,
        issued_on=DAY,
        in_force_on=None,
        granted=Components(**({"principal": 1_000_000, "duty": 20_000} | granted)),
        by=officer,
        on=DAY,
    )


def test_a_writ_makes_an_award_of_the_claims_months(claim, officer):
    writ = issue(claim, officer)
    assert writ.award.granted == Components(1_000_000, 0, 20_000)
    assert list(writ.award.lines.order_by("month").values_list("month", "amount")) == [
        (JANUARY - 1, 500_000),
        (JANUARY, 500_000),
    ]
    assert (writ.state, writ.present_until) == ("in_hand", dt.date(2027, 3, 11))
    assert CaseEvent.objects.filter(code="writ_registered", subject_id=writ.pk).exists()
    assert writ_money([writ])[writ.pk].remaining.total == 1_020_000


def test_what_a_court_takes_off_is_the_oldest(claim, officer):
    writ = issue(claim, officer, principal=700_000)
    assert list(writ.award.lines.order_by("month").values_list("amount", flat=True)) == [200_000, 500_000]


def test_joint_debtors_copies_share_the_award(claim, officer):
    first, second = issue(claim, officer), issue(claim, officer, "2-7/2024-2")
    assert first.award == second.award
    assert Award.objects.count() == 1


def test_a_number_is_taken_once_and_no_more_than_claimed(claim, officer):
    issue(claim, officer)
    with pytest.raises(WritKnown):
        issue(claim, officer)
    with pytest.raises(MoreThanClaimed):
        issue(claim, officer, "2-8/2024", principal=1_000_001)


def test_an_undone_register_takes_its_writs_and_brings_them_back_with_what_people_did(osen, officer):
    owed = cases.owing(osen, on=DAY)
    cases.case_of(owed, DAY)
    row = WritRow(owed.pk, "court_order", "2-9/2024", issued_on=DAY, principal=1_000_000)

    def load() -> Booking:
        booking = Booking.objects.create(creditor=osen, kind="import", about="ИД", learnt_at=timezone.now())
        register_writs(booking=booking, rows=[row])
        attach_writs(creditor=osen, on=DAY, by=None)
        return booking

    booking = load()
    writ = Writ.objects.get()
    present_writ(writ=writ, to=Addressed(department=access.department()), by=officer, on=made.SENT)
    undo_booking(booking=booking, by=None, reason="не тот файл", at=timezone.now(), on=made.SENT)
    attach_writs(creditor=osen, on=made.SENT, by=None)
    assert not live_writs(officer).exists()

    load()

    (again,) = live_writs(officer)
    assert again.pk == writ.pk
    assert (again.state, Presentation.objects.running().count()) == ("presented", 1)
