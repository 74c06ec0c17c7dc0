import django.db.models.deletion
import qingshan.finding.fields
import qingshan.geo.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('mines', '0004_likeness'),
        ('regions', '0001_initial'),
        ('restoration', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CareEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('inspection', '检查'), ('watering', '浇水'), ('weeding', '除草松土'), ('replanting', '补植'), ('pest', '病虫害防治'), ('other', '其他管护')], max_length=12, verbose_name='管护内容')),
                ('done_on', models.DateField(verbose_name='管护日期')),
                ('done_by', models.CharField(max_length=120, verbose_name='管护单位或人员')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='管护情况')),
            ],
            options={
                'verbose_name': '管护记录',
            },
        ),
        migrations.CreateModel(
            name='Plot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', qingshan.finding.fields.WordsField(names=('name',), numbers=('key',))),
                ('key', models.CharField(max_length=120, unique=True, verbose_name='地块编号')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='地块名称')),
                ('geom', qingshan.geo.fields.GeometryField(null=True, verbose_name='范围')),
                ('area_m2', models.FloatField(null=True, verbose_name='图形面积（平方米）')),
                ('reported_area_m2', models.FloatField(null=True, verbose_name='填报面积（平方米）')),
                ('zone', models.CharField(blank=True, choices=[('northeast', '东北山丘平原区'), ('huang_huai_hai', '黄淮海平原区'), ('yangtze', '长江中下游平原区'), ('southwest', '西南山地丘陵区'), ('central', '中部山地丘陵区'), ('southeast', '东南沿海山地丘陵区'), ('northwest', '西北干旱区'), ('loess', '黄土高原区'), ('steppe', '北方草原区'), ('tibet', '青藏高原区')], max_length=20, verbose_name='土地复垦类型区')),
                ('rain_mm', models.DecimalField(decimal_places=1, max_digits=6, null=True, verbose_name='年降水量（毫米）')),
                ('is_irrigated', models.BooleanField(null=True, verbose_name='有无灌溉')),
                ('care_from_on', models.DateField(null=True, verbose_name='管护期起')),
                ('care_until_on', models.DateField(null=True, verbose_name='管护期止')),
                ('next_due_on', models.DateField(null=True, verbose_name='下次管护日期')),
                ('observed_on', models.DateField(null=True, verbose_name='最近成活调查')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('project', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plots', to='restoration.restorationproject', verbose_name='修复项目')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='行政区划')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plots', to='mines.site', verbose_name='点位')),
            ],
            options={
                'verbose_name': '造林种草地块',
                'indexes': [models.Index(fields=['region', '-id'], name='plot_region'), models.Index(fields=['next_due_on', 'id'], name='plot_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('care_until_on__isnull', True), ('care_until_on__gt', models.F('care_from_on')), _connector='OR'), name='plot_care_in_order'), models.CheckConstraint(condition=models.Q(('reported_area_m2__isnull', True), ('reported_area_m2__gt', 0), _connector='OR'), name='plot_area_positive')],
            },
        ),
        migrations.CreateModel(
            name='Planting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('species', models.CharField(max_length=60, verbose_name='树种草种')),
                ('form', models.CharField(choices=[('tree', '乔木'), ('shrub', '灌木'), ('grass', '草本'), ('vine', '藤本')], max_length=8, verbose_name='植物类型')),
                ('count', models.PositiveIntegerField(null=True, verbose_name='株数')),
                ('weight_g', models.PositiveBigIntegerField(null=True, verbose_name='播种量（克）')),
                ('planted_on', models.DateField(verbose_name='栽植日期')),
                ('planted_by', models.CharField(blank=True, max_length=120, verbose_name='栽植单位')),
                ('suitability', models.CharField(choices=[('suitable', '适宜'), ('doubtful', '存疑待核'), ('not_listed', '未列入名录'), ('unknown', '未知')], max_length=12, verbose_name='适宜性')),
                ('in_season', models.CharField(choices=[('in_season', '在种植季节'), ('out_of_season', '不在种植季节（待核实）'), ('unknown', '未知')], max_length=16, verbose_name='种植时间')),
                ('doubts', models.JSONField(default=list, verbose_name='存疑待核')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='对存疑的说明')),
                ('withdrawn_on', models.DateField(null=True, verbose_name='撤回日期')),
                ('withdrawn_because', models.CharField(blank=True, max_length=200, verbose_name='撤回理由')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('plot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plantings', to='planting.plot')),
            ],
            options={
                'verbose_name': '栽植记录',
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gt', 0), ('weight_g__gt', 0), _connector='OR'), name='planting_of_something')],
            },
        ),
        migrations.CreateModel(
            name='CareTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('inspection', '检查'), ('watering', '浇水'), ('weeding', '除草松土'), ('replanting', '补植'), ('pest', '病虫害防治'), ('other', '其他管护')], max_length=12, verbose_name='管护内容')),
                ('due_on', models.DateField(verbose_name='应完成日期')),
                ('is_by_book', models.BooleanField(default=False, verbose_name='按规则库排定')),
                ('dropped_on', models.DateField(null=True, verbose_name='取消日期')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled', to='planting.careentry')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='行政区划')),
                ('plot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='planting.plot')),
            ],
            options={
                'verbose_name': '管护计划',
                'indexes': [models.Index(condition=models.Q(('dropped_on', None), ('entry', None)), fields=['region', 'due_on', 'id'], name='care_open_region'), models.Index(fields=['due_on', 'id'], name='care_due')],
            },
        ),
        migrations.AddField(
            model_name='careentry',
            name='plot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care', to='planting.plot'),
        ),
        migrations.CreateModel(
            name='PlotObservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('observed_on', models.DateField(verbose_name='调查日期')),
                ('examined', models.PositiveIntegerField(null=True, verbose_name='调查株数')),
                ('living', models.PositiveIntegerField(null=True, verbose_name='成活株数')),
                ('cover_percent', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='植被盖度（%）')),
                ('method', models.CharField(choices=[('whole', '全数清点'), ('sample_plots', '样地抽查'), ('sample_rows', '样行抽查'), ('other', '其他方法')], max_length=16, verbose_name='调查方法')),
                ('observed_by', models.CharField(max_length=120, verbose_name='调查人')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('withdrawn_on', models.DateField(null=True, verbose_name='撤回日期')),
                ('withdrawn_because', models.CharField(blank=True, max_length=200, verbose_name='撤回理由')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('plot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='planting.plot')),
            ],
            options={
                'verbose_name': '成活调查',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('plot', 'observed_on'), name='observed_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('cover_percent__isnull', False), ('examined__isnull', True), ('living__isnull', True)), models.Q(('examined__gt', 0), ('living__isnull', False), ('living__lte', models.F('examined'))), _connector='OR'), name='observed_living_within_examined'), models.CheckConstraint(condition=models.Q(('cover_percent__isnull', True), models.Q(('cover_percent__gte', 0), ('cover_percent__lte', 100)), _connector='OR'), name='observed_cover_percent')],
            },
        ),
        migrations.CreateModel(
            name='ObservationPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255, verbose_name='文件名')),
                ('file_digest', models.CharField(max_length=64, verbose_name='文件摘要')),
                ('file_size_bytes', models.BigIntegerField(verbose_name='文件大小（字节）')),
                ('thumbnail_digest', models.CharField(blank=True, max_length=64, verbose_name='缩略图摘要')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='拍摄时间')),
                ('longitude_deg', models.FloatField(null=True, verbose_name='经度')),
                ('latitude_deg', models.FloatField(null=True, verbose_name='纬度')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='planting.plotobservation')),
            ],
            options={
                'verbose_name': '调查照片',
            },
        ),
        migrations.CreateModel(
            name='UseChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('planned', '计划利用方向'), ('actual', '实际利用方向')], max_length=8, verbose_name='变更项')),
                ('before', models.CharField(blank=True, choices=[('farm', '农'), ('forest', '林'), ('pasture', '牧'), ('solar', '光伏'), ('tourism', '文旅'), ('water', '水面'), ('building', '建设')], max_length=12, verbose_name='原利用方向')),
                ('after', models.CharField(choices=[('farm', '农'), ('forest', '林'), ('pasture', '牧'), ('solar', '光伏'), ('tourism', '文旅'), ('water', '水面'), ('building', '建设')], max_length=12, verbose_name='新利用方向')),
                ('seen_by', models.CharField(blank=True, choices=[('on_site', '现场'), ('register', '变更调查'), ('images', '影像')], max_length=12, verbose_name='来源')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='文号')),
                ('occurred_on', models.DateField(verbose_name='日期')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('project_site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='use_changes', to='restoration.projectsite')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'verbose_name': '利用方向变更',
                'indexes': [models.Index(fields=['region', '-id'], name='use_change_region')],
            },
        ),
        migrations.CreateModel(
            name='HandBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_cm2', models.BigIntegerField(verbose_name='还地面积（平方厘米）')),
                ('receiver', models.CharField(max_length=160, verbose_name='接收单位或个人')),
                ('returned_on', models.DateField(verbose_name='还地日期')),
                ('paper', models.CharField(max_length=120, verbose_name='交接文书号')),
                ('file_name', models.CharField(blank=True, max_length=255, verbose_name='文件名')),
                ('file_digest', models.CharField(blank=True, max_length=64, verbose_name='文件摘要')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('land_use', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_backs', to='mines.landuse', verbose_name='临时用地')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='行政区划')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_backs', to='mines.site', verbose_name='点位')),
            ],
            options={
                'verbose_name': '还地记录',
                'indexes': [models.Index(fields=['region', '-id'], name='hand_back_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('area_cm2__gt', 0)), name='hand_back_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('land_use__isnull', True), ('site__isnull', False)), models.Q(('land_use__isnull', False), ('site__isnull', True)), _connector='OR'), name='hand_back_of_one')],
            },
        ),
        migrations.CreateModel(
            name='LandUseExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before_on', models.DateField(null=True, verbose_name='原使用期止')),
                ('until_on', models.DateField(verbose_name='延期后使用期止')),
                ('number', models.CharField(max_length=120, verbose_name='批准文号')),
                ('approved_on', models.DateField(verbose_name='批准日期')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('land_use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='mines.landuse')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'verbose_name': '临时用地延期',
                'indexes': [models.Index(fields=['region', '-id'], name='extension_region')],
            },
        ),
    ]
