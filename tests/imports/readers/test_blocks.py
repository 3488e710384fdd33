"""Lines read many at a time: the same rows, problems and totals as line by line, whatever stands in the cells."""

import csv
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.readers import read
from imports.readers.amount_columns import amounts
from imports.readers.amounts import amount
from imports.readers.layouts import blocks
from imports.rows import Block

HEAD = ["ЛС", "ФИО", "Адрес", "Услуга", "Сальдо вх.", "Начислено", "Перерасчёт", "Оплачено", "Сальдо исх."]
TITLE = "Реестр начислений за февраль 2024"
SOUND = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)

kopecks = st.integers(-500_000, 900_000)
odd_cells = st.sampled_from(["", "-", "—", "1 234,56", "(5,00)", "12", "12,5", "рубль", "1,234", "NaN", "-,50", ",50", "٣,00"])
sums = st.one_of(st.none(), st.none(), st.none(), st.tuples(st.integers(0, 4), odd_cells))
accounts = st.one_of(
    st.integers(5_100_000, 5_100_030).map(lambda n: f"{n:09d}"), st.sampled_from(["л/с 005100001", "77", "нет"])
)
data = st.tuples(
    accounts,
    st.sampled_from(["Отопление", "ГВС", " Отопление ", "", "Снег\u200bоуборка"]),
    kopecks,
    kopecks,
    st.integers(0, 9),
    sums,
)
others = st.sampled_from(
    [
        ["Итого", "", "", "", "1,00", "", "", "", ""],
        ["ул. Мира, д. 5"] + [""] * 8,
        [""] * 9,
        ["1", "2", "3"],
        ["Главный бухгалтер"],
    ]
)
tables = st.lists(st.one_of(data, data, data, data, others), min_size=1, max_size=40)


def cells_of(line, *, numbers: bool) -> list:
    """A line of the file. `numbers`: amounts and accounts as number cells."""
    if isinstance(line, list):
        return line
    account, service, opening, charged, off, spoiled = line
    values = [opening, charged, 0, 100, opening + charged - 100 + (off == 0)]
    shown = [value / 100 if numbers else f"{value / 100:.2f}".replace(".", ",") for value in values]
    if spoiled:
        shown[spoiled[0]] = spoiled[1]
    number = int(account) if numbers and off % 2 and account.isdigit() else account
    return [number, "Иванов  И. И.", "ул. Ленина, д. 1", service, *shown]


def told(path: Path) -> tuple:
    reading = read(path, kind="charges")
    return list(reading), reading.control_totals, reading.skipped_why, reading.problems


@pytest.fixture
def compare(monkeypatch):
    """Read a file both ways; the same must come out."""

    def run(path: Path) -> None:
        monkeypatch.setattr(blocks, "FEWEST", 1)
        monkeypatch.setattr(blocks, "LINES", 7)
        many = told(path)
        monkeypatch.setattr(blocks.BlockReader, "takes", lambda _: False)
        one = told(path)
        monkeypatch.undo()
        assert many == one

    return run


@SOUND
@given(table=tables)
def test_text_tables(tmp_path, compare, table):
    path = tmp_path / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerows([[TITLE], HEAD, *(cells_of(line, numbers=False) for line in table)])
    compare(path)


@SOUND
@given(table=tables)
def test_books(tmp_path, compare, table):
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Реестр")
        for at, line in enumerate([[TITLE], HEAD, *(cells_of(line, numbers=True) for line in table)]):
            sheet.write_row(at, 0, line)
    compare(path)


def test_a_plain_register_comes_in_blocks(tmp_path):
    path = tmp_path / "register.csv"
    lines = [f"{5100000 + n:09d};Иванов;ул. Мира, д. 1;Отопление;1,00;2,00;0,00;0,00;3,00" for n in range(50)]
    path.write_text("\n".join([TITLE, ";".join(HEAD), *lines, "Итого;;;;50,00;100,00;0,00;0,00;150,00", ""]), encoding="utf-8")

    reading = read(path)
    (block,) = reading.pieces

    assert type(block) is Block
    assert (len(block), block.sums["closing"], block.numbers[0]) == (50, [300] * 50, 3)
    assert next(iter(block)).holder == "Иванов"
    assert all(total.agrees for total in reading.control_totals)


texts = st.one_of(
    kopecks.map(lambda k: f"{k / 100:.2f}"),
    kopecks.map(lambda k: f"{k / 100:.2f}".replace(".", ",")),
    odd_cells,
    st.text(max_size=6),
)
floats = st.one_of(kopecks.map(lambda k: k / 100), st.floats(), st.sampled_from([0.0, -0.0, 0.005, 1e-9, 1e14, 2.675]))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(cells=st.one_of(st.lists(texts, min_size=1, max_size=6), st.lists(floats, min_size=1, max_size=6)))
def test_a_column_of_amounts_is_read_as_its_cells_are(cells):
    def one_by_one():
        return [amount(cell) for cell in cells]

    try:
        expected = one_by_one()
    except ValueError as wrong:
        with pytest.raises(type(wrong)):
            amounts(cells)
    else:
        assert amounts(cells) == expected
