"""Which regions exist, under which names, and from when to when?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.geo.fields import GeometryField
from qingshan.rules.reasons import CHINESE
from qingshan.rules.register import RegionLevel


class Region(models.Model):
    """行政区划: the id is the code padded to 12 digits, so a region and all below it are one range of ids.

    Both days of the validity are included; None means that the register does not know a first or a last day.
    """

    id = models.BigIntegerField(_("区划编号"), primary_key=True)
    code = models.CharField(_("区划代码"), max_length=12, unique=True)
    name = models.CharField(_("区划名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=12, choices=RegionLevel.choices())
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上级区划"), null=True, related_name="children"
    )
    valid_from = models.DateField(_("启用日期"), null=True)
    valid_to = models.DateField(_("停用日期"), null=True)
    # 市辖区, 县, 省直辖县级行政区划: lines of the code table that are nobody's area
    is_heading = models.BooleanField(_("汇总码"), default=False)
    # 开发区 and the like, which have no code in GB/T 2260
    is_local = models.BooleanField(_("自编代码"), default=False)
    simulated = models.BooleanField(_("模拟"), default=False)
    geom = GeometryField(_("范围"), null=True, spatial_index=True)

    class Meta:
        verbose_name = _("行政区划")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=RegionLevel.values()), name="region_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level_name(self) -> str:
        """The level in the reader's language."""
        return RegionLevel(self.level).say(get_language() or CHINESE)


class RegionName(models.Model):
    """区划名称沿革: what a code was called, and when. A code may pass to another place (469026)."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="names")
    name = models.CharField(_("区划名称"), max_length=60)
    valid_from = models.DateField(_("启用日期"), null=True)
    valid_to = models.DateField(_("停用日期"), null=True)

    class Meta:
        verbose_name = _("区划名称沿革")
        constraints = [models.UniqueConstraint(fields=["region", "valid_from"], name="region_name_once")]

    def __str__(self) -> str:
        return self.name
