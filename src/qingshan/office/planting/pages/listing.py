"""How many rows a list of planting has, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingshan.office.planting.queries import COUNTED_TO


def how_many(count: int) -> str:
    """`共 12 项`, or that there are more than are counted."""
    if count > COUNTED_TO:
        return _("超过 %(n)s 项") % {"n": f"{COUNTED_TO:,}"}
    return _("共 %(n)s 项") % {"n": f"{count:,}"}
