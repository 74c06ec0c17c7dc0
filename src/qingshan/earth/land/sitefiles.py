"""Which sites does a file hold? Every outline is whole, every id is there once, or the file is refused by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.earth.errors import SitesRefused
from qingshan.earth.land.tables import Shapes, Table, read_table, text_of
from qingshan.earth.sites import ClimateZone, Site, SiteSet
from qingshan.rules.reasons import Reason

ZONES = {
    "干旱": ClimateZone.ARID,
    "半干旱": ClimateZone.SEMI_ARID,
    "半湿润": ClimateZone.SEMI_HUMID,
    "湿润": ClimateZone.HUMID,
    **{str(zone): zone for zone in ClimateZone},
}
"""Words for climate zones; 区 and hyphens are passed over."""


def read_sites(path: str | Path, *, id_column: str, zone_column: str, name_column: str) -> SiteSet:
    """Sites from any file of polygons that GDAL reads: GeoJSON, GeoPackage, zipped Shapefile, FlatGeobuf.

    Outlines come into CGCS2000 degrees, rings that cross themselves are mended; rows without an outline are
    left out and named in `SiteSet.left_out`.

    Raises:
        SitesRefused: the file cannot be read, lacks ids, has one twice, or holds what is no polygon.
    """
    table = read_table(Path(path))
    ids = table.ids(id_column)
    if table.shapes is None:
        raise SitesRefused.because("earth.no_shapes", file=table.file)
    shapes = polygons(table, ids)
    zones = [_zone(cell, table=table, id_=id_) for cell, id_ in _beside(table, zone_column, ids)]
    names = [text_of(cell) for cell, _ in _beside(table, name_column, ids)]
    sites = tuple(
        Site(id=id_, shape=shape, name=name, zone=zone)
        for id_, shape, name, zone in zip(ids, shapes, names, zones, strict=True)
        if shape is not None
    )
    missing = [id_ for id_, shape in zip(ids, shapes, strict=True) if shape is None]
    return SiteSet(
        sites, left_out=tuple(Reason("earth.site_without_shape", {"site": id_}) for id_ in missing)
    )


def polygons(table: Table, ids: list[str]) -> Shapes:
    """The outline of each row, whole; None where there is none.

    Raises:
        SitesRefused: an outline is no polygon, or nothing of it remains when it is mended.
    """
    shapes = np.asarray(table.shapes, dtype=object).copy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    shapes[~there] = None
    for at in np.flatnonzero(there & (shapely.get_dimensions(shapes) != 2)):
        raise SitesRefused.because(
            "earth.no_polygon", file=table.file, site=ids[at], kind=str(shapes[at].geom_type)
        )
    for at in np.flatnonzero(there & ~shapely.is_valid(shapes)):
        shapes[at] = _mended(shapes[at], table=table, id_=ids[at])
    return shapes


def _mended(shape: BaseGeometry, *, table: Table, id_: str) -> BaseGeometry:
    """What remains of a broken outline as land: lines and points that mending leaves over are dropped."""
    whole = shapely.make_valid(shape)
    parts = shapely.get_parts(whole)
    flat = [part for part in shapely.get_parts(parts) if part.geom_type == "Polygon" and part.area > 0]
    if not flat:
        raise SitesRefused.because("earth.shape_broken", file=table.file, site=id_)
    mended: BaseGeometry = shapely.union_all(flat)
    return mended


def _beside(table: Table, column: str, ids: list[str]) -> list[tuple[object, str]]:
    """The cells of a column that may be missing, each with the id of its row."""
    return list(zip(table.columns.get(column, [None] * len(ids)), ids, strict=True))


def _zone(cell: object, *, table: Table, id_: str) -> ClimateZone | None:
    word = text_of(cell).lower().replace("-", "_").replace(" ", "_").removesuffix("区")
    if not word:
        return None
    if word not in ZONES:
        raise SitesRefused.because("earth.zone_unknown", file=table.file, site=id_, word=text_of(cell))
    return ZONES[word]
