"""`manage.py load_plan FILE.toml`: load or replace a plan from its file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casedesk.common.refusals import Refusal
from casedesk.plans.actions.load_plan import load_plan
from casedesk.plans.rules.plan_file import read_plan


class Command(BaseCommand):
    help = "Загрузить план из файла TOML; план с тем же кодом заменяется"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            plan = load_plan(data=read_plan(file.read_text(encoding="utf-8")))
        except (Refusal, ValueError, OSError) as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        rows = [row for section in plan.sections.all() for row in section.measures.values_list("row", flat=True)]
        self.stdout.write(json.dumps({"plan": plan.code, "name": plan.name, "rows": rows}, ensure_ascii=False))
