"""Every move of a writ: allowed, wrong role, wrong state, too early, repeated; the table and the judged state agree."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import TooEarly
from debtors.models import CaseEvent
from debtors.states.case_file import replay
from enforcement.actions import complain as complaining
from enforcement.actions import decide_return, end_proceeding, record_measure, record_proceeding, replace_writ
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.models import BailiffComplaint, EnforcementProceeding, ImpossibilityAct, Writ
from enforcement.rules.words import WritState
from enforcement.states.writ import WRIT
from tests.factories import access
from tests.factories import writs as made

ONE_DAY = dt.timedelta(days=1)
LATER = dt.date(2025, 4, 1)


def _department() -> Addressed:
    return Addressed(department=access.department())


def _act(writ: Writ) -> ImpossibilityAct:
    return ImpossibilityAct.objects.get(writ=writ)


def _proceeding(writ: Writ) -> EnforcementProceeding:
    return EnforcementProceeding.objects.filter(writ=writ).latest("pk")


@dataclass(frozen=True)
class Step:
    """A move as people take it: from a writ in `start`, on `on`, leaving `event`; `repeats` False: a second one is refused."""

    action: str
    start: str
    on: dt.date
    event: str
    do: Callable
    repeats: bool = False

    def __str__(self) -> str:
        return f"{self.action} from {self.start}"


def _measure(writ, by, on):
    return record_measure.record_measure(
        proceeding=_proceeding(writ), measure=record_measure.Imposed("accounts", note="Сбербанк"), by=by, on=on
    )


def _end(ground):
    return lambda writ, by, on: end_proceeding.end_proceeding(writ=writ, ground=ground, by=by, on=on)


def _return(writ, by, on):
    return end_proceeding.record_return(writ=writ, paper=end_proceeding.Returned("46.1.3", sent_on=on), by=by, on=on)


def _mark(function):
    return lambda writ, by, on: function(writ=writ, note="письмо", by=by, on=on)


def _on_act(function):
    return lambda writ, by, on: function(act=_act(writ), note="письмо", by=by, on=on)


STEPS = [
    Step(
        "present",
        "writ",
        made.SENT,
        "writ_presented",
        lambda writ, by, on: present_writ(writ=writ, to=_department(), by=by, on=on),
    ),
    Step(
        "present",
        "returned",
        LATER,
        "writ_presented",
        lambda writ, by, on: present_writ(writ=writ, to=_department(), by=by, on=on),
    ),
    Step(
        "receive",
        "presented",
        made.SENT + ONE_DAY,
        "writ_received",
        lambda writ, by, on: record_proceeding.record_receipt(writ=writ, by=by, on=on),
    ),
    Step(
        "open_proceeding",
        "presented",
        made.OPENED,
        "proceeding_opened",
        lambda writ, by, on: record_proceeding.record_proceeding(
            writ=writ, opened=record_proceeding.Opened(made.NUMBER), by=by, on=on
        ),
    ),
    Step(
        "refuse_opening",
        "presented",
        made.OPENED,
        "writ_taken_back",
        lambda writ, by, on: record_proceeding.refuse_opening(writ=writ, why="нет адреса", by=by, on=on),
    ),
    Step("impose_measure", "executing", made.RETURNED, "measure_imposed", _measure, repeats=True),
    Step("finish", "executing", made.RETURNED, "proceeding_ended", _end("47.1.1")),
    Step("end", "executing", made.RETURNED, "proceeding_ended", _end("47.1.7")),
    Step("end_by_court", "executing", made.RETURNED, "writ_recalled", _end("47.1.4")),
    Step("return", "executing", made.RETURNED, "writ_returned", _return),
    Step("return", "presented", made.RETURNED, "writ_returned", _return),
    Step("withdraw", "executing", made.RETURNED, "writ_taken_back", _mark(end_proceeding.withdraw)),
    Step("withdraw", "presented", made.RETURNED, "writ_taken_back", _mark(end_proceeding.withdraw)),
    Step("agree", "returned", made.RETURNED + ONE_DAY, "return_agreed", _on_act(decide_return.agree_with_return)),
    Step("contest", "returned", made.RETURNED + ONE_DAY, "return_contested", _on_act(decide_return.contest_return)),
    Step(
        "choose",
        "returned",
        made.RETURNED + ONE_DAY,
        "return_choice",
        lambda writ, by, on: decide_return.choose_measure(act=_act(writ), kind="eviction", note="", by=by, on=on),
        repeats=True,
    ),
    Step(
        "property",
        "returned",
        made.RETURNED + ONE_DAY,
        "property_found",
        lambda writ, by, on: decide_return.record_property(
            writ=writ, kind="income", description="МУП «Порт»", source="ответ СФР", by=by, on=on
        ),
        repeats=True,
    ),
    Step(
        "record_act",
        "returned_bare",
        made.RETURNED,
        "act_received",
        lambda writ, by, on: end_proceeding.record_act(writ=writ, paper=end_proceeding.Returned("46.1.4"), by=by, on=on),
    ),
    Step("lose", "writ", made.SENT, "writ_lost", _mark(replace_writ.record_loss)),
    Step("lose", "presented", made.OPENED, "writ_lost", _mark(replace_writ.record_loss)),
    Step("find", "lost", made.OPENED, "writ_found", _mark(replace_writ.record_found)),
    Step(
        "replace",
        "lost",
        made.OPENED,
        "duplicate_issued",
        lambda writ, by, on: replace_writ.issue_duplicate(writ=writ, paper=replace_writ.Duplicate("2-100-Д"), by=by, on=on),
    ),
    Step("recall", "executing", made.RETURNED, "writ_recalled", _mark(replace_writ.recall_writ)),
    Step("recall", "writ", made.SENT, "writ_recalled", _mark(replace_writ.recall_writ)),
    Step(
        "part_paid",
        "writ",
        made.SENT,
        "writ_part_paid",
        lambda writ, by, on: replace_writ.record_part_payment(writ=writ, kopecks=10_000, note="", by=by, on=on),
        repeats=True,
    ),
    Step(
        "complain",
        "executing",
        made.RETURNED,
        "complaint_filed",
        lambda writ, by, on: complaining.complain(writ=writ, kind="proceeding", about="нет мер", by=by, on=on),
    ),
]


def start(name: str, creditor) -> Writ:
    if name == "lost":
        writ = made.writ(creditor)
        replace_writ.record_loss(writ=writ, note="", by=None, on=made.SENT)
        return made.fresh(writ)
    if name == "returned_bare":
        writ = made.returned(creditor)
        ImpossibilityAct.objects.all().delete()
        return writ
    return getattr(made, name)(creditor)


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_move_leaves_its_event_and_the_state_of_the_table(osen, officer, step):
    writ = start(step.start, osen)
    move = WRIT.find(writ.state, step.action)

    step.do(writ, officer, step.on)

    event = CaseEvent.objects.filter(case=writ.case_file).latest("pk")
    assert (event.code, event.happened_on, event.recorded_by) == (step.event, step.on, officer)
    assert event.code == move.event
    assert made.fresh(writ).state == move.leads_to(WritState.IN_HAND if step.action == "find" else writ.state)
    standing = replay(CaseEvent.objects.filter(case=writ.case_file).order_by("pk"))
    writ.case_file.refresh_from_db()
    assert (writ.case_file.stage, writ.case_file.stage_until) == (standing.stage, standing.stage_until)


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_move_is_refused_without_the_right(osen, clerk, step):
    writ = start(step.start, osen)
    with pytest.raises(NotAllowed, match="Нужно право"):
        step.do(writ, clerk, step.on)
    assert made.fresh(writ).state == writ.state


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_move_is_refused_before_the_day_the_state_began(osen, officer, step):
    writ = start(step.start, osen)
    with pytest.raises(NotAllowed):
        step.do(writ, officer, writ.state_on - ONE_DAY)
    assert made.fresh(writ).state == writ.state


@pytest.mark.parametrize("step", [step for step in STEPS if not step.repeats], ids=str)
def test_a_move_is_refused_the_second_time(osen, officer, step):
    writ = start(step.start, osen)
    step.do(writ, officer, step.on)
    before = (CaseEvent.objects.count(), made.fresh(writ).state)
    with pytest.raises(Refusal):
        step.do(made.fresh(writ), officer, step.on)
    assert (CaseEvent.objects.count(), made.fresh(writ).state) == before


def test_every_state_is_judged_by_the_table(osen, officer):
    """What the table forbids is refused, with the states from which it is allowed."""
    writ = made.writ(osen)
    with pytest.raises(NotAllowed, match="можно из: Исполняется, Предъявлен"):
        end_proceeding.withdraw(writ=writ, note="", by=officer, on=made.SENT)


def test_presenting_is_refused_a_day_after_the_term_and_allowed_on_its_last(osen, officer):
    writ = made.writ(osen)
    assert writ.present_until == dt.date(2027, 3, 11)
    with pytest.raises(NotAllowed, match="истёк 11.03.2027.*ст. 23"):
        present_writ(writ=writ, to=_department(), by=officer, on=dt.date(2027, 3, 12))
    present_writ(writ=writ, to=_department(), by=officer, on=dt.date(2027, 3, 11))


def test_presenting_again_waits_six_months_or_for_news_of_property(osen, officer):
    writ = made.returned(osen)
    assert writ.repeat_from == dt.date(2025, 3, 16)
    with pytest.raises(NotAllowed, match="можно с 16.03.2025"):
        present_writ(writ=writ, to=_department(), by=officer, on=dt.date(2025, 3, 15))
    decide_return.record_property(
        writ=writ, kind="vehicle", description="Лада", source="ГИБДД", by=officer, on=dt.date(2024, 11, 1)
    )
    early = present_writ(writ=writ, to=_department(), by=officer, on=dt.date(2024, 11, 5))
    assert early.is_early


def test_news_known_before_the_return_open_nothing(osen, officer):
    writ = made.executing(osen)
    decide_return.record_property(
        writ=writ, kind="vehicle", description="Лада", source="ГИБДД", by=officer, on=dt.date(2024, 5, 1)
    )
    end_proceeding.record_return(writ=writ, paper=end_proceeding.Returned("46.1.4"), by=officer, on=made.RETURNED)
    with pytest.raises(NotAllowed, match="16.03.2025"):
        present_writ(writ=writ, to=_department(), by=officer, on=dt.date(2024, 11, 5))


def test_a_contested_return_that_is_cancelled_runs_on(osen, officer):
    writ = made.returned(osen)
    act = decide_return.contest_return(act=_act(writ), note="не искали счета", by=officer, on=made.RETURNED + ONE_DAY)

    decide_return.record_contest_outcome(act=act, granted=True, note="", by=officer, on=dt.date(2024, 10, 10))

    writ = made.fresh(writ)
    assert (writ.state, writ.present_until) == (WritState.EXECUTING, None)
    assert _proceeding(writ).status == "open" and writ.presentations.get().ended_on is None


def test_contesting_is_refused_after_ten_working_days_of_receipt(osen, officer):
    writ = made.returned(osen)
    ImpossibilityAct.objects.update(received_on=dt.date(2024, 9, 20))
    with pytest.raises(decide_return.ContestTooLate, match="04.10.2024"):
        decide_return.contest_return(act=_act(writ), note="", by=officer, on=dt.date(2024, 10, 5))
    decide_return.contest_return(act=_act(writ), note="", by=officer, on=dt.date(2024, 10, 4))


@pytest.mark.parametrize(
    ("kind", "start_name", "last"),
    [("opening", "received", dt.date(2024, 4, 5)), ("proceeding", "executing", dt.date(2024, 6, 10))],
)
def test_a_complaint_waits_for_the_last_day_of_the_term(osen, officer, kind, start_name, last):
    if start_name == "received":
        writ = made.presented(osen)
        record_proceeding.record_receipt(writ=writ, by=officer, on=dt.date(2024, 4, 2))
    else:
        writ = made.executing(osen)
    with pytest.raises(complaining.TermNotOver, match=f"{last:%d.%m.%Y}"):
        complaining.complain(writ=writ, kind=kind, about="", by=officer, on=last)
    complaint = complaining.complain(writ=writ, kind=kind, about="", by=officer, on=last + ONE_DAY)
    assert complaint.term_ended_on == last
    complaining.record_answer(complaint=complaint, outcome="granted", by=officer, on=last + dt.timedelta(days=9))
    assert not BailiffComplaint.objects.waiting().exists()


def test_no_term_no_complaint(osen, officer):
    writ = made.presented(osen)
    with pytest.raises(complaining.NoSuchTerm):
        complaining.complain(writ=writ, kind="opening", about="", by=officer, on=LATER)


def test_a_duplicate_runs_on_the_term_of_the_lost_paper(osen, officer):
    writ = made.writ(osen)
    replace_writ.record_loss(writ=writ, note="", by=officer, on=dt.date(2026, 1, 12))

    new = replace_writ.issue_duplicate(writ=writ, paper=replace_writ.Duplicate(), by=officer, on=dt.date(2026, 2, 2))

    assert (new.present_until, new.state, new.total) == (dt.date(2027, 3, 11), WritState.IN_HAND, writ.total)
    assert made.fresh(writ).state == WritState.REPLACED


def test_withdrawing_deducts_the_time_away(osen, officer):
    writ = made.presented(osen, on=dt.date(2025, 4, 1))
    end_proceeding.withdraw(writ=writ, note="", by=officer, on=dt.date(2025, 9, 1))
    assert made.fresh(writ).present_until == dt.date(2028, 4, 3), "first presentation plus three years, a Saturday moved"


def test_an_employer_takes_no_more_than_the_law_lets(osen, officer):
    rich = made.writ(osen, principal=11_000_000)
    with pytest.raises(NotAllowed, match="предел 100"):
        present_writ(writ=rich, to=Addressed("employer", addressee="МУП «Порт»"), by=officer, on=made.SENT)


def test_nobody_to_present_to_is_refused(osen, officer):
    with pytest.raises(Refusal, match="отдел приставов"):
        present_writ(writ=made.writ(osen), to=Addressed(), by=officer, on=made.SENT)


def test_too_early_names_the_day(osen, officer):
    writ = made.presented(osen)
    with pytest.raises(TooEarly, match="с 01.04.2024"):
        record_proceeding.record_receipt(writ=writ, by=officer, on=made.SENT - ONE_DAY)
