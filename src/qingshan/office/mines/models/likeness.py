"""Which two entries may be one and the same mine?"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.office.mines.models.register import Mine
from qingshan.office.regions.models import Region
from qingshan.rules.register import LikenessState


class Likeness(models.Model):
    """疑似同一矿山: two mines that look like one, with the grounds; a person decides."""

    first = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山甲"), related_name="+")
    second = models.ForeignKey(Mine, models.PROTECT, verbose_name=_("矿山乙"), related_name="+")
    # the smallest region that holds both mines: who sees both decides, and the list reads one index
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"), db_index=False)
    verdict = models.CharField(_("判断"), max_length=16)
    """same or likely, by rules.likeness"""
    reasons: models.JSONField[list[Any], list[Any]] = models.JSONField(_("依据"), default=list)
    state = models.CharField(
        _("状态"), max_length=16, choices=LikenessState.choices(), default=LikenessState.OPEN.value
    )
    before: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        _("合并前"), null=True
    )
    """what a merger changed and moved, so that it can be undone"""
    decision_note = models.CharField(_("认定说明"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("疑似同一矿山")
        indexes = [models.Index(fields=["state", "region", "-id"], name="likeness_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="likeness_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"
