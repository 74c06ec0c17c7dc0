"""What belongs to planting: plots with what was planted, seen and looked after, land handed back, changed uses."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import GeometryField
from qingshan.office.mines.models import LandUse, Site
from qingshan.office.regions.models import Region
from qingshan.office.restoration.models import ProjectSite, RestorationProject, m2
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse, SeenBy
from qingshan.rules.planting import InSeason, PlantForm, Suitability
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.words import Named
from qingshan.rules.zones import Zone

GRAMS = 1000


def withdrawn_with_a_reason(name: str) -> models.CheckConstraint:
    """Day and reason of a withdrawal stand together or not at all."""
    return models.CheckConstraint(
        condition=models.Q(withdrawn_on__isnull=True, withdrawn_because__isnull=True)
        | models.Q(withdrawn_on__isnull=False, withdrawn_because__isnull=False),
        name=name,
    )


class UseSide(Named):
    """改变的是哪一项利用方向."""

    PLANNED = "planned", "计划利用方向", "planned use"
    ACTUAL = "actual", "实际利用方向", "actual use"


class Plot(models.Model):
    """造林种草地块: a piece of a site that was planted or is to be. Its aftercare is told by its dates."""

    words = WordsField(names=("name",), numbers=("key",))
    key = models.CharField(_("地块编号"), max_length=120, unique=True)
    name = models.CharField(_("地块名称"), max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    """that of the site, repeated here so that a county's list reads one index"""
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), related_name="plots")
    project = models.ForeignKey(
        RestorationProject, models.PROTECT, verbose_name=_("修复项目"), null=True, related_name="plots"
    )
    geom = GeometryField(_("范围"), null=True)
    area_m2 = models.FloatField(_("图形面积（平方米）"), null=True)
    reported_area_m2 = models.FloatField(_("填报面积（平方米）"), null=True)
    zone = models.CharField(_("土地复垦类型区"), max_length=20, blank=True, choices=Zone.choices())
    rain_mm = models.DecimalField(_("年降水量（毫米）"), max_digits=6, decimal_places=1, null=True)
    is_irrigated = models.BooleanField(_("有无灌溉"), null=True)
    care_from_on = models.DateField(_("管护期起"), null=True)
    care_until_on = models.DateField(_("管护期止"), null=True)
    next_due_on = models.DateField(_("下次管护日期"), null=True)
    """the earliest date of its plan that is open, kept here for lists"""
    observed_on = models.DateField(_("最近成活调查"), null=True)
    """kept here for lists"""
    note = models.CharField(_("备注"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    """entered by mistake: it stays on record, and stands in no list"""
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("造林种草地块")
        indexes = [
            models.Index(fields=["region", "-id"], name="plot_region"),
            models.Index(fields=["next_due_on", "id"], name="plot_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(care_until_on__isnull=True)
                | models.Q(care_until_on__gt=models.F("care_from_on")),
                name="plot_care_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(reported_area_m2__isnull=True) | models.Q(reported_area_m2__gt=0),
                name="plot_area_positive",
            ),
            withdrawn_with_a_reason("plot_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.key}）" if self.name else self.key

    def get_absolute_url(self) -> str:
        return f"/planting/{self.pk}/"

    @property
    def own_m2(self) -> float | None:
        """As it was measured, else as it was said."""
        return self.area_m2 if self.area_m2 is not None else self.reported_area_m2

    @property
    def zone_named(self) -> Zone | None:
        return Zone(self.zone) if self.zone else None


class Planting(models.Model):
    """栽植记录: what was planted or sown on one day; the first is the planting, later ones are replanting (补植)."""

    plot = models.ForeignKey(Plot, models.PROTECT, related_name="plantings")
    species = models.CharField(_("树种草种"), max_length=60)
    form = models.CharField(_("植物类型"), max_length=8, choices=PlantForm.choices())
    count = models.PositiveIntegerField(_("株数"), null=True)
    weight_g = models.PositiveBigIntegerField(_("播种量（克）"), null=True)
    planted_on = models.DateField(_("栽植日期"))
    planted_by = models.CharField(_("栽植单位"), max_length=120, blank=True)
    suitability = models.CharField(_("适宜性"), max_length=12, choices=Suitability.choices())
    in_season = models.CharField(_("种植时间"), max_length=16, choices=InSeason.choices())
    doubts: models.JSONField[list[Any], list[Any]] = models.JSONField(_("存疑待核"), default=list)
    """as the rulebooks in force said on the day it was entered, with these books"""
    answer = models.CharField(_("对存疑的说明"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("栽植记录")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(count__gt=0) | models.Q(weight_g__gt=0), name="planting_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.species} {self.planted_on}"

    @property
    def form_named(self) -> PlantForm:
        return PlantForm(self.form)

    @property
    def suitability_named(self) -> Suitability:
        return Suitability(self.suitability)

    @property
    def in_season_named(self) -> InSeason:
        return InSeason(self.in_season)

    @property
    def weight_kg(self) -> float | None:
        return None if self.weight_g is None else self.weight_g / GRAMS


class PlotObservation(models.Model):
    """成活调查: so many plants were looked at on a day, so many live; of what was sown, how much ground is covered."""

    plot = models.ForeignKey(Plot, models.PROTECT, related_name="observations")
    observed_on = models.DateField(_("调查日期"))
    examined = models.PositiveIntegerField(_("调查株数"), null=True)
    living = models.PositiveIntegerField(_("成活株数"), null=True)
    cover_percent = models.DecimalField(_("植被盖度（%）"), max_digits=5, decimal_places=2, null=True)
    method = models.CharField(_("调查方法"), max_length=16, choices=SurveyMethod.choices())
    observed_by = models.CharField(_("调查人"), max_length=120)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("成活调查")
        constraints = [
            models.UniqueConstraint(
                fields=["plot", "observed_on"],
                condition=models.Q(withdrawn_on=None),
                name="observed_once_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(examined__isnull=True, living__isnull=True, cover_percent__isnull=False)
                | models.Q(examined__gt=0, living__isnull=False, living__lte=models.F("examined")),
                name="observed_living_within_examined",
            ),
            models.CheckConstraint(
                condition=models.Q(cover_percent__isnull=True)
                | models.Q(cover_percent__gte=0, cover_percent__lte=100),
                name="observed_cover_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id} {self.observed_on}"

    @property
    def method_named(self) -> SurveyMethod:
        return SurveyMethod(self.method)


class ObservationPhoto(models.Model):
    """调查照片: in the vault, with what it says of its time and place."""

    observation = models.ForeignKey(PlotObservation, models.PROTECT, related_name="photos")
    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    file_size_bytes = models.BigIntegerField(_("文件大小（字节）"))
    thumbnail_digest = models.CharField(_("缩略图摘要"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    longitude_deg = models.FloatField(_("经度"), null=True)
    latitude_deg = models.FloatField(_("纬度"), null=True)

    class Meta:
        verbose_name = _("调查照片")

    def __str__(self) -> str:
        return self.file_name


class CareEntry(models.Model):
    """管护记录: somebody was there and did something."""

    plot = models.ForeignKey(Plot, models.PROTECT, related_name="care")
    kind = models.CharField(_("管护内容"), max_length=12, choices=CareKind.choices())
    done_on = models.DateField(_("管护日期"))
    done_by = models.CharField(_("管护单位或人员"), max_length=120)
    note = models.CharField(_("管护情况"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, null=True)

    class Meta:
        verbose_name = _("管护记录")
        constraints = [withdrawn_with_a_reason("care_withdrawn_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.kind} {self.done_on}"

    @property
    def kind_named(self) -> CareKind:
        return CareKind(self.kind)


class CareTask(models.Model):
    """管护计划: one date by which something is due; settled by an entry, or dropped when the plan is made anew."""

    plot = models.ForeignKey(Plot, models.PROTECT, related_name="tasks")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    kind = models.CharField(_("管护内容"), max_length=12, choices=CareKind.choices())
    due_on = models.DateField(_("应完成日期"))
    is_by_book = models.BooleanField(_("按规则库排定"), default=False)
    entry = models.OneToOneField(CareEntry, models.PROTECT, null=True, related_name="settled")
    dropped_on = models.DateField(_("取消日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("管护计划")
        indexes = [
            models.Index(
                fields=["region", "due_on", "id"],
                condition=models.Q(entry=None, dropped_on=None),
                name="care_open_region",
            ),
            models.Index(fields=["due_on", "id"], name="care_due"),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id} {self.kind} {self.due_on}"

    @property
    def kind_named(self) -> CareKind:
        return CareKind(self.kind)


class HandBack(models.Model):
    """还地: restored land that somebody took back and signed for; of temporary land, or of a site."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    land_use = models.ForeignKey(
        LandUse, models.PROTECT, verbose_name=_("临时用地"), null=True, related_name="hand_backs"
    )
    site = models.ForeignKey(
        Site, models.PROTECT, verbose_name=_("点位"), null=True, related_name="hand_backs"
    )
    area_cm2 = models.BigIntegerField(_("还地面积（平方厘米）"))
    receiver = models.CharField(_("接收单位或个人"), max_length=160)
    returned_on = models.DateField(_("还地日期"))
    paper = models.CharField(_("交接文书号"), max_length=120)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, null=True)
    """None, not empty: the digests of what was recorded before it could be withdrawn stay as they are"""

    class Meta:
        verbose_name = _("还地记录")
        indexes = [models.Index(fields=["region", "-id"], name="hand_back_region")]
        constraints = [
            models.CheckConstraint(condition=models.Q(area_cm2__gt=0), name="hand_back_of_something"),
            models.CheckConstraint(
                condition=models.Q(land_use__isnull=True, site__isnull=False)
                | models.Q(land_use__isnull=False, site__isnull=True),
                name="hand_back_of_one",
            ),
            withdrawn_with_a_reason("hand_back_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.paper}"

    @property
    def area_m2(self) -> float:
        return m2(self.area_cm2) or 0.0

    @property
    def about(self) -> LandUse | Site:
        found = self.land_use or self.site
        assert found is not None
        return found


class Evaluation(models.Model):
    """跟踪评价: how well reclaimed farmland does after its acceptance, as whoever accepted it found with other offices
    (土地复垦条例第三十一条).
    """

    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), related_name="evaluations")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    accepted_on = models.DateField(_("验收日期"))
    """of which acceptance the effect was evaluated"""
    made_on = models.DateField(_("评价日期"))
    number = models.CharField(_("评价文书号"), max_length=120)
    result = models.CharField(_("评价结论"), max_length=500)
    advice = models.CharField(_("改善土地质量的建议和措施"), max_length=500, blank=True)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    withdrawn_because = models.CharField(_("撤回理由"), max_length=200, null=True)

    class Meta:
        verbose_name = _("跟踪评价")
        indexes = [models.Index(fields=["region", "-id"], name="evaluation_region")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(made_on__gte=models.F("accepted_on")), name="evaluation_after_acceptance"
            ),
            withdrawn_with_a_reason("evaluation_withdrawn_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number


class LandUseExtension(models.Model):
    """临时用地延期: appended, never changed."""

    land_use = models.ForeignKey(LandUse, models.PROTECT, related_name="extensions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    before_on = models.DateField(_("原使用期止"), null=True)
    until_on = models.DateField(_("延期后使用期止"))
    number = models.CharField(_("批准文号"), max_length=120)
    approved_on = models.DateField(_("批准日期"))
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("临时用地延期")
        indexes = [models.Index(fields=["region", "-id"], name="extension_region")]

    def __str__(self) -> str:
        return f"{self.land_use_id} {self.until_on}"


class UseChange(models.Model):
    """利用方向变更: what land is planned or used for now, by which document, or as who saw it; appended only."""

    project_site = models.ForeignKey(ProjectSite, models.PROTECT, related_name="use_changes")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(_("变更项"), max_length=8, choices=UseSide.choices())
    before = models.CharField(_("原利用方向"), max_length=12, blank=True, choices=Afteruse.choices())
    after = models.CharField(_("新利用方向"), max_length=12, choices=Afteruse.choices())
    seen_by = models.CharField(_("来源"), max_length=12, blank=True, choices=SeenBy.choices())
    number = models.CharField(_("文号"), max_length=120, blank=True)
    occurred_on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("利用方向变更")
        indexes = [models.Index(fields=["region", "-id"], name="use_change_region")]

    def __str__(self) -> str:
        return f"{self.project_site_id} {self.side} {self.after}"

    @property
    def side_named(self) -> UseSide:
        return UseSide(self.side)

    @property
    def before_named(self) -> Afteruse | None:
        return Afteruse(self.before) if self.before else None

    @property
    def after_named(self) -> Afteruse:
        return Afteruse(self.after)

    @property
    def seen_by_named(self) -> SeenBy | None:
        return SeenBy(self.seen_by) if self.seen_by else None
