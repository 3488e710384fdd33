"""Two people are the database's rule: nothing but a decided act puts a write-off into the ledger (both databases)."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from debtors.actions.book import book_facts
from debtors.actions.decide_write_off import approve_write_off, ask_write_off
from debtors.actions.staging import StagedFact
from debtors.models import Payment, PenaltyCampaign, WriteOffAct, WriteOffItem, WriteOffLine
from tests.debtors.ledger.conftest import noon
from tests.debtors.writeoff.conftest import MARCH, TODAY, gathered, posted

pytestmark = pytest.mark.django_db


def refused(match: str = ""):
    return _Refused(match)


class _Refused:
    """The database says no, and the test's transaction lives on."""

    def __init__(self, match: str):
        self.raises = pytest.raises(IntegrityError, match=match or None)

    def __enter__(self):
        self.raises.__enter__()
        self.point = transaction.atomic()
        self.point.__enter__()

    def __exit__(self, *exc):
        self.point.__exit__(*exc)
        return self.raises.__exit__(*exc)


@pytest.fixture
def asked(old_debt, officer):
    return ask_write_off(act=gathered(old_debt, officer), by=officer, on=TODAY)


def test_a_bulk_update_cannot_make_the_asker_decide(asked, officer):
    with refused():
        WriteOffAct.objects.filter(pk=asked.pk).update(state="approved", decided_by=officer, decided_on=TODAY)


def test_the_asker_cannot_be_changed_first(asked, chief):
    with refused("write_off_goes_its_way"):
        WriteOffAct.objects.filter(pk=asked.pk).update(asked_by=chief)
    with refused("write_off_goes_its_way"):
        WriteOffAct.objects.filter(pk=asked.pk).update(made_by=chief, state="asked")


def test_no_act_is_born_approved(old_debt, officer, chief):
    days = {"made_on": TODAY, "asked_on": TODAY, "decided_on": TODAY}
    people = {"made_by": officer, "asked_by": officer, "decided_by": chief}
    with refused("write_off_begins_as_draft"):
        WriteOffAct.objects.create(
            creditor=old_debt.creditor, number=9, ground="limitation", state="approved", **days, **people
        )


def test_an_act_skips_no_step(old_debt, officer, chief):
    act = gathered(old_debt, officer)
    with refused():
        WriteOffAct.objects.filter(pk=act.pk).update(
            state="approved", asked_by=officer, asked_on=TODAY, decided_by=chief, decided_on=TODAY
        )


def test_a_decided_act_stays_as_it_is(old_debt, officer, chief):
    act = posted(old_debt, officer, chief)
    with refused("write_off_goes_its_way"):
        WriteOffAct.objects.filter(pk=act.pk).update(total=1)


def test_lines_are_not_slipped_in_after_asking(asked, old_debt):
    item = asked.items.first()
    with refused("write_off_lines_are_asked_for"):
        WriteOffLine.objects.create(item=item, service_id=1, month=MARCH + 72, amount=30000)
    with refused("write_off_lines_stay"):
        item.lines.update(amount=1)
    with refused("write_off_items_are_asked_for"):
        WriteOffItem.objects.create(act=asked, account=old_debt.accounts[2], total=1, why="")


def test_the_ledger_takes_no_write_off_without_an_act(old_debt, chief):
    fact = StagedFact(1, old_debt.accounts[0].pk, 1, amount=100, paid_on=TODAY, channel="write_off", designated_month=MARCH)
    with refused("written_off_by_two"):
        book_facts(
            creditor=old_debt.creditor, facts=[fact], about="мимо", by=chief, learnt_at=noon(TODAY), on=TODAY, kind="write_off"
        )


def test_a_payment_does_not_become_a_write_off(old_debt, officer, chief):
    old_debt.pay("2026-05-01", 100).post("2026-05-20", on=TODAY.isoformat())
    with refused("written_off_stays"):
        Payment.objects.update(channel="write_off")


def test_two_approvals_at_once_are_one(asked, chief):
    approve_write_off(act=asked, by=chief, on=TODAY)
    with refused("write_off_goes_its_way"):
        WriteOffAct.objects.filter(pk=asked.pk).update(state="approved")


def test_a_campaign_is_approved_by_another(old_debt, officer):
    terms = {"name": "Весна", "cause": "праздник", "order": "№ 1", "valid_from": TODAY, "valid_to": TODAY + dt.timedelta(30)}
    people = {"asked_by": officer, "asked_on": TODAY}
    with refused("campaign_begins_as_asked"):
        PenaltyCampaign.objects.create(creditor=old_debt.creditor, state="approved", **terms, **people)
    made = PenaltyCampaign.objects.create(creditor=old_debt.creditor, **terms, **people)
    with refused():
        PenaltyCampaign.objects.filter(pk=made.pk).update(state="approved", decided_by=officer, decided_on=TODAY)


def test_the_triggers_are_there():
    """A migration that remakes one of the tables on SQLite would lose them: see `_write_off_triggers`."""
    table, column = ("sqlite_master", "name") if connection.vendor == "sqlite" else ("pg_trigger", "tgname")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        names = {row[0] for row in cursor.fetchall()}
    assert {"written_off_by_two", "written_off_stays", "write_off_goes_its_way", "write_off_begins_as_draft"} <= names
