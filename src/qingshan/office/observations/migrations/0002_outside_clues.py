import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('observations', '0001_initial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='cluesighting',
            name='source',
            field=models.CharField(max_length=60, null=True, verbose_name='来源'),
        ),
        migrations.CreateModel(
            name='ClueFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60, verbose_name='来源')),
                ('seen_on', models.DateField(verbose_name='发现期次')),
                ('delivery', models.CharField(choices=[('increment', '增量（只含新增）'), ('snapshot', '全量（某一时点全部）')], max_length=12, verbose_name='数据性质')),
                ('file_name', models.CharField(max_length=255, verbose_name='文件名')),
                ('file_sm3', models.CharField(max_length=64, verbose_name='文件摘要')),
                ('polygons', models.PositiveIntegerField(verbose_name='图斑数')),
                ('is_whole', models.BooleanField(verbose_name='全部行已导入')),
                ('recorded_on', models.DateField(verbose_name='入库日期')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='覆盖区划')),
            ],
            options={
                'verbose_name': '外部图斑批次',
                'indexes': [models.Index(fields=['source', 'seen_on'], name='clue_file_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('delivery__in', ('increment', 'snapshot'))), name='clue_file_delivery_known')],
            },
        ),
        migrations.AddField(
            model_name='clue',
            name='unseen_in',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='unseen', to='observations.cluefile', verbose_name='本期未见'),
        ),
        migrations.AddField(
            model_name='cluesighting',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seen', to='observations.cluefile', verbose_name='外部图斑批次'),
        ),
        migrations.AddConstraint(
            model_name='cluesighting',
            constraint=models.UniqueConstraint(fields=('source', 'key', 'last_seen'), name='sighting_of_a_source_once'),
        ),
        migrations.AddConstraint(
            model_name='cluesighting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', True), ('screening__isnull', False), ('source__isnull', True)), models.Q(('file__isnull', False), ('screening__isnull', True), ('source__isnull', False)), _connector='OR'), name='sighting_of_a_run_or_a_file'),
        ),
    ]
