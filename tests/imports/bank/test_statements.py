"""Bank statements through the frame: figures, repeats, refusals, undoing."""

import datetime as dt
import zipfile

import pytest

from debtors.models import Award, Booking, Payment, UtilityAccount
from enforcement.models import Writ
from imports.actions.load_file import apply, preview
from imports.actions.run_import import Options
from imports.actions.undo_import import undo_import
from imports.models import BankDocument, ImportBatch, MatchDecision
from imports.queries.money_in import money_in
from tests.imports.bank.conftest import ON, STATEMENTS

pytestmark = pytest.mark.django_db

TREASURY, OSP = "03212643000000014900", "УФК (ОСП ОЗЁРНОГО РАЙОНА УФССП РОССИИ)"
DECISIONS = {
    "v01": {"auto": [9, "52580.95"], "none": [2, "16154.71"], "register": [1, "230642.35"], "review": [2, "1613.41"]},
    "v02": {"auto": [8, "15939.25"], "none": [1, "2205.50"], "review": [4, "16866.82"], "suggest": [1, "9491.56"]},
    "v03": {"auto": [8, "28273.81"], "none": [2, "5706.29"], "review": [2, "1529.98"], "suggest": [1, "8691.06"]},
    "v04": {"auto": [7, "36621.58"], "none": [2, "13727.58"], "suggest": [1, "1368.02"]},
    "v05": {"auto": [2, "1900.90"], "none": [3, "1101.10"], "review": [1, "100.10"], "suggest": [1, "700.70"]},
    "v06": {"auto": [10, "45244.11"], "none": [1, "8256.51"]},
}


@pytest.mark.parametrize("name", DECISIONS)
def test_every_sample_gets_the_decisions_of_its_table(master, load, name):
    decisions = load(name, dry_run=True)["decisions"]

    assert {verdict: found for verdict, found in decisions.items() if found[0]} == DECISIONS[name]
    assert not BankDocument.objects.exists()


def test_loading_overlapping_and_repeated_files_books_each_document_once(master, load, creditor):
    first = load("v01")
    second = load("v06")
    third = load("v01")

    assert (first["status"], second["status"], third["status"]) == ("applied", "applied", "nothing_new")
    assert second["rows"] == {"read": 12, "accepted": 5, "known": 7, "rejected": 0, "skipped": 0}
    incoming = BankDocument.objects.received()
    assert incoming.count() == 19
    assert Payment.objects.filter(channel="bailiff").count() == MatchDecision.objects.filter(lines__channel="bailiff").count()
    assert money_in(creditor.pk).adds_up


def test_exact_matches_are_booked_by_the_day_the_money_came(master, load, balances):
    before = balances()["005100034"]

    load("v01")

    payment = Payment.objects.get(account__number="005100034")
    assert (payment.amount, payment.channel, payment.counts_on) == (273_442, "bailiff", dt.date(2024, 3, 4))
    assert balances()["005100034"] == before - 273_442


def test_an_internal_transfer_is_there_once_and_is_no_income(master, load):
    answer = load("v04")

    assert answer["documents"] == {"incoming": [10, "51717.18"], "outgoing": [0, "0.00"], "internal": [1, "150000.00"]}
    assert BankDocument.objects.get(direction="internal").state == "outside"


def test_a_statement_of_somebody_elses_accounts_is_refused(master, load, written):
    line = ("1", "04.03.2024", 10_000, TREASURY, OSP, "ИП 193820/22/51034-ИП")
    answer = load(written(line, own="40702810900000009999"))

    assert (answer["status"], answer["problems"][0]["code"]) == ("refused", "no_own_account")


def test_a_creditor_without_own_accounts_is_told_to_write_them_down(master, load, creditor):
    creditor.settlement_accounts.all().delete()

    assert load("v01")["problems"][0]["code"] == "no_own_accounts"


@pytest.mark.parametrize("broken, code", [({"total": 99_999}, "control_total_differs"), ({"end": False}, "incomplete_file")])
def test_what_contradicts_itself_is_not_booked_by_itself(master, load, written, broken, code):
    line = ("1", "04.03.2024", 10_000, TREASURY, OSP, "ИП 193820/22/51034-ИП")
    path = written(line, **broken)

    refused = load(path)
    assert (refused["status"], refused["problems"][0]["code"]) == ("refused", code)
    assert not BankDocument.objects.exists()

    assert load(path, accept_totals=True)["status"] == "applied"


def test_statements_in_a_zip_are_one_file(master, load, tmp_path):
    path = tmp_path / "week.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("v01", "v06"):
            file = next(STATEMENTS.glob(f"{name}_*"))
            archive.writestr(file.name, file.read_bytes())

    answer = load(path, accept_totals=True)

    assert (answer["rows"]["read"], answer["rows"]["accepted"]) == (29, 22)
    assert len(set(BankDocument.objects.values_list("row", flat=True))) == 22


def test_money_that_an_opening_balance_contains_is_held(master, load, written, document):
    load(written(("7", "15.01.2024", 10_000, TREASURY, OSP, "ИП 193820/22/51034-ИП")))

    held = document("7")
    assert (held.state, held.verdict) == ("waiting", "review")
    assert "входящего сальдо" in held.reasons[0]
    assert held.candidates.get().account.number == "005100087"


def test_undoing_takes_documents_and_money_back_and_lets_the_file_in_again(master, load, balances, moment):
    before = balances()
    batch = ImportBatch.objects.get(pk=load("v01")["batch"])

    undo_import(batch=batch, by=None, reason="не тот файл", at=moment(), on=ON)

    assert balances() == before
    assert not BankDocument.objects.standing().exists()
    assert load("v01")["rows"]["accepted"] == 17


def test_a_file_that_others_left_documents_to_is_not_undone_first(master, load, moment):
    batch = ImportBatch.objects.get(pk=load("v01")["batch"])
    load("v06")

    with pytest.raises(Exception, match="опираются"):
        undo_import(batch=batch, by=None, reason="не тот файл", at=moment(), on=ON)
    assert BankDocument.objects.received().count() == 19


def test_preview_shows_drafts_and_applying_books_them(master, creditor, moment):
    path = next(STATEMENTS.glob("v01_*"))
    batch = ImportBatch(creditor=creditor, file_name=path.name, sha256="1" * 64, made_at=moment())
    with path.open("rb") as content:
        batch.stored.save(path.name, content, save=True)

    batch = preview(batch=batch, at=moment(), options=Options())
    assert batch.status == "preview"
    assert BankDocument.objects.filter(state="draft").count() == 17
    assert not BankDocument.objects.standing().exists()

    batch = apply(batch=batch, by=None, at=moment(), on=ON, options=Options())
    assert batch.status == "applied"
    assert BankDocument.objects.standing().count() == 17
    assert not BankDocument.objects.filter(state="draft").exists()


def test_a_statement_takes_a_fixed_number_of_queries(master, load, written, django_assert_max_num_queries):
    lines = [
        (str(n), "04.03.2024", 10_000 + n, TREASURY, OSP, f"Взыскано по ИП 193820/22/51034-ИП, платёж {n}") for n in range(300)
    ]
    with django_assert_max_num_queries(125):
        assert load(written(*lines))["decisions"]["auto"][0] == 300


def test_money_on_a_writ_goes_to_its_award(master, load, creditor, moment):
    account = UtilityAccount.objects.get(creditor=creditor, number="005100034")
    writ = Writ.objects.get(account=account)
    booking = Booking.objects.create(creditor=creditor, kind="manual", about="акт", learnt_at=moment())
    granted = {"granted_on": writ.issued_on, "principal": writ.principal, "booking": booking}
    writ.award = Award.objects.create(creditor=creditor, account=account, label=str(writ), **granted)
    writ.save(update_fields=["award"])

    load("v01")

    payment = Payment.objects.get(account=account, channel="bailiff")
    assert payment.award == writ.award
    others = Payment.objects.filter(channel="bank", award__isnull=False)
    assert not others.exists()
