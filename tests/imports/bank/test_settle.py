"""What a person does with money in suspense: every decision books once, is taken back whole, and leaves its trace."""

import datetime as dt

import pytest

from casedesk.access.rights import RIGHTS, Right, Role
from debtors.actions.close_month import close_month
from debtors.models import Payment, UtilityAccount
from imports.actions.guard_closing import TooMuchSuspense, set_limit
from imports.actions.learn_payer import AlreadyRevoked, revoke_pattern
from imports.actions.post_document import InsideOpening, Part
from imports.actions.settle_document import (
    NoReason,
    NothingDecided,
    NotItsAccount,
    NotWaiting,
    SumsDiffer,
    accept,
    assign,
    put_aside,
    reopen,
    split,
)
from imports.actions.undo_import import undo_import
from imports.models import BankDocument, ImportBatch, MatchDecision, PayerPattern
from imports.queries.money_in import money_in
from tests.factories import access, premises
from tests.imports.bank.conftest import ON

pytestmark = pytest.mark.django_db

TREASURY, OSP = "03212643000000014900", "УФК (ОСП ОЗЁРНОГО РАЙОНА УФССП РОССИИ)"
CITIZEN = "40817810047000000001"


@pytest.fixture
def settled(master, load, creditor, clerk, moment):
    """Load v02 (one suggestion, four for review) and act as its clerk."""
    load("v02")

    class Acts:
        def do(self, act, document, **given):
            if act in (accept, split, reopen):
                given["on"] = ON
            return act(document=document, by=clerk, at=moment(), **given)

        def account(self, number: str) -> UtilityAccount:
            return UtilityAccount.objects.get(creditor=creditor, number=number)

        def suggested(self) -> BankDocument:
            return BankDocument.objects.get(verdict="suggest")

    return Acts()


def test_accepting_a_suggestion_books_it_and_taking_it_back_restores_every_figure(settled, balances, creditor):
    before, document = balances(), settled.suggested()
    candidate = document.candidates.get()

    settled.do(accept, document, account=candidate.account, writ=candidate.writ)
    document.refresh_from_db()
    assert (document.state, balances()["005100085"]) == ("booked", before["005100085"] - 949_156)
    assert money_in(creditor.pk).adds_up

    settled.do(reopen, document, reason="не тот должник")
    document.refresh_from_db()
    assert (document.state, balances()) == ("waiting", before)
    assert money_in(creditor.pk).adds_up
    taken_back = MatchDecision.objects.get(document=document)
    assert taken_back.undone_at and taken_back.undo_booking and taken_back.undo_reason == "не тот должник"


def test_money_placed_again_after_a_return_is_booked_again(settled, balances):
    document, account = settled.suggested(), settled.account("005100085")
    settled.do(accept, document, account=account)
    once = balances()
    settled.do(reopen, document, reason="проверка")

    settled.do(accept, document, account=account)

    assert balances() == once
    assert document.decisions.count() == 2


def test_an_automatic_decision_is_taken_back_alone(settled, balances, creditor):
    before = balances()
    document = BankDocument.objects.filter(verdict="auto").first()
    line = document.decisions.get().lines.get()

    settled.do(reopen, document, reason="ошибка отдела")

    after = balances()
    assert after[line.account.number] == before[line.account.number] + line.amount
    assert {number for number in after if after[number] != before[number]} == {line.account.number}
    assert money_in(creditor.pk).adds_up


def test_a_document_is_decided_once(settled):
    document, account = settled.suggested(), settled.account("005100085")
    settled.do(accept, document, account=account)

    with pytest.raises(NotWaiting, match="уже разнесено"):
        settled.do(accept, document, account=account)
    with pytest.raises(NotWaiting):
        settled.do(put_aside, document, kind="not_ours", reason="чужое")
    assert Payment.objects.filter(account=account, amount=document.amount).count() == 1


def test_nothing_to_take_back_and_no_reason(settled):
    with pytest.raises(NothingDecided):
        settled.do(reopen, settled.suggested(), reason="просто")
    with pytest.raises(NoReason):
        settled.do(reopen, BankDocument.objects.filter(verdict="auto").first(), reason="  ")
    with pytest.raises(NoReason):
        settled.do(put_aside, settled.suggested(), kind="not_ours", reason="")


def test_a_strangers_account_or_writ_is_refused(settled):
    stranger = premises.account(access.creditor("voda"), "777")
    with pytest.raises(NotItsAccount):
        settled.do(accept, settled.suggested(), account=stranger)
    writ = settled.suggested().candidates.get().writ
    with pytest.raises(NotItsAccount, match="другому счёту"):
        settled.do(accept, settled.suggested(), account=settled.account("005100001"), writ=writ)


def test_split_shares_the_sum_to_the_kopeck(settled, balances, creditor):
    before, document = balances(), settled.suggested()
    parts = [Part(settled.account(f"00510000{n}").pk, amount) for n, amount in ((1, 500_000), (2, 449_155), (4, 1))]

    with pytest.raises(SumsDiffer, match="до копейки"):
        settled.do(split, document, parts=parts[:2])
    settled.do(split, document, parts=parts)

    after = balances()
    assert [before[f"00510000{n}"] - after[f"00510000{n}"] for n in (1, 2, 4)] == [500_000, 449_155, 1]
    assert money_in(creditor.pk).adds_up
    settled.do(reopen, document, reason="список не тот")
    assert balances() == before


def test_putting_aside_books_nothing(settled, balances, creditor):
    before = balances()
    settled.do(put_aside, settled.suggested(), kind="returned", reason="вернули отделу письмом 12")

    assert balances() == before
    assert money_in(creditor.pk).adds_up
    assert BankDocument.objects.get(verdict="suggest").state == "not_ours"


def test_owner_is_appended(settled, clerk):
    document = settled.suggested()
    settled.do(assign, document, owner=clerk)
    settled.do(assign, document, owner=None)

    document.refresh_from_db()
    assert document.owner is None
    assert document.assignments.count() == 2


def test_money_inside_an_opening_balance_is_not_booked_a_second_time(settled, load, written, document):
    load(written(("7", "15.01.2024", 10_000, TREASURY, OSP, "ИП 193820/22/51034-ИП")))

    with pytest.raises(InsideOpening, match="005100087"):
        settled.do(accept, document("7"), account=settled.account("005100087"))
    assert document("7").state == "waiting"


def test_a_payer_placed_once_is_suggested_next_time_until_revoked(settled, load, written, document, clerk, moment):
    def pay(number: str):
        load(written((number, "25.03.2024", 10_000, CITIZEN, "СИДОРОВ П.П.", "за квартиру"), name=f"{number}.txt"))
        return document(number)

    first = pay("1")
    assert (first.verdict, first.candidates.count()) == ("review", 0)
    settled.do(accept, first, account=settled.account("005100009"), reason="звонил, платит за мать")

    second = pay("2")
    assert (second.verdict, second.state) == ("suggest", "waiting")
    assert second.candidates.get().account.number == "005100009"

    pattern = PayerPattern.objects.get()
    revoke_pattern(pattern=pattern, by=clerk, at=moment(), reason="мать умерла")
    with pytest.raises(AlreadyRevoked):
        revoke_pattern(pattern=pattern, by=clerk, at=moment(), reason="ещё раз")
    assert pay("3").verdict == "review"


def test_bailiffs_are_never_learnt(settled):
    settled.do(accept, settled.suggested(), account=settled.account("005100085"))
    assert not PayerPattern.objects.exists()


def test_undoing_the_file_undoes_what_was_decided_on_it(settled, balances, moment):
    batch = ImportBatch.objects.get(kind="bank_statement")
    auto = BankDocument.objects.filter(verdict="auto").first()
    settled.do(reopen, auto, reason="проверка")
    settled.do(accept, auto, account=settled.account("005100001"))
    settled.do(accept, settled.suggested(), account=settled.account("005100085"))

    undo_import(batch=batch, by=None, reason="не тот банк", at=moment(), on=ON)

    assert not BankDocument.objects.standing().exists()
    assert not MatchDecision.objects.standing().exists()
    assert Payment.objects.filter(channel="bailiff", booking__undone_at__isnull=True).count() == 0


def test_a_month_is_not_closed_over_the_limit_of_suspense(settled, creditor, clerk, moment):
    march, on = 2024 * 12 + 2, dt.date(2024, 4, 5)
    waiting = money_in(creditor.pk).suspense
    set_limit(creditor=creditor, amount=waiting - 1, by=clerk, at=moment())

    with pytest.raises(TooMuchSuspense, match="не выяснено"):
        close_month(creditor=creditor, month=march, by=clerk, at=moment(), on=on)

    set_limit(creditor=creditor, amount=waiting, by=clerk, at=moment())
    assert close_month(creditor=creditor, month=march, by=clerk, at=moment(), on=on, note="начислений ещё нет").pk


def test_roles_that_place_money():
    assert {role for role in Role if Right.MATCH_MONEY in RIGHTS[role]} == {
        Role.REGISTER_CLERK,
        Role.LEGAL_OFFICER,
        Role.ADMINISTRATOR,
    }
