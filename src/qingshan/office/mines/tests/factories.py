"""Two counties side by side at sea, a mine and some sites in them: the ground of the register's tests."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from shapely.geometry import Polygon, box

from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import
from qingshan.exchange.tests.bringing import brought
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.models import Mine
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import Party
from qingshan.rules.duties import Duty

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
WEST = 990101000000
EAST = 990102000000
PROVINCE = 990000000000


def regions() -> None:
    """青山省 with two counties, each half a degree wide, whose outlines touch."""
    rows = [
        (0, "境外", "境外", "abroad", None, None),
        (PROVINCE, "990000", "青山省", "province", None, None),
        (WEST, "990101", "青石县", "county", PROVINCE, box(122.0, 33.0, 122.5, 33.5)),
        (EAST, "990102", "白水县", "county", PROVINCE, box(122.5, 33.0, 123.0, 33.5)),
    ]
    for pk, code, name, level, parent, geom in rows:
        Region.objects.create(
            pk=pk, code=code, name=name, level=level, parent_id=parent, geom=geom, simulated=True
        )


def bureau(region_id: int) -> Organisation:
    name = Region.objects.get(pk=region_id).name + "自然资源局"
    found, _made = Organisation.objects.get_or_create(
        name=name, defaults={"kind": "authority", "region_id": region_id, "from_on": LONG_AGO}
    )
    return found


def clerk(region_id: int, *duties: Duty) -> Actor:
    """A clerk of the region's bureau, with the registry duty unless others are named."""
    office = bureau(region_id)
    party = Party("person", None, "林经办", "登记员", office.name, office.pk, region_id)
    return Actor(
        decider=party,
        recorder=party,
        duties=frozenset(duty.value for duty in duties or (Duty.REGISTRY,)),
        region_ranges=(region_range(region_id),),
        organisation_ids=frozenset({office.pk}),
        on=NOW.date(),
    )


def square(lon: float, lat: float, side: float = 0.001) -> Polygon:
    return box(lon, lat, lon + side, lat + side)


def site_row(key: str | None, lon: float = 122.1, lat: float = 33.1, **values: Any) -> dict[str, Any]:
    """One feature as a file has it, with Chinese headers."""
    named = {"点位编号": key} if key else {}
    return {
        "type": "Feature",
        "properties": {**named, **values},
        "geometry": square(lon, lat).__geo_interface__,
    }


def geojson(folder: Path, *features: dict[str, Any], name: str = "sites.geojson") -> Path:
    path = folder / name
    text = json.dumps({"type": "FeatureCollection", "name": "点位", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def staged(path: Path, actor: Actor, *, kind: str = "sites", **options: Any) -> Import:
    """A file, received and read."""
    return brought(path, actor, kind=kind, now=NOW, **options)


def imported(path: Path, actor: Actor, *, kind: str = "sites", **options: Any) -> Import:
    """A file, received, read and applied."""
    import_ = staged(path, actor, kind=kind, **options)
    apply = declared_kind(kind).apply
    assert apply is not None
    apply(import_, actor=actor, now=NOW)
    return import_


def workbook(folder: Path, *rows: list[Any], name: str = "表.xlsx") -> Path:
    """A sheet whose first row holds the headers."""
    path = folder / name
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def a_mine(key: str = "K-1", region_id: int = WEST, **values: Any) -> Mine:
    """A mine of the western county, without an act."""
    return Mine.objects.create(key=key, region_id=region_id, **{"name": "老虎沟铁矿", **values})


def an_enterprise(name: str = "青石矿业有限公司", uscc: str = "91110000600037341L") -> Organisation:
    return Organisation.objects.create(
        kind="enterprise", name=name, uscc=uscc, region_id=WEST, from_on=LONG_AGO
    )
