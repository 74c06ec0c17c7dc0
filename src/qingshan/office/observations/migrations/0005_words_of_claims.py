from django.db import migrations, models

import qingshan.finding.fields


class Migration(migrations.Migration):

    dependencies = [
        ('observations', '0004_night_of_watching'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='words',
            field=qingshan.finding.fields.WordsField(names=('about', 'subject_name')),
        ),
        migrations.AddIndex(
            model_name='traceback',
            index=models.Index(fields=['state', 'claim'], name='trace_back_state'),
        ),
    ]
