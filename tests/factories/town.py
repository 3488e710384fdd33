"""An invented town in the database: written by the generator, loaded through the real import path, file by file."""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from casedesk.access.models import Organisation, SettlementAccount, Territory
from casedesk.common import months
from imports.actions.run_import import Options, import_file


def found_town(root: Path) -> dict:
    """Make the town's territory and creditors; return its manifest."""
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    code, name = manifest["territory"]["code"], manifest["territory"]["name"]
    land = Territory.objects.get_or_create(code=code, defaults={"name": name})[0]
    for one in manifest["creditors"]:
        creditor = Organisation.objects.create(
            kind=Organisation.Kind.CREDITOR, code=one["code"], name=one["name"], inn=one["inn"], territory=land
        )
        for number in one["own_accounts"]:
            SettlementAccount.objects.create(organisation=creditor, number=number)
    return manifest


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), timezone.get_current_timezone())


def load_files(root: Path, entries: Iterable[dict]) -> dict[str, dict]:
    """Load files in order, each learnt at the noon of the day it arrived; return the answers by path."""
    creditors = {one.code: one for one in Organisation.objects.filter(kind=Organisation.Kind.CREDITOR)}
    answers = {}
    for second, entry in enumerate(entries):
        arrived = dt.date.fromisoformat(entry["arrives_on"])
        answers[entry["path"]] = import_file(
            creditor=creditors[entry["creditor"]],
            path=root / entry["path"],
            by=None,
            at=noon(arrived) + dt.timedelta(seconds=second),
            on=arrived,
            options=Options(kind=entry["kind"], period=months.parse(entry["period"]) if "period" in entry else None),
        )
    return answers
