import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_words_and_lists'),
        ('matters', '0007_cells_of_matters'),
        ('mines', '0004_likeness'),
        ('restoration', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payer', models.CharField(choices=[('obliged', '土地复垦义务人'), ('investor', '土地权利人或社会投资'), ('government', '政府投资')], max_length=12, verbose_name='谁来复垦')),
                ('applied_on', models.DateField(null=True, verbose_name='申报日期')),
                ('returned_on', models.DateField(null=True, verbose_name='最近退回日期')),
                ('seen_until', models.BigIntegerField(null=True, verbose_name='退回前的佐证')),
                ('accepted_on', models.DateField(null=True, verbose_name='验收日期')),
                ('progress_percent', models.PositiveSmallIntegerField(null=True, verbose_name='进度（%）')),
                ('reported_on', models.DateField(null=True, verbose_name='最近填报日期')),
                ('round_no', models.PositiveSmallIntegerField(default=1, verbose_name='第几次名单')),
                ('listing', models.JSONField(null=True, verbose_name='封存名单')),
                ('plan', models.JSONField(null=True, verbose_name='抽查数量')),
                ('list_digest', models.CharField(blank=True, max_length=64, verbose_name='名单摘要')),
                ('listed_by', models.JSONField(null=True, verbose_name='抽查依据')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='封存时间')),
                ('past', models.JSONField(null=True, verbose_name='以前的抽查记录')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='batch', to='matters.matter', verbose_name='事项')),
            ],
            options={
                'verbose_name': '修复批次',
                'constraints': [models.CheckConstraint(condition=models.Q(('progress_percent__isnull', True), ('progress_percent__lte', 100), _connector='OR'), name='batch_percent')],
            },
        ),
        migrations.CreateModel(
            name='BatchSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('natural', '自然恢复'), ('to_build', '工程修复（宜建）'), ('to_farm', '工程修复（宜田）'), ('to_forest', '工程修复（宜林）'), ('to_water', '工程修复（宜水）')], max_length=12, verbose_name='修复方式')),
                ('use', models.CharField(blank=True, choices=[('farm', '农'), ('forest', '林'), ('pasture', '牧'), ('solar', '光伏'), ('tourism', '文旅'), ('water', '水面'), ('building', '建设')], max_length=12, verbose_name='利用方向')),
                ('own_cm2', models.BigIntegerField(null=True, verbose_name='点位面积（平方厘米）')),
                ('area_cm2', models.BigIntegerField(null=True, verbose_name='计入面积（平方厘米）')),
                ('overlaps', models.JSONField(null=True, verbose_name='重叠点位')),
                ('claimed_cm2', models.BigIntegerField(null=True, verbose_name='完成面积（平方厘米）')),
                ('is_whole', models.BooleanField(null=True, verbose_name='整处完成')),
                ('standing', models.CharField(choices=[('unfinished', '未完工'), ('waiting', '已完工待结论'), ('accepted', '验收通过'), ('returned', '退回整改'), ('taken_out', '已移出')], max_length=12, verbose_name='情况')),
                ('is_open', models.BooleanField(default=True, verbose_name='在办')),
                ('added_on', models.DateField(verbose_name='列入日期')),
                ('left_on', models.DateField(null=True, verbose_name='移出日期')),
                ('finished_on', models.DateField(null=True, verbose_name='完工日期')),
                ('drawn_in', models.CharField(blank=True, choices=[('first', '首次抽查'), ('double', '加倍抽查'), ('whole', '全数核查')], max_length=8, verbose_name='抽中轮次')),
                ('check_result', models.CharField(blank=True, choices=[('passed', '合格'), ('failed', '不合格'), ('open', '待查')], max_length=8, verbose_name='查验结果')),
                ('times_back', models.PositiveSmallIntegerField(default=0, verbose_name='退回次数')),
                ('back_because', models.CharField(blank=True, max_length=2000, verbose_name='退回理由')),
                ('done_cm2', models.BigIntegerField(null=True, verbose_name='验收面积（平方厘米）')),
                ('accepted_on', models.DateField(null=True, verbose_name='验收日期')),
                ('relapsed_on', models.DateField(null=True, verbose_name='倒查认定日期')),
                ('plan_limits', models.JSONField(null=True, verbose_name='方案指标')),
                ('plan_source', models.CharField(blank=True, max_length=200, verbose_name='方案名称')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='batches.batch')),
                ('project_site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batched', to='restoration.projectsite', verbose_name='项目点位')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batched', to='mines.site', verbose_name='点位')),
            ],
            options={
                'verbose_name': '批次点位',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('site',), name='site_in_one_open_batch'), models.CheckConstraint(condition=models.Q(models.Q(('check_result', ''), ('drawn_in', '')), models.Q(models.Q(('drawn_in', ''), _negated=True), models.Q(('check_result', ''), _negated=True)), _connector='OR'), name='batch_site_checked_when_drawn'), models.CheckConstraint(condition=models.Q(('standing__in', ('unfinished', 'waiting', 'accepted', 'returned', 'taken_out'))), name='batch_site_standing_known')],
            },
        ),
        migrations.CreateModel(
            name='PanelMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round_no', models.PositiveSmallIntegerField(verbose_name='第几次名单')),
                ('part', models.CharField(choices=[('natural_resources', '自然资源部门'), ('ecology', '生态环境部门'), ('agriculture', '农业农村部门'), ('forestry', '林草部门'), ('water', '水利部门'), ('expert', '专家'), ('residents', '居民（村民）代表'), ('collective', '村（居）委会、农村集体经济组织'), ('other', '其他')], max_length=20, verbose_name='成员身份')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('unit_name', models.CharField(blank=True, max_length=160, verbose_name='单位')),
                ('signed_on', models.DateField(null=True, verbose_name='签字日期')),
                ('paper', models.CharField(blank=True, max_length=160, verbose_name='签字文件')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='文件名')),
                ('file_digest', models.CharField(blank=True, max_length=64, verbose_name='文件摘要')),
                ('absent_because', models.CharField(blank=True, max_length=300, verbose_name='未到场原因')),
                ('ended_on', models.DateField(null=True, verbose_name='更换日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel', to='batches.batch')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation', verbose_name='单位')),
            ],
            options={
                'verbose_name': '验收组成员',
            },
        ),
        migrations.CreateModel(
            name='SealedNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round_no', models.PositiveSmallIntegerField(verbose_name='第几次名单')),
                ('by', models.CharField(max_length=160, verbose_name='出号方')),
                ('seal', models.CharField(max_length=64, verbose_name='封签')),
                ('secret', models.CharField(blank=True, max_length=128, verbose_name='号码')),
                ('sealed_at', models.DateTimeField(verbose_name='封存时间')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='公开时间')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='batches.batch')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation', verbose_name='封存单位')),
            ],
            options={
                'verbose_name': '号码封签',
                'constraints': [models.UniqueConstraint(fields=('batch', 'round_no', 'by'), name='one_number_of_each_side')],
            },
        ),
        migrations.CreateModel(
            name='SiteCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round_no', models.PositiveSmallIntegerField(verbose_name='第几次名单')),
                ('drawn_in', models.CharField(choices=[('first', '首次抽查'), ('double', '加倍抽查'), ('whole', '全数核查')], max_length=8, verbose_name='轮次')),
                ('visited_on', models.DateField(verbose_name='到场日期')),
                ('visitors', models.CharField(max_length=300, verbose_name='到场人员')),
                ('area_cm2', models.BigIntegerField(null=True, verbose_name='实测面积（平方厘米）')),
                ('measured', models.JSONField(verbose_name='实测值')),
                ('ground', models.JSONField(null=True, verbose_name='立地条件')),
                ('judged', models.JSONField(verbose_name='逐项结论')),
                ('result', models.CharField(choices=[('passed', '合格'), ('failed', '不合格'), ('open', '待查')], max_length=8, verbose_name='查验结果')),
                ('note', models.CharField(blank=True, max_length=2000, verbose_name='说明')),
                ('judged_by', models.JSONField(verbose_name='指标依据')),
                ('batch_site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='batches.batchsite')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.step')),
            ],
            options={
                'verbose_name': '查验记录',
            },
        ),
    ]
