"""In which climate zone does land lie, where its claim does not say so? Told by the sets of images of its region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qingshan.office.observations.models import SceneSet
from qingshan.office.regions.ranges import ids_above


def zones_of(region_ids: Iterable[int]) -> dict[int, str]:
    """The zone of each region of which it is known: by the sets of the region itself, else of the nearest one above.
    Sets that disagree are no answer.
    """
    told: dict[int, set[str]] = defaultdict(set)
    for region_id, zone in SceneSet.objects.filter(zone__isnull=False, retired_on=None).values_list(
        "region_id", "zone"
    ):
        told[region_id].add(zone or "")
    found: dict[int, str] = {}
    for pk in set(region_ids) if told else ():
        nearest = next((told[each] for each in (pk, *ids_above(pk)) if each in told), set())
        if len(nearest) == 1:
            found[pk] = next(iter(nearest))
    return found
