"""`manage.py open_cases [--creditor CODE] [--on DATE] [--dry-run]`: the daily pass, one JSON object per creditor."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.common import money
from enforcement.actions.run_pass import DayPassed, run_pass


def _worded(creditor: Organisation, on: dt.date, done: DayPassed, dry_run: bool) -> dict:
    refreshed = done.cases.refreshed
    return {
        "creditor": creditor.code,
        "on": on.isoformat(),
        "status": "dry_run" if dry_run else "applied",
        "aged": done.aged,
        "opened": done.cases.opened,
        "opened_amount": money.text(done.cases.opened_kopecks),
        "closed": done.cases.closed,
        "refreshed": {"sums": refreshed.sums, "texts": refreshed.texts, "steps": refreshed.steps} if refreshed else None,
        "writs": {"tied": done.writs.tied, "let_go": done.writs.let_go} if done.writs else None,
    }


class Command(BaseCommand):
    help = "Open, close and refresh case files by the creditors' rules."

    def add_arguments(self, parser):
        parser.add_argument("--creditor", help="code of one creditor; all of them when left out")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="the day to run for, ISO; today when left out")
        parser.add_argument("--dry-run", action="store_true", help="count and change nothing")

    def handle(self, *args, **options):
        on = options["on"] or timezone.localdate()
        creditors = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR).order_by("code")
        if options["creditor"]:
            creditors = creditors.filter(code=options["creditor"])
            if not creditors:
                raise CommandError(f"no creditor with the code {options['creditor']}; see add_creditor", returncode=2)
        answers = [
            _worded(creditor, on, run_pass(creditor=creditor, on=on, by=None, dry_run=options["dry_run"]), options["dry_run"])
            for creditor in creditors
        ]
        self.stdout.write(json.dumps(answers[0] if options["creditor"] else answers, ensure_ascii=False))
