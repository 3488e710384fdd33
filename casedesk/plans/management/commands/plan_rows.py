"""`manage.py plan_rows > docs/plan-rows.md`: row -> indicator -> where it is fed."""

from django.core.management.base import BaseCommand

from casedesk.plans.actions.update_shipped import SHIPPED
from casedesk.plans.queries.row_table import row_table
from casedesk.plans.rules.plan_file import read_plan


class Command(BaseCommand):
    help = "Таблица строк планов для документации"
    requires_system_checks = ()

    def handle(self, *args, **options):
        plans = [read_plan(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))]
        self.stdout.write(row_table(plans), ending="")
