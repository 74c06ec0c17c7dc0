"""Which land does a screening look at? That of its region; where its outline is not recorded, all that images show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from qingshan.office.observations.models import Screening

if TYPE_CHECKING:
    from qingshan.earth import Scenes, SiteSet


def area_of(screening: Screening, scenes: Scenes) -> SiteSet:
    """The land as the eye takes it."""
    from qingshan.earth import ClimateZone, Site, SiteSet

    shape = screening.region.geom
    if shape is None:
        grids = {scene.grid.key: scene.grid for scene in scenes}
        shape = shapely.union_all(
            [grid.to_lonlat(shapely.box(*grid.bounds)) for _key, grid in sorted(grids.items())]
        )
    zone = ClimateZone(screening.zone) if screening.zone else None
    return SiteSet.of([Site(id=screening.region.code, shape=shape, zone=zone)])
