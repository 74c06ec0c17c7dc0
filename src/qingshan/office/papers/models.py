"""Which numbers were taken, which papers were issued, and what came back signed?"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.models import Organisation
from qingshan.office.regions.models import Region
from qingshan.rules.flows.papers import PaperState


class NumberCounter(models.Model):
    """编号计数: the last serial that was taken of a series, within a region or house and a year.

    `holder` is the six-digit code of the region or the id of the organisation, as the series says.
    """

    series = models.CharField(_("编号序列"), max_length=40)
    holder = models.BigIntegerField(_("编号范围"))
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("最后序号"), default=0)

    class Meta:
        verbose_name = _("编号计数")
        constraints = [
            models.UniqueConstraint(fields=["series", "holder", "year"], name="number_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.holder} {self.year}: {self.last}"


class Paper(models.Model):
    """文书: a notice, a sheet or a letter, made from data, issued under a number."""

    kind = models.CharField(_("文书类型"), max_length=40)
    """code of a kind that an app has declared (`papers.kinds`)"""
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("编号"), max_length=80, blank=True)
    """taken when it is issued, and never given again"""
    state = models.CharField(
        _("状态"), max_length=16, choices=PaperState.choices(), default=PaperState.DRAFTED.value
    )
    subject_kind = models.CharField(_("所涉对象类型"), max_length=40, blank=True)
    subject_id = models.BigIntegerField(_("所涉对象"), null=True)
    for_act = models.CharField(_("所涉环节"), max_length=60, null=True)
    """the act on its subject that it was drafted for; None where it was drafted for none"""
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("制发单位"), related_name="+", db_index=False
    )
    enterprise = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("矿山企业"), null=True, related_name="+", db_index=False
    )
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("文书内容"))
    """from which it is made: what the dataclass of its kind holds"""
    template = models.CharField(_("模板"), max_length=80, blank=True)
    template_digest = models.CharField(_("模板摘要"), max_length=64, blank=True)
    docx_digest = models.CharField(_("文稿摘要"), max_length=64, blank=True)
    pdf_digest = models.CharField(_("PDF 摘要"), max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(_("页数"), null=True)
    checkpoint = models.CharField(_("留痕检查点"), max_length=120, blank=True)
    """the newest when it was issued, as it is printed"""
    issued_by = models.CharField(_("制发人"), max_length=200, blank=True)
    issued_at = models.DateTimeField(_("制发时间"), null=True)
    withdrawn_because = models.CharField(_("撤回原因"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("文书")
        indexes = [
            models.Index(fields=["region", "-id"], name="paper_region"),
            models.Index(fields=["enterprise", "-id"], name="paper_enterprise"),
            models.Index(fields=["number"], name="paper_number"),
            models.Index(fields=["subject_kind", "subject_id"], name="paper_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=PaperState.values()), name="paper_state_known"
            ),
            # a draft has none yet, and one that was withdrawn as a draft never got one
            models.CheckConstraint(
                condition=models.Q(state__in=[PaperState.DRAFTED, PaperState.WITHDRAWN])
                | (~models.Q(number="") & ~models.Q(pdf_digest="") & models.Q(issued_at__isnull=False)),
                name="paper_issued_whole",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "number"],
                condition=~models.Q(number=""),
                name="paper_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    def get_absolute_url(self) -> str:
        return f"/papers/{self.pk}/"


class SignedCopy(models.Model):
    """签章件: a photograph or scan of a paper that was signed, as it came back."""

    paper = models.ForeignKey(Paper, models.PROTECT, verbose_name=_("文书"), related_name="copies")
    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    file_size_bytes = models.BigIntegerField(_("文件大小（字节）"))
    pages: models.JSONField[list[int], list[int]] = models.JSONField(_("所载页"), default=list)
    """as its codes say; empty where somebody said which paper it is"""
    by_code = models.BooleanField(_("由二维码识别"))
    returned_at = models.DateTimeField(_("收回时间"))
    returned_by = models.CharField(_("收回人"), max_length=200)

    class Meta:
        verbose_name = _("签章件")
        constraints = [
            models.UniqueConstraint(fields=["paper", "file_digest"], name="signed_copy_once"),
        ]

    def __str__(self) -> str:
        return self.file_name


class PaperTemplate(models.Model):
    """单位模板: a .docx of an office's own, in which its papers of one kind go out."""

    kind = models.CharField(_("文书类型"), max_length=40)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("使用单位"), related_name="+", db_index=False
    )
    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    file_size_bytes = models.BigIntegerField(_("文件大小（字节）"))
    in_use = models.BooleanField(_("在用"), default=True)
    adopted_at = models.DateTimeField(_("启用时间"))
    adopted_by = models.CharField(_("启用人"), max_length=200)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("单位模板")
        indexes = [models.Index(fields=["organisation", "-id"], name="template_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], condition=models.Q(in_use=True), name="template_in_use_once"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
