"""Migrate once, copy afterwards: a run of the tests starts from a database that an earlier run of the same migrations made.

The copy is known by a digest of every migration and model file, so a change of either makes a new one. SQLite keeps it as a
file beside the other temporary files, PostgreSQL as a template database; CI on a new machine has neither and migrates.
With SCHEMA=models in the environment a new one is made from the models and the data of the migrations, in a tenth of the
time: for the hours when models change. `make lint` holds models and migrations equal.
"""

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("casedesk", "debtors", "enforcement", "imports")
PREFIX = "casedesk_tests_"
TODAY = dt.datetime.now(dt.UTC)
"""The day the run began: midnight may pass in the middle of it."""
FROM_MODELS = os.environ.get("SCHEMA") == "models"


def digest() -> str:
    """What the schema of a fresh database depends on: migrations, the data they read, the versions of libraries."""
    said = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix == ".toml" or (path.suffix == ".py" and {"migrations", "models"} & set(path.parts)):
                said.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return ("m" if FROM_MODELS else "") + said.hexdigest()[:16]


@contextmanager
def one_at_a_time(known: str):
    """Workers that start together: the first migrates, the others wait and copy."""
    with (Path(tempfile.gettempdir()) / f"{PREFIX}{known}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start() -> None:
    """Put the short cut in the place of `migrate`. Called once, before the test databases are made."""
    known = digest()
    migrate = Migrate.handle

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        with one_at_a_time(known):
            short_cut = _sqlite if connection.vendor == "sqlite" else _postgres
            make = _from_models if FROM_MODELS else migrate
            return short_cut(connection, known, lambda: make(self, *args, **options))

    Migrate.handle = handle
    plain = PostgresCreation.sql_table_creation_suffix

    def suffix(self):
        self.connection.settings_dict["TEST"]["TEMPLATE"] = _template(self, known)
        return plain(self)

    PostgresCreation.sql_table_creation_suffix = suffix


def _from_models(command, *args, **options) -> None:
    """Tables straight from the models, then what our own migrations write and lay by code, in their order."""
    connection = connections[options["database"]]
    own = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        MIGRATE(command, *args, **options | {"run_syncdb": True})
    finally:
        settings.MIGRATION_MODULES = own
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT)}
    plan = loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True)
    for node in (node for node in plan if node[0] in ours):
        with connection.schema_editor(atomic=True) as editor:
            for operation in loader.graph.nodes[node].operations:
                if isinstance(operation, RunPython):
                    operation.code(apps, editor)


MIGRATE = Migrate.handle


def lay_sqlite(path: Path) -> None:
    """A file with the database that the tests of this run start from, for processes of their own."""
    with one_at_a_time(digest()):
        shutil.copyfile(_kept(digest()), path)


def template_name() -> str:
    """The template of PostgreSQL that the tests of this run start from."""
    return _name_today(digest())


def _kept(known: str) -> Path:
    return Path(tempfile.gettempdir()) / f"{PREFIX}{known}.sqlite3"


def _sqlite(connection, known: str, migrate) -> None:
    if not connection.is_in_memory_db():
        return migrate()
    kept = _kept(known)
    connection.ensure_connection()
    if kept.exists():
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)
        return None
    answer = migrate()
    made = kept.with_suffix(".made")
    made.unlink(missing_ok=True)
    with closing(sqlite3.connect(made)) as target:
        connection.connection.backup(target)
    made.rename(kept)
    return answer


def _template(creation, known: str) -> str | None:
    """The template database of these migrations, when there is one; those of earlier days are dropped."""
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"])
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            if not name.startswith(_name_today(known)[: len(PREFIX) + 8]):
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    return _name_today(known) if _name_today(known) in names else None


def _name_today(known: str) -> str:
    return f"{PREFIX}{TODAY:%Y%m%d}_{known}"


def _postgres(connection, known: str, migrate) -> None:
    if connection.settings_dict["TEST"].get("TEMPLATE") == _name_today(known):
        return None
    answer = migrate()
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name_today(known)])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{_name_today(known)}" TEMPLATE "{name}"')
    return answer
