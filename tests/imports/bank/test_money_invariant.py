"""Whatever people and files do with money, every kopeck that came is placed, in suspense, a register's or nobody's debt.

And every placed kopeck lies on a debt or is credit.
"""

import datetime as dt
import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.conf import settings as project
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from casedesk.access.rights import Role
from casedesk.common.refusals import Refusal
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import Allocation, Booking, Charge, Payment, UtilityAccount
from debtors.queries.ageing import age
from debtors.queries.dialect import on_postgres
from debtors.queries.ledger_faults import faults
from imports.actions.load_file import import_file
from imports.actions.post_document import Part
from imports.actions.settle_document import NotWaiting, accept, put_aside, reopen, split
from imports.actions.undo_import import undo_import
from imports.models import BankDocument, ImportBatch, MatchDecision
from imports.queries.money_in import money_in
from tests.debtors.ledger.test_properties import PROPERTY, forgotten
from tests.factories import access
from tests.imports.bank.conftest import ON, REGISTERS, STATEMENTS

PICK = st.integers(0, 40)
files = st.sampled_from(["v01", "v06", "v02", "sber_12_fields.txt"])
steps = st.one_of(
    st.tuples(st.just("load"), files, PICK),
    st.tuples(st.just("accept"), PICK, PICK),
    st.tuples(st.just("split"), PICK, PICK),
    st.tuples(st.just("aside"), PICK, st.sampled_from(["not_ours", "returned", "elsewhere"])),
    st.tuples(st.just("reopen"), PICK, PICK),
    st.tuples(st.just("charge"), PICK, st.integers(2019 * 12, 2024 * 12)),
    st.tuples(st.just("undo"), PICK, PICK),
)


class Town:
    """The sample town under test: one act after another, each learnt a minute later."""

    def __init__(self, creditor, clerk, moment):
        self.creditor, self.clerk, self.moment = creditor, clerk, moment
        self.documents = itertools.count(1)

    def act(self, step: tuple) -> None:
        """Do it; what the rules refuse changes nothing."""
        name, first, second = step
        with suppress(Refusal):
            getattr(self, name)(first, second)

    def load(self, file: str, _) -> None:
        path = next(STATEMENTS.glob(f"{file}_*")) if len(file) == 3 else REGISTERS / file
        import_file(creditor=self.creditor, path=path, by=self.clerk, at=self.moment(), on=ON)

    def accept(self, which: int, whose: int) -> None:
        document = self._pick(BankDocument.objects.waiting(), which)
        account = self._pick(UtilityAccount.objects.standing().filter(creditor=self.creditor), whose)
        if document and account:
            accept(document=document, account=account, by=self.clerk, at=self.moment(), on=ON)

    def split(self, which: int, whose: int) -> None:
        document = self._pick(BankDocument.objects.waiting(), which)
        accounts = list(UtilityAccount.objects.standing().filter(creditor=self.creditor).order_by("pk")[whose : whose + 2])
        if document and len(accounts) == 2 and document.amount > 1:
            parts = [Part(accounts[0].pk, document.amount // 3 or 1), Part(accounts[1].pk, 0)]
            parts[1] = Part(accounts[1].pk, document.amount - parts[0].amount)
            split(document=document, parts=parts, by=self.clerk, at=self.moment(), on=ON)

    def aside(self, which: int, kind: str) -> None:
        document = self._pick(BankDocument.objects.waiting(), which)
        if document:
            put_aside(document=document, kind=kind, by=self.clerk, at=self.moment(), reason="проба")

    def reopen(self, which: int, _) -> None:
        decision = self._pick(MatchDecision.objects.standing(), which)
        if decision:
            reopen(document=decision.document, by=self.clerk, at=self.moment(), on=ON, reason="проба")

    def charge(self, whose: int, month: int) -> None:
        """A charge of an earlier month that is learnt only now."""
        account = self._pick(UtilityAccount.objects.standing().filter(creditor=self.creditor), whose)
        if account:
            fact = StagedFact(1, account.pk, 1, month=month, charged=70_000 + whose)
            book_facts(creditor=self.creditor, facts=[fact], about="задним числом", by=None, learnt_at=self.moment(), on=ON)

    def undo(self, which: int, _) -> None:
        """Any file but the first: without the accounts there is nothing to count."""
        batch = self._pick(ImportBatch.objects.filter(status="applied").exclude(kind="accounts"), which)
        if batch:
            undo_import(batch=batch, by=self.clerk, reason="проба", at=self.moment(), on=ON)

    def _pick(self, found, place: int):
        listed = list(found.order_by("pk"))
        return listed[place % len(listed)] if listed else None


def check(creditor) -> None:
    """Received = placed + suspense + registers + not ours; paid = what lies on debts + credit; the books are sound."""
    money = money_in(creditor.pk)
    assert money.adds_up, money
    live = {"booking__undone_at__isnull": True, "booking__creditor": creditor, "service__is_penalty": False}
    paid = sum(Payment.objects.filter(**live).values_list("amount", flat=True))
    of_files = Payment.objects.filter(**live, booking__in=_registers(creditor))
    assert paid == money.placed + sum(of_files.values_list("amount", flat=True))
    charged = sum(plus - minus for plus, minus in Charge.objects.filter(**live).values_list("charged", "credited"))
    figures = age(creditor.accounts.all(), as_of=dt.date(2030, 1, 1)).figures
    on_debts = charged - figures.total
    assert on_debts == paid - figures.credit
    assert on_debts + figures.credit == money.received - money.suspense - money.not_ours - money.registers + (
        paid - money.placed
    )
    left = Allocation.objects.filter(withdrawn_at__isnull=True).exclude(booking__undone_at__isnull=True)
    assert not left.exists()


def _registers(creditor):
    of_files = ImportBatch.objects.filter(creditor=creditor, booking__isnull=False).exclude(kind="bank_statement")
    return Booking.objects.filter(pk__in=of_files.values("booking"))


@settings(PROPERTY, max_examples=int(os.environ.get("EXAMPLES", "5")))
@given(story=st.lists(steps, min_size=3, max_size=6))
def test_every_kopeck_is_somewhere_at_every_moment(master, creditor, clerk, moment, story):
    with forgotten():
        town = Town(creditor, clerk, moment)
        for step in (("load", "v01", 0), *story):
            town.act(step)
            check(creditor)
        assert not any(faults(ON).values())


@pytest.mark.django_db(transaction=True, serialized_rollback=True, available_apps=project.INSTALLED_APPS)
def test_two_people_and_a_file_at_once_place_each_document_once(master, load, creditor, moment):
    """On SQLite writers queue by themselves, so there one after another is enough."""
    load("v02")
    people = [access.person(Role.REGISTER_CLERK, creditor, username=f"clerk{place}") for place in range(3)]
    waiting = list(BankDocument.objects.waiting().order_by("pk"))
    account = UtilityAccount.objects.get(creditor=creditor, number="005100085")
    at, numbers = moment(), itertools.product(people, range(len(waiting)))

    def press(asked) -> str:
        clerk, place = asked
        try:
            accept(document=waiting[place], account=account, by=clerk, at=at, on=ON)
            return "booked"
        except NotWaiting:
            return "late"
        finally:
            if on_postgres():
                connection.close()

    def file(_) -> str:
        try:
            path = next(STATEMENTS.glob("v01_*"))
            return import_file(creditor=creditor, path=path, by=None, at=at, on=ON)["status"]
        finally:
            if on_postgres():
                connection.close()

    with ThreadPoolExecutor(4 if on_postgres() else 1) as pool:
        loading = pool.submit(file, None)
        told = list(pool.map(press, numbers))

    assert loading.result() == "applied"
    assert (told.count("booked"), told.count("late")) == (len(waiting), 2 * len(waiting))
    check(creditor)
    assert not any(faults(ON).values())
