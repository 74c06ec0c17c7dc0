"""What is registered first of all? Mines (矿山), places under management (点位), their polygons (图斑)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import CellField, GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.models.name_tokens import NameTokenField
from qingshan.office.regions.models import Region
from qingshan.rules.register import MineScale, MineState, MiningMethod, PatchKind, SiteKind


class Mine(models.Model):
    """矿山: a mining operation, producing, stopped, closed or abandoned."""

    key = models.CharField(_("矿山编号"), max_length=64, unique=True)
    name = models.CharField(_("矿山名称"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="mines"
    )
    recorded_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+", db_index=False
    )
    mineral = models.CharField(_("矿种"), max_length=60, blank=True)
    method = models.CharField(_("开采方式"), max_length=24, blank=True, choices=MiningMethod.choices())
    scale = models.CharField(_("生产规模"), max_length=24, blank=True, choices=MineScale.choices())
    state = models.CharField(_("生产状态"), max_length=24, blank=True, choices=MineState.choices())
    licence_no = models.CharField(_("采矿许可证号"), max_length=40, blank=True)
    geom = GeometryField(_("位置或范围"), null=True)
    cell = CellField(null=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    former_names: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        _("曾用名"), null=True
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("已并入"), null=True, related_name="absorbed"
    )
    """the same mine under another number: kept readable, in no list and no total"""
    name_token = NameTokenField()
    words = WordsField(names=("name",), lists=("former_names",), numbers=("key", "licence_no"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("矿山")
        indexes = [
            models.Index(fields=["region", "-id"], name="mine_region"),
            models.Index(fields=["recorded_by", "region", "-id"], name="mine_recorded_by"),
            models.Index(fields=["name"], name="mine_name"),
            models.Index(fields=["cell", "region", "merged_into"], name="mine_cell"),
            # by these the same mine is looked for, see candidates.py
            models.Index(fields=["licence_no"], name="mine_licence"),
            models.Index(fields=["name_token", "region"], name="mine_name_token"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.key}）"


class Site(models.Model):
    """点位: one place under management; counts are of sites (处)."""

    key = models.CharField(_("点位编号"), max_length=120, unique=True)
    name = models.CharField(_("点位名称"), max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    mine = models.ForeignKey(
        Mine, models.PROTECT, verbose_name=_("所属矿山"), null=True, related_name="sites"
    )
    # the enterprise of the mine, repeated here so that an enterprise's list reads one index
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+", db_index=False
    )
    kind = models.CharField(_("点位类型"), max_length=32, blank=True, choices=SiteKind.choices())
    geom = GeometryField(_("范围"), null=True)
    cell = CellField(null=True)
    area_m2 = models.FloatField(_("图形面积（平方米）"), null=True)
    reported_area_m2 = models.FloatField(_("填报面积（平方米）"), null=True)
    found_on = models.DateField(_("发现日期"), null=True)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    words = WordsField(names=("name",), numbers=("key",))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("点位")
        indexes = [
            models.Index(fields=["region", "-id"], name="site_region"),
            models.Index(fields=["enterprise", "region", "-id"], name="site_enterprise"),
            models.Index(fields=["recorded_by", "region", "-id"], name="site_recorded_by"),
            models.Index(fields=["name"], name="site_name"),
            models.Index(fields=["-area_m2", "-id"], name="site_area"),
            models.Index(fields=["cell", "region", "area_m2"], name="site_cell"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(area_m2__isnull=True) | models.Q(area_m2__gte=0),
                name="site_area_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.key}）" if self.name else self.key


class Patch(models.Model):
    """图斑: one polygon of a site, between two dates; areas are of patches."""

    key = models.CharField(_("图斑编号"), max_length=120, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("所属点位"), related_name="patches")
    # the region of the site, repeated here so that a county's patches read one index
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    kind = models.CharField(_("图斑类型"), max_length=32, blank=True, choices=PatchKind.choices())
    geom = GeometryField(_("范围"))
    cell = CellField(null=True)
    area_m2 = models.FloatField(_("图形面积（平方米）"))
    from_on = models.DateField(_("起始日期"), null=True)
    to_on = models.DateField(_("终止日期"), null=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    words = WordsField(numbers=("key",))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("图斑")
        indexes = [
            models.Index(fields=["region", "-id"], name="patch_region"),
            models.Index(fields=["cell", "region", "area_m2"], name="patch_cell"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(area_m2__gte=0), name="patch_area_not_negative"),
            models.CheckConstraint(
                condition=models.Q(to_on__isnull=True)
                | models.Q(from_on__isnull=True)
                | models.Q(to_on__gte=models.F("from_on")),
                name="patch_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Tally(models.Model):
    """How many, and how much land, in each region and category: kept by the acts, so that a total over a
    million rows is a sum over a few hundred. `doctor --state` recounts and names every row that differs.
    """

    what = models.CharField(
        max_length=8,
        choices=[
            ("mine", "矿山"),
            ("site", "点位"),
            ("patch", "图斑"),
            ("right", "采矿权"),
            ("land_use", "临时用地"),
            ("facility", "矿山设施"),
        ],
    )
    region = models.ForeignKey(Region, models.PROTECT, db_index=False)
    category = models.CharField(max_length=32, blank=True)
    rows = models.BigIntegerField(default=0)
    # whole square centimetres: integers add up to the same sum in any order
    area_cm2 = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "region", "category"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.region_id} {self.category}: {self.rows}"
