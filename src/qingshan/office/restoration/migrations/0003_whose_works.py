from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('restoration', '0002_land_counts_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='restorationproject',
            name='payer',
            field=models.CharField(choices=[('obliged', '土地复垦义务人'), ('investor', '土地权利人或社会投资'), ('government', '政府投资')], max_length=12, null=True, verbose_name='谁来复垦'),
        ),
        migrations.AddField(
            model_name='restorationproject',
            name='applied_on',
            field=models.DateField(null=True, verbose_name='申请验收日期'),
        ),
    ]
