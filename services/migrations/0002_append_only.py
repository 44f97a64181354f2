"""Transitions, decisions and sign-offs may only be added."""

from django.db import migrations

from audit import triggers

TABLES = ("services_transition", "services_decision", "services_supervision", "services_addendum")


def install(apps, schema_editor):
    triggers.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    triggers.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
