import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='种类')),
                ('payload', models.JSONField(default=dict, verbose_name='参数')),
                ('state', models.CharField(choices=[('waiting', '等待'), ('running', '进行中'), ('done', '完成'), ('failed', '失败'), ('cancelled', '已取消')], default='waiting', max_length=12, verbose_name='状态')),
                ('task_id', models.CharField(blank=True, default='', max_length=64, verbose_name='队列编号')),
                ('owner_kind', models.CharField(max_length=12, verbose_name='发起者类别')),
                ('owner_id', models.BigIntegerField(null=True, verbose_name='发起者')),
                ('owner_name', models.CharField(blank=True, default='', max_length=200, verbose_name='发起者姓名')),
                ('organisation_id', models.BigIntegerField(null=True, verbose_name='发起机构')),
                ('done', models.BigIntegerField(default=0, verbose_name='已办')),
                ('total', models.BigIntegerField(null=True, verbose_name='总数')),
                ('done_before', models.BigIntegerField(default=0, verbose_name='本次开始前已办')),
                ('checkpoint', models.JSONField(null=True, verbose_name='断点')),
                ('result', models.JSONField(null=True, verbose_name='结果')),
                ('error', models.JSONField(null=True, verbose_name='失败原因')),
                ('error_detail', models.TextField(blank=True, default='', verbose_name='技术细节')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('deaths', models.PositiveSmallIntegerField(default=0, verbose_name='执行进程中断次数')),
                ('worker', models.CharField(blank=True, default='', max_length=120, verbose_name='执行进程')),
                ('created_at', models.DateTimeField(verbose_name='发起时间')),
                ('started_at', models.DateTimeField(null=True, verbose_name='首次开始')),
                ('claimed_at', models.DateTimeField(null=True, verbose_name='本次开始')),
                ('heartbeat_at', models.DateTimeField(null=True, verbose_name='心跳')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('cancel_asked_at', models.DateTimeField(null=True, verbose_name='要求取消')),
            ],
            options={
                'verbose_name': '后台任务',
                'indexes': [models.Index(fields=['state', 'heartbeat_at'], name='job_state_heartbeat'), models.Index(fields=['owner_id', '-created_at'], name='job_owner'), models.Index(fields=['organisation_id', '-created_at'], name='job_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'running', 'done', 'failed', 'cancelled'))), name='job_state_known')],
            },
        ),
        migrations.CreateModel(
            name='DailyRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('on_date', models.DateField(verbose_name='日期')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='jobs.job')),
            ],
            options={
                'verbose_name': '定时任务记录',
                'constraints': [models.UniqueConstraint(fields=('name', 'on_date'), name='daily_run_once')],
            },
        ),
    ]
