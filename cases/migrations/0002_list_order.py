# The list of cases is ordered by due date while they are open, by closing date afterwards.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['institution', 'next_due_on', '-opened_on', '-id'], name='case_list_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', False)), fields=['institution', '-closed_on', '-id'], name='case_list_closed'),
        ),
    ]
