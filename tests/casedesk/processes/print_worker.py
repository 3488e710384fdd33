"""Run as a script: manage.py whose print runs have small parts, with a pause after each. For tests that kill workers."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402

from casedesk.documents.actions import print_parts  # noqa: E402

keep = print_parts._keep


def slowly(run, number: int, part) -> None:
    keep(run, number, part)
    time.sleep(2)


print_parts.PART, print_parts._keep = 4, slowly

if __name__ == "__main__":
    execute_from_command_line(["print_worker", *sys.argv[1:]])
