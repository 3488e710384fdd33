"""The 1C bank exchange: the six statements of the trade, and the ways in which such a file is broken."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casedesk.common import money
from imports.statements import one_c

FILES = Path(__file__).parent / "files"
OWN = frozenset({"40702810400000000101", "40702810800000000303", "40702810000000000909"})
ENCODINGS = {"v01": "cp1251", "v02": "cp866", "v03": "utf-8-sig", "v04": "cp1251", "v05": "cp1251", "v06": "cp1251"}
EXPECTED = {
    # incoming, outgoing, internal, from bailiffs: number and sum
    "v01": ((14, "300991.42"), (3, "117612.33"), 0, (10, "51577.20")),
    "v02": ((14, "44503.13"), (1, "11550.20"), 0, (11, "40189.09")),
    "v03": ((13, "44201.14"), (1, "18831.60"), 0, (11, "35280.10")),
    "v04": ((10, "51717.18"), (0, "0.00"), 1, (7, "36931.70")),
    "v05": ((7, "3802.80"), (0, "0.00"), 0, (6, "3402.40")),
    "v06": ((11, "53500.62"), (0, "0.00"), 0, (7, "38635.80")),
}


def statement(name: str):
    path = next(FILES.glob(f"{name}_*"))
    return one_c.read(path.read_bytes().decode(ENCODINGS[name]))


def count(documents) -> tuple[int, str]:
    return len(documents), money.text(sum(document.amount for document in documents))


@pytest.mark.parametrize("name", EXPECTED)
def test_documents_and_sums(name):
    documents = statement(name).distinct(OWN)
    by_direction = {way: [d for d in documents if d.direction(OWN) == way] for way in ("incoming", "outgoing", "internal")}
    incoming, outgoing, internal, bailiffs = EXPECTED[name]

    assert count(by_direction["incoming"]) == incoming
    assert count(by_direction["outgoing"]) == outgoing
    assert len(by_direction["internal"]) == internal
    assert count([d for d in by_direction["incoming"] if d.from_bailiffs]) == bailiffs


def test_quirks():
    read = statement("v05")
    rejected = [document.number for document in read.documents if not document.accepted]
    by_number = {document.number: document for document in read.documents}

    assert rejected == ["9998", "9999"]
    assert by_number["9003"].amount == 130030
    assert [p.code for p in by_number["9004"].problems] == ["no_received_date"]
    assert by_number["9007"].purpose.count(by_number["9007"].purpose[:20]) == 1


def test_overlapping_statements_share_documents():
    known = {document.key(OWN) for document in statement("v01").distinct(OWN)}
    new = [document for document in statement("v06").distinct(OWN) if document.key(OWN) not in known]
    assert count(new) == (5, "13192.53")


def test_same_number_date_and_sum_from_another_payer_is_another_document():
    documents = [document for document in statement("v06").distinct(OWN) if document.number == "100407"]
    assert len(documents) == 2


def test_cut_file_drops_the_cut_document_and_says_so():
    whole = (FILES / "v01_kl_to_1c_v103_cp1251.txt").read_bytes().decode("cp1251")
    read = one_c.read(whole[: whole.rindex("СекцияДокумент") + 200])

    assert not read.complete
    assert len(read.documents) == 16
    assert {problem.code for problem in read.problems} == {"cut_document", "no_end"}


def test_purpose_parts_are_joined_without_a_separator():
    lines = ["СекцияДокумент=X", "Дата=01.02.2024", "Сумма=1", "НазначениеПлатежа1=взыска", "НазначениеПлатежа2=ние"]
    text = "\n".join([one_c.SIGNATURE, *lines, "КонецДокумента", "КонецФайла"])
    (document,) = one_c.read(text).documents
    assert (document.purpose, document.date) == ("взыскание", dt.date(2024, 2, 1))


def test_another_file_is_not_a_statement():
    with pytest.raises(one_c.NotAStatement):
        one_c.read("ЛС;ФИО\n1;2")


@given(
    st.lists(
        st.sampled_from(["СекцияДокумент=П", "КонецДокумента", "Сумма=1", "Дата=1", "=", "x", "КонецФайла", "СекцияРасчСчет"])
    )
)
def test_any_order_of_lines_is_read(lines):
    one_c.read("\n".join(["1CClientBankExchange", *lines]))
