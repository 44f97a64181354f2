"""Issued papers and what happened to them may only be added."""

from django.db import migrations

from audit import triggers

TABLES = ("reports_issuedpaper", "reports_papercase", "reports_paperfact")


def install(apps, schema_editor):
    triggers.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    triggers.remove(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
