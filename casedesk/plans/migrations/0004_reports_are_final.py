"""Triggers that refuse to change a frozen report, its files and a version of a plan.

On SQLite only updates are refused: a test flush deletes there.
"""

from django.db import migrations

NAMES = {"report_is_final": "plans_planreport", "report_file_is_final": "plans_reportfile", "version_is_final": "plans_planversion"}
SAID = "a frozen report is never changed"
SQLITE = [f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{SAID}'); END" for name, table in NAMES.items()]
POSTGRES = [
    f"""CREATE FUNCTION refuse_report_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_report_change()"
        for name, table in NAMES.items()
    ),
]


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement.replace("%", "%%"))


def lay(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor])


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        _run(schema_editor, [f"DROP TRIGGER {name}" for name in NAMES])
    else:
        _run(schema_editor, [f"DROP TRIGGER {name} ON {table}" for name, table in NAMES.items()])
        _run(schema_editor, ["DROP FUNCTION refuse_report_change()"])


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_reports_and_versions")]
    operations = [migrations.RunPython(lay, lift)]
