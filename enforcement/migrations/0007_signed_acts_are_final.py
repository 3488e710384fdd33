"""Triggers that refuse to change a signed reconciliation and its lines.

On SQLite only updates are refused: a test flush deletes there.
"""

from django.db import migrations

HEAD, LINE, DIFFERENCE = "enforcement_reconciliation", "enforcement_reconciliationline", "enforcement_reconciliationdifference"
SAID = "a signed reconciliation is never changed"
PARENT = f"(SELECT state FROM {HEAD} WHERE id = OLD.reconciliation_id) = 'signed'"
SQLITE = [
    f"""CREATE TRIGGER signed_act_is_final BEFORE UPDATE ON {HEAD} WHEN OLD.state = 'signed'
        BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
    f"""CREATE TRIGGER signed_lines_are_final BEFORE UPDATE ON {LINE} WHEN {PARENT}
        BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
    f"""CREATE TRIGGER signed_differences_are_final BEFORE UPDATE ON {DIFFERENCE} WHEN {PARENT}
        BEGIN SELECT RAISE(ABORT, '{SAID}'); END""",
]
POSTGRES = [
    f"""CREATE FUNCTION refuse_signed_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION refuse_signed_part_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {PARENT} THEN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$""",
    f"""CREATE TRIGGER signed_act_is_final BEFORE UPDATE OR DELETE ON {HEAD}
        FOR EACH ROW WHEN (OLD.state = 'signed') EXECUTE FUNCTION refuse_signed_change()""",
    f"""CREATE TRIGGER signed_lines_are_final BEFORE UPDATE OR DELETE ON {LINE}
        FOR EACH ROW EXECUTE FUNCTION refuse_signed_part_change()""",
    f"""CREATE TRIGGER signed_differences_are_final BEFORE UPDATE OR DELETE ON {DIFFERENCE}
        FOR EACH ROW EXECUTE FUNCTION refuse_signed_part_change()""",
]
NAMES = {"signed_act_is_final": HEAD, "signed_lines_are_final": LINE, "signed_differences_are_final": DIFFERENCE}


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
        _run(schema_editor, ["DROP FUNCTION refuse_signed_part_change()", "DROP FUNCTION refuse_signed_change()"])


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0006_reconciliations")]
    operations = [migrations.RunPython(lay, lift)]
