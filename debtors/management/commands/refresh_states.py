"""`manage.py refresh_states [--as-of DAY] [--creditor CODE] [--rebuild]`: states to the day, or everything from the facts."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casedesk.access.models import Organisation
from debtors.actions.refresh_states import rebuild, refresh_states
from debtors.management.commands.age import day


class Command(BaseCommand):
    help = "Довести состояния лицевых счетов до дня; с --rebuild пересчитать всё производное из фактов"

    def add_arguments(self, parser):
        parser.add_argument("--as-of", help="день, без него сегодняшний")
        parser.add_argument("--creditor", help="код взыскателя; без него все")
        parser.add_argument("--rebuild", action="store_true", help="пересчитать итоги, разнесение и куб из фактов")

    def handle(self, *, as_of, creditor, **options):
        on = day(as_of) if as_of else timezone.localdate()
        creditors = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR)
        if creditor:
            creditors = creditors.filter(code=creditor)
            if not creditors:
                raise CommandError(f"Нет взыскателя с кодом «{creditor}»: заведите его командой add_creditor.")
        changed = 0
        if options["rebuild"]:
            changed = sum(rebuild(creditor=each, by=None, at=timezone.now(), on=on) for each in creditors)
        accounts = sum(refresh_states(on=on, creditor=each) for each in creditors)
        self.stdout.write(json.dumps({"as_of": on.isoformat(), "accounts": accounts, "allocations_changed": changed}))
