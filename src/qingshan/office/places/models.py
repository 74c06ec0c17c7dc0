"""On which days does the State work against the habit of the week?"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """节假日: one day of a State Council notice, off (放假) or worked in exchange (调休上班).

    A year of which no day stands here is unknown: then weekdays count, and a warning says so.
    """

    day = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40)
    source = models.CharField(_("依据"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("节假日")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
