import django.db.models.deletion
from django.db import migrations, models

import audit.digests


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("institution_id", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(default=audit.digests.GENESIS, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution_id", models.PositiveBigIntegerField()),
                ("seq", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor_id", models.PositiveBigIntegerField(null=True)),
                ("verb", models.CharField(max_length=60)),
                ("previous", models.CharField(max_length=64)),
                ("detail_digest", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("institution_id", "seq"), name="entry_seq_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntrySubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="audit.entry",
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject_id", models.PositiveBigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "subject_id", "entry"], name="entrysubject_history")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "kind", "subject_id"), name="entrysubject_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryDetail",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="audit.entry",
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor_id", models.PositiveBigIntegerField(null=True)),
                ("actor_label", models.TextField()),
                ("institution_id", models.PositiveBigIntegerField()),
                ("page", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("subject_id", models.PositiveBigIntegerField()),
                ("label", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["kind", "subject_id", "at", "id"], name="access_who_saw_it"),
                    models.Index(fields=["actor_id", "at", "id"], name="access_what_they_saw"),
                ],
            },
        ),
    ]
