from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_inspections'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='findingsitem',
            name='region',
        ),
    ]
