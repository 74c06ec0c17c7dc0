import django.db.models.deletion
import qingshan.finding.fields
import qingshan.geo.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0007_cells_of_matters'),
        ('mines', '0004_likeness'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LandParcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='地块名称')),
                ('state', models.CharField(choices=[('active', '生产占用'), ('available', '可修复'), ('restoring', '修复中'), ('restored', '已修复'), ('released', '已移交')], max_length=12, verbose_name='土地状态')),
                ('area_cm2', models.BigIntegerField(verbose_name='面积（平方厘米）')),
                ('since_on', models.DateField(verbose_name='进入现状态日期')),
                ('geom', qingshan.geo.fields.GeometryField(null=True, verbose_name='范围')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('came_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='split_off', to='restoration.landparcel')),
                ('mine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='mines.mine', verbose_name='矿山')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='行政区划')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='mines.site', verbose_name='点位')),
            ],
            options={
                'verbose_name': '地块',
                'indexes': [models.Index(fields=['region', '-id'], name='parcel_region'), models.Index(fields=['mine', 'state'], name='parcel_mine'), models.Index(fields=['state', 'since_on', 'id'], name='parcel_clock')],
                'constraints': [models.CheckConstraint(condition=models.Q(('area_cm2__gte', 0)), name='parcel_area_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='LandMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('restoration.disturb_land', '登记新增损毁'), ('restoration.make_land_available', '认定可修复'), ('restoration.take_land_back', '恢复生产占用'), ('restoration.begin_restoring_land', '开始修复'), ('restoration.stop_restoring_land', '中止修复'), ('restoration.note_land_restored', '确认已修复'), ('restoration.note_land_relapsed', '退回修复'), ('restoration.release_land', '移交土地'), ('restoration.disturb_land_again', '登记再次损毁')], max_length=60, verbose_name='环节')),
                ('from_state', models.CharField(blank=True, choices=[('active', '生产占用'), ('available', '可修复'), ('restoring', '修复中'), ('restored', '已修复'), ('released', '已移交')], max_length=12, verbose_name='原状态')),
                ('to_state', models.CharField(choices=[('active', '生产占用'), ('available', '可修复'), ('restoring', '修复中'), ('restored', '已修复'), ('released', '已移交')], max_length=12, verbose_name='新状态')),
                ('area_cm2', models.BigIntegerField(verbose_name='面积（平方厘米）')),
                ('answers', models.JSONField(null=True, verbose_name='四问')),
                ('overlaps', models.JSONField(null=True, verbose_name='重叠地块')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='文号')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('occurred_on', models.DateField(verbose_name='发生日期')),
                ('recorded_at', models.DateTimeField(verbose_name='录入时间')),
                ('mine', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mines.mine')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('into', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='restoration.landparcel')),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='restoration.landparcel')),
            ],
            options={
                'verbose_name': '土地变动',
                'indexes': [models.Index(fields=['mine', 'occurred_on', 'id'], name='land_move_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('area_cm2__gt', 0)), name='land_move_of_something')],
            },
        ),
        migrations.CreateModel(
            name='ListedSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on_list', models.BooleanField(default=True, verbose_name='在清单内')),
                ('place', models.PositiveIntegerField(verbose_name='入账次序')),
                ('own_cm2', models.BigIntegerField(null=True, verbose_name='点位面积（平方厘米）')),
                ('target_cm2', models.BigIntegerField(null=True, verbose_name='入账面积（平方厘米）')),
                ('done_cm2', models.BigIntegerField(default=0, verbose_name='完成面积（平方厘米）')),
                ('since_on', models.DateField(verbose_name='调入日期')),
                ('restored_on', models.DateField(null=True, verbose_name='验收日期')),
                ('words', qingshan.finding.fields.WordsField(names=('name',), numbers=('key',))),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='点位名称')),
                ('key', models.CharField(max_length=120, verbose_name='点位编号')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='行政区划')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='mines.site', verbose_name='点位')),
            ],
            options={
                'verbose_name': '入账点位',
                'indexes': [models.Index(fields=['region', '-id'], name='listed_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('done_cm2__gte', 0)), name='listed_done_not_negative'), models.CheckConstraint(condition=models.Q(('target_cm2__isnull', True), ('target_cm2__gte', models.F('done_cm2')), _connector='OR'), name='listed_done_within_target')],
            },
        ),
        migrations.CreateModel(
            name='RestorationProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('natural', '自然恢复'), ('to_build', '工程修复（宜建）'), ('to_farm', '工程修复（宜田）'), ('to_forest', '工程修复（宜林）'), ('to_water', '工程修复（宜水）')], max_length=12, verbose_name='修复方式')),
                ('programme', models.CharField(blank=True, max_length=120, verbose_name='资金或工程来源')),
                ('design_title', models.CharField(blank=True, max_length=200, verbose_name='实施方案名称')),
                ('planned_fen', models.BigIntegerField(null=True, verbose_name='计划资金（分）')),
                ('spent_fen', models.BigIntegerField(null=True, verbose_name='已支出（分）')),
                ('progress_percent', models.PositiveSmallIntegerField(null=True, verbose_name='施工进度（%）')),
                ('reported_on', models.DateField(null=True, verbose_name='最近填报日期')),
                ('claimed_on', models.DateField(null=True, verbose_name='完工自验日期')),
                ('accepted_on', models.DateField(null=True, verbose_name='验收日期')),
                ('aftercare_until', models.DateField(null=True, verbose_name='管护期满')),
                ('receiver', models.CharField(blank=True, max_length=160, verbose_name='接收单位')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='restoration', to='matters.matter', verbose_name='事项')),
            ],
            options={
                'verbose_name': '修复项目',
                'constraints': [models.CheckConstraint(condition=models.Q(('progress_percent__isnull', True), ('progress_percent__lte', 100), _connector='OR'), name='project_percent'), models.CheckConstraint(condition=models.Q(('spent_fen__isnull', True), ('spent_fen__gte', 0), _connector='OR'), name='project_spent_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ProjectSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_cm2', models.BigIntegerField(null=True, verbose_name='计划修复面积（平方厘米）')),
                ('claimed_cm2', models.BigIntegerField(null=True, verbose_name='自验完成面积（平方厘米）')),
                ('done_cm2', models.BigIntegerField(null=True, verbose_name='验收面积（平方厘米）')),
                ('is_whole', models.BooleanField(null=True, verbose_name='整处完成')),
                ('planned_use', models.CharField(blank=True, choices=[('farm', '农'), ('forest', '林'), ('pasture', '牧'), ('solar', '光伏'), ('tourism', '文旅'), ('water', '水面'), ('building', '建设')], max_length=12, verbose_name='计划利用方向')),
                ('actual_use', models.CharField(blank=True, choices=[('farm', '农'), ('forest', '林'), ('pasture', '牧'), ('solar', '光伏'), ('tourism', '文旅'), ('water', '水面'), ('building', '建设')], max_length=12, verbose_name='实际利用方向')),
                ('added_on', models.DateField(verbose_name='列入日期')),
                ('left_on', models.DateField(null=True, verbose_name='调出日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restorations', to='mines.site', verbose_name='点位')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='restoration.restorationproject')),
            ],
            options={
                'verbose_name': '项目点位',
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('project', 'site'), name='project_site_once')],
            },
        ),
        migrations.CreateModel(
            name='TargetList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='清单编号')),
                ('title', models.CharField(max_length=160, verbose_name='清单名称')),
                ('kind', models.CharField(choices=[('legacy', '历史遗留矿山'), ('working', '生产矿山')], max_length=12, verbose_name='清单类型')),
                ('number', models.CharField(max_length=120, verbose_name='下达文号')),
                ('decided_on', models.DateField(verbose_name='下达日期')),
                ('due_on', models.DateField(null=True, verbose_name='完成时限')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='行政区划')),
            ],
            options={
                'verbose_name': '修复清单',
                'indexes': [models.Index(fields=['region', '-id'], name='target_list_region')],
            },
        ),
        migrations.CreateModel(
            name='ListMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(choices=[('in', '调入'), ('out', '调出'), ('recount', '重叠面积转计'), ('restored', '验收计入'), ('taken_back', '撤回计入')], max_length=12, verbose_name='变动')),
                ('sites', models.SmallIntegerField(default=0, verbose_name='处数变动')),
                ('target_cm2', models.BigIntegerField(default=0, verbose_name='目标面积变动')),
                ('without_area', models.SmallIntegerField(default=0, verbose_name='面积不明处数变动')),
                ('done_sites', models.SmallIntegerField(default=0, verbose_name='完成处数变动')),
                ('done_cm2', models.BigIntegerField(default=0, verbose_name='完成面积变动')),
                ('number', models.CharField(max_length=120, verbose_name='批准文号')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('overlaps', models.JSONField(null=True, verbose_name='重叠点位')),
                ('occurred_on', models.DateField(verbose_name='批准日期')),
                ('recorded_at', models.DateTimeField(verbose_name='录入时间')),
                ('recorded_on', models.DateField(verbose_name='录入日期')),
                ('listed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='restoration.listedsite')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.step')),
                ('target_list', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='restoration.targetlist')),
            ],
            options={
                'verbose_name': '清单变动',
                'indexes': [models.Index(fields=['target_list', 'region', 'recorded_on'], name='list_move_cut')],
            },
        ),
        migrations.AddField(
            model_name='listedsite',
            name='target_list',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='listed', to='restoration.targetlist', verbose_name='修复清单'),
        ),
        migrations.AddIndex(
            model_name='listedsite',
            index=models.Index(fields=['target_list', 'region', '-id'], name='listed_list'),
        ),
        migrations.AddConstraint(
            model_name='listedsite',
            constraint=models.UniqueConstraint(fields=('target_list', 'site'), name='listed_once'),
        ),
    ]
