"""The commission at one moment: signatures, votes and numbers of people who act at once (PostgreSQL)."""

import pytest

from casedesk.access.models import User
from casedesk.commission.actions.carry_out import carry_out
from casedesk.commission.actions.decide import propose, vote, voters, withdraw
from casedesk.commission.actions.hold_meeting import call_meeting, open_meeting
from casedesk.commission.actions.plan_meetings import plan_year
from casedesk.commission.actions.sign_minutes import reopen_meeting, sign_minutes, unsign_minutes
from casedesk.commission.models import Decision, Meeting, Minutes, Vote
from casedesk.documents.models import Document
from debtors.models import CaseEvent
from tests.factories import commissions
from tests.races import at_once, on_a_server, refused

pytestmark = on_a_server
DAY = commissions.DAY
AT = commissions.noon(DAY)


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


@pytest.fixture
def case(osen):
    return commissions.case(osen)


def signing(meeting: Meeting, part: str):
    sha256 = meeting.minutes.sha256
    return lambda: sign_minutes(meeting=meeting, sha256=sha256, by=commissions.user(meeting.commission, part), on=DAY, at=AT)


def secretary(room) -> User:
    return commissions.user(room, "secretary")


def test_both_signatures_at_once_put_decisions_in_force_once(room, case):
    meeting = commissions.closed(room, case)

    answers = at_once(signing(meeting, "chair"), signing(meeting, "secretary"))

    assert refused(answers) == []
    minutes = Minutes.objects.get()
    assert minutes.is_signed and minutes.presided_by_id != minutes.kept_by_id
    assert commissions.fresh(meeting).state == "signed"
    assert CaseEvent.objects.filter(code="commission_decided").count() == 1
    assert Document.objects.filter(kind="commission_minutes").count() == 1


def test_one_person_signs_once_however_often_the_button_is_pressed(room, case):
    meeting = commissions.closed(room, case)

    answers = at_once(*[signing(meeting, "secretary")] * 3)

    assert len(refused(answers)) == 2
    assert all("уже подписали" in told for told in refused(answers))
    assert not Minutes.objects.get().is_signed


def test_strangers_to_the_minutes_sign_nothing_beside_the_secretary(room, case):
    meeting = commissions.closed(room, case)

    answers = at_once(signing(meeting, "secretary"), signing(meeting, "member"), signing(meeting, "deputy"))

    assert len(refused(answers)) == 2
    assert not Minutes.objects.get().is_signed


def test_a_signature_and_a_return_to_decisions_exclude_each_other(room, case):
    meeting = commissions.closed(room, case)

    answers = at_once(signing(meeting, "chair"), lambda: reopen_meeting(meeting=meeting, by=secretary(room), on=DAY))

    assert len(refused(answers)) == 1
    reopened = commissions.fresh(meeting).state == "opened"
    assert reopened == (Minutes.objects.get().presided_by is None)


def test_a_signature_taken_back_while_the_other_signs_leaves_a_whole_record(room, case):
    meeting = commissions.closed(room, case)
    signing(meeting, "chair")()

    at_once(
        signing(meeting, "secretary"),
        lambda: unsign_minutes(meeting=meeting, by=commissions.user(room, "chair"), on=DAY),
    )

    minutes = Minutes.objects.get()
    assert minutes.kept_by == secretary(room)
    assert minutes.is_signed == (minutes.presided_by is not None)
    assert (commissions.fresh(meeting).state == "signed") == minutes.is_signed


def test_a_vote_recorded_twice_at_once_counts_each_seat_once(room, case):
    meeting = commissions.opened(room, case)
    decision = propose(item=meeting.items.get(), kind="claim", by=secretary(room), on=DAY)
    seats = [one.seat_id for one in voters(meeting)]

    def voting(choice):
        return lambda: vote(decision=decision, votes=dict.fromkeys(seats, choice), by=secretary(room), on=DAY)

    answers = at_once(voting("for"), voting("against"), voting("for"))

    assert refused(answers) == []
    decision.refresh_from_db()
    said = list(Vote.objects.filter(decision=decision).values_list("choice", flat=True))
    assert len(said) == len(seats) == 5
    assert (decision.votes_for, decision.votes_against) == (said.count("for"), said.count("against"))
    assert decision.outcome == ("adopted" if said[0] == "for" else "rejected")


def test_a_proposal_is_voted_on_or_taken_back(room, case):
    meeting = commissions.opened(room, case)
    decision = propose(item=meeting.items.get(), kind="claim", by=secretary(room), on=DAY)
    votes = {one.seat_id: "for" for one in voters(meeting)}
    same = Decision.objects.select_related("item__meeting").get(pk=decision.pk)

    at_once(
        lambda: vote(decision=decision, votes=votes, by=secretary(room), on=DAY),
        lambda: withdraw(decision=same, by=secretary(room), on=DAY),
    )

    assert not Decision.objects.exists()
    assert not Vote.objects.exists()


def test_a_kind_of_decision_is_proposed_once(room, case):
    item = commissions.opened(room, case).items.get()

    answers = at_once(*[lambda: propose(item=item, kind="claim", by=secretary(room), on=DAY)] * 2)

    assert len(refused(answers)) == 1
    assert Decision.objects.count() == 1


def test_two_meetings_opened_at_once_have_two_numbers(room, osen):
    both = [commissions.attended(commissions.called(room, commissions.case(osen, number))) for number in ("8001", "8002")]

    answers = at_once(*(lambda one=one: open_meeting(meeting=one, by=secretary(room), on=DAY) for one in (*both, both[0])))

    assert len(refused(answers)) == 1
    assert sorted(Meeting.objects.values_list("number", flat=True)) == [1, 2]


def test_a_meeting_called_twice_tells_its_cases_once(room, case):
    meeting = commissions.listed(room, case)

    answers = at_once(*[lambda: call_meeting(meeting=meeting, by=secretary(room), on=DAY)] * 2)

    assert len(refused(answers)) == 1
    assert CaseEvent.objects.filter(code="commission_listed").count() == 1
    assert meeting.attendance.count() == 5


def test_a_year_is_planned_once(room):
    answers = at_once(*[lambda: plan_year(commission=room, year=2025, by=secretary(room), on=DAY)] * 2)

    assert len(refused(answers)) == 1
    assert Meeting.objects.count() == 12


def test_a_task_is_reported_once(room, case, officer):
    commissions.signed(room, case)
    decision = Decision.objects.get()

    def report(note):
        return lambda: carry_out(decision=decision, note=note, by=User.objects.get(pk=officer.pk), on=DAY)

    assert len(refused(at_once(report("раз"), report("два")))) == 1
    assert CaseEvent.objects.filter(code="commission_carried_out").count() == 1
