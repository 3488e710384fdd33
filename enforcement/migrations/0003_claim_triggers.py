"""What the database itself refuses: a kopeck in two live claims, a changed claim line, a changed court event."""

from django.db import migrations

from enforcement.migrations._claim_triggers import lay, lift


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0002_claims")]
    operations = [migrations.RunPython(lay, lift)]
