"""`manage.py town`: write an invented municipality as the files the trade would send, with the truth about it."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casedesk.town import TownPlan, build_town


class Command(BaseCommand):
    help = "Написать вымышленный городок: реестры, выписки, ответы приставов и truth.json"

    def add_arguments(self, parser):
        parser.add_argument("--accounts", type=int, default=2000, help="сколько лицевых счетов")
        parser.add_argument("--months", type=int, default=36, help="за сколько месяцев")
        parser.add_argument("--seed", type=int, default=1, help="то же число даёт те же байты")
        parser.add_argument("--out", required=True, type=Path, help="папка")
        parser.add_argument("--formats", choices=("all", "csv"), default="all", help="csv: всё текстом, для замеров")

    def handle(self, *args, **options):
        try:
            plan = TownPlan(options["accounts"], options["months"], options["seed"], plain=options["formats"] == "csv")
            summary = build_town(plan, options["out"], tell=self._bar(options["accounts"]))
        except (ValueError, FileExistsError) as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        self.stdout.write(json.dumps(summary, ensure_ascii=False))

    def _bar(self, whole: int):
        """A bar on stderr when it is a terminal, silence otherwise."""
        if not sys.stderr.isatty():
            return lambda done: None

        def tell(done: int) -> None:
            if done % max(whole // 100, 1) == 0 or done == whole:
                full = done * 40 // whole
                self.stderr.write(f"\r[{'#' * full}{'.' * (40 - full)}] {done}/{whole}", ending="")
                if done == whole:
                    self.stderr.write("")

        return tell
