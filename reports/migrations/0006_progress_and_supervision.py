"""Laporan perkembangan and catatan supervisi are issued too. SQLite rebuilds the tables; triggers go and come back."""

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
        ('accounts', '0010_logo'),
        ('cases', '0005_client_merge'),
        ('reports', '0005_months'),
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
            field=models.CharField(choices=[('notice', 'Surat pemberitahuan hasil seleksi'), ('agreement', 'Surat kesepakatan'), ('placement', 'SK penempatan'), ('stage_report', 'Laporan tahap'), ('plan', 'Rencana intervensi'), ('departure', 'Berita acara keluar'), ('progress', 'Laporan perkembangan'), ('supervision', 'Catatan supervisi'), ('month', 'Laporan bulanan')], max_length=20, verbose_name='jenis'),
        ),
        migrations.AlterField(
            model_name='papercase',
            name='kind',
            field=models.CharField(choices=[('notice', 'Surat pemberitahuan hasil seleksi'), ('agreement', 'Surat kesepakatan'), ('placement', 'SK penempatan'), ('stage_report', 'Laporan tahap'), ('plan', 'Rencana intervensi'), ('departure', 'Berita acara keluar'), ('progress', 'Laporan perkembangan'), ('supervision', 'Catatan supervisi'), ('month', 'Laporan bulanan')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='issuedpaper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['notice', 'agreement', 'placement', 'stage_report', 'plan', 'departure', 'progress', 'supervision', 'month'])), name='paper_kind'),
        ),
        migrations.RunPython(install, remove),
    ]
