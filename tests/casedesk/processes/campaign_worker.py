"""Run as a script: manage.py whose campaigns go in small parts and stop twice to be killed. For tests that kill workers.

The first life stops inside the transaction of its second batch of reminders, the second life before it keeps its second part
of the print; each leaves a mark in the folder of files and sleeps. A later life finds both marks, goes on, and marks its end.
"""

import datetime as dt
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedesk.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import execute_from_command_line  # noqa: E402
from django.utils import timezone  # noqa: E402

from casedesk.documents.actions import print_parts  # noqa: E402
from debtors.actions import send_campaign  # noqa: E402

SMALL = 4
NOON = dt.datetime(2024, 3, 21, 9, 0, tzinfo=dt.UTC)
"""When the letters go: the day of the campaign, while its payments are fresh."""
calls = {"preparing": 0, "printing": 0}


def stop_at(name: str) -> None:
    """Sleep at the second call in the life that has to die here."""
    calls[name] += 1
    mark = Path(settings.MEDIA_ROOT) / f"stopped_{name}"
    if calls[name] == 2 and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(str(os.getpid()))
        time.sleep(120)


make, keep, end = send_campaign.reminder_documents, print_parts._keep, send_campaign._end


def make_and_stop(**given):
    made = make(**given)
    stop_at("preparing")
    return made


def stop_and_keep(*given) -> None:
    stop_at("printing")
    keep(*given)


def end_and_tell(*given):
    ended = end(*given)
    (Path(settings.MEDIA_ROOT) / "ended").write_text(ended.state)
    return ended


send_campaign._end = end_and_tell
send_campaign.send_campaign.__kwdefaults__["now"] = lambda: NOON.astimezone(timezone.get_current_timezone())
send_campaign.PART = print_parts.PART = SMALL
send_campaign.reminder_documents, print_parts._keep = make_and_stop, stop_and_keep

if __name__ == "__main__":
    execute_from_command_line(["campaign_worker", *sys.argv[1:]])
