"""Steps a person takes on a case: allowed, wrong role, wrong stage, too early, repeated, and what they leave."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.assign_cases import OfficerCannotWork, assign_cases
from debtors.actions.change_opening_rule import RuleInThePast, change_opening_rule
from debtors.actions.close_cases import CloseReasonMissing, close_case
from debtors.actions.place_hold import HoldEndsTooEarly, HoldIsOver, lift_hold, place_hold
from debtors.actions.record_note import NotYourNote, edit_note, record_note
from debtors.actions.set_flag import FlagAlreadySet, FlagNotSet, remove_flag, set_flag
from debtors.models import CaseEvent, CaseFile, CloseReason, EventsAreFinal, OpeningRule
from debtors.queries.candidates import effect_of
from tests.factories import cases

DAY = dt.date(2024, 3, 1)
LATER = dt.date(2024, 3, 10)


def codes(case) -> list[str]:
    return list(case.events.order_by("id").values_list("code", flat=True))


def closed(case, officer):
    close_case(case=case, why="передано", by=officer, on=DAY)
    case.refresh_from_db()
    return case


STEPS = {
    "note": lambda case, by, on: record_note(case=case, text="звонил", by=by, on=on),
    "flag": lambda case, by, on: set_flag(case=case, kind="hardship", reason="болезнь", by=by, on=on),
    "hold": lambda case, by, on: place_hold(case=case, kind="dispute", reason="спор", by=by, on=on),
    "close": lambda case, by, on: close_case(case=case, why="передано", by=by, on=on),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leaves_its_event(case, officer, step):
    STEPS[step](case, officer, LATER)

    assert len(codes(case)) == 2


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ["auditor", "clerk", "supervisor", "bailiff_liaison"])
def test_a_role_without_the_right_is_refused(case, request, step, role):
    with pytest.raises(NotAllowed, match="Нужно право"):
        STEPS[step](case, request.getfixturevalue(role), LATER)

    assert codes(case) == ["case_opened"]


@pytest.mark.parametrize("step", ["flag", "hold", "close"])
def test_a_closed_case_takes_no_steps(case, officer, step):
    with pytest.raises(NotAllowed, match="нельзя из состояния «Закрыто»"):
        STEPS[step](closed(case, officer), officer, LATER)


@pytest.mark.parametrize("step", ["flag", "hold", "close"])
def test_a_step_before_the_case_was_opened_is_refused(case, officer, step):
    with pytest.raises(NotAllowed, match="Укажите день не раньше"):
        STEPS[step](case, officer, dt.date(2024, 2, 29))


def test_a_note_is_edited_by_its_author_alone(case, officer, administrator):
    note = record_note(case=case, text="звонил", by=officer, on=DAY)

    with pytest.raises(NotYourNote):
        edit_note(note=note, text="не звонил", is_pinned=False, by=administrator)
    edit_note(note=note, text="звонил дважды", is_pinned=True, by=officer)

    assert [row.text for row in note.history.order_by("history_id")] == ["звонил", "звонил дважды"]


def test_a_flag_is_set_once_and_taken_off_once(case, officer):
    set_flag(case=case, kind="malicious", reason="не отвечает", by=officer, on=DAY)
    with pytest.raises(FlagAlreadySet):
        set_flag(case=case, kind="malicious", reason="снова", by=officer, on=DAY)
    case.refresh_from_db()
    assert case.flag_names == ["злостный неплательщик"]

    remove_flag(case=case, kind="malicious", reason="ошибка", by=officer, on=DAY)
    with pytest.raises(FlagNotSet):
        remove_flag(case=case, kind="malicious", reason="ошибка", by=officer, on=DAY)
    case.refresh_from_db()
    assert case.flag_marks == ""


def test_a_hold_ends_by_itself_and_the_case_is_back_in_the_queue(case, officer):
    place_hold(case=case, kind="subsidy", reason="заявление", until=dt.date(2024, 4, 1), by=officer, on=DAY)

    assert CaseFile.objects.on_hold(dt.date(2024, 3, 31)).exists()
    assert not CaseFile.objects.actionable(dt.date(2024, 3, 31)).exists()
    assert not CaseFile.objects.on_hold(dt.date(2024, 4, 1)).exists()
    assert CaseFile.objects.actionable(dt.date(2024, 4, 1)).get().next_action == "prepare_reminder"


def test_the_longest_hold_decides_and_lifting_it_leaves_the_other(case, officer):
    place_hold(case=case, kind="subsidy", reason="заявление", until=dt.date(2024, 4, 1), by=officer, on=DAY)
    endless = place_hold(case=case, kind="dispute", reason="иск", by=officer, on=DAY)
    case.refresh_from_db()
    assert (case.hold_kind, case.hold_until, case.next_action) == ("dispute", None, "review_hold")

    lift_hold(hold=endless, reason="иск отозван", by=officer, on=LATER)

    case.refresh_from_db()
    assert (case.hold_kind, case.hold_until) == ("subsidy", dt.date(2024, 4, 1))
    with pytest.raises(HoldIsOver):
        lift_hold(hold=endless, reason="ещё раз", by=officer, on=LATER)


def test_a_hold_cannot_end_before_it_starts(case, officer):
    with pytest.raises(HoldEndsTooEarly):
        place_hold(case=case, kind="dispute", reason="спор", until=DAY, by=officer, on=DAY)


def test_closing_by_hand_asks_why(case, officer):
    with pytest.raises(CloseReasonMissing):
        close_case(case=case, why="", by=officer, on=DAY)

    assert closed(case, officer).close_reason == CloseReason.BY_HAND
    assert case.events.filter(code="case_closed").get().data == {"why": "передано"}


def test_assigning_many_keeps_history_and_skips_what_is_done(osen, officer, administrator):
    for number in ("1", "2"):
        cases.owing(osen, number, on=DAY)
    cases.case_of(cases.owing(osen, "3", on=DAY), DAY)

    assert assign_cases(cases=CaseFile.objects.all(), to=officer, by=administrator, on=DAY).changed == 3
    again = assign_cases(cases=CaseFile.objects.all(), to=officer, by=administrator, on=DAY)

    assert (again.changed, again.unchanged) == (0, 3)
    assert CaseEvent.objects.filter(code="assigned").count() == 3
    assert CaseFile.history.filter(officer=officer).count() == 3


def test_a_stranger_cannot_be_given_a_case(case, stranger, officer, clerk):
    for person in (stranger, clerk):
        with pytest.raises(OfficerCannotWork):
            assign_cases(cases=[case], to=person, by=officer, on=DAY)


def test_who_may_not_assign_is_told_so(case, officer, clerk):
    found = assign_cases(cases=[case], to=officer, by=clerk, on=DAY)

    assert not found.changed and "Нужно право «распределять дела»" in found.refused[0][1]


def test_a_rule_starting_today_is_applied_at_once(osen, officer):
    cases.owing(osen, "1", overdue=1_200_000, on=DAY)
    cases.case_of(cases.owing(osen, "2", overdue=2_000_000, on=DAY), DAY)

    changed = change_opening_rule(
        creditor=osen, valid_from=DAY, by=officer, on=DAY, close_uncovered=True, threshold_x100=300, min_overdue_months=2
    )

    assert changed.let_go == 1
    assert list(CaseFile.objects.live().values_list("account__number", flat=True)) == ["2"]
    assert CaseFile.objects.get(account__number="1").close_reason == CloseReason.BELOW_RULE


def test_worked_on_cases_survive_a_stricter_rule(case, osen, officer):
    assign_cases(cases=[case], to=officer, by=officer, on=DAY)

    change_opening_rule(creditor=osen, valid_from=DAY, by=officer, on=DAY, close_uncovered=True, threshold_x100=9900)

    case.refresh_from_db()
    assert case.is_open


def test_the_dry_run_lists_what_the_change_then_does(osen, officer):
    cases.owing(osen, "1", overdue=800_000, on=DAY)
    cases.case_of(cases.owing(osen, "2", overdue=1_100_000, on=DAY), DAY)
    looser, stricter = OpeningRule(threshold_x100=150, min_overdue_months=2), OpeningRule(threshold_x100=250)

    assert [state.account.number for state in effect_of(creditor=osen, rule=looser, on=DAY).opens] == ["1"]
    assert [case.account.number for case in effect_of(creditor=osen, rule=stricter, on=DAY).lets_go] == ["2"]


def test_a_rule_is_not_set_for_the_past_nor_by_a_clerk(osen, officer, clerk):
    with pytest.raises(RuleInThePast):
        change_opening_rule(creditor=osen, valid_from=dt.date(2024, 2, 29), by=officer, on=DAY, threshold_x100=300)
    with pytest.raises(NotAllowed):
        change_opening_rule(creditor=osen, valid_from=DAY, by=clerk, on=DAY, threshold_x100=300)


def test_events_are_final_in_the_model_and_in_the_database(case):
    event = case.events.get()

    for change in (event.save, event.delete, case.events.all().delete):
        with pytest.raises(EventsAreFinal):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE debtors_caseevent SET code = 'noted'")


def test_refusals_carry_words_for_people(case, officer):
    with pytest.raises(Refusal) as refused:
        place_hold(case=case, kind="dispute", reason="спор", until=DAY, by=officer, on=DAY)

    assert refused.value.message.endswith(".") and refused.value.code == "hold_ends_too_early"
