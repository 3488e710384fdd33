"""DBF files that lie: about their encoding, their length, the number of records."""

import struct
from pathlib import Path

import pytest

from imports.readers import Refused, read

FIELDS = [
    ("LS", "C", 10, 0),
    ("FIO", "C", 30, 0),
    ("MES", "N", 2, 0),
    ("GOD", "N", 4, 0),
    ("NACH", "N", 7, 2),
    ("OPL", "N", 7, 2),
]
PEOPLE = ["ИВАНОВ ИВАН ИВАНОВИЧ", "ПЕТРОВА АННА СЕРГЕЕВНА", "СИДОРОВ ОЛЕГ ПЕТРОВИЧ"]


def table(path: Path, *, encoding: str = "cp866", language: int = 0x65, charged: str = "  10.00", marks: str = "   ") -> Path:
    """Three records of charges, written byte by byte."""
    described = b"".join(
        name.encode().ljust(11, b"\0") + kind.encode() + b"\0" * 4 + bytes((length, places)) + b"\0" * 14
        for name, kind, length, places in FIELDS
    )
    records = b"".join(
        mark.encode()
        + f"00510000{at}".ljust(10).encode()
        + name.ljust(30).encode(encoding)
        + b" 22024"
        + charged.encode()
        + b"   1.00"
        for at, (name, mark) in enumerate(zip(PEOPLE, marks, strict=True))
    )
    length = 1 + sum(field[2] for field in FIELDS)
    head = struct.pack("<BBBBIHH", 3, 124, 3, 1, 3, 32 + len(described) + 1, length) + b"\0" * 17 + bytes((language, 0, 0))
    path.write_bytes(head + described + b"\r" + records + b"\x1a")
    return path


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
@pytest.mark.parametrize("language", [0x65, 0xC9, 0x00])
def test_encoding_is_told_by_the_texts_not_by_the_language_byte(tmp_path, encoding, language):
    reading = read(table(tmp_path / "a.dbf", encoding=encoding, language=language))

    assert reading.encoding == encoding
    assert [row.holder for row in reading] == PEOPLE


def test_deleted_records_are_skipped_and_counted(tmp_path):
    reading = read(table(tmp_path / "a.dbf", marks=" * "))

    assert [row.row for row in reading] == [1, 3]
    assert reading.skipped_why["deleted"] == 1


def test_overflow_is_a_problem_and_not_a_blank(tmp_path):
    first, *_ = read(table(tmp_path / "a.dbf", charged="*******"))

    assert [(problem.code, problem.value) for problem in first.problems] == [("bad_money", "*******")]


def test_blank_number_means_nothing_moved(tmp_path):
    first, *_ = read(table(tmp_path / "a.dbf", charged="       "))

    assert (first.charged, first.paid, first.accepted) == (0, 100, True)


@pytest.mark.parametrize("stated", [2, 300])
def test_false_record_count_forbids_booking(tmp_path, stated):
    path = table(tmp_path / "a.dbf")
    data = bytearray(path.read_bytes())
    data[4:8] = struct.pack("<I", stated)
    path.write_bytes(bytes(data))

    reading = read(path)

    assert [(problem.code, problem.fatal) for problem in reading.problems] == [("false_record_count", True)]
    assert len(list(reading)) == min(stated, 3)


def test_file_cut_inside_a_record_forbids_booking(tmp_path):
    path = table(tmp_path / "a.dbf")
    path.write_bytes(path.read_bytes()[:-20])

    reading = read(path)

    assert [problem.code for problem in reading.problems] == ["truncated"]
    assert len(list(reading)) == 2


def test_header_whose_lengths_do_not_meet_is_refused(tmp_path):
    path = table(tmp_path / "a.dbf")
    data = bytearray(path.read_bytes())
    data[10:12] = struct.pack("<H", 5)
    path.write_bytes(bytes(data))

    with pytest.raises(Refused) as refusal:
        read(path)

    assert refusal.value.problem.code == "bad_dbf"
