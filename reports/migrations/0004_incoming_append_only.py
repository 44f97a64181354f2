"""Letters that came in may only be added too."""

from django.db import migrations

from audit import triggers

TABLES = ("reports_incomingletter", "reports_incomingscan")


def install(apps, schema_editor):
    triggers.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    triggers.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_incoming_letters"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
