"""Entries, their subjects and readings only grow; the words of an entry go only where a later entry says so."""

from django.db import migrations

from audit import triggers

GROWING = ("audit_entry", "audit_entrysubject", "audit_access")
ERASABLE = ("audit_entrydetail",)
TOLD_AS_ERASED = (
    "EXISTS (SELECT 1 FROM audit_entrysubject s JOIN audit_entry e ON e.id = s.entry_id"
    " WHERE s.kind = 'entry' AND s.subject_id = OLD.entry_id AND e.verb = 'trail.erased')"
)


def install(apps, schema_editor):
    triggers.install(schema_editor, GROWING)
    triggers.install(schema_editor, ERASABLE, delete_if=TOLD_AS_ERASED)


def remove(apps, schema_editor):
    triggers.remove(schema_editor, GROWING + ERASABLE)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
