"""Triggers that hold two people to a write-off and to a penalty campaign."""

from django.db import migrations

from debtors.migrations._write_off_triggers import lay, lift


class Migration(migrations.Migration):
    dependencies = [("debtors", "0026_write_offs")]
    operations = [migrations.RunPython(lay, lift)]
