"""Where does it lie? The shape of the mine or site, else what its parts cover together."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.models import MiningRight, Patch, Site

MOST_ASKED = 200
"""Shapes that are read to find out where a mine without one of its own lies."""


def where(dossier: Dossier) -> BaseGeometry | None:
    """A shape in lon/lat (EPSG:4490) around which a map is drawn; None where nothing has a place."""
    own = dossier.about.geom
    if own is not None and not own.is_empty:
        return own
    for model in (MiningRight, Site, Patch) if dossier.is_of_a_mine else (Patch,):
        shapes = dossier.rows_of(model).exclude(geom=None).values_list("geom", flat=True)
        if found := [shape for shape in shapes[:MOST_ASKED] if not shape.is_empty]:
            return shapely.box(*shapely.total_bounds(found))
    return None
