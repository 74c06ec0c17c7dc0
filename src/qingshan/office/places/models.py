"""What do we hold of days and places? Holidays, map layers with their features, opinions about overlaps."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.geo.fields import CellField, GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.regions.models import Region
from qingshan.rules.layers import LayerKind, LayerState, Openness


class Holiday(models.Model):
    """节假日: one day of a State Council notice, off (放假) or worked in exchange (调休上班).

    A year of which no day stands here is unknown: then weekdays count, and a warning says so.
    """

    day = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40)
    source = models.CharField(_("依据"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("节假日")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class MapLayer(models.Model):
    """图层: control lines or another reference for the one map, with its source, date and how far it may be shown."""

    code = models.CharField(_("图层代码"), max_length=40, unique=True)
    title = models.CharField(_("图层名称"), max_length=80)
    kind = models.CharField(_("图层类别"), max_length=24, choices=LayerKind.choices())
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("覆盖范围"), db_index=False)
    openness = models.CharField(_("公开属性"), max_length=12, choices=Openness.choices())
    source = models.CharField(_("数据来源"), max_length=120)
    data_on = models.DateField(_("数据时点"))
    approval_no = models.CharField(_("审图号"), max_length=40, blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=LayerState.choices(), default=LayerState.IN_FORCE.value
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("替换为"), null=True, related_name="replaces"
    )
    recorded_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+", db_index=False
    )
    note = models.CharField(_("备注"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("图层")
        indexes = [
            models.Index(fields=["region", "-id"], name="layer_region"),
            models.Index(fields=["openness", "region", "-id"], name="layer_openness"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=LayerKind.values())
                & models.Q(openness__in=Openness.values())
                & models.Q(state__in=LayerState.values()),
                name="layer_terms_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state=LayerState.REPLACED.value, replaced_by__isnull=False)
                | (~models.Q(state=LayerState.REPLACED.value) & models.Q(replaced_by__isnull=True)),
                name="layer_replaced_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.code}）"

    @property
    def kind_named(self) -> LayerKind:
        return LayerKind(self.kind)

    @property
    def openness_named(self) -> Openness:
        return Openness(self.openness)

    @property
    def state_named(self) -> LayerState:
        return LayerState(self.state)


class MapFeature(models.Model):
    """图层要素: one shape of a layer. What may be seen of it is decided by its layer."""

    key = models.CharField(_("要素编号"), max_length=240, unique=True)
    layer = models.ForeignKey(
        MapLayer, models.PROTECT, verbose_name=_("图层"), related_name="features", db_index=False
    )
    code = models.CharField(_("要素代码"), max_length=100, blank=True)
    name = models.CharField(_("名称"), max_length=120, blank=True)
    type = models.CharField(_("类型"), max_length=80, blank=True)
    geom = GeometryField(_("范围"))
    cell = CellField(null=True)
    area_m2 = models.FloatField(_("图形面积（平方米）"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("图层要素")
        indexes = [
            models.Index(fields=["layer", "-id"], name="feature_layer"),
            models.Index(fields=["cell", "layer", "area_m2"], name="feature_cell"),
        ]

    def __str__(self) -> str:
        return self.name or self.code or self.key


class OverlapOpinion(models.Model):
    """套合核查意见: what the office that holds the control lines says on paper about one object.

    The object is named by its kind and id, as in the trail, so that a mine, a site or whatever comes later
    can have one.
    """

    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_id = models.BigIntegerField(_("对象"))
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    issued_by = models.CharField(_("出具单位"), max_length=120)
    number = models.CharField(_("文号"), max_length=120)
    issued_on = models.DateField(_("出具日期"))
    findings: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("套合结果"), default=dict)
    """by kind of layer: {"conclusion": …, "area_m2": … or None}"""
    note = models.CharField(_("说明"), max_length=500, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    file_name = models.CharField(_("文件名"), max_length=255)
    recorded_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("登记单位"), null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("套合核查意见")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-issued_on"], name="opinion_subject"),
            models.Index(fields=["region", "-id"], name="opinion_region"),
        ]

    def __str__(self) -> str:
        return f"{self.issued_by} {self.number}"
