"""Triggers that refuse to change an event, and the search index of PostgreSQL.

Deleting is refused by the model and, on PostgreSQL, by a row trigger (a flush truncates, which row triggers let pass).
SQLite has no TRUNCATE: a test flush deletes there, so only updates are refused.
"""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON debtors_caseevent
       BEGIN SELECT RAISE(ABORT, 'case events are never updated'); END""",
]
POSTGRES = [
    """CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'case events are never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON debtors_caseevent
       FOR EACH ROW EXECUTE FUNCTION refuse_event_change()""",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX case_by_text ON debtors_casefile USING gin (search gin_trgm_ops)",
]
BACK = {
    "sqlite": ["DROP TRIGGER event_is_never_updated"],
    "postgresql": [
        "DROP INDEX case_by_text",
        "DROP TRIGGER event_is_never_changed ON debtors_caseevent",
        "DROP FUNCTION refuse_event_change()",
    ],
}


def _run(schema_editor, by_vendor):
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lay(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def lift(apps, schema_editor):
    _run(schema_editor, BACK)


class Migration(migrations.Migration):
    dependencies = [("debtors", "0003_case_files")]
    operations = [migrations.RunPython(lay, lift)]
