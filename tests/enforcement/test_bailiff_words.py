"""What bailiffs print: articles in four spellings, numbers on two lines, names in capitals."""

import pytest

from enforcement.rules.printed import ground
from enforcement.rules.proceeding_numbers import department_of, read_numbers
from enforcement.rules.same_debtor import compare, writ_key


@pytest.mark.parametrize(
    "text",
    [
        "ст. 46 ч. 1 п. 4",
        "ст.46 ч.1 п.4",
        "ст.46, ч.1, п.4 229-ФЗ",
        "п.4 ч.1 ст.46",
        "пункт 4 части 1 статьи 46",
        "Статья 46, часть 1, пункт 4 Закона",
        "46-1-4",
        "46, 1, 4",
        "46.1.4",
    ],
)
def test_one_article_in_every_spelling(text):
    assert ground(text) == "46.1.4"


@pytest.mark.parametrize(
    ("text", "short"), [("ст. 43", "43"), ("47-1-1", "47.1.1"), ("п. 1", ""), ("2022-09-25", ""), ("", "")]
)
def test_articles_that_are_not_whole(text, short):
    assert ground(text) == short


@pytest.mark.parametrize(
    ("cell", "own", "consolidated"),
    [
        ("36570/21/51034-ИП", ["36570/21/51034-ИП"], []),
        ("036570/21/51034-ип", ["36570/21/51034-ИП"], []),
        ("36570/21/51034", ["36570/21/51034-ИП"], []),
        ("69888/21/51034-ИП\n74734/21/51034-СД", ["69888/21/51034-ИП"], ["74734/21/51034-СД"]),
        ("69888/21/51034\n74734/21/51034-СД", ["69888/21/51034-ИП"], ["74734/21/51034-СД"]),
        ("69888 / 21 / 51034 - ИП", ["69888/21/51034-ИП"], []),
        ("в составе 74734/21/51034-СД", [], ["74734/21/51034-СД"]),
        ("53/10/34/51", ["53/10/34/51"], []),
        ("", [], []),
    ],
)
def test_numbers_of_a_cell(cell, own, consolidated):
    numbers = read_numbers(cell)

    assert (numbers.own, numbers.consolidated, numbers.doubt) == (own, consolidated, "")


@pytest.mark.parametrize("cell", ["1811\n83/21/51047-ИП", "36570/21", "ИП № 36570", "708283995/9219"])
def test_a_number_that_is_not_whole_is_not_guessed(cell):
    numbers = read_numbers(cell)

    assert not numbers.own and numbers.doubt


def test_the_department_stands_in_the_number():
    assert department_of("36570/21/51034-ИП") == "51034"
    assert department_of("53/10/34/51") == ""


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("ЛАПИНА МАРИЯ ПЕТРОВНА", "Лапина Мария Петровна", "same"),
        ("ИП ОСОКИНА ЕКАТЕРИНА ДМИТРИЕВНА", "Осокина Екатерина Дмитриевна", "same"),
        ("ЩЕГЛОВ СЕМЁН ВЯЧЕСЛАВОВИЧ", "Щеглов Семен Вячеславович", "same"),
        ("Калачёв Олег Рашид оглы", "КАЛАЧЕВ ОЛЕГ РАШИД ОГЛЫ", "same"),
        ("Лапина М.П.", "Лапина Мария Петровна", "possible"),
        ("Лапина Мария Петровна", "Лапина М.П.", "possible"),
        ("Лапина М.К.", "Лапина Мария Петровна", "different"),
        ("Трофимычева Наталия", "ТРОФИМЫЧЕВА НАТАЛИЯ ПЕТРОВНА", "possible"),
        ("Петрова Мария Павловна", "Лапина Мария Павловна", "possible"),
        ("Лапина Марина Петровна", "Лапина Мария Петровна", "different"),
        ("Лапин Семён", "Щеглов Семён", "different"),
        ("", "Лапина Мария", "possible"),
    ],
)
def test_names(one, other, verdict):
    assert compare(one, other) == verdict


@pytest.mark.parametrize("number", ["ВС 111426597", "BC111426597", "вс № 111426597", "ВС-111426597"])
def test_a_writ_of_a_series_in_every_spelling(number):
    assert writ_key(number) == "вс111426597"


def test_an_order_is_compared_as_printed():
    assert writ_key(" 2-3885-2801/2021 ") == writ_key("2-3885-2801/2021") != writ_key("2-3885/2021")
