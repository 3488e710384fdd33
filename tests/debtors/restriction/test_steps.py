"""A restriction from the warning to the restoration: papers, events, refusals, the morning look, the plan's row."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from casedesk.documents.models import Document, PrintRun
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.actions.check_restrictions import check_restrictions
from debtors.actions.follow_restriction import (
    NoSuchDay,
    WarningWithoutProof,
    block,
    cancel,
    limit,
    restore,
    set_terms,
    suspend,
    unblock,
    warn,
    warn_many,
)
from debtors.actions.moves import TooEarly
from debtors.actions.place_hold import lift_hold, place_hold
from debtors.actions.set_flag import remove_flag, set_flag
from debtors.actions.sign_agreement import sign_agreement
from debtors.actions.start_restrictions import NothingToRestrict, start_restrictions
from debtors.models import CaseEvent, Service, ServiceRestriction
from debtors.queries.restriction_deadlines import restriction_deadlines
from debtors.queries.restrictions import preview_start
from tests.factories import restrictions

pytestmark = pytest.mark.django_db
DAY, MONTHLY = restrictions.DAY, restrictions.MONTHLY


def later(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


@pytest.fixture
def one(osen, officer) -> ServiceRestriction:
    """A restriction of electricity whose warning is prepared."""
    return restrictions.started(restrictions.owing_case(osen), officer)


@pytest.fixture
def cut(one, officer) -> ServiceRestriction:
    """Warned and limited on the first lawful day."""
    return restrictions.limited(restrictions.warned(one, officer), officer, on=later(21))


def codes(case) -> list[str]:
    return [event.code for event in CaseEvent.objects.filter(case=case).order_by("pk")][1:]


def test_a_restriction_walks_its_lawful_steps(osen, officer, one):
    """L11: warned with proof, limited after 20 days, suspended after 10 more, paid, restored within two days."""
    restrictions.warned(one, officer)
    restrictions.limited(one, officer, on=later(21))
    suspended = suspend(restriction=one, present="слесарь Ким", by=officer, on=later(32), today=later(32))
    restrictions.pay(suspended, 5 * MONTHLY, on=later(33))
    told = check_restrictions(creditor=osen, on=later(34))
    one.refresh_from_db()
    due = one.next_due_on
    restored = restore(restriction=one, present="", by=officer, on=later(34), today=later(34))

    assert told.to_restore == 1
    assert (one.ground_gone_on, due) == (later(33), later(35))
    assert (restored.state, restored.ended_on) == ("restored", later(34))
    assert codes(one.case) == [
        "restriction_prepared",
        "restriction_warned",
        "service_limited",
        "service_suspended",
        "restriction_ground_gone",
        "service_restored",
    ]
    papers = Document.objects.filter(subject_kind="debtors.servicerestriction").order_by("pk")
    assert [paper.kind for paper in papers] == ["restriction_warning"] + ["restriction_act"] * 3
    assert papers[0].total == sum(row["amount"] for row in papers[0].data["months"]) == 5 * MONTHLY


def test_a_warning_without_proof_starts_nothing(one, officer):
    with pytest.raises(WarningWithoutProof):
        warn(restriction=one, channel="post", proof=" ", by=officer, on=DAY, today=DAY)
    one.refresh_from_db()
    assert one.warned_on is None


def test_no_step_is_recorded_for_tomorrow(one, officer):
    with pytest.raises(NoSuchDay):
        warn(restriction=one, channel="hand", proof="расписка", by=officer, on=later(1), today=DAY)


def test_a_step_not_before_the_one_it_follows(one, officer):
    with pytest.raises(TooEarly):
        warn(restriction=one, channel="hand", proof="расписка", by=officer, on=later(-1), today=DAY)


@pytest.mark.parametrize("days", [1, 20])
def test_limiting_early_is_refused_with_the_norm(one, officer, days):
    restrictions.warned(one, officer)

    with pytest.raises(NotAllowed, match=r"можно с 11\.07\.2024.*п\. 119"):
        limit(restriction=one, present="", by=officer, on=later(days), today=later(days))


def test_limiting_without_a_warning_is_refused(one, officer):
    with pytest.raises(NotAllowed, match="должник предупреждён"):
        limit(restriction=one, present="", by=officer, on=later(30), today=later(30))


def test_the_database_knows_no_cut_without_a_warning(one):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRestriction.objects.filter(pk=one.pk).update(limited_on=DAY)


def test_suspending_what_could_be_limited_first_is_refused(one, officer):
    restrictions.warned(one, officer)

    with pytest.raises(NotAllowed, match="сначала услугу ограничивают"):
        suspend(restriction=one, present="", by=officer, on=later(40), today=later(40))


def test_what_cannot_be_limited_is_suspended_after_the_term(one, officer):
    set_terms(restriction=one, monthly=MONTHLY, can_be_limited=False, heats=False, by=officer, on=DAY)
    restrictions.warned(one, officer)

    assert suspend(restriction=one, present="", by=officer, on=later(21), today=later(21)).state == "suspended"


def test_a_payment_under_the_threshold_stops_the_cut(osen, one, officer):
    restrictions.warned(one, officer)
    restrictions.pay(one, 3 * MONTHLY, on=later(5))

    with pytest.raises(NotAllowed, match="не больше 2 месячных плат"):
        limit(restriction=one, present="", by=officer, on=later(21), today=later(21))
    check_restrictions(creditor=osen, on=later(21))
    one.refresh_from_db()
    assert one.state == "warned"
    assert "не больше" in one.next_reason


def test_full_payment_before_the_cut_takes_it_off(osen, one, officer):
    restrictions.warned(one, officer)
    restrictions.pay(one, 6 * MONTHLY, on=later(5))

    assert check_restrictions(creditor=osen, on=later(6)).cancelled == 1
    assert check_restrictions(creditor=osen, on=later(6)).seen == 0
    one.refresh_from_db()
    assert (one.state, one.end_reason) == ("cancelled", "долг за услугу погашен")


def test_an_agreement_is_a_ground_to_restore(osen, cut, officer):
    """п. 120: the term of restoring runs from the agreement; nobody waits for the morning."""
    sign_agreement(case=cut.case, covered_through=months.of(DAY) - 1, parts=6, pay_day=15, by=officer, on=later(22))

    cut.refresh_from_db()
    assert (cut.next_action, cut.next_due_on) == ("restore", later(24))
    assert check_restrictions(creditor=osen, on=later(22)).to_restore == 0, "and the morning finds nothing more"


def test_an_agreement_takes_a_warning_off_at_once(osen, one, officer):
    """п. 118."""
    restrictions.warned(one, officer)
    agreed = sign_agreement(case=one.case, covered_through=months.of(DAY) - 1, parts=6, pay_day=15, by=officer, on=later(2))

    one.refresh_from_db()
    assert (one.state, one.ended_on, one.end_reason) == ("cancelled", later(2), f"заключено {agreed}")


def test_a_dispute_moves_the_next_step_at_once_and_back(one, officer):
    """п. 31: while charges are disputed nothing is cut; the list says so the moment the hold is placed."""
    restrictions.warned(one, officer)
    one.refresh_from_db()
    assert (one.next_action, one.next_from) == ("limit", later(21))

    hold = place_hold(case=one.case, kind="dispute", reason="проверка", by=officer, on=later(3), until=later(40))
    one.refresh_from_db()
    assert (one.next_action, one.next_from) == ("limit", later(40))

    lift_hold(hold=hold, reason="проверено", by=officer, on=later(4))
    one.refresh_from_db()
    assert one.next_from == later(21)

    place_hold(case=one.case, kind="dispute", reason="в суде", by=officer, on=later(5))
    one.refresh_from_db()
    assert (one.next_action, one.next_from) == ("", None)
    assert "спора" in one.next_reason


def test_a_flag_stops_the_steps_at_once_and_lets_go(cut, officer):
    set_flag(case=cut.case, kind="deceased", reason="свидетельство", by=officer, on=later(22))
    cut.refresh_from_db()
    assert (cut.next_action, cut.next_norm) == ("", "ГК РФ ст. 1175")

    remove_flag(case=cut.case, kind="deceased", reason="однофамилец", by=officer, on=later(23))
    cut.refresh_from_db()
    assert (cut.next_action, cut.next_from) == ("suspend", later(32))


def test_a_circumstance_stops_and_lets_go(cut, officer):
    stopped = block(restriction=cut, kind="medical", reason="ИВЛ, справка 5", by=officer, on=later(22))
    assert "медицинское" in stopped.next_reason
    with pytest.raises(NotAllowed, match="ИВЛ"):
        suspend(restriction=cut, present="", by=officer, on=later(40), today=later(40))

    assert unblock(restriction=cut, reason="переехал", by=officer, on=later(23)).next_action == "suspend"
    with pytest.raises(NotAllowed):
        unblock(restriction=cut, reason="ещё", by=officer, on=later(23))


def test_a_cut_service_is_not_cancelled_but_restored(cut, officer):
    with pytest.raises(NotAllowed):
        cancel(restriction=cut, reason="ошибка", by=officer, on=later(22), today=later(22))


def test_a_reader_may_do_nothing(one, auditor):
    with pytest.raises(NotAllowed):
        warn(restriction=one, channel="hand", proof="расписка", by=auditor, on=DAY, today=DAY)


def test_the_preview_says_who_may_not_be_restricted(osen, officer):
    fit = restrictions.owing_case(osen, "1")
    poor = restrictions.owing_case(osen, "2", count=2)
    busy = restrictions.owing_case(osen, "3")
    restrictions.started(busy, officer)

    found = preview_start(cases=[fit.pk, poor.pk, busy.pk], service=Service.objects.get(pk=5), on=DAY)

    assert [row.case for row in found.candidates] == [fit]
    assert found.candidates[0].monthly == MONTHLY
    reasons = dict(found.refused)
    assert "не больше 2 месячных плат" in reasons[poor]
    assert "уже идёт ограничение № 1" in reasons[busy]


def test_heating_is_never_offered(osen, officer):
    cold = restrictions.owing_case(osen, service=restrictions.HEATING)

    with pytest.raises(NothingToRestrict, match="не ограничивают"):
        restrictions.started(cold, officer, service=restrictions.HEATING)


def test_many_start_in_one_print_run_and_not_twice(osen, officer):
    made = [restrictions.owing_case(osen, str(number)) for number in range(4)]
    given = {"service": Service.objects.get(pk=5), "by": officer, "on": DAY, "at": restrictions.AT}

    started, run = start_restrictions(cases=[case.pk for case in made], **given)

    assert [one.number for one in started] == [1, 2, 3, 4]
    assert run.count == 4
    with pytest.raises(NothingToRestrict):
        start_restrictions(cases=[case.pk for case in made], **given)
    assert PrintRun.objects.count() == 1
    assert ServiceRestriction.history.count() == 4


def test_starting_takes_a_fixed_number_of_queries(osen, officer, django_assert_max_num_queries):
    many = [restrictions.owing_case(osen, str(number)).pk for number in range(8)]
    given = {"service": Service.objects.get(pk=5), "by": officer, "on": DAY, "at": restrictions.AT}
    start_restrictions(cases=many[:1], **given)

    with django_assert_max_num_queries(60):
        start_restrictions(cases=many[1:], **given)


def test_the_morning_look_takes_a_fixed_number_of_queries(osen, officer, django_assert_max_num_queries):
    many = [restrictions.owing_case(osen, str(number)).pk for number in range(8)]
    start_restrictions(cases=many, service=Service.objects.get(pk=5), by=officer, on=DAY, at=restrictions.AT)

    with django_assert_max_num_queries(12):
        check_restrictions(creditor=osen, on=later(1))


def test_warnings_are_marked_many_at_once(osen, officer, one):
    other = restrictions.started(restrictions.owing_case(osen, "2"), officer)
    restrictions.warned(other, officer)

    done = warn_many(restrictions=[one, other], channel="bill", proof="реестр 7", by=officer, on=DAY, today=DAY)

    assert [marked.pk for marked in done.done] == [one.pk]
    assert done.refused[0][0] == other


def test_days_stand_in_the_deadline_register(osen, officer, cut):
    cases = type(cut.case).objects.filter(pk=cut.case_id)

    (line,) = restriction_deadlines(cases, first=DAY, last=later(60))

    assert (line.day, line.kind) == (later(32), "restriction")
    assert "Приостановить" in line.title
    assert line.url == cut.get_absolute_url()


def test_the_row_of_the_plan_counts_warned_imposed_lifted(osen, officer, cut):
    """L11: restrictions notified, imposed, lifted; each figure is the total of its list."""
    restore(restriction=cut, present="", by=officer, on=later(25), today=later(25))
    june, july = Question(months.of(DAY)), Question(months.of(DAY) + 1)
    totals = {code: catalogue.get(code).totals for code in ("restriction.warned", "restriction.imposed", "restriction.lifted")}

    assert totals["restriction.warned"](june) == (1, cut.warned_debt)
    assert totals["restriction.warned"](july) == (0, 0)
    assert totals["restriction.imposed"](july) == totals["restriction.lifted"](july) == (1, cut.warned_debt)
    assert catalogue.total_of(catalogue.get("restriction.imposed").facts(july), 2) == (1, cut.warned_debt)


def test_a_stranger_sees_nothing(one, stranger):
    assert not ServiceRestriction.objects.visible_to(stranger).exists()
