"""How much land does each site of a batch count for? What lies under several counts for the one that came first."""

from __future__ import annotations

from collections.abc import Iterable

from qingshan.office.batches.models import BatchSite
from qingshan.office.restoration.counting import Held, counted_once
from qingshan.office.restoration.models import cm2, m2
from qingshan.rules.batches import Standing


def count_areas(rows: Iterable[BatchSite]) -> list[BatchSite]:
    """Count the sites that belong to a batch anew, in the order in which they came; gives those that changed.

    Both are named where two share land. A site that was taken out stays on record with its own area.
    """
    before: list[Held] = []
    changed: list[BatchSite] = []
    for row in sorted(rows, key=lambda each: each.pk):
        area, shared = row.own_cm2, None
        if row.standing_named is not Standing.TAKEN_OUT and row.own_cm2 is not None:
            counted = counted_once(row.site.geom, m2(row.own_cm2) or 0.0, before)
            if counted.overlaps:
                area = min(cm2(counted.area_m2) or 0, row.own_cm2)
                shared = [each.as_json() for each in counted.overlaps]
        if row.standing_named is not Standing.TAKEN_OUT and row.site.geom is not None:
            before.append(Held(str(row.site), row.site.geom))
        if (row.area_cm2, row.overlaps) != (area, shared):
            row.area_cm2, row.overlaps = area, shared
            changed.append(row)
    return changed
