"""What belongs to problems and petitions alone? Everything that all matters share stands in `matters`."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.finding.fields import WordsField
from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.models import Matter, Step
from qingshan.office.mines.models import ApprovedPlan, Mine
from qingshan.office.regions.models import Region
from qingshan.rules.inspecting import Bound, Comparison, bound_of, compare
from qingshan.rules.matters import Channel, Finding, ObjectionState, ProblemKind, Route, SourceKind
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import PlanKind, RegionLevel


class Case(models.Model):
    """整改问题: a matter of the kind rectification, or lasting where it can never be closed (长期坚持)."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("事项"), related_name="case")
    route = models.CharField(_("整改类型"), max_length=12, choices=Route.choices())
    problem = models.CharField(_("问题类型"), max_length=24, choices=ProblemKind.choices())
    description = models.TextField(_("问题描述"), blank=True)
    requirement = models.TextField(_("整改要求"), blank=True)
    found_on = models.DateField(_("发现日期"), null=True)
    department = models.CharField(_("提出部门"), max_length=80, blank=True)
    levels: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(_("验收层级"), null=True)
    """as the rulebook in force on the day of assignment asks for"""
    levels_by: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        _("验收层级依据"), null=True
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("整改问题")

    def __str__(self) -> str:
        return str(self.matter_id)


class Petition(models.Model):
    """信访转办: a matter of the short kind, with the columns of the official table."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("事项"), related_name="petition")
    batch = models.CharField(_("批次"), max_length=40, blank=True)
    channel = models.CharField(_("来件方式"), max_length=12, choices=Channel.choices())
    content = models.TextField(_("交办问题基本情况"))
    pollution = models.CharField(_("污染类型"), max_length=40, blank=True)
    found = models.TextField(_("调查核实情况"), blank=True)
    finding = models.CharField(_("是否属实"), max_length=8, blank=True, choices=Finding.choices())
    handled = models.TextField(_("处理和整改情况"), blank=True)
    replied = models.TextField(_("回复情况"), blank=True)
    accountability = models.TextField(_("责任人被处理情况"), blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    turned_into = models.ForeignKey(
        Matter, models.PROTECT, verbose_name=_("转为整改问题"), null=True, related_name="turned_from"
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("信访转办")

    def __str__(self) -> str:
        return str(self.matter_id)


class Complainant(models.Model):
    """信访人: who complained. It stands apart: nothing leads from a petition here, and no enterprise's query can."""

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(_("信访人"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("信访人")

    def __str__(self) -> str:
        return f"#{self.pk}"


class FindingsDocument(models.Model):
    """问题来文 (反馈意见、典型案例通报、交办函): a document that hands down problems."""

    number = models.CharField(_("文号"), max_length=120)
    title = models.CharField(_("标题"), max_length=200)
    source = models.CharField(_("来源"), max_length=24, choices=SourceKind.choices())
    issued_by = models.CharField(_("来文单位"), max_length=120)
    issued_on = models.DateField(_("来文日期"))
    due_on = models.DateField(_("要求时限"), null=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    text = models.TextField(_("正文"), blank=True)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    file_size_bytes = models.BigIntegerField(_("文件大小（字节）"), null=True)
    words = WordsField(names=("title",), numbers=("number",))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("问题来文")
        indexes = [models.Index(fields=["region", "-id"], name="findings_region")]
        constraints = [models.UniqueConstraint(fields=["number", "region"], name="findings_once")]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"

    @property
    def source_kind(self) -> SourceKind:
        """The source as a term, for pages in both languages."""
        return SourceKind(self.source)


class FindingsItem(models.Model):
    """来文问题条目: one numbered item; it stays on the list until a case covers it (照单全收)."""

    document = models.ForeignKey(FindingsDocument, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField(_("条目序号"))
    text = models.TextField(_("条目内容"))
    no_case = models.CharField(_("不立项理由"), max_length=500, blank=True)
    """why no case is needed, where somebody has decided so"""
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("来文问题条目")
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="findings_item_once")]

    def __str__(self) -> str:
        return f"{self.document_id}-{self.place}"


class ItemCover(models.Model):
    """Which case covers which item of a document."""

    item = models.ForeignKey(FindingsItem, models.PROTECT, related_name="covers")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="covered_items")

    class Meta:
        verbose_name = _("条目对应")
        constraints = [models.UniqueConstraint(fields=["item", "matter"], name="item_cover_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.matter_id}"


class PublicNotice(models.Model):
    """公示: for N working days, with a channel for objections."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notices")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    from_on = models.DateField(_("公示开始"))
    to_on = models.DateField(_("公示结束"))
    working_days = models.PositiveSmallIntegerField(_("工作日"))
    days_by: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        _("期限依据"), null=True
    )
    where = models.CharField(_("公示方式"), max_length=200)
    contact = models.CharField(_("异议受理方式"), max_length=200)
    summary = models.TextField(_("完成情况"), blank=True)
    stopped_on = models.DateField(_("中止日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("公示")
        indexes = [models.Index(fields=["to_on", "id"], name="notice_end")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.from_on}"


class Objection(models.Model):
    """异议: registered by a clerk too, and answered before anything is closed. Who objected stands with the paper."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    received_on = models.DateField(_("收到日期"))
    channel = models.CharField(_("提出方式"), max_length=12, choices=Channel.choices())
    text = models.TextField(_("异议内容"))
    state = models.CharField(_("办理情况"), max_length=12, choices=ObjectionState.choices())
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("异议")

    def __str__(self) -> str:
        return f"{self.notice_id} {self.received_on}"


class StopOrder(models.Model):
    """停产决定: drafted for one mine or several, with a reason for each (防止一刀切). It closes no case."""

    number = models.CharField(_("文号"), max_length=120, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("决定单位"), null=True, related_name="+", db_index=False
    )
    """whose order it is: its level lets the mines go on; of older orders the level of the region does"""
    drafted_on = models.DateField(_("拟稿日期"))
    decided_on = models.DateField(_("决定日期"), null=True)
    resume_when = models.CharField(_("复产条件"), max_length=2000, null=True)
    """what must be done, and who checks it, before a mine may go on"""
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("停产决定")
        indexes = [models.Index(fields=["region", "-id"], name="stop_order_region")]

    def __str__(self) -> str:
        return self.title

    @property
    def level(self) -> RegionLevel:
        """At which level it was ordered."""
        said = self.organisation.level if self.organisation else None
        return RegionLevel(said or self.region.level)


class StoppedMine(models.Model):
    """One mine of an order to stop, with the reason that holds for it alone."""

    order = models.ForeignKey(StopOrder, models.PROTECT, related_name="mines")
    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), related_name="+")
    reason = models.CharField(_("停产理由"), max_length=500)
    resumed_on = models.DateField(_("解除日期"), null=True)
    resumed_number = models.CharField(_("解除文号"), max_length=120, null=True)
    resumed_because = models.CharField(_("解除理由"), max_length=500, null=True)

    class Meta:
        verbose_name = _("停产矿山")
        constraints = [models.UniqueConstraint(fields=["order", "mine"], name="stopped_mine_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.mine_id}"

    @property
    def is_lifted(self) -> bool:
        """Whether the mine may go on."""
        return self.resumed_on is not None


class Urging(models.Model):
    """催办: a word to whoever is asked, with the text that was copied into a chat group."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="urgings")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    text = models.CharField(_("催办内容"), max_length=500)

    class Meta:
        verbose_name = _("催办")

    def __str__(self) -> str:
        return f"{self.matter_id} {self.pk}"


class Inspection(models.Model):
    """联合检查: a team of several departments holds what stands at a mine against its approved plans."""

    mine = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山"), related_name="inspections")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    title = models.CharField(_("检查名称"), max_length=200)
    number = models.CharField(_("检查通知文号"), max_length=120, blank=True)
    inspected_on = models.DateField(_("检查日期"))
    departments = models.CharField(_("参加部门"), max_length=400)
    team = models.CharField(_("检查人员"), max_length=400, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("联合检查")
        indexes = [models.Index(fields=["region", "-id"], name="inspection_region")]

    def __str__(self) -> str:
        return self.title


class InspectionFinding(models.Model):
    """检查项目: one figure of a plan, or what was found beside the plans; with what was measured, and the problem."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    place = models.PositiveSmallIntegerField(_("序号"))
    plan = models.ForeignKey(
        ApprovedPlan, models.PROTECT, verbose_name=_("方案"), null=True, related_name="+"
    )
    figure = models.CharField(_("指标"), max_length=40, blank=True)
    planned = models.DecimalField(_("方案值"), max_digits=14, decimal_places=4, null=True)
    """as the plan said on the day of the inspection, in the unit of the figure"""
    measured = models.DecimalField(_("实测值"), max_digits=14, decimal_places=4, null=True)
    """None: nobody has measured it, never 0"""
    department = models.CharField(_("检查部门"), max_length=80, blank=True)
    text = models.CharField(_("检查情况"), max_length=1000, blank=True)
    photographs: models.JSONField[list[dict[str, Any]] | None, list[dict[str, Any]] | None] = (
        models.JSONField(_("照片"), null=True)
    )
    """name, digest and size of each file in the vault"""
    matter = models.ForeignKey(
        Matter, models.PROTECT, verbose_name=_("整改问题"), null=True, related_name="inspection_findings"
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("检查项目")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "place"], name="inspection_finding_once")
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}-{self.place}"

    @property
    def plan_figure(self) -> PlanFigure | None:
        """The figure as a term; None for what was found beside the plans."""
        return PlanFigure(self.figure) if self.figure else None

    @property
    def plan_kind(self) -> PlanKind | None:
        return PlanKind(self.plan.kind) if self.plan else None

    @property
    def compared(self) -> Comparison | None:
        """The planned figure beside the measured one."""
        figure = self.plan_figure
        return compare(figure, planned=self.planned, measured=self.measured) if figure else None

    @property
    def bound(self) -> Bound | None:
        figure = self.plan_figure
        return bound_of(figure) if figure else None
