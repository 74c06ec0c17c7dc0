"""How did a matter come to stand as it does, and what did that do to the stock? Both are appended, never edited."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.matters.models.matter import FlowState, Matter
from qingshan.office.regions.models import Region
from qingshan.office.trail.acts import UnknownAct, act
from qingshan.rules.reasons import CHINESE
from qingshan.rules.stock import Move


class Step(models.Model):
    """步骤: one act on a matter, with the day it happened and the instant it was entered."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name=_("事项"), related_name="steps")
    act = models.CharField(_("环节"), max_length=60)
    from_state = models.ForeignKey(FlowState, models.PROTECT, null=True, related_name="+", db_index=False)
    to_state = models.ForeignKey(FlowState, models.PROTECT, related_name="+", db_index=False)
    occurred_on = models.DateField(_("办理日期"))
    recorded_at = models.DateTimeField(_("录入时间"))
    decider_id = models.BigIntegerField(_("决定人编号"), null=True)
    decider_name = models.CharField(_("决定人"), max_length=60)
    decider_post = models.CharField(_("岗位"), max_length=80, blank=True)
    recorder_id = models.BigIntegerField(_("经办人编号"), null=True)
    unit_id = models.BigIntegerField(_("办理单位编号"), null=True)
    """the unit, never a division of it"""
    unit_name = models.CharField(_("办理单位"), max_length=160, blank=True)
    number = models.CharField(_("文号"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=2000, blank=True)
    facts: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        _("内容"), null=True
    )
    """what else this act decided, by name"""
    because: models.JSONField[list[Any] | None, list[Any] | None] = models.JSONField(_("依据"), null=True)
    matter_version = models.PositiveIntegerField(_("事项版本"))

    class Meta:
        verbose_name = _("步骤")
        constraints = [
            # the compare-and-set on the matter once more, in the database itself
            models.UniqueConstraint(fields=["matter", "matter_version"], name="step_once"),
        ]

    def __str__(self) -> str:
        try:
            return act(self.act).title.say({}, get_language() or CHINESE)
        except UnknownAct:
            return self.act


class Movement(models.Model):
    """存量变动: what a step did to the stock of a region and kind."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="movements")
    step = models.ForeignKey(Step, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=24)
    region = models.ForeignKey(Region, models.PROTECT, db_index=False)
    move = models.CharField(_("变动"), max_length=16, choices=Move.choices())
    occurred_on = models.DateField(_("发生日期"))
    recorded_on = models.DateField(_("录入日期"))
    """official figures cut on it; a late entry counts in the round in which it is entered"""

    class Meta:
        verbose_name = _("存量变动")
        indexes = [models.Index(fields=["kind", "region", "recorded_on", "move"], name="movement_cut")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.move}"


class MovementTally(models.Model):
    """How many movements of each sort there were in a region on a day: every dashboard is a sum over it."""

    kind = models.CharField(max_length=24)
    region = models.ForeignKey(Region, models.PROTECT, db_index=False)
    recorded_on = models.DateField()
    move = models.CharField(max_length=16)
    rows = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region", "recorded_on", "move"], name="movement_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.region_id} {self.recorded_on} {self.move}: {self.rows}"


class StandingTally(models.Model):
    """How many matters stand in each state of a region.

    Kept by the acts, so that a county's chips are a sum over a few rows; `doctor --state` recounts.
    """

    kind = models.CharField(max_length=24)
    region = models.ForeignKey(Region, models.PROTECT, db_index=False)
    state = models.CharField(max_length=60)
    rows = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "region", "state"], name="standing_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.region_id} {self.state}: {self.rows}"


class DeadlineTally(models.Model):
    """How many matters in stock of a region are due on each day. Apart from the states: a province would else read
    a row for each day and state of each of its counties.
    """

    kind = models.CharField(max_length=24)
    region = models.ForeignKey(Region, models.PROTECT, db_index=False)
    due_on = models.CharField(max_length=10)
    """ISO day; empty for no deadline"""
    rows = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "region", "due_on"], name="deadline_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.region_id} {self.due_on}: {self.rows}"
