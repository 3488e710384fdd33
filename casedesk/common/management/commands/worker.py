"""`manage.py worker`: runs jobs, and finds those whose worker died."""

import os
import sys

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from casedesk.common.jobs import reaper


class Command(BaseCommand):
    help = "Run background jobs (TASKS=database: from the database; TASKS=celery: a Celery worker on BROKER_URL)"

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=0.5, help="Seconds between looks into an empty queue")
        parser.add_argument("--batch", action="store_true", help="Do all that waits, then exit (database only)")

    def handle(self, *, interval, batch, **options):
        if settings.TASKS_MODE == "immediate":
            raise CommandError("TASKS=immediate: работы выполняются сразу, отдельный процесс не нужен.")
        if settings.TASKS_MODE == "celery":
            sys.stdout.flush()
            os.execv(sys.executable, [sys.executable, "-m", "celery", "-A", "casedesk.celery", "worker", "--loglevel=WARNING"])
        stop = reaper.start()
        try:
            call_command("db_worker", interval=interval, batch=batch, reload=False, startup_delay=False, verbosity=0)
        finally:
            stop.set()
