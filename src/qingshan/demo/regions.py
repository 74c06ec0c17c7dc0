"""Which regions has 青山省? Cities and counties whose names no real place bears."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shapely import Polygon

from qingshan.demo.outlines import RINGS, outline

PROVINCE = "990000"
NAMES: dict[str, str] = {
    PROVINCE: "青山省",
    "990100": "苍岭市",
    "990101": "青石县",
    "990102": "望川县",
    "990103": "赤岩县",
    "990104": "枫岭区",
    "990200": "岚川市",
    "990201": "云麓区",
    "990202": "碧川县",
    "990203": "磐岭县",
    "990204": "霞岭县",
    "990300": "墨石市",
    "990301": "松砚区",
    "990302": "雁川县",
    "990303": "栎坪县",
    "990304": "砾川县",
}
CITIES = tuple(code for code in NAMES if code.endswith("00") and code != PROVINCE)
COUNTIES = tuple(code for code in NAMES if not code.endswith("00"))


@dataclass(frozen=True)
class RegionFacts:
    """A region as it is loaded: code, name, the code above it, outline in degrees."""

    code: str
    name: str
    parent: str | None
    outline: Polygon


@cache
def regions() -> tuple[RegionFacts, ...]:
    """Province, then cities, then counties: parents first."""
    order = (PROVINCE, *CITIES, *COUNTIES)
    return tuple(
        RegionFacts(code, NAMES[code], parent_of(code), outline(*counties_of(code))) for code in order
    )


def parent_of(code: str) -> str | None:
    if code == PROVINCE:
        return None
    return PROVINCE if code in CITIES else code[:4] + "00"


def counties_of(code: str) -> tuple[str, ...]:
    """The counties inside a region; a county contains itself."""
    stem = code.rstrip("0") if code.endswith("00") else code
    return tuple(county for county in RINGS if county.startswith(stem))
