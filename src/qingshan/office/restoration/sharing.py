"""How much land of a project lies in which county? Counts go to the answering region, areas to each by its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

import shapely
from django.db.models import Q

from qingshan.geo.area import area_m2, areas_m2
from qingshan.office.matters.models import Matter, MatterRegion
from qingshan.office.mines.models import Site
from qingshan.office.regions.models import Region
from qingshan.office.restoration.counting import NOISE_M2, Held, counted_once, has_area
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.register import RegionLevel
from qingshan.rules.restoration import CM2_PER_M2


class Planned(Protocol):
    """A site with as much of its land as is meant."""

    @property
    def site(self) -> Site: ...
    @property
    def counted_m2(self) -> float | None: ...


def counties_of(site: Site) -> dict[int, float]:
    """The counties under a site, each with its share from 0 to 1; the site's own where no outline is known."""
    if not has_area(site.geom):
        return {site.region_id: 1.0}
    box = tuple(map(float, site.geom.bounds))
    counties = list(
        Region.objects.filter(
            Q(valid_to__isnull=True), level=RegionLevel.COUNTY.value, is_heading=False, geom__bbox=box
        ).order_by("id")
    )
    if not counties:
        return {site.region_id: 1.0}
    areas = areas_m2(shapely.intersection(site.geom, [each.geom for each in counties])).tolist()
    inside = {each.pk: area for each, area in zip(counties, areas, strict=True) if area > NOISE_M2}
    whole = sum(inside.values())
    return {pk: area / whole for pk, area in inside.items()} if whole else {site.region_id: 1.0}


def share_out(matter: Matter, sites: Iterable[Planned]) -> list[MatterRegion]:
    """Write how much of the planned area lies in each county; what was written before is replaced."""
    areas, unknown = Counter[int](), set[int]()
    for each in sites:
        for region_id, share in counties_of(each.site).items():
            if each.counted_m2 is None:
                unknown.add(region_id)
            else:
                areas[region_id] += share * each.counted_m2  # type: ignore[assignment]
    MatterRegion.objects.filter(matter=matter).delete()
    rows = [
        MatterRegion(
            matter=matter,
            region_id=region_id,
            area_m2=None if region_id in unknown else areas[region_id],
        )
        for region_id in sorted({*areas, *unknown})
    ]
    return MatterRegion.objects.bulk_create(rows)


def count_once(rows: Sequence[ProjectSite]) -> list[ProjectSite]:
    """Write how much of each site of a project counts: land that several of them cover counts for the first. Gives the
    rows that changed.
    """
    before, changed = list[Held](), list[ProjectSite]()
    for row in rows:
        counted = _counted_cm2(row, before)
        if counted != row.counted_cm2:
            row.counted_cm2 = counted
            row.version += 1
            row.save(update_fields=["counted_cm2", "version"])
            changed.append(row)
        if has_area(row.site.geom):
            before.append(Held(str(row.site), row.site.geom))
    return changed


def _counted_cm2(row: ProjectSite, before: Sequence[Held]) -> int | None:
    """None where all that is planned counts."""
    shape = row.site.geom
    if row.planned_cm2 is None or not has_area(shape):
        return None
    new = counted_once(shape, area_m2(shape), before)
    return min(row.planned_cm2, round(new.area_m2 * CM2_PER_M2)) if new.overlaps else None
