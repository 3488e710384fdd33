"""`manage.py indicators --plan CODE --period YYYY-MM`: the plan's figures of a month as JSON."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError

from casedesk.common import months
from casedesk.plans.models import Plan
from casedesk.plans.queries.printed import line
from casedesk.plans.queries.question import Question, Reach, end_of
from casedesk.plans.queries.report import figures, report


class Command(BaseCommand):
    help = "Показатели плана за месяц"

    def add_arguments(self, parser):
        parser.add_argument("--plan", required=True, help="код плана: B, Z, P, L или свой")
        parser.add_argument("--period", required=True, help="месяц ГГГГ-ММ")
        parser.add_argument("--known-on", help="день ГГГГ-ММ-ДД: считать по тому, что было известно в конце этого дня")

    def handle(self, *args, plan, period, known_on=None, **options):
        found = Plan.objects.filter(code=plan).select_related("territory").first()
        if found is None:
            known = ", ".join(Plan.objects.values_list("code", flat=True)) or "планов ещё нет"
            raise CommandError(f"Плана «{plan}» нет. Есть: {known}.", returncode=2)
        try:
            month = months.parse(period)
            known_at = end_of(dt.date.fromisoformat(known_on)) if known_on else None
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        reach = Reach(territory=found.territory_id)
        question = Question(month, reach, known_at=known_at, base_on=found.base_on)
        rows = [line(figure, question) for figure in figures(report(found, question))]
        self.stdout.write(json.dumps({"plan": found.code, "period": period, "measures": rows}, ensure_ascii=False))
