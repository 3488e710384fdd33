"""`manage.py undo_import BATCH [--reason TEXT]`."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casedesk.common.refusals import Refusal
from imports.actions.follow_up import cases_after
from imports.actions.undo_import import accounts_gone, undo_import
from imports.models import ImportBatch

WRONG_USE = 2


class Command(BaseCommand):
    help = "Restores every figure as it was before a batch, or refuses and says what stands on it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", type=int)
        parser.add_argument("--reason", default="отмена командой")

    def handle(self, *args, **options) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch"]).select_related("creditor").first()
        if batch is None:
            raise CommandError(f"Нет загрузки № {options['batch']}.", returncode=WRONG_USE)
        on = timezone.localdate()
        try:
            undone = undo_import(batch=batch, by=None, reason=options["reason"], at=timezone.now(), on=on)
        except Refusal as refusal:
            standing = [str(booking) for booking in refusal.facts.get("bearing", [])]
            self._print(batch.pk, "refused", code=refusal.code, message=refusal.message, stands_on_it=standing)
            raise SystemExit(1) from refusal
        cases_after(creditor=batch.creditor, by=None, on=on)
        self._print(undone.pk, "undone", file=undone.file_name, accounts={"removed": accounts_gone(undone)})

    def _print(self, batch: int, status: str, **facts) -> None:
        self.stdout.write(json.dumps({"batch": batch, "status": status, **facts}, ensure_ascii=False))
