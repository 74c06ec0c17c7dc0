"""How do clues leave: as shapes with their facts, or as rows for Excel? No cell computes anything."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import shapely
import xlsxwriter
from django.utils.translation import gettext as _

from qingshan.office.observations.models import Clue
from qingshan.rules.reasons import Reason, say

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
M2_IN_A_HECTARE = 10_000.0


def features_of(rows: Iterable[Clue]) -> bytes:
    """A feature collection in CGCS2000 degrees."""
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(clue.geom), "properties": _properties(clue)}
        for clue in rows
    ]
    return json.dumps(
        {"type": "FeatureCollection", "crs": CRS, "features": features}, ensure_ascii=False
    ).encode()


def _properties(clue: Clue) -> dict[str, Any]:
    return {
        "number": clue.number,
        "state": clue.state,
        "kinds": [each["kind"] for each in clue.doubts],
        "region": clue.region.code,
        "area_m2": round(clue.area_m2, 1),
        "first_seen": clue.first_seen.isoformat(),
        "last_seen": clue.last_seen.isoformat(),
        "looks": clue.looks,
        "case": clue.matter.number if clue.matter else None,
    }


def workbook_of(rows: Iterable[Clue], language: str) -> bytes:
    """One sheet; what people wrote is text and nothing else."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SAFE)
    sheet = book.add_worksheet(_("疑似图斑"))
    head = [
        _("编号"), _("状态"), _("线索类型"), _("县区"), _("面积（公顷）"), _("首见日期"), _("末见日期"),
        _("看见期数"), _("经度"), _("纬度"), _("附近矿山"), _("存疑事项"), _("所立问题"),
    ]  # fmt: skip
    for at, title in enumerate(head):
        sheet.write_string(0, at, str(title))
    for row, clue in enumerate(rows, start=1):
        for at, cell in enumerate(_cells(clue, language)):
            if isinstance(cell, str):
                sheet.write_string(row, at, cell)
            else:
                sheet.write_number(row, at, cell)
    book.close()
    return out.getvalue()


def _cells(clue: Clue, language: str) -> Iterator[str | float]:
    middle = clue.geom.representative_point()
    yield clue.number
    yield clue.state_named.say(language)
    yield clue.kind_named.say(language)
    yield clue.region.name
    yield round(clue.area_m2 / M2_IN_A_HECTARE, 4)
    yield clue.first_seen.isoformat()
    yield clue.last_seen.isoformat()
    yield clue.looks
    yield round(middle.x, 6)
    yield round(middle.y, 6)
    yield clue.mine.name if clue.mine else ""
    yield " ".join(
        say(Reason(each["reason"]["code"], each["reason"]["values"]), language) for each in clue.doubts
    )
    yield clue.matter.number if clue.matter else ""
