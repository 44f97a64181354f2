"""Houses, rooms, beds, and who has which bed when; no two at once."""

import django.db.models.deletion
import rehsos.clock
from django.conf import settings
from django.db import migrations, models

from services import overlaps


def install(apps, schema_editor):
    overlaps.install(schema_editor)


def remove(apps, schema_editor):
    overlaps.remove(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_stand_ins'),
        ('cases', '0002_list_order'),
        ('services', '0003_capacity'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='House',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nama asrama/wisma')),
                ('sex_rule', models.CharField(blank=True, choices=[('male', 'Laki-laki'), ('female', 'Perempuan')], default='', max_length=6, verbose_name='untuk')),
                ('min_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usia paling muda (tahun)')),
                ('max_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='usia paling tua (tahun)')),
                ('note', models.TextField(blank=True, default='', max_length=500, verbose_name='keterangan')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='tidak dipakai sejak')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='houses', to='accounts.institution')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='kamar')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='tidak dipakai sejak')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='services.house')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Bed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, verbose_name='tempat tidur')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='tidak dipakai sejak')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beds', to='services.room')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BedUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_on', models.DateField(verbose_name='sejak')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='sampai')),
                ('reason', models.CharField(blank=True, default='', max_length=300, verbose_name='alasan')),
                ('exception', models.CharField(blank=True, default='', max_length=300, verbose_name='alasan menyimpang dari aturan usia')),
                ('placed_at', models.DateTimeField(default=rehsos.clock.now)),
                ('bed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='services.bed')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bed_uses', to='cases.stay')),
            ],
            options={
                'ordering': ['since_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('since_on')), _connector='OR'), name='bed_use_dates')],
            },
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_on__isnull', True)), fields=('institution', 'name'), name='house_name'),
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.CheckConstraint(condition=models.Q(('sex_rule__in', ['', 'male', 'female'])), name='house_sex_rule'),
        ),
        migrations.AddConstraint(
            model_name='house',
            constraint=models.CheckConstraint(condition=models.Q(('min_age__isnull', True), ('max_age__isnull', True), ('max_age__gte', models.F('min_age')), _connector='OR'), name='house_ages'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_on__isnull', True)), fields=('house', 'name'), name='room_name'),
        ),
        migrations.AddConstraint(
            model_name='bed',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_on__isnull', True)), fields=('room', 'name'), name='bed_name'),
        ),
        migrations.RunPython(install, remove),
    ]
