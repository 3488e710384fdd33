"""The data of the demo: a town written as files, loaded by the same import that clerks use, in the order of arrival."""

import datetime as dt
import json
import shutil
from collections import Counter
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from casedesk.access.models import Organisation, Territory
from casedesk.common import months
from casedesk.common.models import Job
from casedesk.common.progress import Progress
from casedesk.common.refusals import Refusal
from casedesk.desk.demo import casework, commissioning, reconciling
from casedesk.town import TownPlan, build_town
from debtors.models import CaseEvent
from imports.actions.load_file import import_file
from imports.actions.run_import import Options
from imports.models import ImportBatch

NINE = dt.time(9)
LOADED = "demo.load"
OF_BAILIFFS = ("writs", "bailiff_register")
"""Kinds of the town's further files that the demo loads."""


def is_loaded() -> bool:
    """True when an earlier run got to its end."""
    return Job.objects.filter(kind=LOADED, state=Job.State.DONE).exists()


def mark_loaded() -> None:
    """Leave the trace that `is_loaded` looks for: a finished job, seen by administrators."""
    now = timezone.now()
    Job.objects.create(kind=LOADED, state=Job.State.DONE, queued_at=now, started_at=now, finished_at=now)


def write_town(folder: Path, *, accounts: int, length: int, seed: int, progress: Progress) -> dict:
    """Write the town's files once and return its manifest. A folder without a manifest is the rest of a broken run."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        shutil.rmtree(folder, ignore_errors=True)
        plan = TownPlan(accounts, length, seed)
        build_town(plan, folder, tell=lambda done: progress(done, accounts, "счета"))
    return json.loads(manifest.read_text(encoding="utf-8"))


def make_creditors(manifest: dict) -> Territory:
    """Register the town's creditors on its territory."""
    land = manifest["territory"]
    territory = Territory.objects.get_or_create(code=land["code"], defaults={"name": land["name"]})[0]
    for one in manifest["creditors"]:
        own = [word for number in one["own_accounts"] for word in ("--own-account", number)]
        names = ["--name", one["name"], "--inn", one["inn"], "--territory", territory.code]
        call_command("add_creditor", one["code"], *names, *own, stdout=_Silent())
    return territory


def load_files(folder: Path, manifest: dict, *, today: dt.date, progress: Progress) -> Counter:
    """Import every file as of the morning it arrived, and do the lawyers' work on its days; return how many ended how.

    Files that an earlier, broken run has done are passed over.
    """
    papers = [file for file in manifest["other_files"] if file["kind"] in OF_BAILIFFS]
    if "spoilt_statement" in manifest:  # a folder written by an earlier version has none
        papers.append(manifest["spoilt_statement"])
    files = sorted([*manifest["files"], *manifest["late_files"], *papers], key=lambda file: file["arrives_on"])
    creditors = {one.code: one for one in Organisation.objects.filter(kind=Organisation.Kind.CREDITOR)}
    known = set(ImportBatch.objects.values_list("creditor__code", "file_name"))
    worked = set(CaseEvent.objects.values_list("happened_on", flat=True).distinct())
    days = [day for day in casework.case_days(months.parse(manifest["last_month"])) if day < today and day not in worked]
    meetings = reconciling.steps(folder, manifest)
    told = Counter()
    for number, file in enumerate(files):
        progress(number, len(files), file["path"])
        while days and days[0].isoformat() < file["arrives_on"]:
            casework.work(days.pop(0), newest=False)
        reconciling.hold(meetings, before=file["arrives_on"])
        if (file["creditor"], Path(file["path"]).name) not in known:
            told[_load(folder, file, creditors[file["creditor"]])] += 1
            if file["kind"] == "writs":
                casework.present_writs_of(creditors[file["creditor"]])
    progress(len(files), len(files), "")
    reconciling.hold(meetings, before=today.isoformat())
    casework.work(today, newest=True)
    commissioning.make_commission(today)
    mark_loaded()
    return told


def _load(folder: Path, file: dict, creditor: Organisation) -> str:
    arrives = dt.date.fromisoformat(file["arrives_on"])
    at = timezone.make_aware(dt.datetime.combine(arrives, NINE))
    period = months.parse(file["period"]) if "period" in file else None
    # The town's registers carry faults on purpose; totals that miss by a faulty row are what a clerk would wave through.
    options = Options(kind=file["kind"], period=period, accept_totals=True)
    try:
        answer = import_file(creditor=creditor, path=folder / file["path"], by=None, at=at, on=arrives, options=options)
    except Refusal as refusal:
        return refusal.code
    return answer["status"]


class _Silent:
    """A stream that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)
