from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_stop_orders_lifted'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='findingsitem',
            name='region',
        ),
    ]
