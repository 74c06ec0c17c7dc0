"""What is to be done, until when, by whom, and how far is it? Plans have versions and may lie in one another."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.geo.fields import GeometryField
from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.models.matter import Matter
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.rules.matters import StageTerm
from qingshan.rules.words import Named


class PlanState(Named):
    """方案状态."""

    DRAFT = "draft", "编制中", "draft"
    SUBMITTED = "submitted", "已报送", "submitted"
    APPROVED = "approved", "已批准", "approved"
    RETURNED = "returned", "已退回", "returned"
    REPLACED = "replaced", "已被替代", "replaced"


class Plan(models.Model):
    """整改方案 (一矿一策, 一片区一方案): one version; the approved one is in force until another is approved."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("版次"))
    title = models.CharField(_("方案名称"), max_length=200)
    within = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("所属片区方案"), null=True, related_name="holds"
    )
    area = models.ForeignKey(
        Region, models.PROTECT, verbose_name=_("片区"), null=True, related_name="+", db_index=False
    )
    """of an area's plan: the region all of whose mines it covers"""
    state = models.CharField(_("状态"), max_length=12, choices=PlanState.choices())
    target = models.CharField(_("整改目标"), max_length=1000, blank=True)
    target_quantity = models.DecimalField(_("目标数量"), max_digits=14, decimal_places=4, null=True)
    target_unit = models.CharField(_("目标单位"), max_length=20, blank=True)
    reached_quantity = models.DecimalField(_("完成数量"), max_digits=14, decimal_places=4, null=True)
    """None: nobody has measured it yet, never 0"""
    from_on = models.DateField(_("开始日期"), null=True)
    due_on = models.DateField(_("完成时限"), null=True)
    approved_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("批准单位"), null=True, related_name="+"
    )
    approved_number = models.CharField(_("批准文号"), max_length=120, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    baseline: models.JSONField[Any, Any] = models.JSONField(_("基准进度"), null=True)
    """the stages' days as they stood at approval, frozen"""
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("整改方案")
        constraints = [models.UniqueConstraint(fields=["matter", "number"], name="matter_plan_once")]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class PlanCover(models.Model):
    """What an area's plan covers or, with a reason, leaves out: a mine, or public land between the mines (公共区域)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="covers")
    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), null=True, related_name="+")
    name = models.CharField(_("公共区域名称"), max_length=120, blank=True)
    geom = GeometryField(_("范围"), null=True, spatial_index=False)
    area_m2 = models.FloatField(_("面积（平方米）"), null=True)
    left_out_because = models.CharField(_("不纳入的理由"), max_length=500, blank=True)
    """empty: it is covered"""

    class Meta:
        verbose_name = _("方案覆盖范围")

    def __str__(self) -> str:
        return self.name or f"{self.plan_id} {self.mine_id}"


class Stage(models.Model):
    """节点: a dated step of a plan, with what stands before it, what is expected now, and what happened."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="stages")
    place = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("节点名称"), max_length=120)
    term = models.CharField(_("阶段类型"), max_length=12, choices=StageTerm.choices())
    work = models.CharField(_("工程类别"), max_length=16, blank=True)
    """which seasons it knows, see `rules.seasons.WorkKind`"""
    days = models.PositiveSmallIntegerField(_("工期（天）"), null=True)
    in_calendar_days = models.BooleanField(_("按自然日计"), null=True)
    """None, as False: its days are working days"""
    after: models.JSONField[list[int], list[int]] = models.JSONField(_("前置节点"), default=list)
    """places of the stages that must be finished before"""
    lag_days = models.PositiveSmallIntegerField(_("间隔（自然日）"), null=True)
    """between the end of those and its beginning"""
    begins_on = models.DateField(_("定死的开始日期"), null=True)
    ends_on = models.DateField(_("定死的完成日期"), null=True)
    from_on = models.DateField(_("计划开始"), null=True)
    due_on = models.DateField(_("计划完成"), null=True)
    begun_on = models.DateField(_("实际开始"), null=True)
    done_on = models.DateField(_("实际完成"), null=True)
    progress_percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True)
    """as last reported; None: not reported"""
    reported_on = models.DateField(_("填报日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("节点")
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="stage_once"),
            models.CheckConstraint(
                condition=models.Q(progress_percent__isnull=True) | models.Q(progress_percent__lte=100),
                name="stage_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """整改措施: one thing to be done, with who, until when, how much, and what shows it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures")
    place = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("整改措施"), max_length=300)
    stage = models.ForeignKey(
        Stage, models.PROTECT, verbose_name=_("所属节点"), null=True, related_name="measures"
    )
    quantity = models.DecimalField(_("工程量"), max_digits=14, decimal_places=4, null=True)
    quantity_unit = models.CharField(_("工程量单位"), max_length=20, blank=True)
    done_quantity = models.DecimalField(_("完成量"), max_digits=14, decimal_places=4, null=True)
    unit_name = models.CharField(_("责任单位"), max_length=160, blank=True)
    post = models.CharField(_("岗位"), max_length=80, blank=True)
    person_name = models.CharField(_("责任人"), max_length=60, blank=True)
    due_on = models.DateField(_("完成时限"), null=True)
    progress_percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True)
    """as last reported; None: not reported"""
    reported_on = models.DateField(_("填报日期"), null=True)
    done_on = models.DateField(_("完成日期"), null=True)
    shown_by = models.CharField(_("以何佐证"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("整改措施")
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="measure_once"),
            models.CheckConstraint(
                condition=models.Q(progress_percent__isnull=True) | models.Q(progress_percent__lte=100),
                name="measure_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
