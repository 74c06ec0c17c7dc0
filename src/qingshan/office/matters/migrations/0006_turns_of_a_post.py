from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_words_and_lists'),
        ('matters', '0005_deadlines_tallied_apart'),
        ('mines', '0004_likeness'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_turn_duty',
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(
                condition=models.Q(('awaits_organisation', None)),
                fields=['awaits_duty', 'awaits_level', 'region', 'due_on', 'id'],
                name='matter_turn_post',
            ),
        ),
    ]
