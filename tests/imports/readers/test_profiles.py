"""Column profiles: what a person confirmed once is replayed exactly, through JSON, and never guessed around."""

import json

import pytest

from casedesk.common import months
from imports.profiles import SavedProfile
from imports.profiles.header import find_header
from imports.profiles.propose import propose
from imports.readers import read
from imports.sheets import Sheet

MARCH = months.make(2024, 3)
HEADER = ["Л/С", "Сальдо вх.", "Начислено всего", "Начислено", "Оплачено", "Сальдо исх."]
ROW = ["0051", "10,00", "99,00", "5,00", "3,00", "12,00"]


def register(path, header=HEADER):
    path.write_text("\n".join(";".join(line) for line in (header, ROW)), encoding="utf-8")
    return path


def confirmed() -> SavedProfile:
    sheet = Sheet("", lambda: iter([(1, HEADER), (2, ROW)]), text_only=True)
    proposal = propose(find_header(sheet))
    proposal.columns["charged"] = [3]
    return SavedProfile.from_dict(json.loads(json.dumps(proposal.save("ТеплоСеть", kind="charges", layout="flat").to_dict())))


def test_proposal_doubts_two_columns_of_charges(tmp_path):
    reading = read(register(tmp_path / "a.csv"), period=MARCH)

    assert reading.columns["charged"] == "Начислено всего (C)"
    assert [problem.code for problem in reading.problems] == ["ambiguous_columns"]
    assert reading.confidence < 0.8


def test_saved_profile_takes_the_confirmed_column(tmp_path):
    reading = read(register(tmp_path / "a.csv"), profile=confirmed(), period=MARCH)
    (row,) = reading

    assert (reading.profile, reading.confidence, reading.problems) == ("ТеплоСеть", 1.0, [])
    assert (row.charged, row.accepted) == (500, True)


def test_columns_may_move(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(";".join(reversed(line)) for line in (HEADER, ROW)), encoding="utf-8")

    (row,) = read(path, profile=confirmed(), period=MARCH)

    assert (row.account, row.charged, row.closing) == ("0051", 500, 1200)


def test_missing_column_is_fatal_and_named(tmp_path):
    header = [*HEADER[:3], "Насчитано", *HEADER[4:]]

    reading = read(register(tmp_path / "a.csv", header), profile=confirmed(), period=MARCH)

    assert [(problem.code, problem.fatal, problem.column) for problem in reading.problems] == [
        ("profile_mismatch", True, "начислено")
    ]


def test_unknown_keys_of_a_stored_profile_are_named():
    with pytest.raises(ValueError, match="colour"):
        SavedProfile.from_dict({"name": "x", "colour": "red"})


def test_service_of_the_profile_is_given_to_every_row(tmp_path):
    profile = confirmed()
    profile.service = "Отопление"

    (row,) = read(register(tmp_path / "a.csv"), profile=profile, period=MARCH)

    assert row.service == "Отопление"
