"""A killed import leaves all of its batch or nothing of it, and two at once book one. On PostgreSQL, with real kills."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif("sqlite" in settings.DATABASE_URL, reason="two processes write: PostgreSQL only"),
]

ACCOUNTS = 1_500
KILLS = 3
COUNTED = (
    "debtors_utilityaccount",
    "debtors_charge",
    "debtors_payment",
    "debtors_servicestate",
    "debtors_booking",
    "imports_importbatch",
)


class Scratch:
    """A migrated database of its own, worked on by processes of their own."""

    def __init__(self, name: str, media: Path):
        self.name, self.media = name, media

    def manage(self, *args: str) -> subprocess.Popen:
        """Start `manage.py` with these arguments on this database."""
        env = {**os.environ, "DATABASE_URL": _url(self.name), "MEDIA_ROOT": str(self.media)}
        command = [sys.executable, "manage.py", *args]
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def ask(self, query: str) -> list[tuple]:
        with psycopg.connect(_url(self.name), autocommit=True) as connection:
            return connection.execute(query).fetchall()

    def footprint(self) -> tuple[int, ...]:
        return self.ask("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in COUNTED))[0]

    def empty(self) -> None:
        """Forget all that was imported."""
        with psycopg.connect(_url(self.name), autocommit=True) as connection:
            connection.execute(f"TRUNCATE {', '.join(COUNTED)}, debtors_casefile, debtors_house CASCADE")


def _url(name: str) -> str:
    return settings.DATABASE_URL.rpartition("/")[0] + f"/{name}"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory) -> Iterator[Scratch]:
    name = f"test_crash_{os.getpid()}"
    server = psycopg.connect(_url("postgres"), autocommit=True)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        one = Scratch(name, tmp_path_factory.mktemp("media"))
        for args in (("migrate", "--no-input"), ("add_creditor", "osen", "--name", "Осень", "--inn", "5199000017")):
            _, err = (process := one.manage(*args)).communicate()
            assert process.returncode == 0, err.decode()
        yield one
    finally:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        server.close()


@pytest.fixture
def register(tmp_path, scratch) -> Path:
    scratch.empty()
    head = ["Реестр начислений за февраль 2024", "ЛС;ФИО;Адрес;Услуга;Сальдо вх.;Начислено;Перерасчёт;Оплачено;Сальдо исх."]
    line = "{0:09d};Абонент {0};г. Верхнеозёрск, ул. Мира, д. {1}, кв. {2};Отопление;100,00;30,00;0,00;50,00;80,00"
    rows = (line.format(n, n // 100 + 1, n % 100 + 1) for n in range(1, ACCOUNTS + 1))
    path = tmp_path / "register.csv"
    path.write_text("\n".join([*head, *rows]), encoding="utf-8")
    return path


def answer_of(process: subprocess.Popen) -> dict:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err.decode()
    return json.loads(out)


def inside(scratch: Scratch, process: subprocess.Popen) -> bool:
    """Wait until the import writes: from here on it is inside its transaction. False when it has ended."""
    held = (
        "SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_database d ON d.oid = l.database"
        f" WHERE c.relname = 'debtors_booking' AND l.mode = 'RowExclusiveLock' AND d.datname = '{scratch.name}'"
    )
    while process.poll() is None:
        if scratch.ask(held):
            return True
        time.sleep(0.05)
    return False


WHOLE = (ACCOUNTS, 2 * ACCOUNTS, ACCOUNTS, ACCOUNTS, 1, 1)
NOTHING = (0,) * len(WHOLE)


def test_a_killed_import_leaves_all_or_nothing_and_can_be_run_again(scratch, register):
    dice = random.Random(20240301)
    seen = []
    for number in range(KILLS):
        process = scratch.manage("import_register", str(register))
        if inside(scratch, process) and number:  # the first is killed at once: surely in the middle
            time.sleep(dice.uniform(0.0, 1.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        time.sleep(0.3)  # the server notices the closed connection and rolls back
        seen.append(scratch.footprint())

    assert set(seen) <= {WHOLE, NOTHING}
    assert NOTHING in seen
    answer = answer_of(scratch.manage("import_register", str(register)))
    assert answer["status"] == ("nothing_new" if seen[-1] == WHOLE else "applied")
    assert scratch.footprint() == WHOLE
    assert scratch.ask("SELECT DISTINCT balance FROM debtors_servicestate") == [(8_000,)]


def test_two_imports_of_one_file_at_once_book_it_once(scratch, register):
    first, second = (scratch.manage("import_register", str(register)) for _ in range(2))

    statuses = sorted(answer_of(process)["status"] for process in (first, second))

    assert statuses == ["applied", "nothing_new"]
    assert scratch.footprint() == WHOLE
