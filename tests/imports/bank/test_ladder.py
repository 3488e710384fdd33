"""The matching ladder over the trade's wordings: never a wrong automatic booking, nothing booked by a name."""

import csv
import time
from pathlib import Path

import pytest
from django.db import transaction

from imports.actions.judge_documents import Asked, judge_documents

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parent.parent / "matching" / "purposes.csv"
with FILE.open(encoding="utf-8-sig", newline="") as file:
    SAMPLES = list(csv.DictReader(file, delimiter=";"))
OSP = ("03212643000000014900", "УФК (ОСП ОЗЁРНОГО РАЙОНА УФССП РОССИИ)")
CITIZEN = ("40817810047000000007", "ТРОФИМЫЧЕВА НАТАЛИЯ")


@pytest.fixture
def judge(master, creditor):
    def ask(*purposes: str, payer: tuple[str, str] = OSP):
        with transaction.atomic():
            return judge_documents(creditor_id=creditor.pk, documents=[Asked(purpose, *payer) for purpose in purposes])

    return ask


def test_all_wordings_get_their_decision_and_their_account(master, creditor):
    asked = [Asked(sample["purpose"], sample["payer_account"], sample["payer_name"]) for sample in SAMPLES]
    with transaction.atomic():
        answers = [judged.answer for judged in judge_documents(creditor_id=creditor.pk, documents=asked)]

    got = {sample["id"]: answer.verdict for sample, answer in zip(SAMPLES, answers, strict=True)}
    assert got == {sample["id"]: sample["expected_decision"] for sample in SAMPLES}
    for sample, answer in zip(SAMPLES, answers, strict=True):
        if answer.chosen:
            assert answer.chosen.account == sample["expected_account"], sample["purpose"]


@pytest.mark.parametrize(
    "purpose, verdict",
    [
        ("Взыскано по ИП 193820/22/51034-ИП с Ежова Олега Павловича", "auto"),
        ("Взыскано по ИП 193820/22/51034-ИП с Трофимычевой Наталии", "review"),
        ("Взыскано по ИП 193821/22/51034-ИП с Ежова Олега Павловича", "review"),
        ("По ИП 193820/22/51034-ИП, и/л ФС 036858692", "review"),
        ("ИП 193820/22/51034-ИП, л/с 005100034", "review"),
        ("Погашение долга Ежов Олег Павлович", "suggest"),
        ("Погашение долга Ежов О.П.", "review"),
        ("Переч. в другое ОСП по распоряж. по ИП 193820/22/51034-ИП", "review"),
        ("и/л ФС 036858692 должника: Дурново Пётр Николаевич", "review"),
        ("Судебный приказ 2-569/2021 от 15.01.2021", "review"),
        ("Судебный приказ 2-569/21 от 14.01.2021", "auto"),
        ("По и/п 1938\n20/22/51034-ИП взыскан долг", "review"),
        ("Взыскание по сводному 193820/22/51034-СД", "review"),
    ],
)
def test_edges(judge, purpose, verdict):
    assert judge(purpose)[0].answer.verdict == verdict


def test_a_citizen_naming_another_holder_is_not_booked_alone(judge):
    ours, other = judge("ЛС 005100037; трофимычева наталия", "ЛС 005100037; Иванов Пётр Петрович", payer=CITIZEN)

    assert (ours.answer.verdict, other.answer.verdict) == ("auto", "review")


def test_an_unknown_account_waits(judge):
    assert judge("ЛС 999999999", payer=CITIZEN)[0].answer.verdict == "review"


@pytest.mark.parametrize(
    "piece", ["ИП 1/22/51034-ИП ", "долг ", "ФС 012345678 ", "2-1/2021 от 1.1.21 ", "л/с 005100037 ", "Ааа Ббб Ввв "]
)
def test_any_text_takes_linear_time(judge, piece):
    started = time.perf_counter()
    judge(piece * 5_000)
    assert time.perf_counter() - started < 1.5


def test_many_documents_take_as_many_queries_as_one(judge, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        judge("Взыскано по ИП 193820/22/51034-ИП", "Погашение долга Ежов Олег Павлович")
    with django_assert_max_num_queries(24):
        judge(*[f"Взыскано по ИП {n}/22/51034-ИП" for n in range(500)], "Погашение долга Ежов Олег Павлович")
