"""Every file of files/bailiff gives its figures; registers of billing centres are not taken for the bailiffs'."""

import tomllib
from pathlib import Path

import pytest

from casedesk.common import money
from imports.bailiff.recognise import recognise

FILES = Path(__file__).parent.parent / "files"
EXPECTED = tomllib.loads((FILES / "bailiff" / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", EXPECTED)
def test_file_gives_its_figures(name):
    wanted = EXPECTED[name]

    file = recognise(FILES / "bailiff" / name)

    assert (file.layout, file.format, file.encoding) == (wanted["layout"], wanted["format"], wanted.get("encoding"))
    assert len(file.lines) == len(file.accepted) == wanted["rows"]
    assert file.all_problems == [] and all(total.agrees for total in file.control_totals)
    for field, roubles in wanted.get("sums", {}).items():
        assert money.text(sum(getattr(facts, field) or 0 for facts in file.accepted)) == roubles, field
    for field, value in wanted.get("ruling", {}).items():
        assert getattr(file.accepted[0], field) == value, field


@pytest.mark.parametrize("name", ["v01_sverka_osp.xlsx", "v03_bank_dannyh_ip.csv"])
def test_replies_are_counted_by_what_became_of_the_writs(name):
    wanted = EXPECTED[name]

    file = recognise(FILES / "bailiff" / name)

    facts = file.accepted
    assert sum(bool(line.proceeding) for line in facts) == wanted["with_proceeding"]
    assert sum(line.status == "not_received" for line in facts) == wanted["not_received"]
    assert sum(line.status in ("finished", "terminated") for line in facts) == wanted["ended"]
    assert sum(bool(line.consolidated) for line in facts) == wanted["consolidated"]
    assert (file.head.as_of, file.head.department_code) == (wanted.get("as_of"), wanted["department"])
    assert all(line.bailiff for line in facts if line.proceeding)
    assert dict(file.skipped) == wanted.get("skipped", {"header": 1})


@pytest.mark.parametrize("path", sorted((FILES / "should_pass").iterdir()), ids=lambda path: path.name)
def test_a_billing_register_is_not_ours(path):
    assert recognise(path) is None
