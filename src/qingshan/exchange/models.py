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

    @property
    def state_named(self) -> ImportState:
        """The state as a term, for pages in both languages."""
        return ImportState(self.state)


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
    words = models.TextField(blank=True)
    """By what a new object will be found, see `Kind.words`; who applies the import need not work it out."""
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


class FillingState(Named):
    """填表状态."""

    RECEIVED = "received", "待确认对应关系", "headers to be confirmed"
    FILLING = "filling", "填写中", "being filled in"
    FILLED = "filled", "已填好", "filled in"
    FAILED = "failed", "未能填写", "could not be filled in"


class Filling(models.Model):
    """上级来表: an empty table that somebody brought to be filled in; its owner's only, and gone after a day."""

    file_name = models.CharField(_("文件名"), max_length=255)
    file_digest = models.CharField(_("文件摘要"), max_length=64)
    filled_digest = models.CharField(_("填好的文件摘要"), max_length=64, blank=True)
    state = models.CharField(
        _("状态"), max_length=16, choices=FillingState.choices(), default=FillingState.RECEIVED.value
    )
    layouts: models.JSONField[list[Any], list[Any]] = models.JSONField(_("版式"), default=list)
    """The headers of each sheet that has any, see `filling.layouts.Layout`."""
    loses = models.BooleanField(_("有不能保留的图形"), default=False)
    plan: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("填写方案"), default=dict)
    """{"kind", "sheet", "matches", "choice", "by_key"}"""
    summary: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("填写结果"), default=dict)
    faults: models.JSONField[list[Any], list[Any]] = models.JSONField(_("不能填写的原因"), default=list)
    owner_id = models.BigIntegerField(_("经办人"), null=True)
    organisation_id = models.BigIntegerField(_("单位"), null=True)
    created_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("上级来表")
        indexes = [models.Index(fields=["owner_id", "-id"], name="filling_owner")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=FillingState.values()), name="filling_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state_named(self) -> FillingState:
        """The state as a term, for pages in both languages."""
        return FillingState(self.state)


class RememberedHeading(models.Model):
    """表头对应: what an organisation confirmed that a header of a superior's table means."""

    organisation_id = models.BigIntegerField(_("单位"))
    kind = models.CharField(_("类型"), max_length=40)
    layout = models.CharField(_("版式摘要"), max_length=32)
    header = models.CharField(_("表头"), max_length=255)
    """All lines of it, folded for comparison."""
    column = models.CharField(_("对应的列"), max_length=60, blank=True)
    """Empty: the register has no such item; `-`: to be left alone."""
    unit = models.CharField(_("计量单位"), max_length=24, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"))

    class Meta:
        verbose_name = _("表头对应")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "header", "layout"], name="remembered_heading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
