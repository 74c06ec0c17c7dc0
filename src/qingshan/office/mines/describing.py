"""How is a mine told to the rule of likeness: one of the register, or a row on its way in?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db.models import QuerySet

from qingshan.geo.area import areas_m2
from qingshan.geo.cells import cell_of_box
from qingshan.geo.fields import StoredGeometry, decode_many
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.models import Mine
from qingshan.office.mines.models.name_tokens import token_of
from qingshan.office.regions.models import Region
from qingshan.rules.likeness import MineDescription
from qingshan.rules.mine_names import known_places, mine_name

AT_ONCE = 500
_BELOW = (10**10, 10**8, 10**6)
"""What follows the digits of a province, a prefecture and a county in an id."""


@dataclass(frozen=True)
class Told:
    """A mine with what finds those that may be the same."""

    ref: Any
    """The id of a registered mine, or the number of a row on its way in."""
    key: str
    name: str
    description: MineDescription
    enterprise_id: int | None
    token: str
    cell: int | None

    @property
    def region_id(self) -> int:
        return self.description.region_id or 0


_FIELDS = (
    "pk", "key", "name", "former_names", "mineral", "method", "licence_no", "region_id", "enterprise_id",
    "enterprise__name", "enterprise__former_names", "enterprise__uscc",
)  # fmt: skip


def told(mines: QuerySet[Mine]) -> list[Told]:
    """Mines of the register, as the rule wants them: three queries, however many they are."""
    rows = list(mines.values_list(StoredGeometry("geom"), *_FIELDS))
    shapes = decode_many(row[0] for row in rows)
    records = [dict(zip(_FIELDS, row[1:], strict=True)) for row in rows]
    return list(_told(records, shapes))


def told_rows(rows: Sequence[tuple[Mapping[str, Any], Any]]) -> list[Told]:
    """Rows of a file, each with its values (as `mines.columns` has resolved them) and its shape."""
    holders = Organisation.objects.in_bulk({values.get("enterprise_id") for values, _shape in rows} - {None})
    records = []
    for values, _shape in rows:
        holder = holders.get(values.get("enterprise_id") or 0)
        firm = {
            "enterprise__name": holder.name if holder else "",
            "enterprise__former_names": holder.former_names if holder else None,
            "enterprise__uscc": holder.uscc if holder else "",
        }
        records.append({**dict.fromkeys(_FIELDS), **values, **firm, "pk": values["key"]})
    return list(_told(records, [shape for _values, shape in rows]))


def _told(records: Sequence[Mapping[str, Any]], shapes: Iterable[Any]) -> Iterator[Told]:
    known = np.array(list(shapes), dtype=object)
    middles, areas, boxes = shapely.centroid(known), areas_m2(known), shapely.bounds(known)
    places = _places_around({record["region_id"] or 0 for record in records})
    for record, middle, area, box in zip(records, middles, areas, boxes.tolist(), strict=True):
        placed = middle is not None and not middle.is_empty
        yield Told(
            ref=record["pk"],
            key=record["key"],
            name=record["name"] or "",
            description=MineDescription(
                name=record["name"] or "",
                former_names=tuple(record["former_names"] or ()),
                enterprise=record["enterprise__name"] or "",
                former_enterprises=tuple(record["enterprise__former_names"] or ()),
                uscc=record["enterprise__uscc"] or "",
                licence_no=record["licence_no"] or "",
                mineral=record["mineral"] or "",
                method=record["method"] or "",
                region_id=record["region_id"] or None,
                lon=middle.x if placed else None,
                lat=middle.y if placed else None,
                area_m2=float(area) or None,
                places=places[record["region_id"] or 0],
            ),
            enterprise_id=record["enterprise_id"],
            token=token_of(mine_name(record["name"] or "")),
            cell=cell_of_box(tuple(box)) if placed else None,
        )


def _places_around(region_ids: set[int]) -> dict[int, frozenset[str]]:
    """The names of the regions that each of these lies in: what may stand in front of a name."""
    above = {region_id: {region_id // below * below for below in _BELOW} for region_id in region_ids}
    wanted = set[int]().union(*above.values())
    names = dict(Region.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {
        region_id: known_places([names[each] for each in ids if each in names])
        for region_id, ids in above.items()
    }
