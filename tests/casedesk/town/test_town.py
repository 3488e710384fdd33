"""The generator: the same seed gives the same bytes, and the truth adds up with the files."""

import hashlib
import json
from decimal import Decimal

import pytest
from dbfread import DBF
from django.core.management import CommandError, call_command

from casedesk.town import TownPlan, build_town
from casedesk.town.life import live


def digest(root):
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    root = tmp_path_factory.mktemp("town")
    build_town(TownPlan(accounts=151, months=18, seed=5), root)
    return root


@pytest.fixture(scope="module")
def truth(town):
    return json.loads((town / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def manifest(town):
    return json.loads((town / "manifest.json").read_text(encoding="utf-8"))


def test_same_seed_same_bytes(town, tmp_path):
    build_town(TownPlan(accounts=151, months=18, seed=5), tmp_path / "again")
    assert digest(tmp_path / "again") == digest(town)


def test_other_seed_other_bytes(town, tmp_path):
    build_town(TownPlan(accounts=151, months=14, seed=6), tmp_path / "other")
    assert digest(tmp_path / "other") != digest(town)


def test_exactly_as_many_accounts_as_asked():
    accounts = list(live(TownPlan(accounts=151, months=3, seed=5)))
    assert len(accounts) == 151
    assert len({(account.creditor.code, account.number) for account in accounts}) == 151


def test_every_file_is_in_the_manifest_once_and_in_the_truth(town, truth, manifest):
    listed = [entry["path"] for entry in manifest["files"] + manifest["late_files"] + manifest["other_files"]]
    on_disk = {name for name in digest(town) if "/" in name}
    assert len(listed) == len(set(listed))
    exchanged = {one[name] for one in manifest["reconciliations"] for name in ("presented", "reply")}
    assert set(listed) | exchanged == on_disk
    assert set(listed) == set(truth["files"])


def test_files_come_in_order_of_arrival(manifest):
    days = [entry["arrives_on"] for entry in manifest["files"]]
    assert days == sorted(days)
    assert [entry["kind"] for entry in manifest["files"][:3]] == ["accounts"] * 3


@pytest.mark.parametrize("known", ["first", "all"])
def test_openings_and_charges_less_money_are_debt_less_credit(truth, known):
    plan = TownPlan(accounts=151, months=18, seed=5)
    openings = sum(sum(account.openings.values()) for account in live(plan))
    flows = truth["flows"][known].values()
    moved = sum(Decimal(row["all"]["charged"]) - Decimal(row["all"]["credited"]) - Decimal(row["all"]["paid"]) for row in flows)
    figure = truth["ageing"][known][plan.today.isoformat()]["all"]
    assert Decimal(figure["total"]) - Decimal(figure["credit"]) == Decimal(openings) / 100 + moved


@pytest.mark.parametrize("known", ["first", "all"])
def test_every_split_adds_up_to_the_whole(truth, known):
    for groups in truth["ageing"][known].values():
        for split in ("creditor", "resource", "category"):
            parts = [group for key, group in groups.items() if key.startswith(split) and "," not in key]
            assert sum(Decimal(part["total"]) for part in parts) == Decimal(groups["all"]["total"])


def test_late_files_change_the_report_of_the_first_of_the_last_month(truth):
    first, after = (truth["ageing"][known]["2026-10-01"]["all"] for known in ("first", "all"))
    assert Decimal(after["total"]) != Decimal(first["total"])


def test_the_town_has_faults_to_find(truth):
    rows = truth["files"].values()
    assert sum(row["rejected"] for row in rows) > 0
    assert sum(row["known"] for row in rows) > 0
    assert sum(row["count"] for row in truth["over_rule"]["all"]["2026-11-21"].values()) > 0


def test_dbf_files_are_read_back_by_another_reader(town, truth):
    for name in (name for name in truth["files"] if name.endswith(".dbf")):
        records = list(DBF(town / name, encoding="cp866"))
        column = "NACH" if "osv" in name else "SUMMA"
        assert len(records) == truth["files"][name]["accepted"]
        assert sum(Decimal(str(record[column])) for record in records) == Decimal(truth["files"][name]["sum"])


def test_plain_town_is_all_text(tmp_path):
    build_town(TownPlan(accounts=12, months=14, seed=5, plain=True), tmp_path / "plain")
    assert {path.suffix for path in (tmp_path / "plain").rglob("*.*")} == {".csv", ".txt", ".json"}


def test_command_prints_its_summary(tmp_path, capsys):
    call_command("town", accounts=9, months=4, seed=2, out=tmp_path / "small")
    assert json.loads(capsys.readouterr().out)["accounts"] == 9


def test_command_refuses_a_foreign_folder(tmp_path):
    (tmp_path / "mine.txt").write_text("нужное", encoding="utf-8")
    with pytest.raises(CommandError, match="не пуст"):
        call_command("town", accounts=9, months=4, seed=2, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_statement_totals_are_the_sums_of_its_documents(town, manifest, truth):
    statements = [entry["path"] for entry in manifest["other_files"] if entry["kind"] == "bank_statement"]
    assert statements
    for name in statements:
        lines = (town / name).read_bytes().decode("cp1251").splitlines()
        came = next(line.split("=")[1] for line in lines if line.startswith("ВсегоПоступило"))
        assert came == truth["files"][name]["sum"]
        assert sum(line.startswith("СекцияДокумент") for line in lines) == truth["files"][name]["accepted"]


def test_the_bailiffs_answer_every_writ_of_the_court(manifest, truth):
    rows = {entry["kind"]: truth["files"][entry["path"]]["accepted"] for entry in manifest["other_files"]}
    assert rows["writs"] == rows["bailiff_register"] > 0


@pytest.mark.parametrize("asked", [{"accounts": 0, "months": 12}, {"accounts": 5, "months": 2}, {"accounts": 5, "months": 97}])
def test_a_town_out_of_bounds_is_refused(asked):
    with pytest.raises(ValueError, match="--"):
        TownPlan(seed=1, **asked)


@pytest.mark.parametrize("months", [3, 4, 7])
def test_short_towns_are_whole(tmp_path, months):
    build_town(TownPlan(accounts=9, months=months, seed=2), tmp_path / "short")
    told = json.loads((tmp_path / "short" / "truth.json").read_text(encoding="utf-8"))
    assert len(told["flows"]["all"]) == months
