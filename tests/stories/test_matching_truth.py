"""A town's spoilt bank statement through the real path: what is placed by itself is right, and is nearly all that can be.

The bailiffs' wordings and case forms are the town's own; the matcher shares no code with them.
"""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from casedesk.access.models import Organisation
from casedesk.town import TownPlan, build_town
from debtors.models import Payment
from imports.actions.load_file import import_file
from imports.actions.run_import import Options
from imports.models import BankDocument, MatchDecision
from imports.queries.money_in import money_in
from tests.factories.town import found_town, noon

RIGHT, PLACED = 0.999, 0.95
NOBODYS = ("two_proceedings", "wrong_person", "moved", "cut", "name_only", "digit_typo")
SPOILT = {*NOBODYS, "name_typo", "case_only", "unknown_proceeding", "refund", "fee", "no_number", "business"}


def test_small_town(db, tmp_path):
    match_through(TownPlan(accounts=240, months=16, seed=11), tmp_path / "town", matchable=100)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True, available_apps=settings.INSTALLED_APPS)
def test_town_of_two_thousand(tmp_path):
    told = match_through(TownPlan(accounts=2000, months=18, seed=1), tmp_path / "town", matchable=800)
    assert {one["noise"] for one in told.values()} == {"", *SPOILT}


def match_through(plan: TownPlan, root: Path, *, matchable: int) -> dict:
    """Load the town's spoilt statement, which has at least so many matchable documents, and judge it; return its truth."""
    build_town(plan, root)
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))["matching"]
    creditor = _books(plan, root)

    answer = _load(creditor, root, {"path": truth["file"], "arrives_on": plan.today.isoformat()})
    assert answer["status"] == "applied", answer["problems"][:3]
    documents = {one.number: one for one in BankDocument.objects.received()}
    assert set(documents) == set(truth["documents"])

    placed, wrong, missed = _judge(truth["documents"], documents)
    assert len(wrong) <= (1 - RIGHT) * len(placed), wrong[:5]
    told_matchable = sum(told["matchable"] for told in truth["documents"].values())
    assert told_matchable >= matchable
    share = 1 - len(missed) / told_matchable
    assert share >= PLACED, (share, Counter(truth["documents"][number]["noise"] for number in missed))
    for noise in NOBODYS:
        kinds = {documents[number].state for number, told in truth["documents"].items() if told["noise"] == noise}
        assert kinds <= {"waiting"}, (noise, kinds)

    whole = money_in(creditor.pk)
    assert whole.adds_up
    assert whole.placed == sum(documents[number].amount for number in placed)
    booked = Payment.objects.filter(booking__import_batch=answer["batch"]).count()
    assert booked == MatchDecision.objects.filter(kind="auto").count() == len(placed)
    again = _load(creditor, root, {"path": truth["file"], "arrives_on": plan.today.isoformat()}, later=1)
    assert again["status"] == "nothing_new"
    return truth["documents"]


def _judge(truth: dict, documents: dict) -> tuple[list, list, list]:
    """Numbers placed by the program, those of them on a wrong account, and matchable ones it left."""
    lines = MatchDecision.objects.filter(kind="auto").values_list("document__number", "lines__account__number")
    placed = dict(lines)
    wrong = [(n, truth[n], account, documents[n].purpose) for n, account in placed.items() if truth[n]["account"] != account]
    missed = [number for number, told in truth.items() if told["matchable"] and number not in placed]
    return list(placed), wrong, missed


def _books(plan: TownPlan, root: Path) -> Organisation:
    """The heat supplier with its accounts, orders and proceedings, loaded from the files the trade would send."""
    manifest = found_town(root)
    creditor = Organisation.objects.get(code="teplo")
    entries = [
        entry for entry in manifest["files"] if entry["creditor"] == "teplo" and entry["kind"] in ("accounts", "charges")
    ]
    entries += [entry for entry in manifest["other_files"] if entry["kind"] in ("writs", "bailiff_register")]
    for place, entry in enumerate(sorted(entries, key=lambda one: one["arrives_on"])):
        answer = _load(creditor, root, entry, later=place)
        assert answer["status"] in ("applied", "nothing_new"), answer["problems"][:3]
    return creditor


def _load(creditor: Organisation, root: Path, entry: dict, *, later: int = 0) -> dict:
    arrived = dt.date.fromisoformat(entry["arrives_on"])
    at = noon(arrived) + dt.timedelta(seconds=later)
    options = Options(kind=entry.get("kind", "auto"))
    return import_file(creditor=creditor, path=root / entry["path"], by=None, at=at, on=arrived, options=options)
