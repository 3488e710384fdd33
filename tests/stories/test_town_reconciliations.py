"""Three months of a town's reconciliations: every planted difference is found with its type, and nothing else is.

The accounts and the money of the town's writs are booked directly; what was presented, the direct payments and the replies come
from the town's files through the real actions.
"""

import datetime as dt
import json
from collections import defaultdict

import pytest

from casedesk.access.rights import Role
from casedesk.desk.demo import people
from casedesk.desk.demo.reconciling import reconcile, steps
from casedesk.town import TownPlan
from casedesk.town.life import live
from casedesk.town.reconciliations import DEPARTMENT_CODE, KINDS, write_reconciliations
from casedesk.town.writs import withheld_money, writ_of
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import UtilityAccount
from enforcement.models import Reconciliation
from enforcement.queries.reconciliation_act import is_intact
from tests.factories import access
from tests.factories.town import noon

PLAN = TownPlan(accounts=1_800, months=18, seed=3)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The files of the town's reconciliations and the writs behind them, without all the registers of a town."""
    root = tmp_path_factory.mktemp("town")
    (root / "teplo").mkdir()
    for name in ("manifest.json", "truth.json"):
        (root / name).write_text("{}", encoding="utf-8")
    writs = [writ for account in live(PLAN) if (writ := writ_of(PLAN, account))]
    write_reconciliations(PLAN, root, writs)
    return root, writs


def test_every_planted_difference_is_found_with_its_type(db, town):
    root, writs = town
    creditor, _ = access.creditor("teplo", inn="5199004519"), access.department(DEPARTMENT_CODE)
    lawyer = access.person(Role.LEGAL_OFFICER, creditor, username="lawyer")
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))["reconciliations"]
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    assert all(truth[month][kind] for month in list(truth)[:1] for kind in KINDS), truth
    accounts = open_accounts(creditor, writs)
    months = steps(root, manifest)

    booked = dt.date.min
    for number, (day, entry) in enumerate(months):
        pay(creditor, accounts, writs, after=booked, through=(booked := dt.date.fromisoformat(day)))
        one = reconcile(entry, by=lawyer, newest=number == len(months) - 1)
        assert found_in(one) == {kind: numbers for kind, numbers in truth[entry["month"]].items() if numbers}, entry["month"]

    *signed, newest = Reconciliation.objects.order_by("month")
    assert all(one.is_signed and is_intact(one) for one in signed) and newest.state == "in_work"
    assert newest.differences.filter(carried_from__isnull=False).exists()
    assert all(reconcile(entry, by=lawyer, newest=False) is None for _, entry in months)


def open_accounts(creditor, writs) -> dict[str, int]:
    made = UtilityAccount.objects.bulk_create(
        UtilityAccount(creditor=creditor, number=writ.account.number, holder_name=writ.account.holder) for writ in writs
    )
    return {account.number: account.pk for account in made}


def pay(creditor, accounts, writs, *, after: dt.date, through: dt.date) -> None:
    """Book what the bailiffs sent between the days."""
    came = [(writ.account.number, paid) for writ in writs for paid in withheld_money(writ.account)]
    facts = [
        StagedFact(row, accounts[number], 0, amount=paid.amount, paid_on=paid.day, channel="bailiff", document=paid.document)
        for row, (number, paid) in enumerate(came, start=1)
        if after < paid.day <= through
    ]
    book_facts(
        creditor=creditor, facts=facts, about="ФССП", by=None, learnt_at=noon(through) - dt.timedelta(hours=6), on=through
    )


def found_in(one: Reconciliation) -> dict[str, list[str]]:
    """Type -> numbers of the writs of all the month's differences but those that are gone."""
    found = defaultdict(list)
    for difference in one.differences.exclude(resolution="gone"):
        found[difference.kind].append(difference.label.split(",")[0])
    return {kind: sorted(numbers) for kind, numbers in found.items()}


def test_the_same_seed_gives_the_same_bytes(town, tmp_path):
    root, writs = town
    (tmp_path / "teplo").mkdir()
    for name in ("manifest.json", "truth.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    write_reconciliations(PLAN, tmp_path, list(reversed(writs)))
    for path in sorted(root.rglob("*.json")):
        assert path.read_bytes() == (tmp_path / path.relative_to(root)).read_bytes()


def test_the_town_names_the_department_of_the_demo():
    assert DEPARTMENT_CODE == people.BAILIFFS
