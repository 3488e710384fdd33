"""Whose an address is: stretches of streets by day, the narrower winning; lists loaded, changed and taken twice."""

import datetime as dt
from pathlib import Path

import pytest

from casedesk.access.models import Organisation
from debtors.models import House
from debtors.rules.address import parse
from enforcement.actions.change_coverage import CoverageClash, NotAnAddress, add_coverage, end_coverage, end_rows
from enforcement.actions.load_coverage import ListedAddress, load_coverage
from enforcement.models import Court, Coverage, CoverageChange, DepartmentCard
from enforcement.queries.coverage import court_for, courts_for_cases, department_for, departments_for_cases
from enforcement.queries.coverage_changes import affected_cases, moves
from enforcement.rules.coverage import Area, NotHouses, Place, Stretch, read_houses, whose
from imports.readers import Refused
from imports.readers.coverage_list import read_coverage_list
from tests.factories import access, cases, premises

DAY = dt.date(2024, 3, 1)
LATER = dt.date(2024, 6, 1)
BEFORE = LATER - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("все", [Stretch()]),
        ("", [Stretch()]),
        ("1-15 нечётные", [Stretch("", "odd", 1, 15)]),
        ("2–40 (четн.)", [Stretch("", "even", 2, 40)]),
        ("с 1 по 15", [Stretch("", "all", 1, 15)]),
        ("чётные", [Stretch("", "even")]),
        ("с 20 и далее", [Stretch("", "all", 20)]),
        ("2, 4; 3а", [Stretch("2"), Stretch("4"), Stretch("3а")]),
        ("5 корп. 2, 5/3", [Stretch("5к2"), Stretch("5к3")]),
        ("дома 1-3, 7", [Stretch("", "all", 1, 3), Stretch("7")]),
    ],
)
def test_houses_of_a_list(text, stretches):
    assert read_houses(text) == stretches


@pytest.mark.parametrize("text", ["около школы", "15-1", "1..15"])
def test_houses_that_nobody_understands(text):
    with pytest.raises(NotHouses):
        read_houses(text)


def area(key: int, authority: int, **stretch) -> Area:
    return Area(key, authority, street="улица ленина", stretch=Stretch(**stretch))


def at(number: str) -> Place:
    return Place(1, "верхнеозерск", "улица ленина", number)


def test_the_narrower_stretch_wins():
    areas = [area(1, 10), area(2, 20, parity="odd"), area(3, 30, number_key="7"), area(4, 40, first=20, last=30)]

    assert [whose(at(number), areas).authority for number in ("2", "9", "7", "7а", "22", "21")] == [10, 20, 30, 20, 40, None]
    assert whose(at("21"), areas).conflict == (20, 40)


def test_another_street_or_town_is_nobodys():
    assert whose(Place(1, "", "переулок ленина", "7"), [area(1, 10)]).authority is None
    elsewhere = Area(1, 10, locality="мурманск", street="улица ленина")
    assert whose(at("7"), [elsewhere]).authority is None


@pytest.fixture
def court(db) -> Court:
    return Court.objects.create(kind="magistrate", code="51MS0001", name="Участок № 1")


@pytest.fixture
def second(db) -> Court:
    return Court.objects.create(kind="magistrate", code="51MS0002", name="Участок № 2")


@pytest.fixture
def flat(db):
    address = "г. Верхнеозёрск, ул. Ленина, д. 7"
    house = House.objects.create(territory=access.territory(), address=address, address_key=parse(address).house_key)
    return premises.flat(at=house)


def give(authority, houses: str = "все", day: dt.date = DAY, street: str = "ул. Ленина"):
    return add_coverage(authority=authority, street=street, houses=houses, locality="", valid_from=day, source="закон", by=None)


def test_a_flat_finds_its_court_on_the_day(court, flat):
    give(court, "нечётные")

    assert court_for(flat, DAY) == court
    assert court_for(flat, DAY - dt.timedelta(days=1)) is None
    assert court_for(flat, DAY, Court.Kind.DISTRICT) is None


def test_a_flat_finds_its_department(flat, bailiffs):
    card = DepartmentCard.objects.create(organisation=bailiffs, number="51034")
    give(card)

    assert department_for(flat, DAY) == bailiffs


def test_the_same_stretch_passes_to_another_on_the_day(court, second, flat):
    give(court)

    change = give(second, day=LATER)

    assert [court_for(flat, day) for day in (DAY, BEFORE, LATER)] == [court, court, second]
    assert change.houses == [[flat.house_id, court.pk, second.pk]]
    assert moves(change)[0]["after"] == second


def test_giving_twice_changes_nothing(court, flat):
    give(court)

    assert give(court) is None and Coverage.objects.count() == 1


def test_a_closed_court_covers_nothing(court, flat):
    give(court)
    Court.objects.update(closed_on=LATER)

    assert (court_for(flat, BEFORE), court_for(flat, LATER)) == (court, None)


def test_ending_a_row(court, flat):
    give(court)
    row = Coverage.objects.get()

    with pytest.raises(CoverageClash):
        end_coverage(row=row, valid_to=DAY, source="", by=None)
    change = end_coverage(row=row, valid_to=LATER, source="упразднён", by=None)

    assert change.houses == [[flat.house_id, court.pk, None]]


def test_a_street_that_is_no_street(court):
    with pytest.raises(NotAnAddress, match="около"):
        give(court, "около школы")


def test_a_change_names_the_open_cases_it_touches(court, osen, officer, stranger, flat):
    owed = cases.owing(osen, on=DAY)
    owed.premises = flat
    owed.save()
    case = cases.case_of(owed, DAY)

    change = give(court)

    assert list(affected_cases(change, officer)) == [case]
    assert not affected_cases(change, stranger).exists()


def test_many_cases_take_a_fixed_number_of_queries(court, bailiffs, osen, flat, django_assert_num_queries):
    give(court)
    give(DepartmentCard.objects.create(organisation=bailiffs, number="51034"))
    for number in range(5):
        owed = cases.owing(osen, str(number), on=DAY)
        owed.premises = flat
        owed.save()
    ids = [cases.case_of(owed, DAY).pk]

    with django_assert_num_queries(3):
        assert courts_for_cases(ids, DAY) == {ids[0]: court}
    with django_assert_num_queries(3):
        assert departments_for_cases(ids, DAY) == {ids[0]: bailiffs}


def listed(row: int, street: str, houses: str = "все", **changes) -> ListedAddress:
    parts = {"code": "51MS0001", "name": "Судебный участок № 1", "kind": "мировой судья"} | changes
    return ListedAddress(row, street=street, houses=houses, **parts)


def load(*rows: ListedAddress, day: dt.date = DAY, **options):
    return load_coverage(rows=list(rows), valid_from=day, source="закон", by=None, **options)


def test_a_list_makes_courts_and_departments(flat):
    department = {"code": "51034", "name": "ОСП Озёрного района", "kind": "отдел приставов"}

    loaded = load(listed(2, "ул. Ленина"), listed(3, "ул. Ленина", **department))

    assert (loaded.begun, loaded.ended, loaded.houses, len(loaded.created)) == (2, 0, 2, 2)
    assert court_for(flat, DAY).code == "51MS0001"
    assert department_for(flat, DAY) == Organisation.objects.get(code="51034")


def test_the_same_list_again_changes_nothing(flat):
    load(listed(2, "ул. Ленина"))

    again = load(listed(2, "ул. Ленина"), day=LATER)

    assert (again.begun, again.ended, again.same, again.changes) == (0, 0, 1, [])


def test_what_the_list_leaves_out_ends(flat):
    load(listed(2, "ул. Ленина"), listed(3, "пер. Школьный"))

    loaded = load(listed(2, "пер. Школьный"), day=LATER)

    assert (loaded.ended, court_for(flat, BEFORE).code, court_for(flat, LATER)) == (1, "51MS0001", None)


def test_a_bad_row_is_left_out_and_ends_nothing(flat):
    load(listed(2, "ул. Ленина"))

    loaded = load(listed(2, "пер. Школьный", "у реки"), listed(3, "ул. Мира", kind="", name="Аптека", code="x"), day=LATER)

    assert [row for row, _ in loaded.rejected] == [2, 3] and loaded.ended == 0
    assert court_for(flat, LATER).code == "51MS0001"


def test_a_dry_run_keeps_nothing(flat):
    loaded = load(listed(2, "ул. Ленина"), dry_run=True)

    assert loaded.begun == 1 and not Coverage.objects.exists() and not CoverageChange.objects.exists()


@pytest.mark.django_db
def test_a_department_code_is_five_digits():
    loaded = load(listed(2, "ул. Ленина", code="5103", name="ОСП", kind="отдел приставов"))

    assert "5 цифр" in loaded.rejected[0][1]


def test_a_file_carries_code_and_name_down(tmp_path):
    path = tmp_path / "courts.csv"
    lines = ["Код;Вид;Наименование;Улица;Дома", "51MS0001;мировой судья;Участок № 1;ул. Ленина;все", ";;;пер. Школьный;1-9"]
    path.write_text("\n".join(lines), encoding="utf-8")

    rows = read_coverage_list(path, "courts.csv")

    assert [(row.row, row.code, row.street, row.houses) for row in rows] == [
        (2, "51MS0001", "ул. Ленина", "все"),
        (3, "51MS0001", "пер. Школьный", "1-9"),
    ]


def test_a_file_without_the_columns_is_refused(tmp_path: Path):
    path = tmp_path / "x.csv"
    path.write_text("ЛС;Сумма\n1;2\n", encoding="utf-8")

    with pytest.raises(Refused):
        read_coverage_list(path, "x.csv")


def test_ending_many_rows_keeps_who_and_when(court, second, officer, django_assert_max_num_queries):
    for street in ("ул. Ленина", "ул. Мира", "ул. Озёрная"):
        give(court, street=street)
    Coverage.objects.filter(street="улица мира").update(valid_from=LATER)

    with django_assert_max_num_queries(8):
        end_rows(Coverage.objects.order_by("pk"), LATER, by=officer)

    assert list(Coverage.objects.order_by("pk").values_list("street", "valid_to")) == [
        ("улица ленина", LATER),
        ("улица озерная", LATER),
    ]
    ended = Coverage.history.filter(history_type="~")
    assert [one.history_user for one in ended] == [officer, officer]
    assert Coverage.history.filter(history_type="-", street="улица мира").exists()
