"""The report of a month is issued like any paper. SQLite rebuilds the tables, so their triggers go and come back."""

from django.conf import settings
from django.db import migrations, models

from audit import triggers

TABLES = ("reports_issuedpaper", "reports_papercase")


def install(apps, schema_editor):
    triggers.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    triggers.remove(schema_editor, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_shifts'),
        ('cases', '0003_case_taken_over_on'),
        ('reports', '0004_incoming_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(remove, install),
        migrations.RemoveConstraint(
            model_name='issuedpaper',
            name='paper_kind',
        ),
        migrations.AlterField(
            model_name='issuedpaper',
            name='kind',
            field=models.CharField(choices=[('notice', 'Surat pemberitahuan hasil seleksi'), ('agreement', 'Surat kesepakatan'), ('placement', 'SK penempatan'), ('stage_report', 'Laporan tahap'), ('plan', 'Rencana intervensi'), ('departure', 'Berita acara keluar'), ('month', 'Laporan bulanan')], max_length=20, verbose_name='jenis'),
        ),
        migrations.AlterField(
            model_name='papercase',
            name='kind',
            field=models.CharField(choices=[('notice', 'Surat pemberitahuan hasil seleksi'), ('agreement', 'Surat kesepakatan'), ('placement', 'SK penempatan'), ('stage_report', 'Laporan tahap'), ('plan', 'Rencana intervensi'), ('departure', 'Berita acara keluar'), ('month', 'Laporan bulanan')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='issuedpaper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['notice', 'agreement', 'placement', 'stage_report', 'plan', 'departure', 'month'])), name='paper_kind'),
        ),
        migrations.AddConstraint(
            model_name='issuedpaper',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'month')), fields=('institution', 'subject'), name='paper_month_once'),
        ),
        migrations.RunPython(install, remove),
    ]
