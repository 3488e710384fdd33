"""`manifest.json`: in which order and as what the files are to be loaded."""

import json
from pathlib import Path

from casedesk.common import months
from casedesk.town.files.base import Sheet
from casedesk.town.places import CITY
from casedesk.town.plan import CREDITORS, TownPlan


def write_manifest(plan: TownPlan, root: Path, sheets: list[Sheet], others: list[Sheet], spoilt: Sheet) -> None:
    """Write the loading order. `late_files` are loaded after the reports that they change were made.

    `other_files` are statements, court answers and the bailiffs' reply: they tell of money that the registers already carry.
    `spoilt_statement` is one more, of money of its own, with every fault of purposes that the trade knows.
    """
    content = {
        "accounts": plan.accounts,
        "months": plan.months,
        "seed": plan.seed,
        "first_month": months.iso(plan.first),
        "last_month": months.iso(plan.last),
        "today": plan.today.isoformat(),
        "territory": {"code": plan.territory, "name": CITY},
        "creditors": [
            {"code": one.code, "name": one.name, "inn": one.inn, "own_accounts": [one.own_account]} for one in CREDITORS
        ],
        "files": [_entry(sheet, root) for sheet in sheets if not sheet.late],
        "late_files": [_entry(sheet, root) for sheet in sheets if sheet.late],
        "other_files": [_entry(sheet, root) for sheet in others],
        "spoilt_statement": _entry(spoilt, root),
    }
    (root / "manifest.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _entry(sheet: Sheet, root: Path) -> dict:
    entry = {
        "path": sheet.path.relative_to(root).as_posix(),
        "kind": sheet.kind,
        "creditor": sheet.creditor,
        "arrives_on": sheet.arrives_on.isoformat(),
    }
    return entry | ({"period": months.iso(sheet.period)} if sheet.period is not None else {})
