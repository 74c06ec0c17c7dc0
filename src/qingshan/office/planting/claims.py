"""When was a site planted, for whoever tests by images what is claimed of it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Min

from qingshan.office.planting.models import Planting


def planted_by(site_ids: Collection[int]) -> Mapping[int, date]:
    """The day on which the last of its plots was planted for the first time; replanting plants nothing anew. Sites
    without a planting are left out.
    """
    rows = Planting.objects.filter(plot__site__in=site_ids, withdrawn_on=None)
    first = rows.values("plot", "plot__site").annotate(day=Min("planted_on")).order_by()
    found: dict[int, date] = {}
    for row in first.values_list("plot__site", "day"):
        found[row[0]] = max(row[1], found.get(row[0], row[1]))
    return found
