"""Settings as a process of its own reads them from the environment."""

import os
import subprocess
import sys

import pytest

from debtors.channels.configured import NO_MAIL

SAY = "from casedesk import settings; print(settings.EMAIL_BACKEND, settings.DEFAULT_FROM_EMAIL)"
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, f"{NO_MAIL} casedesk@localhost"),
        ({"EMAIL_URL": "filemail:///tmp/letters", "EMAIL_FROM": "desk@example.ru"}, f"{FILES} desk@example.ru"),
    ],
)
def test_mail_leaves_only_where_it_is_told_to(given, said):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EMAIL_")} | given
    answer = subprocess.run([sys.executable, "-c", SAY], env=environment, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == said
