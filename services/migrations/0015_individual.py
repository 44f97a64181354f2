import django.core.validators
import django.db.models.deletion
import rehsos.clock
from django.conf import settings
from django.db import migrations, models

from audit import triggers

TABLES = ("services_note", "services_noteopening", "services_review", "services_obstacleeffort")


def install(apps, schema_editor):
    triggers.install(schema_editor, TABLES)


def remove(apps, schema_editor):
    triggers.remove(schema_editor, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_shifts'),
        ('cases', '0003_case_taken_over_on'),
        ('services', '0014_months'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('counselling', 'Konseling'), ('motivation', 'Motivasi'), ('accompaniment', 'Pendampingan'), ('family', 'Hubungan keluarga'), ('school', 'Sekolah'), ('health', 'Pemeriksaan kesehatan'), ('advocacy', 'Advokasi')], max_length=14)),
                ('variant', models.CharField(blank=True, choices=[('process', 'Rekaman proses'), ('summary', 'Ringkasan'), ('meeting', 'Tatap muka'), ('phone', 'Telepon atau panggilan video'), ('visit', 'Kunjungan rumah'), ('letter', 'Surat atau pesan'), ('enrolment', 'Pendaftaran atau pindah'), ('class', 'Kemajuan di kelas'), ('report_card', 'Rapor'), ('urine', 'Tes urine'), ('check', 'Pemeriksaan umum'), ('follow_up', 'Kontrol atau rujukan berobat'), ('social_aid', 'Bantuan sosial'), ('insurance', 'Asuransi sosial'), ('income', 'Pemeliharaan penghasilan'), ('defence', 'Pembelaan perkara'), ('prevention', 'Pencegahan')], default='', max_length=12, verbose_name='jenis')),
                ('bimbingan', models.CharField(choices=[('physical', 'Bimbingan fisik'), ('vocational', 'Bimbingan keterampilan'), ('psychosocial', 'Bimbingan psikososial'), ('social', 'Bimbingan sosial'), ('resocialization', 'Bimbingan resosialisasi'), ('community_development', 'Pengembangan masyarakat'), ('advocacy', 'Advokasi')], max_length=24, verbose_name='bimbingan')),
                ('code', models.CharField(max_length=12)),
                ('on', models.DateField(verbose_name='tanggal')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='jam mulai')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='lama (menit)')),
                ('method', models.CharField(blank=True, choices=[('social_casework', 'Individu dan keluarga (casework)'), ('social_group_work', 'Kelompok (group work)'), ('community_development_organization', 'Masyarakat (CO/CD)'), ('social_work_administration', 'Administrasi pekerjaan sosial'), ('social_work_research', 'Penelitian pekerjaan sosial')], default='', max_length=40, verbose_name='metode')),
                ('with_whom', models.CharField(blank=True, default='', max_length=160, verbose_name='dengan siapa')),
                ('topic', models.CharField(blank=True, default='', max_length=200, verbose_name='perihal')),
                ('account', models.TextField(max_length=8000, verbose_name='uraian')),
                ('finding', models.CharField(blank=True, choices=[('negative', 'Negatif'), ('positive', 'Positif'), ('unclear', 'Tidak sah, diulang')], default='', max_length=10, verbose_name='hasil tes')),
                ('result', models.TextField(blank=True, default='', max_length=4000, verbose_name='hasil')),
                ('follow_up', models.TextField(blank=True, default='', max_length=2000, verbose_name='tindak lanjut')),
                ('created_at', models.DateTimeField(default=rehsos.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='services.note')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='accounts.institution')),
                ('stay', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.stay')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoteOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=2000, verbose_name='alasan')),
                ('at', models.DateTimeField(default=rehsos.clock.now)),
                ('on', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='services.note')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Obstacle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bimbingan', models.CharField(choices=[('physical', 'Bimbingan fisik'), ('vocational', 'Bimbingan keterampilan'), ('psychosocial', 'Bimbingan psikososial'), ('social', 'Bimbingan sosial'), ('resocialization', 'Bimbingan resosialisasi'), ('community_development', 'Pengembangan masyarakat'), ('advocacy', 'Advokasi')], max_length=24, verbose_name='bimbingan')),
                ('code', models.CharField(max_length=12)),
                ('on', models.DateField(verbose_name='tanggal')),
                ('text', models.TextField(max_length=2000, verbose_name='hambatan')),
                ('effort', models.TextField(max_length=2000, verbose_name='upaya')),
                ('created_at', models.DateTimeField(default=rehsos.clock.now)),
                ('overcome_on', models.DateField(blank=True, null=True, verbose_name='teratasi tanggal')),
                ('outcome', models.TextField(blank=True, default='', max_length=2000, verbose_name='bagaimana teratasi')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obstacles', to='cases.case')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obstacles', to='accounts.institution')),
                ('overcome_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ObstacleEffort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('text', models.TextField(max_length=2000, verbose_name='upaya')),
                ('created_at', models.DateTimeField(default=rehsos.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('obstacle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='efforts', to='services.obstacle')),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ProcessRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, verbose_name='butir kegiatan')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('aim', models.TextField(max_length=4000, verbose_name='tujuan dan sasaran')),
                ('content', models.TextField(max_length=8000, verbose_name='isi')),
                ('means', models.TextField(blank=True, default='', max_length=4000, verbose_name='metode, waktu, dan sarana')),
                ('follow_up', models.TextField(blank=True, default='', max_length=4000, verbose_name='tindak lanjut')),
                ('saved_at', models.DateTimeField(default=rehsos.clock.now)),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='process_records', to='accounts.institution')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProcessRecordCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='process_record_links', to='cases.case')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='services.processrecord')),
            ],
        ),
        migrations.AddField(
            model_name='processrecord',
            name='cases',
            field=models.ManyToManyField(related_name='process_records', through='services.ProcessRecordCase', to='cases.case'),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('bimbingan', models.CharField(choices=[('physical', 'Bimbingan fisik'), ('vocational', 'Bimbingan keterampilan'), ('psychosocial', 'Bimbingan psikososial'), ('social', 'Bimbingan sosial'), ('resocialization', 'Bimbingan resosialisasi'), ('community_development', 'Pengembangan masyarakat'), ('advocacy', 'Advokasi')], max_length=24)),
                ('note', models.TextField(max_length=4000, verbose_name='catatan supervisi')),
                ('directions', models.TextField(blank=True, default='', max_length=4000, verbose_name='arahan')),
                ('at', models.DateTimeField(default=rehsos.clock.now)),
                ('on', models.DateField(verbose_name='tanggal')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='accounts.institution')),
                ('of_note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='services.note')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='services.session')),
                ('task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review', to='services.task')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CourtDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hearing', 'Sidang'), ('bapas', 'Bapas'), ('prosecutor', 'Kejaksaan'), ('police', 'Kepolisian'), ('report', 'Laporan jatuh tempo')], max_length=12, verbose_name='jenis')),
                ('on', models.DateField(verbose_name='tanggal')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='jam')),
                ('place', models.CharField(blank=True, default='', max_length=160, verbose_name='tempat')),
                ('agenda', models.CharField(max_length=300, verbose_name='acara')),
                ('made_at', models.DateTimeField(default=rehsos.clock.now)),
                ('state', models.CharField(choices=[('planned', 'Dijadwalkan'), ('held', 'Terlaksana'), ('postponed', 'Ditunda'), ('cancelled', 'Batal')], default='planned', max_length=10)),
                ('result', models.TextField(blank=True, default='', max_length=4000, verbose_name='hasil')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='court_dates', to='cases.case')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='court_dates', to='accounts.institution')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('next', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earlier', to='services.courtdate')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'starts_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'planned')), fields=['institution', 'on'], name='court_planned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['hearing', 'bapas', 'prosecutor', 'police', 'report'])), name='court_kind'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True), ('state', 'planned')), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), ('state__in', ['held', 'postponed', 'cancelled']), models.Q(('result', ''), _negated=True)), _connector='OR'), name='court_settled_pair')],
            },
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['case', '-on', '-id'], name='note_list'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['case', 'kind'], name='note_of_kind'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['counselling', 'motivation', 'accompaniment', 'family', 'school', 'health', 'advocacy'])), name='note_kind'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('variant__in', ['', 'process', 'summary', 'meeting', 'phone', 'visit', 'letter', 'enrolment', 'class', 'report_card', 'urine', 'check', 'follow_up', 'social_aid', 'insurance', 'income', 'defence', 'prevention'])), name='note_variant'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('bimbingan__in', ['physical', 'vocational', 'psychosocial', 'social', 'resocialization', 'community_development', 'advocacy'])), name='note_bimbingan'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('finding', ''), models.Q(('finding__in', ['negative', 'positive', 'unclear']), ('variant', 'urine')), _connector='OR'), name='note_finding'),
        ),
        migrations.AddIndex(
            model_name='obstacle',
            index=models.Index(fields=['institution', '-on', '-id'], name='obstacle_list'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(('bimbingan__in', ['physical', 'vocational', 'psychosocial', 'social', 'resocialization', 'community_development', 'advocacy'])), name='obstacle_bimbingan'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('overcome_by__isnull', True), ('overcome_on__isnull', True)), models.Q(('overcome_by__isnull', False), ('overcome_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='obstacle_overcome_pair'),
        ),
        migrations.AddConstraint(
            model_name='obstacle',
            constraint=models.CheckConstraint(condition=models.Q(('overcome_on__isnull', True), ('overcome_on__gte', models.F('on')), _connector='OR'), name='obstacle_dates'),
        ),
        migrations.AddConstraint(
            model_name='processrecordcase',
            constraint=models.UniqueConstraint(fields=('record', 'case'), name='process_record_case_unique'),
        ),
        migrations.AddIndex(
            model_name='processrecord',
            index=models.Index(fields=['institution', '-on', '-id'], name='process_record_list'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('of_note__isnull', False), ('session__isnull', True)), models.Q(('of_note__isnull', True), ('session__isnull', False)), _connector='OR'), name='review_of_one'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('bimbingan__in', ['physical', 'vocational', 'psychosocial', 'social', 'resocialization', 'community_development', 'advocacy'])), name='review_bimbingan'),
        ),
        migrations.RunPython(install, remove),
    ]
