"""`manage.py demo`: everything `make demo` shows, in one process that stops by Ctrl-C."""

import os
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from casedesk.common.progress import StderrBar
from casedesk.desk.demo import courts, people, town_data
from casedesk.desk.demo.serving import Household, free_port
from debtors.channels.sms import LOCAL
from debtors.models import CaseFile

ACCOUNTS, MONTHS, SEED = 2000, 36, 1


class Command(BaseCommand):
    help = "Показать программу на вымышленном городе: данные, люди всех ролей, стол и обработчик заданий на этой машине"

    def add_arguments(self, parser):
        parser.add_argument("--accounts", type=int, default=ACCOUNTS)
        parser.add_argument("--months", type=int, default=MONTHS)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--town", type=Path, default=Path(settings.BASE_DIR) / "var" / "town", help="папка городка")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--no-serve", action="store_true", help="только данные")

    def handle(self, *args, **options):
        settings.SMS_URL = settings.SMS_URL or LOCAL
        os.environ.setdefault("SMS_URL", LOCAL)  # for the desk and the worker, which are processes of their own
        begun = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        if not town_data.is_loaded():
            self._load(options)
        self._say(f"Данные готовы за {time.monotonic() - begun:.0f} с.")
        if not options["no_serve"]:
            self._serve(free_port(options["port"]))

    def _load(self, options) -> None:
        folder = options["town"]
        with self._bar("Пишем городок ") as bar:
            manifest = town_data.write_town(
                folder, accounts=options["accounts"], length=options["months"], seed=options["seed"], progress=bar
            )
        territory = town_data.make_creditors(manifest)
        people.make_people(territory)
        courts.make_courts()
        with self._bar("Загружаем файлы") as bar:
            told = town_data.load_files(folder, manifest, today=timezone.localdate(), progress=bar)
        self._say("Файлы: " + ", ".join(f"{status} {number}" for status, number in sorted(told.items())))
        self._say(f"Открытых дел: {CaseFile.objects.live().count()}. Городок: {territory}.")

    def _serve(self, port: int) -> None:
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # empty: files are served from the apps, WhiteNoise only asks for it
        with Household(port) as household:
            household.wait_until_it_answers()
            self._say(f"\nРабочий стол: {household.address}\nПароль у всех: {people.PASSWORD}\n{people.table()}")
            self._say("\nОстановить: Ctrl-C")
            try:
                household.stay()
            except KeyboardInterrupt:
                self._say("Останавливаем…")
                return
        sys.exit(1)

    def _bar(self, title: str) -> StderrBar:
        return StderrBar(title, always=True)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
