"""What do we remember about a file that somebody brought, and about each of its rows?"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.rules.flows.importing import FLOW, ImportState
from qingshan.rules.words import Named


class Outcome(Named):
    """处理结果: what an import does with a row."""

    CREATED = "created", "新增", "created"
    CHANGED = "changed", "更新", "changed"
    UNCHANGED = "unchanged", "不变", "unchanged"
    REFUSED = "refused", "退回", "refused"


class Import(models.Model):
    """导入: one file on its way in."""

    kind = models.CharField(_("类型"), max_length=40)
    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=16, choices=ImportState.choices(), default=FLOW.initial)
    options: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("选项"), default=dict)
    """allow_abroad, crs, layer, good_rows_only"""
    question = models.JSONField(_("待答问题"), null=True)
    """What the reader must be told before it can go on: {"reason", "option", "choices": [{"value", "zh", "en"}]}."""
    layout: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("版式"), default=dict)
    """Sheets with their headers as written, what was left out and why."""
    faults: models.JSONField[list[Any], list[Any]] = models.JSONField(_("不能读取的原因"), default=list)
    created = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    unchanged = models.PositiveIntegerField(_("不变"), default=0)
    refused = models.PositiveIntegerField(_("退回"), default=0)
    owner_id = models.BigIntegerField(_("经办人"), null=True)
    organisation_id = models.BigIntegerField(_("单位"), null=True)
    created_at = models.DateTimeField(_("上传时间"))
    applied_entry = models.BigIntegerField(_("留痕序号"), null=True)
    attempt = models.PositiveIntegerField(_("读取次数"), default=0)
    """Which reading the staged rows belong to: a worker that comes too late must not add to them."""

    class Meta:
        verbose_name = _("导入")
        indexes = [
            models.Index(fields=["owner_id", "id"], name="import_owner"),
            models.Index(fields=["organisation_id", "id"], name="import_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values()), name="import_state_is_of_the_flow"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class StagedRow(models.Model):
    """待导入行: one row as it was read and judged, waiting for the import to be applied."""

    source = models.ForeignKey(Import, models.CASCADE, related_name="staged", db_index=False)
    position = models.PositiveIntegerField(_("序号"))
    """Over all sheets, from 0."""
    sheet = models.CharField(_("工作表或图层"), max_length=255)
    row = models.PositiveIntegerField(_("行号"))
    outcome = models.CharField(_("处理结果"), max_length=16, choices=Outcome.choices())
    key = models.CharField(_("标识"), max_length=255, blank=True)
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("内容"), default=dict)
    changes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("变化"), default=dict)
    """{name: [old, new]}, and "geom": true"""
    geom = models.BinaryField(_("图形"), null=True)
    """WKB in longitude and latitude, EPSG:4490."""
    area_m2 = models.FloatField(_("图形面积（平方米）"), null=True)
    faults: models.JSONField[list[Any], list[Any]] = models.JSONField(_("退回原因"), default=list)
    notes: models.JSONField[list[Any], list[Any]] = models.JSONField(_("提示"), default=list)
    cells = models.JSONField(_("原始内容"), null=True)
    """The row as it was written, for the workbook of refused rows."""
    target_id = models.BigIntegerField(_("对象"), null=True)
    target_version = models.BigIntegerField(_("对象版本"), null=True)

    class Meta:
        verbose_name = _("待导入行")
        indexes = [models.Index(fields=["source", "outcome", "position"], name="staged_row_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="staged_row_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values()), name="staged_row_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"
