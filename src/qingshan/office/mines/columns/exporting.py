"""How do objects of the register become rows of a table again?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db.models import Model

from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import Exported
from qingshan.office.mines.columns import holdings, register
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site

KIND_OF: dict[type[Model], Kind] = {
    Mine: register.MINES,
    Site: register.SITES,
    Patch: register.PATCHES,
    MiningRight: holdings.RIGHTS,
    LandUse: holdings.LAND_USES,
    Facility: holdings.FACILITIES,
}
REFERRED: dict[type[Model], dict[str, str]] = {**register.REFERRED, **holdings.REFERRED}
"""Where the cells that refer to other objects come from."""


def value_at(row: Any, path: str) -> Any:
    """The value behind a dotted path; None where a link on the way is empty, or the text is."""
    for name in path.split("."):
        row = getattr(row, name)
        if row is None:
            return None
    return row if row != "" else None


def exported_rows(rows: Iterable[Any], paths: Mapping[str, str] | None = None) -> Iterator[Exported]:
    """Objects of the register as the values and the shape of their kind's table, or of chosen columns of it."""
    for row in rows:
        model: type[Model] = type(row)
        chosen = _paths(model) if paths is None else paths
        yield Exported(values={name: value_at(row, path) for name, path in chosen.items()}, geom=row.geom)


@cache
def _paths(model: type[Model]) -> dict[str, str]:
    return {column.name: REFERRED[model].get(column.name, column.name) for column in KIND_OF[model].columns}
