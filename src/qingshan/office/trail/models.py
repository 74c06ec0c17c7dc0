"""What does the trail keep? Entries in a chain, the objects they speak of, and what may be erased.

No foreign keys: an entry outlives whatever it speaks of, and names stand in it as they were at the act.
Triggers (triggers.py) refuse to change or delete what was recorded.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

NO_PREVIOUS = "0" * 64
"""What the first entry holds as the hash before it."""
COUNTY_WIDTH = 10**6
PREFECTURE_WIDTH = 10**8
"""How many region ids lie in one county, in one prefecture."""


class Entry(models.Model):
    """留痕条目: one official act. Every column but the seal is under the hash; JSON is kept as it was hashed."""

    seq = models.BigIntegerField(_("序号"), primary_key=True)
    recorded_at = models.DateTimeField(_("入录时间"))
    occurred_on = models.DateField(_("发生日期"))
    act = models.CharField(_("行为"), max_length=80)
    decider_kind = models.CharField(max_length=16)
    decider_id = models.BigIntegerField(null=True)
    decider_name = models.CharField(_("决定人"), max_length=120)
    decider_post = models.CharField(max_length=120, blank=True)
    decider_organisation = models.CharField(max_length=200, blank=True)
    decider_organisation_id = models.BigIntegerField(null=True)
    recorder_kind = models.CharField(max_length=16)
    recorder_id = models.BigIntegerField(null=True)
    recorder_name = models.CharField(_("录入人"), max_length=120)
    recorder_post = models.CharField(max_length=120, blank=True)
    recorder_organisation = models.CharField(max_length=200, blank=True)
    recorder_organisation_id = models.BigIntegerField(null=True)
    region_id = models.BigIntegerField(_("行政区划"), null=True)
    # derived by the database, so that a county's or a prefecture's list walks one index without sorting
    county = models.GeneratedField(
        expression=models.F("region_id") / COUNTY_WIDTH,
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    prefecture = models.GeneratedField(
        expression=models.F("region_id") / PREFECTURE_WIDTH,
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    paper_number = models.CharField(_("纸质文件文号"), max_length=120, blank=True)
    paper_decided_on = models.DateField(_("纸质决定日期"), null=True)
    paper_scan = models.CharField(_("扫描件摘要"), max_length=64, blank=True)
    old_json = models.TextField(null=True)
    new_json = models.TextField(null=True)
    because_json = models.TextField()
    personal_json = models.TextField()
    subject_count = models.PositiveIntegerField()
    subjects_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # over the hash, not under it: see seals.py
    seal = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("留痕条目")
        # each branch of the list walks one of these, newest first, without sorting
        indexes = [
            models.Index(fields=["recorded_at", "seq"], name="trail_by_time"),
            models.Index(fields=["act", "recorded_at", "seq"], name="trail_by_act"),
            models.Index(fields=["county", "recorded_at", "seq"], name="trail_by_county"),
            models.Index(fields=["prefecture", "recorded_at", "seq"], name="trail_by_prefecture"),
            models.Index(
                fields=["decider_organisation_id", "recorded_at", "seq"], name="trail_by_organisation"
            ),
            models.Index(
                fields=["recorder_organisation_id", "recorded_at", "seq"], name="trail_by_recorder_org"
            ),
            models.Index(fields=["decider_id", "recorded_at", "seq"], name="trail_by_decider"),
            models.Index(fields=["recorder_id", "recorded_at", "seq"], name="trail_by_recorder"),
            models.Index(fields=["decider_name", "recorded_at", "seq"], name="trail_by_decider_name"),
            models.Index(fields=["recorder_name", "recorded_at", "seq"], name="trail_by_recorder_name"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"

    @property
    def old(self) -> Any:
        return None if self.old_json is None else json.loads(self.old_json)

    @property
    def new(self) -> Any:
        return None if self.new_json is None else json.loads(self.new_json)

    @property
    def because(self) -> list[dict[str, Any]]:
        return list(json.loads(self.because_json))

    @property
    def personal(self) -> dict[str, str]:
        """Commitments by field name; the values stand in PersonalValue until they are erased."""
        return dict(json.loads(self.personal_json))


class Subject(models.Model):
    """An object that an entry speaks of, with the digest of the whole object after the act."""

    pk = models.CompositePrimaryKey("entry_seq", "kind", "object_id")
    entry_seq = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("留痕对象")
        indexes = [models.Index(fields=["kind", "object_id", "entry_seq"], name="trail_by_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} @ {self.entry_seq}"


class Head(models.Model):
    """The end of the chain: one row, which every act locks last."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NO_PREVIOUS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trail_one_head")]

    def __str__(self) -> str:
        return f"head at {self.seq}"


class PersonalValue(models.Model):
    """个人信息: a value that an entry only commits to; value and salt are emptied when it is erased."""

    pk = models.CompositePrimaryKey("entry_seq", "field")
    entry_seq = models.BigIntegerField()
    field = models.CharField(max_length=80)
    value = models.TextField(blank=True)
    salt = models.CharField(max_length=64, blank=True)
    erased_by = models.BigIntegerField(_("删除依据条目"), null=True)

    class Meta:
        verbose_name = _("个人信息")

    def __str__(self) -> str:
        return f"{self.field} @ {self.entry_seq}"


class Erasure(models.Model):
    """依规删除: personal values of one entry, proposed by one administrator and confirmed by another."""

    entry_seq = models.BigIntegerField(_("留痕条目"))
    fields = models.JSONField(_("项目"))
    reason = models.CharField(_("理由"), max_length=500)
    proposed_by = models.BigIntegerField(_("提出人"))
    proposed_at = models.DateTimeField(_("提出时间"))
    confirmed_by = models.BigIntegerField(_("确认人"), null=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = _("依规删除")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="trail_erasure_by_two",
            )
        ]

    def __str__(self) -> str:
        return f"erasure at {self.entry_seq}"


class Checkpoint(models.Model):
    """检查点: the signed Merkle root over the first `size` entries."""

    size = models.BigIntegerField(_("条目数"), unique=True)
    root = models.CharField(_("根摘要"), max_length=64)
    made_at = models.DateTimeField(_("生成时间"))
    algorithm = models.CharField(_("签名算法"), max_length=20)
    key = models.CharField(_("公钥摘要"), max_length=64)
    signature = models.TextField(_("签名"))

    class Meta:
        verbose_name = _("检查点")

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class Subtree(models.Model):
    """The hash of a complete subtree of the Merkle tree, kept for every eighth level."""

    pk = models.CompositePrimaryKey("level", "place")
    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"subtree {self.level}/{self.place}"
