"""Bank registers: shifted columns, broken sums and totals that do not meet."""

import zipfile

import pytest

from imports.readers import Refused, read

LINE = "12-03-2024;10-48-{0};8627/1154;47265;8294158073{0}EDWH;0051000{0};ИВАНОВ ИВАН;Г ОЗЁРСК,УЛ. ЛЕНИНА,Д 12,КВ {0};0224;{1}"
LINES = [LINE.format(at, "101,00;100,00;1,00") for at in range(10, 20)]


def register(path, lines):
    path.write_bytes("\r\n".join(lines).encode("cp1251"))
    return path


def test_separator_inside_the_address_is_joined_again(tmp_path):
    lines = [*LINES, LINES[0].replace("ОЗЁРСК,УЛ", "ОЗЁРСК;УЛ").replace("EDWH", "ABCD")]

    *_, row = read(register(tmp_path / "a.txt", lines))

    assert (row.accepted, row.paid, row.month) == (True, 10100, 24289)
    assert row.address == "Г ОЗЁРСК;УЛ. ЛЕНИНА,Д 12,КВ 10"


def test_missing_field_rejects_the_row(tmp_path):
    *_, row = read(register(tmp_path / "a.txt", [*LINES, LINES[0].replace(";0224;", ";")]))

    assert row.problems[0].code == "shifted_columns"


def test_sum_must_be_transfer_and_fee(tmp_path):
    *_, row = read(
        register(tmp_path / "a.txt", [*LINES, LINES[0].replace("EDWH", "ABCD").replace("100,00;1,00", "100,00;2,00")])
    )

    assert [problem.code for problem in row.problems] == ["fee_mismatch"]


def test_same_operation_twice_is_rejected(tmp_path):
    *_, row = read(register(tmp_path / "a.txt", [*LINES, LINES[0]]))

    assert [problem.code for problem in row.problems] == ["duplicate_row"]


def test_control_line_that_does_not_meet_is_told_with_both_numbers(tmp_path):
    reading = read(register(tmp_path / "a.txt", [*LINES, "=10;1010,01;1000,00;10,00;684443;13-03-2024"]))
    rows = list(reading)

    told = [(total.field, total.file, total.rows, total.agrees) for total in reading.control_totals]
    assert told == [
        ("rows", 10, 10, True),
        ("paid", 101001, 101000, False),
        ("transferred", 100000, 100000, True),
        ("fee", 1000, 1000, True),
    ]
    assert rows[0].extra["order_number"] == "684443"


def test_several_registers_in_one_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", "\n".join(LINES[:5]).encode("cp1251"))
        archive.writestr("two.txt", "\n".join(LINES[5:]).encode("cp1251"))

    rows = list(read(tmp_path / "a.zip"))

    assert [row.sheet for row in rows] == ["one.txt"] * 5 + ["two.txt"] * 5


def test_archive_inside_an_archive_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("one.txt", "x")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "in.zip", "in.zip")

    with pytest.raises(Refused) as refusal:
        read(tmp_path / "a.zip")

    assert refusal.value.problem.code == "nested_archive"
