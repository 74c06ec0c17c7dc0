"""What belongs to restoration: projects and their sites, lists of targets with every move, and land in five states.

Areas that are added up are whole square centimetres: integers come to the same sum in any order, so that nothing
appears or vanishes by rounding.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import GeometryField
from qingshan.office.matters.models import Matter, Step
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.land import LandAct, LandState
from qingshan.rules.restoration import CM2_PER_M2, ListKind, TargetMove


def m2(area_cm2: int | None) -> float | None:
    """Square metres of a stored area; None stays unknown."""
    return None if area_cm2 is None else area_cm2 / CM2_PER_M2


def cm2(area_m2: float | None) -> int | None:
    """A measured area as it is stored."""
    return None if area_m2 is None else round(area_m2 * CM2_PER_M2)


def signed_hectares(area_cm2: int) -> str:
    """A change in hectares with its sign; empty where there is none."""
    return f"{area_cm2 / CM2_PER_M2 / M2_PER_HECTARE:+,.4f}" if area_cm2 else ""


# --- projects ----------------------------------------------------------------------------------------------------


class RestorationProject(models.Model):
    """修复项目: a matter of the kind restoration, works on one or more sites."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("事项"), related_name="restoration")
    mode = models.CharField(_("修复方式"), max_length=12, choices=RestorationMode.choices())
    programme = models.CharField(_("资金或工程来源"), max_length=120, blank=True)
    payer = models.CharField(_("谁来复垦"), max_length=12, null=True, choices=Payer.choices())
    """decides which period the acceptance has; None: nobody has said it"""
    applied_on = models.DateField(_("申请验收日期"), null=True)
    design_title = models.CharField(_("实施方案名称"), max_length=200, blank=True)
    planned_fen = models.BigIntegerField(_("计划资金（分）"), null=True)
    spent_fen = models.BigIntegerField(_("已支出（分）"), null=True)
    progress_percent = models.PositiveSmallIntegerField(_("施工进度（%）"), null=True)
    reported_on = models.DateField(_("最近填报日期"), null=True)
    claimed_on = models.DateField(_("完工自验日期"), null=True)
    accepted_on = models.DateField(_("验收日期"), null=True)
    aftercare_until = models.DateField(_("管护期满"), null=True)
    receiver = models.CharField(_("接收单位"), max_length=160, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("修复项目")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress_percent__isnull=True) | models.Q(progress_percent__lte=100),
                name="project_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(spent_fen__isnull=True) | models.Q(spent_fen__gte=0),
                name="project_spent_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)

    @property
    def mode_named(self) -> RestorationMode:
        return RestorationMode(self.mode)

    @property
    def payer_named(self) -> Payer | None:
        return Payer(self.payer) if self.payer else None


class ProjectSite(models.Model):
    """项目点位: one site that a project works on, with what was planned, claimed and accepted there."""

    project = models.ForeignKey(RestorationProject, models.PROTECT, related_name="sites")
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), related_name="restorations")
    planned_cm2 = models.BigIntegerField(_("计划修复面积（平方厘米）"), null=True)
    counted_cm2 = models.BigIntegerField(_("重叠只计一次的计划面积（平方厘米）"), null=True)
    """what of it counts, where an earlier site of the project covers some of its land; None: all that is planned"""
    claimed_cm2 = models.BigIntegerField(_("自验完成面积（平方厘米）"), null=True)
    done_cm2 = models.BigIntegerField(_("验收面积（平方厘米）"), null=True)
    is_whole = models.BooleanField(_("整处完成"), null=True)
    planned_use = models.CharField(_("计划利用方向"), max_length=12, blank=True, choices=Afteruse.choices())
    actual_use = models.CharField(_("实际利用方向"), max_length=12, blank=True, choices=Afteruse.choices())
    added_on = models.DateField(_("列入日期"))
    left_on = models.DateField(_("调出日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("项目点位")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "site"], condition=models.Q(left_on=None), name="project_site_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.site_id}"

    @property
    def planned_m2(self) -> float | None:
        return m2(self.planned_cm2)

    @property
    def counted_m2(self) -> float | None:
        """What is planned, without land that an earlier site of the project covers: what sums are made of."""
        return m2(self.planned_cm2 if self.counted_cm2 is None else self.counted_cm2)

    @property
    def done_once_m2(self) -> float | None:
        """What was accepted, as far as it counts."""
        if self.done_cm2 is None or self.counted_cm2 is None:
            return self.done_m2
        return m2(min(self.done_cm2, self.counted_cm2))

    @property
    def claimed_m2(self) -> float | None:
        return m2(self.claimed_cm2)

    @property
    def done_m2(self) -> float | None:
        return m2(self.done_cm2)


# --- lists of targets --------------------------------------------------------------------------------------------


class TargetList(models.Model):
    """修复清单: a list of sites that are to be restored, as a document set it."""

    code = models.CharField(_("清单编号"), max_length=40, unique=True)
    title = models.CharField(_("清单名称"), max_length=160)
    kind = models.CharField(_("清单类型"), max_length=12, choices=ListKind.choices())
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    number = models.CharField(_("下达文号"), max_length=120)
    decided_on = models.DateField(_("下达日期"))
    due_on = models.DateField(_("完成时限"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("修复清单")
        indexes = [models.Index(fields=["region", "-id"], name="target_list_region")]

    def __str__(self) -> str:
        return f"{self.title}（{self.code}）"

    @property
    def kind_named(self) -> ListKind:
        return ListKind(self.kind)


class ListedSite(models.Model):
    """入账点位: one site on one list. What it counts for is the sum of its moves, kept here for lists."""

    target_list = models.ForeignKey(
        TargetList, models.PROTECT, verbose_name=_("修复清单"), related_name="listed", db_index=False
    )
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), related_name="listings")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    """that of the site, repeated here so that a county's list reads one index"""
    is_on_list = models.BooleanField(_("在清单内"), default=True)
    place = models.PositiveIntegerField(_("入账次序"))
    """land under two sites counts for the one that came first"""
    own_cm2 = models.BigIntegerField(_("点位面积（平方厘米）"), null=True)
    """the area of the site itself, as it was when it came in"""
    target_cm2 = models.BigIntegerField(_("入账面积（平方厘米）"), null=True)
    """what of it counts: without what another site of the list covers already; None: nobody knows"""
    done_cm2 = models.BigIntegerField(_("完成面积（平方厘米）"), default=0)
    since_on = models.DateField(_("调入日期"))
    restored_on = models.DateField(_("验收日期"), null=True)
    use = models.CharField(_("利用方向"), max_length=12, blank=True, choices=Afteruse.choices())
    """what the list itself says the land is for; empty: it says nothing"""
    words = WordsField(names=("name",), numbers=("key",))
    name = models.CharField(_("点位名称"), max_length=120, blank=True)
    key = models.CharField(_("点位编号"), max_length=120)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("入账点位")
        indexes = [
            models.Index(fields=["region", "-id"], name="listed_region"),
            models.Index(fields=["target_list", "region", "-id"], name="listed_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["target_list", "site"], name="listed_once"),
            models.CheckConstraint(condition=models.Q(done_cm2__gte=0), name="listed_done_not_negative"),
            models.CheckConstraint(
                condition=models.Q(target_cm2__isnull=True) | models.Q(target_cm2__gte=models.F("done_cm2")),
                name="listed_done_within_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.key}）" if self.name else self.key

    def get_absolute_url(self) -> str:
        return f"/restoration/listed/{self.pk}/"

    @property
    def target_m2(self) -> float | None:
        return m2(self.target_cm2)

    @property
    def own_m2(self) -> float | None:
        return m2(self.own_cm2)

    @property
    def use_named(self) -> Afteruse | None:
        return Afteruse(self.use) if self.use else None

    @property
    def done_m2(self) -> float:
        return self.done_cm2 / CM2_PER_M2


class ListMove(models.Model):
    """清单变动: appended, never changed. The list as of any day is the sum of what was entered until then."""

    listed = models.ForeignKey(ListedSite, models.PROTECT, related_name="moves")
    target_list = models.ForeignKey(TargetList, models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    move = models.CharField(_("变动"), max_length=12, choices=TargetMove.choices())
    sites = models.SmallIntegerField(_("处数变动"), default=0)
    target_cm2 = models.BigIntegerField(_("目标面积变动"), default=0)
    without_area = models.SmallIntegerField(_("面积不明处数变动"), default=0)
    done_sites = models.SmallIntegerField(_("完成处数变动"), default=0)
    done_cm2 = models.BigIntegerField(_("完成面积变动"), default=0)
    number = models.CharField(_("批准文号"), max_length=120)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    overlaps: models.JSONField[list[Any] | None, list[Any] | None] = models.JSONField(
        _("重叠点位"), null=True
    )
    """the sites of the list that cover some of the same land, with how much"""
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField(_("批准日期"))
    recorded_at = models.DateTimeField(_("录入时间"))
    recorded_on = models.DateField(_("录入日期"))
    """official figures cut on it"""

    class Meta:
        verbose_name = _("清单变动")
        indexes = [models.Index(fields=["target_list", "region", "recorded_on"], name="list_move_cut")]

    def __str__(self) -> str:
        return f"{self.listed_id} {self.move}"

    @property
    def move_named(self) -> TargetMove:
        return TargetMove(self.move)

    @property
    def target_ha(self) -> str:
        """The change of the target in hectares with its sign; empty where there is none."""
        return signed_hectares(self.target_cm2)

    @property
    def done_ha(self) -> str:
        """The change of what is done in hectares with its sign; empty where there is none."""
        return signed_hectares(self.done_cm2)


# --- land in five states -----------------------------------------------------------------------------------------


class LandParcel(models.Model):
    """地块: land of a mine that is in one state since a day. An act on a part of it splits it."""

    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), related_name="parcels")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), null=True, related_name="parcels")
    name = models.CharField(_("地块名称"), max_length=120)
    state = models.CharField(_("土地状态"), max_length=12, choices=LandState.choices())
    area_cm2 = models.BigIntegerField(_("面积（平方厘米）"))
    since_on = models.DateField(_("进入现状态日期"))
    came_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_off")
    geom = GeometryField(_("范围"), null=True)
    """as it was when it was disturbed; a part that was split off is known by its area only"""
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("地块")
        indexes = [
            models.Index(fields=["region", "-id"], name="parcel_region"),
            models.Index(fields=["mine", "state"], name="parcel_mine"),
            models.Index(fields=["state", "since_on", "id"], name="parcel_clock"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(area_cm2__gte=0), name="parcel_area_not_negative")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area_m2(self) -> float:
        return self.area_cm2 / CM2_PER_M2

    @property
    def state_named(self) -> LandState:
        return LandState(self.state)


class LandMove(models.Model):
    """土地变动: appended, never changed; what stands in the states is the sum of all of them."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    parcel = models.ForeignKey(LandParcel, models.PROTECT, related_name="moves")
    into = models.ForeignKey(LandParcel, models.PROTECT, related_name="+", db_index=False)
    """the same one where all of it moved"""
    act = models.CharField(_("环节"), max_length=60, choices=LandAct.choices())
    from_state = models.CharField(_("原状态"), max_length=12, blank=True, choices=LandState.choices())
    """empty: newly disturbed, or forgotten and put in by a correction"""
    to_state = models.CharField(_("新状态"), max_length=12, blank=True, choices=LandState.choices())
    """empty: was never there, and is taken off by a correction"""
    area_cm2 = models.BigIntegerField(_("面积（平方厘米）"))
    answers: models.JSONField[dict[str, bool] | None, dict[str, bool] | None] = models.JSONField(
        _("四问"), null=True
    )
    overlaps: models.JSONField[list[Any] | None, list[Any] | None] = models.JSONField(
        _("重叠地块"), null=True
    )
    number = models.CharField(_("文号"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    occurred_on = models.DateField(_("发生日期"))
    recorded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        verbose_name = _("土地变动")
        indexes = [models.Index(fields=["mine", "occurred_on", "id"], name="land_move_mine")]
        constraints = [
            models.CheckConstraint(condition=models.Q(area_cm2__gt=0), name="land_move_of_something")
        ]

    def __str__(self) -> str:
        return f"{self.mine_id} {self.from_state or '—'} → {self.to_state}"

    @property
    def area_m2(self) -> float:
        return self.area_cm2 / CM2_PER_M2

    @property
    def act_named(self) -> LandAct:
        return LandAct(self.act)
