"""What is claimed of each site? Days as offices write them, target uses by their words in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from qingshan.earth.errors import SitesRefused
from qingshan.earth.land.sitefiles import polygons
from qingshan.earth.land.tables import Shapes, Table, in_degrees, read_table, text_of
from qingshan.earth.sites import Claims, TargetUse

COLUMNS: dict[str, tuple[str, ...]] = {
    "target": ("target", "target_use", "治理去向", "修复去向", "目标用途", "治理方向"),
    "disturbed_since": ("disturbed_since", "损毁起始", "损毁日期", "损毁时间"),
    "restored_since": ("restored_since", "修复完成", "修复日期", "修复时间", "完成日期", "治理完成"),
    "planted_on": ("planted_on", "种植日期", "栽植日期", "播种日期"),
    "accepted_on": ("accepted_on", "验收日期", "验收时间"),
    "permitted": ("permitted", "许可边界", "采矿权边界"),
}
"""Field of `Claims` -> headings by which its column goes."""

USES: dict[TargetUse, tuple[str, ...]] = {
    TargetUse.VEGETATION: ("林草", "林地", "草地", "林", "草", "vegetation", "forest", "grass", "grassland"),
    TargetUse.CROPLAND: ("耕地", "农田", "农用地", "cropland", "farmland", "arable"),
    TargetUse.BUILDING: ("建设", "建设用地", "building", "construction"),
    TargetUse.WATER: ("水面", "水域", "water"),
    TargetUse.SOLAR: ("光伏", "光伏用地", "solar", "photovoltaic"),
    TargetUse.NATURAL: ("自然恢复", "natural", "natural recovery"),
}
_USE_OF = {word: use for use, words in USES.items() for word in words}

_DAY = re.compile(
    r"(?P<year>\d{4})\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|月)\s*(?P<day>\d{1,2})\s*日?(?:[T\s].*)?"
)
_RUN = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_EARLIEST, _LATEST = 1950, 2100  # a year outside is a slip of the pen


def read_claims(
    path: str | Path,
    *,
    id_column: str,
    columns: Mapping[str, str] | None = None,
    permitted: str | Path | None = None,
    permitted_id_column: str | None = None,
) -> tuple[Claims, ...]:
    """Claims from csv, a spreadsheet, or the properties of GeoJSON and GeoPackage; one row for each site.

    Args:
        path: the file.
        id_column: heading of the site's id.
        columns: field of `Claims` -> heading, where headings are not among `COLUMNS`.
        permitted: a file of polygons with the permitted boundaries; otherwise a column may hold them as WKT in
            CGCS2000 degrees.
        permitted_id_column: heading of the site's id in that file; the same as `id_column` when not given.

    Raises:
        SitesRefused: a day, a word or a boundary cannot be read; the sentence names file, site and cell.
    """
    table = read_table(Path(path))
    found = _headings(table, columns or {})
    boundaries = _boundaries(permitted, id_column=permitted_id_column or id_column) if permitted else {}
    claims = []
    for row, id_ in enumerate(table.ids(id_column)):
        cells = {name: table.columns[heading][row] for name, heading in found.items()}
        claims.append(_claim(cells, table=table, id_=id_, permitted=boundaries.get(id_)))
    return tuple(claims)


def _claim(cells: Mapping[str, object], *, table: Table, id_: str, permitted: BaseGeometry | None) -> Claims:
    def day(name: str) -> date | None:
        return day_of(cells.get(name), file=table.file, site=id_, column=name)

    return Claims(
        site_id=id_,
        target=use_of(cells.get("target"), file=table.file, site=id_),
        disturbed_since=day("disturbed_since"),
        restored_since=day("restored_since"),
        planted_on=day("planted_on"),
        accepted_on=day("accepted_on"),
        permitted=permitted or _from_wkt(cells.get("permitted"), file=table.file, site=id_),
    )


def _headings(table: Table, told: Mapping[str, str]) -> dict[str, str]:
    for heading in told.values():
        table.column(heading)
    found = {
        name: heading
        for name, headings in COLUMNS.items()
        for heading in headings[::-1]
        if heading in table.columns
    }
    return {**found, **told}


def day_of(cell: object, *, file: str, site: str, column: str) -> date | None:
    """A day from 2024-05-01, 2024/5/1, 2024.5.1, 20240501, 2024年5月1日 or a spreadsheet's own; None: empty.

    Raises:
        SitesRefused: what stands there is no day.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    met = _DAY.fullmatch(text) or _RUN.fullmatch(text)
    try:
        found = date(*(int(met[part]) for part in ("year", "month", "day"))) if met else None
    except ValueError:  # 31 February
        found = None
    if found is None or not _EARLIEST <= found.year <= _LATEST:
        raise SitesRefused.because("earth.day_unreadable", file=file, site=site, column=column, cell=text)
    return found


def use_of(cell: object, *, file: str, site: str) -> TargetUse | None:
    """A target use from its word in Chinese or English; None: empty.

    Raises:
        SitesRefused: the word is not known.
    """
    word = text_of(cell)
    if not word:
        return None
    use = _USE_OF.get(word.lower().replace("_", " "))
    if use is None:
        words = "、".join(words[0] for words in USES.values())
        raise SitesRefused.because("earth.use_unknown", file=file, site=site, word=word, words=words)
    return use


def _from_wkt(cell: object, *, file: str, site: str) -> BaseGeometry | None:
    text = text_of(cell)
    if not text:
        return None
    try:
        shape = shapely.from_wkt(text)
    except ShapelyError as fault:
        raise SitesRefused.because("earth.boundary_unreadable", file=file, site=site) from fault
    table = Table(file=file, columns={}, shapes=in_degrees(_alone(shape), crs=None, file=file))
    boundary: BaseGeometry | None = polygons(table, [site])[0]
    return boundary


def _boundaries(path: str | Path, *, id_column: str) -> dict[str, BaseGeometry]:
    """Boundaries by site; several of one site are joined."""
    table = read_table(Path(path))
    if table.shapes is None:
        raise SitesRefused.because("earth.no_shapes", file=table.file)
    ids = [text_of(cell) for cell in table.column(id_column)]
    found: dict[str, BaseGeometry] = {}
    for id_, shape in zip(ids, polygons(table, ids), strict=True):
        if id_ and shape is not None:
            found[id_] = shapely.union(found[id_], shape) if id_ in found else shape
    return found


def _alone(shape: BaseGeometry) -> Shapes:
    alone = np.empty(1, dtype=object)
    alone[0] = shape
    return alone
