"""What two registers are compared by, through the hands of those who typed them."""

import pytest

from enforcement.rules.reconciliation_keys import debtor_key, proceeding_key, writ_key, writ_keys


@pytest.mark.parametrize(
    "one, other",
    [
        ("ВС 111426597", "BC № 111426597"),
        ("ФС №041163498", "фc 041163498"),
        ("2-3794/20", "2-3794/2020"),
        ("02-210/2021", "2-210/2021"),
        ("2-807/20-7", "2-807/2020-7"),
        ("2\u2011100/2023", "2-100/2023"),
    ],
)
def test_one_writ_typed_in_two_ways(one, other):
    assert writ_key(one) == writ_key(other)


@pytest.mark.parametrize("one, other", [("2-210/2021", "2-210/2022"), ("2-210-1/2021", "2-210/2021"), ("ВС 1", "ФС 1")])
def test_two_writs_stay_two(one, other):
    assert writ_key(one) != writ_key(other)


def test_several_writs_in_a_cell():
    assert writ_keys("ФС 041163498; ВС 101832322\n2-1/2023; ФС 041163498") == ("ФС041163498", "ВС101832322", "2-1/2023")
    assert writ_keys("  ") == ()


@pytest.mark.parametrize(
    "text, key",
    [
        ("36570 / 21 / 51034-ИП", "36570/21/51034"),
        ("036570/21/51034", "36570/21/51034"),
        ("139831/22/51034-CД", "139831/22/51034-СД"),
        ("ИП № 12/09/10/51", "12/09/10/51"),
        ("", ""),
    ],
)
def test_proceedings(text, key):
    assert proceeding_key(text) == key


@pytest.mark.parametrize(
    "one, other",
    [("ТРОФИМЫЧЕВА НАТАЛИЯ", "Трофимычева Н. П."), ("ИП ОСОКИНА ЕКАТЕРИНА", "Осокина Е.Д."), ("Лёвин Пётр", "ЛЕВИН ПЕТР")],
)
def test_one_debtor_named_in_two_ways(one, other):
    assert debtor_key(one) == debtor_key(other)


def test_a_firm_is_its_whole_name():
    assert debtor_key("ООО «Уют»") == debtor_key("ООО УЮТ") != debtor_key("ООО «Уют плюс»")
    assert debtor_key("Петрова А.") != debtor_key("Петрова М.")
