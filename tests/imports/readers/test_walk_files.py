"""Every file of should_pass/ gives its figures, every file of should_fail/ is refused with a problem worded for people."""

import tomllib
from pathlib import Path

import pytest

from casedesk.common import money
from imports.readers import Refused, read

FILES = Path(__file__).parent.parent / "files"
EXPECTED = tomllib.loads((FILES / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(path.name for path in (FILES / "should_pass").iterdir()))
def test_file_gives_its_figures(name):
    wanted = EXPECTED[name]

    reading = read(FILES / "should_pass" / name)
    rows = list(reading)

    accepted = [row for row in rows if row.accepted]
    assert (reading.format, reading.encoding, reading.kind) == (wanted["format"], wanted.get("encoding"), wanted["kind"])
    assert (len(rows), len(accepted)) == (wanted["read"], wanted["accepted"])
    assert len({row.account for row in rows}) == wanted["accounts"]
    assert reading.as_of == wanted.get("as_of")
    assert wanted.get("skipped", dict(reading.skipped_why)) == dict(reading.skipped_why)
    for field, roubles in wanted["sums"].items():
        assert money.text(sum(getattr(row, field) or 0 for row in accepted)) == roubles, field
    assert [total for total in reading.control_totals if not total.agrees] == []
    assert reading.confidence >= wanted.get("confidence", 0.8)


@pytest.mark.parametrize("name", sorted(path.name for path in (FILES / "should_fail").iterdir()))
def test_file_is_refused(name):
    with pytest.raises(Refused) as refusal:
        list(read(FILES / "should_fail" / name))

    assert refusal.value.problem.code in EXPECTED["refused"][name]
    assert len(refusal.value.problem.message) > 30
