"""An invented town in the database: written by the generator, loaded through the real import path, file by file."""

import datetime as dt
import json
from pathlib import Path

from django.utils import timezone

from casedesk.access.models import Organisation, SettlementAccount, Territory
from casedesk.common import months
from imports.actions.run_import import Options, import_file


def found_town(root: Path) -> dict:
    """Make the town's territory and creditors; return its manifest."""
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    land = Territory.objects.get_or_create(
        code=manifest["territory"]["code"], defaults={"name": manifest["territory"]["name"]}
    )[0]
    for one in manifest["creditors"]:
        creditor = Organisation.objects.create(
            kind=Organisation.Kind.CREDITOR, code=one["code"], name=one["name"], inn=one["inn"], territory=land
        )
        for number in one["own_accounts"]:
            SettlementAccount.objects.create(organisation=creditor, number=number)
    return manifest


def load_files(root: Path, entries: list[dict], *, today: dt.date) -> dict[str, dict]:
    """Load files in order, each learnt at the noon of the day it arrived; return the answers by path."""
    creditors = {one.code: one for one in Organisation.objects.filter(kind=Organisation.Kind.CREDITOR)}
    answers = {}
    for minute, entry in enumerate(entries):
        arrived = dt.datetime.combine(dt.date.fromisoformat(entry["arrives_on"]), dt.time(12), timezone.get_current_timezone())
        answers[entry["path"]] = import_file(
            creditor=creditors[entry["creditor"]],
            path=root / entry["path"],
            by=None,
            at=arrived + dt.timedelta(seconds=minute),
            on=today,
            options=Options(kind=entry["kind"], period=months.parse(entry["period"]) if "period" in entry else None),
        )
    return answers
