"""Triggers that refuse to change signed minutes, the votes and the attendance under them, and the log of looks.

On SQLite only updates are refused: a test flush deletes there.
"""

from django.db import migrations

MINUTES, VOTE, HERE, READ = "commission_minutes", "commission_vote", "commission_attendance", "commission_readrecord"
SIGNED, READ_ONLY = "signed minutes are never changed", "the log of looks is never changed"
OF_VOTE = (
    "(SELECT m.state FROM commission_decision d JOIN commission_agendaitem i ON i.id = d.item_id"
    " JOIN commission_meeting m ON m.id = i.meeting_id WHERE d.id = OLD.decision_id) = 'signed'"
)
OF_ATTENDANCE = "(SELECT state FROM commission_meeting WHERE id = OLD.meeting_id) = 'signed'"
TRIGGERS = (
    ("signed_minutes_are_final", MINUTES, "OLD.signed_at IS NOT NULL", SIGNED),
    ("signed_votes_are_final", VOTE, OF_VOTE, SIGNED),
    ("signed_attendance_is_final", HERE, OF_ATTENDANCE, SIGNED),
    ("looks_are_final", READ, "1 = 1", READ_ONLY),
)


def _sqlite():
    for name, table, when, said in TRIGGERS:
        yield f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{said}'); END"


def _postgres():
    for name, table, when, said in TRIGGERS:
        yield f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
              RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
            END $$"""
        yield f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def lay(apps, schema_editor):
    statements = {"sqlite": _sqlite, "postgresql": _postgres}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement.replace("%", "%%"))


def lift(apps, schema_editor):
    for name, table, _, _ in TRIGGERS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("commission", "0001_commission")]
    operations = [migrations.RunPython(lay, lift)]
