"""Run as a script: one command of manage.py in a process that also knows a slow job. For tests that kill workers.

The first run of the job marks its folder and then sleeps inside an open transaction; a later run finds the mark and ends.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402
from django.db import transaction  # noqa: E402

from casedesk.access.models import Territory  # noqa: E402
from casedesk.common.jobs.registry import job  # noqa: E402


@job("test.slow")
def slow(handle, *, folder: str) -> dict:
    mark = Path(folder) / "first_run_began"
    with transaction.atomic():
        Territory.objects.create(code=f"half-{mark.exists():d}", name="half done")
        handle.progress(30, 100, "начато")
        if not mark.exists():
            time.sleep(1)
            mark.write_text(str(os.getpid()))
            time.sleep(120)
    return {"runs": 2}


if __name__ == "__main__":
    execute_from_command_line(["slow_worker", *sys.argv[1:]])
