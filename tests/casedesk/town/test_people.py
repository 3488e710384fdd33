from random import Random

import pytest

from casedesk.town.people import feminine, full_name, initials, patronymic


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Щеглов", "Щеглова"),
        ("Алёшин", "Алёшина"),
        ("Каменский", "Каменская"),
        ("Толстой", "Толстая"),
        ("Холодный", "Холодная"),
        ("Черных", "Черных"),
        ("Коваленко", "Коваленко"),
        ("Цой", "Цой"),
        ("Саакян", "Саакян"),
    ],
)
def test_surnames_agree(man, woman):
    assert feminine(man) == woman


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Сергей", "Сергеевич", "Сергеевна"),
        ("Дмитрий", "Дмитриевич", "Дмитриевна"),
        ("Василий", "Васильевич", "Васильевна"),
        ("Игорь", "Игоревич", "Игоревна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Олег", "Олегович", "Олеговна"),
    ],
)
def test_patronymics(father, son, daughter):
    assert (patronymic(father, False), patronymic(father, True)) == (son, daughter)


def test_a_family_keeps_its_name():
    names = {full_name(Random(seed), "Щеглов").split()[0] for seed in range(30)}
    assert names == {"Щеглов", "Щеглова"}


def test_initials_leave_organisations_alone():
    assert initials("Щеглов Иван Петрович") == "Щеглов И.П."
    assert initials("ООО «Хлебный дом»") == "ООО «Хлебный дом»"
