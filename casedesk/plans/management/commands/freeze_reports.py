"""`manage.py freeze_reports`: reports of the month that is over become final. Once a day, by a timer."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casedesk.plans.actions.freeze_due import FAILED, FROM_DAY, FROZEN, KEPT, WAITS, freeze_due

SAID = {FROZEN: "зафиксирован", KEPT: "уже есть", WAITS: "ждёт", FAILED: "не сделан"}


class Command(BaseCommand):
    help = "Зафиксировать отчёты за прошедший месяц (квартал, год)"

    def add_arguments(self, parser):
        parser.add_argument("--on", type=dt.date.fromisoformat, help="день ГГГГ-ММ-ДД вместо сегодняшнего")
        parser.add_argument("--from-day", type=int, default=FROM_DAY, help="с какого числа не ждать закрытия месяцев")
        parser.add_argument("--dry-run", action="store_true", help="только сказать, что было бы сделано")

    def handle(self, *args, on=None, from_day=FROM_DAY, dry_run=False, **options):
        failed = 0
        for one in freeze_due(on=on or timezone.localdate(), at=timezone.now(), from_day=from_day, only_tell=dry_run):
            failed += one.what == FAILED
            why = f": {one.why}" if one.why else ""
            self.stdout.write(f"{one.name}, {one.period.name}: {SAID[one.what]}{why}")
        if failed:
            raise CommandError(f"Не сделано отчётов: {failed}. Причины названы выше.", returncode=1)
