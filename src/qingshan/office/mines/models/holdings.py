"""What does a mine hold and run? Mining rights (采矿权), temporary land (临时用地), works, ponds and dumps (设施)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import CellField, GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.models.register import Mine
from qingshan.office.regions.models import Region
from qingshan.rules.register import (
    FacilityKind,
    FacilityState,
    LandPurpose,
    MineScale,
    MiningMethod,
    RightState,
)


class OfAMine(models.Model):
    """What MiningRight, LandUse and Facility share: a number, a mine, who may see it, where it lies."""

    key = models.CharField(max_length=120, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("所属矿山"), null=True, related_name="+")
    # repeated here so that an enterprise's list reads one index
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+", db_index=False
    )
    geom = GeometryField(_("范围"), null=True)
    cell = CellField(null=True)
    area_m2 = models.FloatField(_("图形面积（平方米）"), null=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


def _indexes(name: str) -> list[models.Index]:
    """One for each reason to see a row, and one for the map."""
    return [
        models.Index(fields=["region", "-id"], name=f"{name}_region"),
        models.Index(fields=["enterprise", "region", "-id"], name=f"{name}_enterprise"),
        models.Index(fields=["recorded_by", "region", "-id"], name=f"{name}_recorded_by"),
        models.Index(fields=["cell", "region", "area_m2"], name=f"{name}_cell"),
    ]


def _days_in_order(name: str) -> models.CheckConstraint:
    open_ended = models.Q(to_on__isnull=True) | models.Q(from_on__isnull=True)
    return models.CheckConstraint(
        condition=open_ended | models.Q(to_on__gte=models.F("from_on")), name=f"{name}_days_in_order"
    )


class MiningRight(OfAMine):
    """采矿权: the right to mine an area to a depth for a term; its number is that of the licence."""

    words = WordsField(names=("holder_name",), numbers=("key",))
    holder_name = models.CharField(_("采矿权人"), max_length=120, blank=True)
    """as the licence prints it, which may be an older name of the enterprise"""
    mineral = models.CharField(_("开采矿种"), max_length=60, blank=True)
    method = models.CharField(_("开采方式"), max_length=24, blank=True, choices=MiningMethod.choices())
    scale = models.CharField(_("规模等级"), max_length=24, blank=True, choices=MineScale.choices())
    capacity_t_per_year = models.FloatField(_("生产规模（吨/年）"), null=True)
    reported_area_m2 = models.FloatField(_("矿区面积（平方米）"), null=True)
    top_level_m = models.FloatField(_("开采上限标高（米）"), null=True)
    bottom_level_m = models.FloatField(_("开采下限标高（米）"), null=True)
    issued_by = models.CharField(_("发证机关"), max_length=120, blank=True)
    from_on = models.DateField(_("有效期起"), null=True)
    to_on = models.DateField(_("有效期止"), null=True)
    state = models.CharField(_("状态"), max_length=16, blank=True, choices=RightState.choices())

    class Meta:
        verbose_name = _("采矿权")
        indexes = [*_indexes("right"), models.Index(fields=["to_on"], name="right_ends")]
        constraints = [_days_in_order("right")]


class LandUse(OfAMine):
    """临时用地: land lent to a mine for a time, to be handed back restored (还地)."""

    words = WordsField(names=("name",), numbers=("key",))
    name = models.CharField(_("用地名称"), max_length=120, blank=True)
    purpose = models.CharField(_("用途"), max_length=24, blank=True, choices=LandPurpose.choices())
    land_class = models.CharField(_("原地类"), max_length=60, blank=True)
    reported_area_m2 = models.FloatField(_("批准面积（平方米）"), null=True)
    approved_by = models.CharField(_("批准机关"), max_length=120, blank=True)
    from_on = models.DateField(_("使用期起"), null=True)
    to_on = models.DateField(_("使用期止"), null=True)
    returned_on = models.DateField(_("还地日期"), null=True)

    class Meta:
        verbose_name = _("临时用地")
        indexes = [*_indexes("land_use"), models.Index(fields=["to_on"], name="land_use_ends")]
        constraints = [_days_in_order("land_use")]


class Facility(OfAMine):
    """矿山设施: an ore-dressing works (选矿厂), a tailings pond (尾矿库) or a dump (排土场、废石场)."""

    words = WordsField(names=("name",), numbers=("key",))
    name = models.CharField(_("设施名称"), max_length=120, blank=True)
    kind = models.CharField(_("设施类型"), max_length=24, blank=True, choices=FacilityKind.choices())
    state = models.CharField(_("运行状态"), max_length=16, blank=True, choices=FacilityState.choices())
    throughput_t_per_day = models.FloatField(_("处理能力（吨/日）"), null=True)
    capacity_m3 = models.FloatField(_("设计容量（立方米）"), null=True)
    stock_m3 = models.FloatField(_("现存量（立方米）"), null=True)
    height_m = models.FloatField(_("高度（米）"), null=True)

    class Meta:
        verbose_name = _("矿山设施")
        indexes = _indexes("facility")

    def __str__(self) -> str:
        return f"{self.name}（{self.key}）" if self.name else self.key
