"""The regulations of plan row L-App3 at work: no quorum, a tie, a representative, the chair away, minutes not signed."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from casedesk.access.models import User
from casedesk.access.rights import Role
from casedesk.commission.actions.carry_out import NothingSaid, carry_out
from casedesk.commission.actions.compose import PlaceTaken, end_seat, seat_member, set_regulations
from casedesk.commission.actions.decide import (
    AlreadyProposed,
    DecisionIncomplete,
    ProposalGone,
    WrongVotes,
    propose,
    vote,
    voters,
    withdraw,
)
from casedesk.commission.actions.hold_meeting import (
    Attends,
    NobodyKeepsMinutes,
    WrongAttendance,
    call_meeting,
    fail_meeting,
    mark_attendance,
    open_meeting,
)
from casedesk.commission.actions.plan_meetings import NothingToPlan, plan_year
from casedesk.commission.actions.sign_minutes import (
    AlreadySigned,
    MinutesChanged,
    NotYourSignature,
    Undecided,
    close_meeting,
    reopen_meeting,
    sign_minutes,
    unsign_minutes,
)
from casedesk.commission.models import Decision, Meeting, Minutes
from casedesk.commission.queries.composition import calendar, check_of
from casedesk.common.refusals import NotAllowed
from debtors.models import CaseEvent
from enforcement.rules.reconciliation_act import digest
from tests.factories import access, commissions

pytestmark = pytest.mark.django_db
DAY = commissions.DAY
AT = commissions.noon(DAY)


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


@pytest.fixture
def case(osen):
    return commissions.case(osen)


@pytest.fixture
def secretary(room) -> User:
    return commissions.user(room, "secretary")


def sign(meeting: Meeting, part: str) -> Minutes:
    who = commissions.user(meeting.commission, part)
    return sign_minutes(meeting=meeting, sha256=meeting.minutes.sha256, by=who, on=DAY, at=AT)


def test_without_a_quorum_a_meeting_is_not_opened_and_its_cases_wait(room, case, secretary):
    meeting = commissions.attended(commissions.called(room, case), away=("deputy", "secretary", "member"))

    with pytest.raises(NotAllowed, match="нет кворума: участвуют 1 из 5, нужно 3"):
        open_meeting(meeting=meeting, by=secretary, on=DAY)
    failed = fail_meeting(meeting=meeting, why="", by=secretary, on=DAY)

    assert (failed.state, failed.present, failed.needed) == ("failed", 1, 3)
    assert failed.why_not.startswith("нет кворума")


def test_a_meeting_with_a_quorum_does_not_fail(room, case, secretary):
    meeting = commissions.attended(commissions.called(room, case))
    with pytest.raises(NotAllowed, match="кворум есть"):
        fail_meeting(meeting=meeting, why="дождь", by=secretary, on=DAY)


@pytest.mark.parametrize("presiding_says, outcome", [("for", "adopted"), ("against", "rejected")])
def test_on_a_tie_the_presiding_vote_decides(room, case, secretary, presiding_says, outcome):
    meeting = commissions.opened(room, case, away=("deputy",))
    decision = propose(item=meeting.items.get(), kind="claim", by=secretary, on=DAY)
    chair, *others = [one.seat_id for one in voters(meeting)]
    other = "against" if presiding_says == "for" else "for"
    votes = {chair: presiding_says, others[0]: presiding_says, others[1]: other, others[2]: other}

    decision = vote(decision=decision, votes=votes, by=secretary, on=DAY)

    assert (decision.votes_for, decision.votes_against) == (2, 2)
    assert (decision.outcome, decision.by_casting) == (outcome, True)


def test_a_representative_votes_with_an_authority(room, case, secretary):
    meeting = commissions.called(room, case)
    seats = list(room.seats.all())
    rows = [Attends(one.pk, "present") for one in seats[:2]]
    rows.append(Attends(seats[3].pk, "represented", "Орлова Т. В.", "доверенность № 5 от 01.03.2024"))
    mark_attendance(meeting=meeting, attends=rows, by=secretary, on=DAY)

    opened = open_meeting(meeting=meeting, by=secretary, on=DAY, kept_by_seat=seats[1])

    assert opened.present == 3
    assert seats[3].pk in {one.seat_id for one in voters(opened)}


@pytest.mark.parametrize(
    "representative, authority, why",
    [
        ("", "доверенность", "назовите представителя"),
        ("Орлова", " ", "полномочие"),
        ("Ким Анна Олеговна", "д. 1", "член комиссии"),
    ],
)
def test_a_representative_is_a_named_outsider_with_a_paper(room, case, secretary, representative, authority, why):
    meeting = commissions.called(room, case)
    rows = [Attends(commissions.seat(room, "member").pk, "represented", representative, authority)]
    with pytest.raises(WrongAttendance, match=why):
        mark_attendance(meeting=meeting, attends=rows, by=secretary, on=DAY)


def test_a_representative_stands_in_for_one(room, case, secretary):
    meeting = commissions.called(room, case)
    rows = [Attends(one.pk, "represented", "Орлова Т. В.", "д. 5") for one in room.seats.all()[:2]]
    with pytest.raises(WrongAttendance, match="один голос"):
        mark_attendance(meeting=meeting, attends=rows, by=secretary, on=DAY)


def test_regulations_may_forbid_representatives(room, case, secretary):
    set_regulations(commission=room, valid_from=DAY, representatives=False, by=secretary)
    meeting = commissions.called(room, case)
    rows = [Attends(commissions.seat(room, "member").pk, "represented", "Орлова", "д. 5")]
    with pytest.raises(WrongAttendance, match="не допускает"):
        mark_attendance(meeting=meeting, attends=rows, by=secretary, on=DAY)


def test_with_the_chair_away_the_deputy_presides_and_signs(room, case):
    meeting = commissions.opened(room, case, away=("chair",))
    assert meeting.presided_by_seat == commissions.seat(room, "deputy")
    commissions.decided(meeting.items.get(), "agreement")
    close_meeting(meeting=meeting, by=commissions.user(room, "secretary"), on=DAY, at=AT)

    with pytest.raises(NotYourSignature):
        sign(meeting, "chair")
    sign(meeting, "deputy")

    assert sign(meeting, "secretary").is_signed


def test_with_nobody_to_preside_a_meeting_is_not_opened(room, case, secretary):
    meeting = commissions.attended(commissions.called(room, case), away=("chair", "deputy"))
    with pytest.raises(NotAllowed, match="вести заседание некому"):
        open_meeting(meeting=meeting, by=secretary, on=DAY)


def test_with_the_secretary_away_somebody_else_keeps_the_minutes(room, case, secretary):
    meeting = commissions.attended(commissions.called(room, case), away=("secretary",))
    with pytest.raises(NobodyKeepsMinutes):
        open_meeting(meeting=meeting, by=secretary, on=DAY)
    with pytest.raises(NobodyKeepsMinutes):
        open_meeting(meeting=meeting, by=secretary, on=DAY, kept_by_seat=commissions.seat(room, "chair"))

    opened = open_meeting(meeting=meeting, by=secretary, on=DAY, kept_by_seat=commissions.seat(room, "member"))

    assert opened.kept_by_seat == commissions.seat(room, "member")


def test_until_both_have_signed_no_decision_is_in_force(room, case, secretary):
    meeting = commissions.closed(room, case)
    decision = Decision.objects.get()
    with pytest.raises(NotAllowed, match="не подписан"):
        carry_out(decision=decision, note="готово", by=secretary, on=DAY)

    sign(meeting, "chair")
    decision.refresh_from_db()
    assert decision.in_force_on is None
    assert not CaseEvent.objects.filter(code="commission_decided").exists()

    sign(meeting, "secretary")
    decision.refresh_from_db()
    assert decision.in_force_on == DAY
    assert commissions.fresh(meeting).state == "signed"
    event = CaseEvent.objects.get(code="commission_decided")
    assert event.data["decision"].startswith("предложить соглашение о рассрочке до 04.04.2024")
    assert event.term_until == dt.date(2024, 4, 4)


def test_signed_minutes_are_kept_with_their_hash_and_paper(room, case):
    minutes = commissions.signed(room, case).minutes

    assert minutes.sha256 == digest(minutes.content)
    assert minutes.document.data["sha256"] == minutes.sha256
    assert minutes.content["quorum"] == {"members": 5, "present": 5, "needed": 3}
    assert minutes.content["items"][0]["debt"] == case.debt


def test_signed_minutes_and_their_votes_never_change(room, case):
    minutes = commissions.signed(room, case).minutes
    for statement in (
        f"UPDATE commission_minutes SET sha256 = 'x' WHERE id = {minutes.pk}",
        "UPDATE commission_vote SET choice = 'against'",
        "UPDATE commission_attendance SET presence = 'absent'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nobody_signs_for_another(room, case, secretary, administrator):
    meeting = commissions.closed(room, case)
    for somebody in (administrator, commissions.user(room, "member"), commissions.user(room, "deputy")):
        with pytest.raises((NotYourSignature, NotAllowed)):
            sign_minutes(meeting=meeting, sha256=meeting.minutes.sha256, by=somebody, on=DAY, at=AT)
    sign(meeting, "secretary")
    with pytest.raises(AlreadySigned):
        sign(meeting, "secretary")


def test_one_person_never_gives_both_signatures(room, case):
    """Four eyes in the data layer: not by the action, nor by a statement past it."""
    meeting = commissions.closed(room, case)
    secretary = commissions.user(room, "secretary")
    sign(meeting, "secretary")
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.filter(meeting=meeting).update(presided_by=secretary, presided_at=AT)


def test_one_sign_in_for_both_seats_does_not_sign_twice(room, case):
    meeting = commissions.closed(room, case)
    secretary = commissions.user(room, "secretary")
    room.seats.filter(part="secretary").update(user=None)
    room.seats.filter(part="chair").update(user=secretary)
    sign(meeting, "chair")
    room.seats.filter(part="chair").update(user=None)
    room.seats.filter(part="secretary").update(user=secretary)
    with pytest.raises(NotYourSignature, match="двое"):
        sign(meeting, "secretary")


def test_what_is_signed_is_what_was_read(room, case):
    meeting = commissions.closed(room, case)
    chair = commissions.user(room, "chair")
    with pytest.raises(MinutesChanged):
        sign_minutes(meeting=meeting, sha256="0" * 64, by=chair, on=DAY, at=AT)


def test_a_signed_half_is_taken_back_before_decisions_change(room, case, secretary):
    meeting = commissions.closed(room, case)
    sign(meeting, "chair")
    with pytest.raises(NotAllowed, match="уже есть подпись"):
        reopen_meeting(meeting=meeting, by=secretary, on=DAY)
    unsign_minutes(meeting=meeting, by=commissions.user(room, "chair"), on=DAY)

    assert reopen_meeting(meeting=meeting, by=secretary, on=DAY).state == "opened"


def test_every_question_is_decided_before_the_end(room, osen, secretary):
    meeting = commissions.opened(room, commissions.case(osen), commissions.case(osen, "8002"))
    commissions.decided(meeting.items.first(), "noted")
    with pytest.raises(Undecided, match="2"):
        close_meeting(meeting=meeting, by=secretary, on=DAY, at=AT)


def test_everybody_here_votes_and_nobody_else(room, case, secretary):
    meeting = commissions.opened(room, case, away=("deputy",))
    decision = propose(item=meeting.items.get(), kind="claim", by=secretary, on=DAY)
    seats = [one.seat_id for one in voters(meeting)]
    for votes, why in (
        ({}, "Не отмечен голос"),
        (dict.fromkeys(seats[1:], "for"), "Белов"),
        (dict.fromkeys([*seats, commissions.seat(room, "deputy").pk], "for"), "нет"),
        (dict.fromkeys(seats, "да"), "непонятен"),
    ):
        with pytest.raises(WrongVotes, match=why):
            vote(decision=decision, votes=votes, by=secretary, on=DAY)


@pytest.mark.parametrize("kind, said", [("supervision", {}), ("claim", {"due_on": DAY - dt.timedelta(days=1)}), ("praise", {})])
def test_a_decision_that_says_too_little(room, case, secretary, kind, said):
    meeting = commissions.opened(room, case)
    with pytest.raises(DecisionIncomplete):
        propose(item=meeting.items.get(), kind=kind, by=secretary, on=DAY, **said)


def test_a_kind_of_decision_is_proposed_once(room, case, secretary):
    meeting = commissions.opened(room, case)
    propose(item=meeting.items.get(), kind="claim", by=secretary, on=DAY)
    with pytest.raises(AlreadyProposed):
        propose(item=meeting.items.get(), kind="claim", by=secretary, on=DAY)


def test_a_proposal_that_was_taken_back_is_not_voted_on(room, case, secretary):
    meeting = commissions.opened(room, case)
    decision = propose(item=meeting.items.get(), kind="claim", by=secretary, on=DAY)
    withdraw(decision=Decision.objects.get(), by=secretary, on=DAY)
    with pytest.raises(ProposalGone, match="обратиться в суд.*уже снято"):
        vote(decision=decision, votes={one.seat_id: "for" for one in voters(meeting)}, by=secretary, on=DAY)


def test_a_member_does_not_run_the_commission(room, case):
    member = commissions.user(room, "member")
    meeting = commissions.listed(room, case)
    with pytest.raises(NotAllowed, match="вести комиссию"):
        call_meeting(meeting=meeting, by=member, on=DAY)


def test_a_rejected_decision_never_comes_in_force(room, case):
    meeting = commissions.opened(room, case)
    seats = tuple(room.seats.values_list("pk", flat=True))
    commissions.decided(meeting.items.get(), "claim", against=seats)
    close_meeting(meeting=meeting, by=commissions.user(room, "secretary"), on=DAY, at=AT)
    meeting = commissions.fresh(meeting)
    sign(meeting, "chair")
    sign(meeting, "secretary")

    assert Decision.objects.get().in_force_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(in_force_on=DAY)


def test_the_task_is_carried_out_by_the_creditor(room, case, officer, stranger):
    commissions.signed(room, case)
    decision = Decision.objects.get()
    with pytest.raises(NotAllowed, match="исполняет"):
        carry_out(decision=decision, note="подписали", by=stranger, on=DAY)
    with pytest.raises(NothingSaid):
        carry_out(decision=decision, note=" ", by=officer, on=DAY)

    carry_out(decision=decision, note="соглашение № 5", by=officer, on=DAY)

    assert CaseEvent.objects.get(code="commission_carried_out").data["note"] == "соглашение № 5"
    with pytest.raises(NotAllowed, match="исполнено"):
        carry_out(decision=decision, note="ещё раз", by=officer, on=DAY)


def test_there_is_one_chair_and_a_person_sits_once(room, town_hall):
    who = {"office": "police", "post": "Начальник", "organisation": "ОМВД", "name": "Седов П. А.", "valid_from": DAY}
    with pytest.raises(PlaceTaken, match="Председатель уже есть"):
        seat_member(commission=room, part="chair", by=None, **who)
    with pytest.raises(PlaceTaken, match="одно место"):
        seat_member(commission=room, part="member", user=commissions.user(room, "member"), by=None, **who)

    end_seat(seat=commissions.seat(room, "chair"), on=DAY, by=None)

    assert seat_member(commission=room, part="chair", by=None, **who).part == "chair"


def test_z3a_composition_is_checked_on_a_day(room):
    """Story of plan row Z3a: the missing office is named; when somebody sits for it, the composition is complete."""
    assert check_of(room, DAY).missing == ["социальная защита"]
    who = {"part": "member", "office": "social_protection", "post": "Директор", "organisation": "Центр", "name": "Ли А. А."}
    seat_member(commission=room, valid_from=DAY, by=None, **who)

    assert check_of(room, DAY).is_complete
    assert not check_of(room, DAY - dt.timedelta(days=1)).is_complete


def test_l1_a_year_is_planned_once_by_its_rhythm(room, secretary):
    """Story of plan rows L1 and L-App3: meetings at 6, 9 and 12 months, or every month."""
    set_regulations(commission=room, valid_from=dt.date(2024, 1, 1), rhythm="milestones", by=secretary)
    made = plan_year(commission=room, year=2024, by=secretary, on=dt.date(2024, 1, 15))

    assert [one.planned_on.month for one in made] == [6, 9, 12]
    with pytest.raises(NothingToPlan):
        plan_year(commission=room, year=2024, by=secretary, on=dt.date(2024, 1, 15))


def test_the_calendar_tells_missed_months(room, case):
    commissions.signed(room, case)
    shown = {one.month % 12 + 1: one for one in calendar(room, 2024, "monthly", dt.date(2024, 5, 5))}
    assert [number for number, one in shown.items() if one.missed] == [1, 2, 4]
    assert len(shown[3].meetings) == 1


def test_numbers_of_minutes_run_by_commission_and_year(room, osen, town_hall):
    first = commissions.signed(room, commissions.case(osen))
    second = commissions.opened(room, commissions.case(osen, "8002"), on=DAY + dt.timedelta(days=7))
    other = commissions.opened(commissions.commission(town_hall), commissions.case(osen, "8003"))
    assert (first.number, second.number, other.number) == (1, 2, 1)


def test_a_database_refuses_a_meeting_without_a_quorum(room, case):
    meeting = commissions.called(room, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state="opened")


def test_an_auditor_runs_nothing(room, osen):
    auditor = access.person(Role.AUDITOR, osen)
    with pytest.raises(NotAllowed):
        plan_year(commission=room, year=2024, by=auditor, on=DAY)
