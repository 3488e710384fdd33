"""Printed addresses come to one key when they name one place."""

import pytest

from debtors.rules.address import flat_key, parse

SAME_FLAT = [
    "г. Верхнеозёрск, ул. Ленина, д. 12, кв. 1",
    "184310, Мурманская обл., г. Верхнеозёрск, ул. Ленина, д. 12, кв. 1",
    "Г ВЕРХНЕОЗЁРСК,УЛ. ЛЕНИНА,Д 12,КВ 1",
    "Верхнеозёрск,Ленина ул,12,1",
    "г.Верхнеозерск ул.Ленина д.12 кв.1",
    "Россия, Мурманская обл, , г. Верхнеозёрск, , ул. Ленина, д.12, , кв.1",
]


@pytest.mark.parametrize("text", SAME_FLAT)
def test_one_flat_written_in_many_ways(text):
    address = parse(text)

    assert (address.house_key, address.flat) == ("верхнеозерск|улица ленина|12", "1")


@pytest.mark.parametrize(
    "text, short_key, flat",
    [
        ("ул. ленина дом 12 4", "улица ленина|12", "4"),
        ("50 лет ВЛКСМ 17-5", "50 лет влксм|17", "5"),
        ("пр-кт 60 лет Октября д 4 кв 12", "проспект 60 лет октября|4", "12"),
        ("ул. Генерала Чумаченко, д. 5, корп. 2, кв. 16", "улица генерала чумаченко|5к2", "16"),
        ("ул. Генерала Чумаченко, 5/2-16", "улица генерала чумаченко|5к2", "16"),
        ('пер. Школьный, д. 3 "А", кв.7', "переулок школьный|3а", "7"),
        ("пер Школьный д.3 лит. А кв 7", "переулок школьный|3а", "7"),
        ("мкр. 5, д. 7, кв. 8", "микрорайон 5|7", "8"),
        ("ул. Ленина 12 кв. 5 комн. 2", "улица ленина|12", "5/2"),
    ],
)
def test_parts_of_an_address(text, short_key, flat):
    address = parse(text)

    assert (address.short_key, address.flat) == (short_key, flat)


def test_a_village_is_not_a_house():
    address = parse("д. Заречье, ул. Лесная, д. 4")

    assert (address.locality, address.short_key) == ("заречье", "улица лесная|4")


def test_street_and_lane_of_one_name_stay_apart():
    assert parse("ул. Школьная, д. 3").short_key != parse("пер. Школьная, д. 3").short_key


def test_the_column_of_flats_wins():
    assert parse("ул. Ленина, д. 12", "кв. 5").flat == "5"


@pytest.mark.parametrize("text", ["", "нет адреса", "до востребования"])
def test_no_address_is_no_house(text):
    assert not parse(text).is_house


@pytest.mark.parametrize("text, key", [("кв. 5", "5"), ("5", "5"), (" 5 А", "5а"), ("помещение 7", "7"), ("№ 3", "3")])
def test_flat_numbers(text, key):
    assert flat_key(text) == key
