"""The demo from nothing: data through the real import, people of every role, desk and worker that start and stop together."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from casedesk.access.rights import Role
from casedesk.desk.demo import people
from casedesk.desk.demo.serving import free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]


def test_every_role_can_be_tried():
    assert {person.role for person in people.PEOPLE} == set(Role)


def start(folder: Path, *args: str) -> subprocess.Popen:
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    env = {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(folder / "media"), "TASKS": "database"}
    command = [sys.executable, "manage.py", "demo", "--accounts=25", "--months=6", f"--town={folder / 'town'}", *args]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_it_loads_starts_answers_and_stops(tmp_path):
    first = start(tmp_path, "--no-serve")
    said, errors = first.communicate(timeout=240)
    assert first.returncode == 0, errors
    assert "applied" in said
    assert "refused" not in said, said

    second = start(tmp_path, f"--port={free_port(8300)}")
    try:
        said = ""
        while "Остановить" not in said:
            line = second.stdout.readline()
            assert line, second.stderr.read()
            said += line
        assert "Файлы" not in said, "the second run loads nothing"
        address = re.search(r"http://\S+", said)[0]
        with urllib.request.urlopen(address + "healthz", timeout=10) as answer:
            assert answer.status == 200
    finally:
        second.send_signal(signal.SIGINT)
        second.communicate(timeout=30)
    assert second.returncode == 0
