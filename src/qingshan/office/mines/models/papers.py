"""On which papers does the file of a mine rest? Documents, approved plans, who must answer, numbers elsewhere."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.geo.area import area_m2
from qingshan.geo.fields import GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.models.register import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.rules.register import Circumstance, DocumentKind, Openness, PlanKind


class OnAMine(models.Model):
    """A paper about a mine, or about a site that belongs to none. Who sees the mine or site sees the paper."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), null=True, related_name="+")
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="+"
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        abstract = True


def _about_something(name: str) -> models.CheckConstraint:
    about = models.Q(mine__isnull=False) | models.Q(site__isnull=False)
    return models.CheckConstraint(condition=about, name=f"{name}_about_something")


class Document(OnAMine):
    """文件: a licence, an approval, an opinion or a picture, kept in the vault under its digest."""

    kind = models.CharField(_("文件类型"), max_length=24, choices=DocumentKind.choices())
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=120, blank=True)
    issued_by = models.CharField(_("制发单位"), max_length=120, blank=True)
    issued_on = models.DateField(_("制发日期"), null=True)
    openness = models.CharField(_("公开属性"), max_length=16, choices=Openness.choices())
    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    file_size_bytes = models.BigIntegerField(_("文件大小（字节）"))

    class Meta:
        verbose_name = _("文件")
        indexes = [
            models.Index(fields=["region", "-id"], name="document_region"),
            models.Index(fields=["file_digest"], name="document_file"),
        ]
        constraints = [_about_something("document")]

    def __str__(self) -> str:
        return self.title


class ApprovedPlan(OnAMine):
    """经批准的方案: with the figures that an inspection compares with the ground."""

    kind = models.CharField(_("方案类型"), max_length=24, choices=PlanKind.choices())
    title = models.CharField(_("方案名称"), max_length=200)
    number = models.CharField(_("批准文号"), max_length=120, blank=True)
    approved_by = models.CharField(_("批准机关"), max_length=120, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    from_on = models.DateField(_("适用期起"), null=True)
    to_on = models.DateField(_("适用期止"), null=True)
    figures: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("方案指标"), default=dict)
    """By rules.plans.PlanFigure, as decimal text in its unit; what the plan does not say is not there."""
    geom = GeometryField(_("方案范围"), null=True, spatial_index=False)
    """the land that the plan covers; None: nobody has recorded it"""
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name=_("批准文件"), null=True, related_name="plans"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("所替代的方案"), null=True, related_name="replaced_by"
    )

    class Meta:
        verbose_name = _("方案")
        indexes = [models.Index(fields=["region", "-id"], name="plan_region")]
        constraints = [_about_something("plan")]

    def __str__(self) -> str:
        return self.title

    @property
    def extent_m2(self) -> float | None:
        """Of the land that it covers; None: not recorded."""
        return None if self.geom is None else float(area_m2(self.geom))


class ResponsibleParty(OnAMine):
    """责任主体认定: who must restore and pay, by which document; the newest decision holds, older ones stay."""

    circumstance = models.CharField(_("认定情形"), max_length=24, choices=Circumstance.choices())
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("责任主体"), related_name="responsibilities"
    )
    number = models.CharField(_("认定文号"), max_length=120)
    decided_on = models.DateField(_("认定日期"))
    decided_by = models.CharField(_("认定单位"), max_length=120)
    """the organisation of the decider as it was named then"""
    grounds = models.CharField(_("认定依据"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name=_("认定文件"), null=True, related_name="determinations"
    )

    class Meta:
        verbose_name = _("责任主体认定")
        indexes = [models.Index(fields=["region", "-id"], name="responsible_region")]
        constraints = [_about_something("responsible")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}"


class ExternalReference(models.Model):
    """外部系统编号: under which number another system knows an object, and what was last reported there."""

    kind = models.CharField(_("对象类型"), max_length=60)
    object_id = models.BigIntegerField(_("对象编号"))
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    system = models.CharField(_("系统名称"), max_length=80)
    number = models.CharField(_("系统内编号"), max_length=120)
    reported: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        _("最近报送内容"), null=True
    )
    reported_on = models.DateField(_("最近报送日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("外部系统编号")
        indexes = [
            models.Index(fields=["kind", "object_id"], name="reference_of_object"),
            models.Index(fields=["region", "-id"], name="reference_region"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["system", "kind", "number"], name="reference_once"),
            models.UniqueConstraint(fields=["kind", "object_id", "system"], name="reference_one_a_system"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"
