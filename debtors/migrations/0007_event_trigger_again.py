"""The trigger once more: SQLite drops a table's triggers whenever Django rebuilds the table to change a column.

Every later change of `debtors_caseevent` must be followed by this; a test tries an update on both databases.
"""

from django.db import migrations

CREATE = """CREATE TRIGGER event_is_never_updated BEFORE UPDATE ON debtors_caseevent
            BEGIN SELECT RAISE(ABORT, 'case events are never updated'); END"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS event_is_never_updated")
        schema_editor.execute(CREATE)


class Migration(migrations.Migration):
    dependencies = [("debtors", "0006_payments_fresh")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
