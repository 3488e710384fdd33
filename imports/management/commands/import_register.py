"""`manage.py import_register FILE... [--creditor CODE] [--kind KIND] [--profile NAME] [--period YYYY-MM] [--dry-run] ...`."""

import datetime as dt
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.common.progress import StderrBar
from casedesk.common.refusals import Refusal
from imports.actions.follow_up import cases_after
from imports.actions.load_file import import_file
from imports.actions.run_import import Options
from imports.models import KIND_NAMES

WRONG_USE = 2


class Command(BaseCommand):
    help = "Imports registers. Prints JSON on stdout: one object, or a list for several files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--creditor", metavar="CODE", help="may be left out when there is just one")
        parser.add_argument("--kind", default="auto", choices=list(KIND_NAMES))
        parser.add_argument("--profile", default="", metavar="NAME")
        parser.add_argument("--period", metavar="YYYY-MM")
        parser.add_argument("--as-of", metavar="DATE", type=dt.date.fromisoformat, help="the day a bailiffs' reply speaks of")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--strict", action="store_true", help="a wrong row refuses the whole file")
        parser.add_argument("--accept-openings", action="store_true", help="book differences of opening balances")
        parser.add_argument("--accept-totals", action="store_true", help="book although the file's own totals differ")

    def handle(self, *args, **options) -> None:
        creditor = creditor_named(options["creditor"])
        chosen = Options(
            kind=options["kind"],
            profile=options["profile"],
            period=_month(options["period"]),
            strict=options["strict"],
            accept_openings=options["accept_openings"],
            accept_totals=options["accept_totals"],
            as_of=options["as_of"],
        )
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"Нет файла «{path}».", returncode=WRONG_USE)
        answers = [self._one(creditor, path, chosen, options["dry_run"]) for path in options["files"]]
        shown = answers if len(answers) > 1 else answers[0]
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))
        if any(answer["status"] == "refused" for answer in answers):
            raise SystemExit(1)

    def _one(self, creditor: Organisation, path: Path, chosen: Options, dry_run: bool) -> dict:
        on = timezone.localdate()
        with StderrBar(path.name) as bar:
            answer = self._read(creditor, path, chosen, dry_run, on, bar)
            if answer["status"] == "applied":
                cases_after(creditor=creditor, by=None, on=on)
        return answer

    def _read(self, creditor: Organisation, path: Path, chosen: Options, dry_run: bool, on: dt.date, bar: StderrBar) -> dict:
        try:
            return import_file(
                creditor=creditor,
                path=path,
                by=None,
                at=timezone.now(),
                on=on,
                options=chosen,
                dry_run=dry_run,
                progress=bar,
            )
        except Refusal as refusal:
            return {"file": path.name, "status": "refused", "problems": [{"code": refusal.code, "message": refusal.message}]}


def creditor_named(code: str | None) -> Organisation:
    """The creditor by code, or the only one. Raises CommandError (wrong use) naming the codes there are."""
    creditors = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR)
    found = list(creditors.filter(code=code) if code else creditors[:2])
    if len(found) == 1:
        return found[0]
    codes = ", ".join(creditors.values_list("code", flat=True)) or "пока ни одного, заведите командой add_creditor"
    said = f"Нет взыскателя «{code}»." if code else "Не сказано, чей это файл: укажите --creditor КОД."
    raise CommandError(f"{said} Есть: {codes}.", returncode=WRONG_USE)


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return months.parse(text)
    except ValueError as wrong:
        raise CommandError(f"--period: {wrong}.", returncode=WRONG_USE) from wrong
