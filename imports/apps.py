from django.apps import AppConfig

from debtors.rules.closing import GUARDS, REMARKS, ask

MONTH = "imports.queries.month_remarks"


class ImportsConfig(AppConfig):
    name = "imports"

    def ready(self):
        ask(GUARDS, "imports.actions.guard_closing.guard_closing")
        for name in ("payments_missing", "statements_missing", "doubts_waiting"):
            ask(REMARKS, f"{MONTH}.{name}")
