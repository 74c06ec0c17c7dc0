from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_words_and_lists'),
        ('matters', '0006_turns_of_a_post'),
        ('mines', '0004_likeness'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['cell', 'kind', 'region', 'due_on', 'closed_on'], name='matter_cell'),
        ),
    ]
