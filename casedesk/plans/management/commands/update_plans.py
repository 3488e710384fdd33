"""`manage.py update_plans`: the shipped plans as this version of the program brings them."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from casedesk.plans.actions.update_shipped import ADDED, EDITED, SAME, UPDATED, update_shipped_plans

SAID = {
    ADDED: "добавлен",
    UPDATED: "обновлён, прежний хранится версией",
    SAME: "уже такой",
    EDITED: "изменён людьми, оставлен как есть (--also-edited заменит)",
}


class Command(BaseCommand):
    help = "Обновить поставляемые планы"

    def add_arguments(self, parser):
        parser.add_argument("--also-edited", action="store_true", help="заменить и те, что изменены на экране")

    def handle(self, *args, also_edited=False, **options):
        for outcome in update_shipped_plans(at=timezone.now(), also_edited=also_edited):
            self.stdout.write(f"План {outcome.code}: {SAID[outcome.what]}")
