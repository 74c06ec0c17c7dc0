"""Where does it lie, and how is that drawn? The shape of the mine or site, else what its parts cover together."""

from __future__ import annotations

import shapely
from django.utils.safestring import SafeString
from shapely.geometry.base import BaseGeometry

from qingshan.office.mines.dossier.gathering import Dossier
from qingshan.office.mines.models import MiningRight, Patch, Site
from qingshan.office.places.picture import picture_of

MOST_ASKED = 200
"""Shapes that are read to find out where a mine without one of its own lies."""


def drawn(dossier: Dossier, *, width_px: int, height_px: int) -> SafeString | None:
    """The map around the place as SVG; None where nobody has said where it lies."""
    shape = where(dossier)
    if shape is None:
        return None
    own = dossier.about.geom
    return picture_of(
        shapely.envelope(shape),
        actor=dossier.actor,
        width_px=width_px,
        height_px=height_px,
        highlight=own if own is not None and not own.is_empty else None,
        title=dossier.about.name or dossier.about.key,
        layers=("sites", "mines") if dossier.is_of_a_mine else ("sites", "patches"),
        with_legend=False,
        on=dossier.on,
    )


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
