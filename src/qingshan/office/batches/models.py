"""What belongs to batches and single sites: the sites with what is said and found of each, sealed numbers, the closed
list, checks on site, the panel.

A single site (单项) is a batch of one that is looked at as a whole; both are rows of `Batch`. Areas are whole square
centimetres, as in restoration: they come to the same sum in any order.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.models import Matter, Step
from qingshan.office.mines.models import Site
from qingshan.office.restoration.models import ProjectSite, m2
from qingshan.rules.acceptance import PanelPart, Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.batches import Standing
from qingshan.rules.flows import single_site
from qingshan.rules.sampling import Check, Round

Json = dict[str, Any]
Jsons = list[dict[str, Any]]


class Batch(models.Model):
    """批次、单项: what is finished, applied for and accepted together."""

    matter = models.OneToOneField(Matter, models.PROTECT, verbose_name=_("事项"), related_name="batch")
    payer = models.CharField(_("谁来复垦"), max_length=12, choices=Payer.choices())
    """decides whether the period of acceptance runs (Land Reclamation Regulation, art. 29 and 30)"""
    applied_on = models.DateField(_("申报日期"), null=True)
    returned_on = models.DateField(_("最近退回日期"), null=True)
    seen_until = models.BigIntegerField(_("退回前的佐证"), null=True)
    """the newest evidence when it was last sent back: what is older shows nothing of what was mended"""
    accepted_on = models.DateField(_("验收日期"), null=True)
    progress_percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True)
    reported_on = models.DateField(_("最近填报日期"), null=True)
    round_no = models.PositiveSmallIntegerField(_("第几次名单"), default=1)
    """a list that is cancelled, or an application that is sent back, begins a new one with new numbers"""
    listing: models.JSONField[Jsons | None, Jsons | None] = models.JSONField(_("封存名单"), null=True)
    plan: models.JSONField[Json | None, Json | None] = models.JSONField(_("抽查数量"), null=True)
    list_digest = models.CharField(_("名单摘要"), max_length=64, blank=True)
    listed_by: models.JSONField[Json | None, Json | None] = models.JSONField(_("抽查依据"), null=True)
    closed_at = models.DateTimeField(_("封存时间"), null=True)
    past: models.JSONField[Jsons | None, Jsons | None] = models.JSONField(_("以前的抽查记录"), null=True)
    """the records of lists that were cancelled or sent back: they can be computed again as well"""
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("修复批次")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress_percent__isnull=True) | models.Q(progress_percent__lte=100),
                name="batch_percent",
            )
        ]

    def __str__(self) -> str:
        return str(self.matter_id)

    @property
    def is_single(self) -> bool:
        """单项: one site that belongs to no batch."""
        return self.matter.kind == single_site.FLOW.kind

    @property
    def subject(self) -> str:
        """Under which number lists and numbers are sealed: a new list is never taken for an old one."""
        return self.matter.number if self.round_no == 1 else f"{self.matter.number}/{self.round_no}"

    @property
    def payer_named(self) -> Payer:
        return Payer(self.payer)


class BatchSite(models.Model):
    """批次点位: one site of a batch, with what is said of it and what was found. Taken out, it stays on record."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sites")
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), related_name="batched")
    project_site = models.ForeignKey(
        ProjectSite, models.PROTECT, verbose_name=_("项目点位"), null=True, related_name="batched"
    )
    mode = models.CharField(_("修复方式"), max_length=12, choices=RestorationMode.choices())
    use = models.CharField(_("利用方向"), max_length=12, blank=True, choices=Afteruse.choices())
    own_cm2 = models.BigIntegerField(_("点位面积（平方厘米）"), null=True)
    area_cm2 = models.BigIntegerField(_("计入面积（平方厘米）"), null=True)
    """without what another site of the batch covers already; None: nobody knows"""
    overlaps: models.JSONField[Jsons | None, Jsons | None] = models.JSONField(_("重叠点位"), null=True)
    claimed_cm2 = models.BigIntegerField(_("完成面积（平方厘米）"), null=True)
    is_whole = models.BooleanField(_("整处完成"), null=True)
    standing = models.CharField(_("情况"), max_length=12, choices=Standing.choices())
    is_open = models.BooleanField(_("在办"), default=True)
    """holds the site: no other open batch can list it"""
    added_on = models.DateField(_("列入日期"))
    left_on = models.DateField(_("移出日期"), null=True)
    finished_on = models.DateField(_("完工日期"), null=True)
    drawn_in = models.CharField(_("抽中轮次"), max_length=8, blank=True, choices=Round.choices())
    check_result = models.CharField(_("查验结果"), max_length=8, blank=True, choices=Check.choices())
    times_back = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    back_because = models.CharField(_("退回理由"), max_length=2000, blank=True)
    done_cm2 = models.BigIntegerField(_("验收面积（平方厘米）"), null=True)
    accepted_on = models.DateField(_("验收日期"), null=True)
    relapsed_on = models.DateField(_("倒查认定日期"), null=True)
    plan_limits: models.JSONField[Json | None, Json | None] = models.JSONField(_("方案指标"), null=True)
    plan_source = models.CharField(_("方案名称"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("批次点位")
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(is_open=True), name="site_in_one_open_batch"
            ),
            models.CheckConstraint(
                condition=models.Q(drawn_in="", check_result="")
                | (~models.Q(drawn_in="") & ~models.Q(check_result="")),
                name="batch_site_checked_when_drawn",
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=Standing.values()), name="batch_site_standing_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.site)

    @property
    def standing_named(self) -> Standing:
        return Standing(self.standing)

    @property
    def check_named(self) -> Check | None:
        return Check(self.check_result) if self.check_result else None

    @property
    def drawn_named(self) -> Round | None:
        return Round(self.drawn_in) if self.drawn_in else None

    @property
    def mode_named(self) -> RestorationMode:
        return RestorationMode(self.mode)

    @property
    def use_named(self) -> Afteruse | None:
        return Afteruse(self.use) if self.use else None

    @property
    def is_listed(self) -> bool:
        """Whether it belongs to the batch now."""
        return self.standing != Standing.TAKEN_OUT

    @property
    def area_m2(self) -> float | None:
        return m2(self.area_cm2)

    @property
    def counted_m2(self) -> float | None:
        """What is shared out among the counties."""
        return m2(self.area_cm2)

    @property
    def claimed_m2(self) -> float | None:
        return m2(self.claimed_cm2)

    @property
    def done_m2(self) -> float | None:
        return m2(self.done_cm2)


class SealedNumber(models.Model):
    """号码封签: its digest is published while the list is open, itself after the list is closed."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="numbers")
    round_no = models.PositiveSmallIntegerField(_("第几次名单"))
    by = models.CharField(_("出号方"), max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("封存单位"), related_name="+"
    )
    seal = models.CharField(_("封签"), max_length=64)
    secret = models.CharField(_("号码"), max_length=128, blank=True)
    """empty until it is opened; nobody here knows it before"""
    sealed_at = models.DateTimeField(_("封存时间"))
    opened_at = models.DateTimeField(_("公开时间"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("号码封签")
        constraints = [
            models.UniqueConstraint(fields=["batch", "round_no", "by"], name="one_number_of_each_side")
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.seal[:8]}"


class SiteCheck(models.Model):
    """查验记录: what was measured at a site, held against what is asked. Appended; the newest one counts."""

    batch_site = models.ForeignKey(BatchSite, models.PROTECT, related_name="checks")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    round_no = models.PositiveSmallIntegerField(_("第几次名单"))
    drawn_in = models.CharField(_("轮次"), max_length=8, choices=Round.choices())
    visited_on = models.DateField(_("到场日期"))
    visitors = models.CharField(_("到场人员"), max_length=300)
    area_cm2 = models.BigIntegerField(_("实测面积（平方厘米）"), null=True)
    """None: not measured"""
    measured: models.JSONField[Json, Json] = models.JSONField(_("实测值"))
    """by criterion; null: not observed"""
    observed: models.JSONField[Json | None, Json | None] = models.JSONField(_("台账已有观测"), null=True)
    """by criterion: what planting had observed by that day, and whether the check says the same"""
    ground: models.JSONField[Json | None, Json | None] = models.JSONField(_("立地条件"), null=True)
    judged: models.JSONField[Jsons, Jsons] = models.JSONField(_("逐项结论"))
    result = models.CharField(_("查验结果"), max_length=8, choices=Check.choices())
    note = models.CharField(_("说明"), max_length=2000, blank=True)
    judged_by: models.JSONField[Json, Json] = models.JSONField(_("指标依据"))

    class Meta:
        verbose_name = _("查验记录")

    def __str__(self) -> str:
        return f"{self.batch_site_id} {self.result}"

    @property
    def result_named(self) -> Check:
        return Check(self.result)


class PanelMember(models.Model):
    """验收组成员, who signs on paper. Named anew, the earlier row ends."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="panel")
    round_no = models.PositiveSmallIntegerField(_("第几次名单"))
    part = models.CharField(_("成员身份"), max_length=20, choices=PanelPart.choices())
    name = models.CharField(_("姓名"), max_length=60)
    unit_name = models.CharField(_("单位"), max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("单位"), null=True, related_name="+"
    )
    signed_on = models.DateField(_("签字日期"), null=True)
    paper = models.CharField(_("签字文件"), max_length=160, blank=True)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    absent_because = models.CharField(_("未到场原因"), max_length=300, blank=True)
    ended_on = models.DateField(_("更换日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("验收组成员")

    def __str__(self) -> str:
        return self.name

    @property
    def part_named(self) -> PanelPart:
        return PanelPart(self.part)
