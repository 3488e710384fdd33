"""`manage.py check_ledger [--as-of DAY]`: what must never be false of the ledger, as JSON. Exit 1 when a fault is found."""

import json
import sys

from django.core.management.base import BaseCommand

from debtors.management.commands.age import day
from debtors.queries.ledger_faults import faults


class Command(BaseCommand):
    help = "Проверить книги: итоги против фактов, разнесение, состояния, сводный куб, факты без счёта"

    def add_arguments(self, parser):
        parser.add_argument("--as-of", help="проверить ещё, что сроки складываются в остаток на этот день")

    def handle(self, *, as_of, **options):
        found = faults(day(as_of) if as_of else None)
        wrong = any(found.values())
        self.stdout.write(json.dumps({"ok": not wrong, "faults": found}, ensure_ascii=False, indent=1))
        if wrong:
            sys.exit(1)
