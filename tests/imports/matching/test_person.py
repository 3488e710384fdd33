"""Names and addresses of two papers: the same, perhaps, or another."""

import csv
import time
from pathlib import Path

import pytest

from imports.matching import person, places

with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
    PAIRS = list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair['a']} | {pair['b']}" for pair in PAIRS])
def test_pairs_of_the_trade(pair):
    compare = {"fio": person.compare, "addr": places.compare}[pair["kind"]]
    assert compare(pair["a"], pair["b"]) == pair["expected"]


@pytest.mark.parametrize(
    "ours, printed, expected",
    [
        ("Ежов Олег Павлович", "Ежову Олегу Павловичу", "same"),
        ("Цой Лев Львович", "Цоя Льва Львовича", "same"),
        ("Осокина Екатерина Дмитриевна", "ИП Осокина Екатерина Дмитриевна", "same"),
        ("Петров Иван Ильич", "Петрова Ивана Кузьмича", "different"),
        ("Иванова Анна Петровна", "Иванов Анатолий Петрович", "different"),
        ("Лапина Ксения Рашидовна", "Лапиной К.Р.", "possible"),
        ("Лапина Ксения Рашидовна", "Лапиной М.Р.", "different"),
        ("Калачёв Семён Рашидович", "КАЛАЧЁВ СЕМЁН", "possible"),
    ],
)
def test_cases_initials_and_other_people(ours, printed, expected):
    assert person.compare(ours, printed) == expected


@pytest.mark.parametrize("text", ["а" * 1000, "Иванов " * 150, "-" * 1000, "( " * 500, "А.Б." * 250])
def test_no_text_takes_long(text):
    started = time.perf_counter()
    person.compare("Иванов Иван Иванович", text)
    person.compare(text, "Иванов Иван Иванович")
    places.compare("ул. Ленина, д. 1", text)
    assert time.perf_counter() - started < 0.5
