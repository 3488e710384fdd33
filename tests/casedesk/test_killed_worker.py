"""A worker really killed with SIGKILL in the middle of a job: nothing half done stays, and the job is run again.

Each test has an installation of its own: a fresh database and worker processes, through the database queue and, where
RabbitMQ answers, through Celery.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from kombu import Connection

from tests import migrated

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parent / "processes" / "slow_worker.py"
ASK = """
from casedesk.common.jobs.queue import enqueue
print(enqueue("test.slow", by=None, folder={folder!r}).pk)
"""
TELL = """
from casedesk.common.models import Job
from casedesk.common.jobs import pulse
from casedesk.access.models import Territory
job = pulse.refresh(Job.objects.get(pk={pk}))
codes = ",".join(Territory.objects.filter(code__startswith="half").values_list("code", flat=True))
print(job.state, job.attempts, job.done, job.result and job.result["runs"], codes or "-")
"""


class Installation:
    """A migrated database and an environment of its own, driven through processes only."""

    def __init__(self, folder: Path, url: str, **extra: str):
        self.folder = folder
        self.env = {**os.environ, "DATABASE_URL": url, "TASKS": "database", "LOG_LEVEL": "ERROR", **extra}

    def run(self, *args: str) -> str:
        done = subprocess.run([sys.executable, str(SCRIPT), *args], env=self.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""

    @contextmanager
    def worker(self):
        process = subprocess.Popen(self.command, env=self.env, start_new_session=True, cwd=self.folder)
        try:
            yield process
        finally:
            kill(process)

    @property
    def command(self) -> list[str]:
        return [sys.executable, str(SCRIPT), "worker", "--interval=0.1"]

    def state(self, pk: str) -> list[str]:
        return self.run("shell", "--no-imports", "-c", TELL.format(pk=pk)).split()


class CeleryInstallation(Installation):
    @property
    def command(self) -> list[str]:
        include = f"--include={SCRIPT.stem}"
        return [sys.executable, "-m", "celery", "-A", "casedesk.celery", "worker", "-l", "ERROR", "-c", "1", include]


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to the worker and its children, which share its session."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def wait_until(what, seconds: float):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = what()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"not within {seconds} s: {what}")


@pytest.fixture
def database_url(tmp_path, db):
    """A fresh database of the same kind as the tests run on: a copy of what they start from, made when `db` is asked for."""
    if connection.vendor == "sqlite":
        migrated.lay_sqlite(tmp_path / "own.sqlite3")
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    known = connection.settings_dict
    where = {"host": known["HOST"], "port": known["PORT"] or 5432, "user": known["USER"], "password": known["PASSWORD"]}
    name = f"casedesk_killed_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(f'create database "{name}" template "{migrated.template_name()}"')
        yield f"postgres://{where['user']}:{where['password']}@{where['host']}:{where['port']}/{name}"
        server.execute(f'drop database "{name}" with (force)')


def run_again_after_a_kill(here: Installation, *, within: float) -> None:
    """The story: ask, begin, kill, nothing half done, start another worker, done at the second run."""
    pk = here.run("shell", "--no-imports", "-c", ASK.format(folder=str(here.folder)))
    with here.worker() as first:
        wait_until((here.folder / "first_run_began").exists, 60)
        assert here.state(pk)[:3] == ["running", "1", "30"], "the bar is seen while the transaction is open"
        kill(first)
    assert here.state(pk)[4] == "-", "what the killed run began is rolled back"
    with here.worker():
        wait_until(lambda: here.state(pk)[0] == "done", within)
    assert here.state(pk) == ["done", "2", "100", "2", "half-1"]


def test_the_database_worker(tmp_path, database_url):
    run_again_after_a_kill(Installation(tmp_path, database_url), within=30)


@pytest.fixture
def broker():
    """The address of a RabbitMQ that answers, or a skip that says where it was looked for."""
    url = os.environ.get("BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
    host = url.rpartition("@")[2].split("/")[0]
    name, _, port = host.partition(":")
    try:
        socket.create_connection((name, int(port or 5672)), timeout=2).close()
    except OSError as refused:
        pytest.skip(f"no RabbitMQ at {host}: {refused}")
    return url


def test_the_celery_worker(tmp_path, database_url, broker):
    shutil.copy(SCRIPT, tmp_path / SCRIPT.name)
    here = CeleryInstallation(
        tmp_path,
        database_url,
        TASKS="celery",
        BROKER_URL=broker,
        BROKER_QUEUE=f"casedesk-test-{uuid.uuid4().hex[:8]}",
        PYTHONPATH=os.pathsep.join([str(SCRIPT.parent), str(SCRIPT.parents[3])]),
    )
    try:
        run_again_after_a_kill(here, within=40)
    finally:
        with Connection(broker) as there:
            there.default_channel.queue_delete(here.env["BROKER_QUEUE"])
