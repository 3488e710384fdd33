"""`manage.py check_plans`: targets missed or at risk become tasks, their people get one letter each. Once a day, by a timer."""

import datetime as dt

from django.core.management.base import BaseCommand
from django.utils import timezone

from casedesk.plans.actions.check_targets import check_targets
from casedesk.plans.actions.remind import remind
from casedesk.plans.models import Plan


class Command(BaseCommand):
    help = "Проверить цели планов и напомнить ответственным"

    def add_arguments(self, parser):
        parser.add_argument("--on", type=dt.date.fromisoformat, help="день ГГГГ-ММ-ДД вместо сегодняшнего")

    def handle(self, *args, on=None, **options):
        day = on or timezone.localdate()
        for plan in Plan.objects.select_related("territory"):
            checked = check_targets(plan=plan, on=day)
            self.stdout.write(f"План {plan.code}: новых задач {checked.found}, закрыто {checked.settled}")
        self.stdout.write(f"Писем: {remind(on=day)}")
