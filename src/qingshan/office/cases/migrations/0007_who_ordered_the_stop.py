import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_words_and_lists'),
        ('cases', '0006_items_without_regions'),
    ]

    operations = [
        migrations.AddField(
            model_name='stoporder',
            name='organisation',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation', verbose_name='决定单位'),
        ),
    ]
