"""What shows that something was done, and what is doubtful about it (存疑待核)? A person decides, never the machine."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.models.matter import Matter
from qingshan.office.matters.models.plans import Measure
from qingshan.office.mines.models import Site
from qingshan.rules.matters import EvidenceKind, Phase
from qingshan.rules.words import Named


class DoubtState(Named):
    """存疑办理情况."""

    OPEN = "open", "存疑待核", "to be checked"
    EXPLAINED = "explained", "已说明", "explained"
    UPHELD = "upheld", "核实成立", "upheld"


class Evidence(models.Model):
    """佐证: a file, photograph or measurement, hashed and placed."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="evidence")
    measure = models.ForeignKey(
        Measure, models.PROTECT, verbose_name=_("整改措施"), null=True, related_name="evidence"
    )
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("点位"), null=True, related_name="evidence")
    """which of the sites of the matter it shows; None: the matter as a whole"""
    kind = models.CharField(_("佐证类型"), max_length=12, choices=EvidenceKind.choices())
    phase = models.CharField(_("时段"), max_length=8, blank=True, choices=Phase.choices())
    photo_point = models.CharField(_("拍摄点"), max_length=60, blank=True)
    """of the same name: the same fixed point, for 前/中/后 sets"""
    title = models.CharField(_("说明"), max_length=200)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    file_size_bytes = models.BigIntegerField(_("文件大小（字节）"), null=True)
    thumbnail_digest = models.CharField(_("缩略图摘要"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    longitude_deg = models.FloatField(_("经度"), null=True)
    latitude_deg = models.FloatField(_("纬度"), null=True)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=4, null=True)
    quantity_unit = models.CharField(_("单位"), max_length=20, blank=True)
    measured_on = models.DateField(_("测量日期"), null=True)
    added_by = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("提供单位"), null=True, related_name="+"
    )
    added_on = models.DateField(_("上传日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("佐证")
        indexes = [models.Index(fields=["file_digest"], name="evidence_file")]

    def __str__(self) -> str:
        return self.title


class Doubt(models.Model):
    """存疑: a sign with its grounds, until a person has looked at it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="doubts")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="doubts")
    code = models.CharField(_("情形"), max_length=60)
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("依据"), default=dict)
    raised_on = models.DateField(_("提出日期"))
    state = models.CharField(_("办理情况"), max_length=12, choices=DoubtState.choices())
    answer = models.CharField(_("核实说明"), max_length=1000, blank=True)
    answered_on = models.DateField(_("核实日期"), null=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("存疑待核")
        indexes = [models.Index(fields=["matter", "state"], name="doubt_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.code}"


class PicturePrint(models.Model):
    """What a photograph is recognised by when it is handed in again; worked out from the file, no fact of its own."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="print")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("照片特征")

    def __str__(self) -> str:
        return f"{self.evidence_id}"


class PictureKey(models.Model):
    """One of the numbers by which photographs that may be alike are found: pictures that share some are compared."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="keys", db_index=False)
    key = models.IntegerField()

    class Meta:
        verbose_name = _("照片检索键")
        indexes = [models.Index(fields=["key", "evidence"], name="picture_key")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.key}"
