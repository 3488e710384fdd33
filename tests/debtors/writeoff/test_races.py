"""Four eyes at one moment: whoever is quick passes neither their own act nor one act twice (PostgreSQL)."""

import pytest
from django.test import Client

from casedesk.access.models import User
from casedesk.access.rights import Role
from debtors.actions.decide_write_off import approve_write_off, ask_write_off, refuse_write_off, withdraw_write_off
from debtors.actions.gather_write_off import gather_write_off
from debtors.actions.penalty_campaigns import ask_campaign, decide_campaign, run_campaigns
from debtors.actions.post_write_off import post_write_off
from debtors.actions.restore_written_off import restore_act
from debtors.models import Booking, Payment, PenaltyWaiver, WriteOffAct, WriteOffReversal
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import noon
from tests.debtors.writeoff.conftest import TODAY, gathered, posted
from tests.debtors.writeoff.test_penalty_campaign import DAY, END, FIRST, owing  # noqa: F401  a fixture
from tests.factories import access
from tests.races import at_once, on_a_server, refused

pytestmark = on_a_server
ROUNDS = 3


def fresh(person: User) -> User:
    """The person with nothing cached: threads share no objects."""
    return User.objects.get(pk=person.pk)


def approving(act: WriteOffAct, person: User):
    return lambda: approve_write_off(act=act, by=fresh(person), on=TODAY)


@pytest.fixture
def asked(old_debt, officer):
    return ask_write_off(act=gathered(old_debt, officer), by=officer, on=TODAY)


@pytest.fixture
def second(old_debt):
    return access.person(Role.LEGAL_OFFICER, old_debt.creditor, username="second")


def test_the_asker_does_not_slip_in_beside_the_one_who_approves(asked, officer, chief):
    answers = at_once(approving(asked, officer), approving(asked, officer), approving(asked, chief))

    assert len(refused(answers)) == 2
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("approved", chief)


def test_of_two_who_approve_at_once_one_decides(asked, chief, second):
    answers = at_once(approving(asked, chief), approving(asked, second))

    (told,) = refused(answers)
    assert "сейчас «утверждён, проводится»" in told
    asked.refresh_from_db()
    assert asked.decided_by in (chief, second)


def test_an_act_is_not_both_approved_and_refused(asked, chief, second):
    answers = at_once(
        approving(asked, chief), lambda: refuse_write_off(act=asked, why="нет приказа", by=fresh(second), on=TODAY)
    )
    assert len(refused(answers)) == 1
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) in (("approved", chief), ("refused", second))


def test_an_act_taken_back_is_not_approved_meanwhile(asked, officer, chief):
    answers = at_once(approving(asked, chief), lambda: withdraw_write_off(act=asked, by=fresh(officer)))
    assert len(refused(answers)) == 1
    asked.refresh_from_db()
    assert (asked.state == "approved") == (asked.decided_by == chief)
    assert asked.state in ("approved", "withdrawn")


def test_the_asker_is_not_exchanged_while_somebody_approves(asked, officer, chief):
    """The old way round four eyes: make somebody else the asker, then approve one's own act."""

    def exchange():
        WriteOffAct.objects.filter(pk=asked.pk).update(asked_by=chief, made_by=chief)

    answers = at_once(exchange, approving(asked, officer))

    assert len(refused(answers)) == 2
    asked.refresh_from_db()
    assert (asked.state, asked.made_by, asked.asked_by) == ("asked", officer, officer)


def test_programs_at_once_are_held_to_two_people(asked, officer, chief):
    """Through the API, by three requests at one moment."""
    clients = []
    for person in (officer, officer, chief):
        clients.append(Client())
        clients[-1].force_login(person)

    answers = at_once(*(lambda client=client: client.post(f"/api/write-offs/{asked.pk}/approve/") for client in clients))

    assert sorted(answer.status_code == 200 for answer in answers) == [False, False, True]
    assert answers[2].status_code == 200
    asked.refresh_from_db()
    assert asked.decided_by == chief


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_jobs_of_one_act_book_it_once(asked, chief, attempt):
    act = approve_write_off(act=asked, by=chief, on=TODAY)

    def post():
        return post_write_off(act=act, by=fresh(chief), learnt_at=noon(TODAY), on=TODAY)

    answers = at_once(post, post)

    assert refused(answers) == []
    assert Booking.objects.filter(kind="write_off").count() == 1
    assert sum(Payment.objects.values_list("amount", flat=True)) == act.total
    assert not any(faults(TODAY).values())


def test_an_act_is_restored_once(old_debt, officer, chief, second):
    act = posted(old_debt, officer, chief)

    def restore(person):
        given = {"why": "mistake", "note": "ошибка", "learnt_at": noon(TODAY), "on": TODAY}
        return lambda: restore_act(act=act, by=fresh(person), **given)

    answers = at_once(restore(chief), restore(second))

    assert len(refused(answers)) == 1 and "Восстанавливать нечего" in refused(answers)[0]
    assert WriteOffReversal.objects.count() == 1
    assert sum(Payment.objects.values_list("amount", flat=True)) == 0
    assert not any(faults(TODAY).values())


def test_one_debt_stands_in_one_act(old_debt, officer, chief):
    ids = [account.pk for account in old_debt.accounts]

    def gather(person):
        return lambda: gather_write_off(
            creditor=old_debt.creditor, ground="limitation", account_ids=ids, by=fresh(person), on=TODAY
        )

    answers = at_once(gather(officer), gather(chief))

    assert len(refused(answers)) == 1 and "другом акте" in refused(answers)[0]
    assert WriteOffAct.objects.count() == 1


def test_a_campaign_is_decided_by_another_and_forgives_once(owing, officer, chief):  # noqa: F811
    terms = {"name": "Весна", "cause": "праздник", "order": "№ 7", "valid_from": FIRST, "valid_to": END}
    campaign = ask_campaign(creditor=owing.creditor, by=officer, on=FIRST, **terms)

    def decide(person):
        return lambda: decide_campaign(campaign=campaign, approve=True, by=fresh(person), on=FIRST)

    assert len(refused(at_once(decide(officer), decide(chief), decide(chief)))) == 2
    campaign.refresh_from_db()
    assert (campaign.state, campaign.decided_by) == ("approved", chief)

    def run():
        return run_campaigns(creditor=owing.creditor, learnt_at=noon(DAY), on=DAY)

    assert sorted(at_once(run, run)) == [0, 1]
    assert PenaltyWaiver.objects.count() == 1
    assert not any(faults(DAY).values())
