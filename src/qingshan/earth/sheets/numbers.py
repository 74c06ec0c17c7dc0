"""How are areas, shares, days and places told to people?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from shapely.geometry.base import BaseGeometry

from qingshan.earth.sheets.words import QUANTITIES, SHARES, word

M2_IN_A_HECTARE = 10_000.0
MU_IN_A_HECTARE = 15.0
UNKNOWN = "—"


def hectares(area_m2: float) -> str:
    """Hectares alone, with so many digits that a small area is not 0."""
    value = area_m2 / M2_IN_A_HECTARE
    return f"{value:,.2f}" if value >= 0.1 or value == 0 else f"{value:.4f}".rstrip("0")


def area_words(area_m2: float, language: str) -> str:
    """`1.26 公顷（18.9 亩）`."""
    mu = area_m2 / M2_IN_A_HECTARE * MU_IN_A_HECTARE
    return word("hectares", language, hectares=hectares(area_m2), mu=f"{mu:,.1f}" if mu >= 1 else f"{mu:.2f}")


def per_cent(share: float) -> str:
    """`56%`, with a digit after the point where that matters."""
    value = share * 100
    return f"{value:.0f}%" if value == 0 or 10 <= value <= 90 or value >= 99.95 else f"{value:.1f}%"


def share_words(share: float, area_m2: float, language: str) -> str:
    """A share with what it is a share of: `56% = 0.71 / 1.26 公顷`."""
    parts = f"{hectares(share * area_m2)} / {hectares(area_m2)}"
    return f"{per_cent(share)} = {word('of-hectares', language, parts=parts)}"


def rate(part: int, whole: int) -> str:
    """`71.4% = 5 / 7`; a dash where there is nothing to divide by."""
    return f"{part / whole * 100:.1f}% = {part:,} / {whole:,}" if whole else UNKNOWN


def value_words(quantity: str, value: float | None) -> str:
    """A value of a quantity: in per cent where it is a share."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return per_cent(value) if quantity in SHARES else f"{value:.2f}"


def quantity_words(quantity: str, language: str) -> str:
    """The quantity's name; its technical name where it has none."""
    known = QUANTITIES.get(quantity)
    return known.say({}, language) if known else quantity


def place_words(shape: BaseGeometry, language: str) -> str:
    """A point inside of a shape in degrees."""
    if shape.is_empty:
        return UNKNOWN
    point = shape.representative_point()
    return word("lonlat", language, lon=f"{point.x:.5f}", lat=f"{point.y:.5f}")


def days_words(days: Iterable[date], language: str, *, most: int = 12) -> str:
    """Days one after the other; of many the first and last, and how many there are."""
    told = sorted({day.isoformat() for day in days})
    joint = ", " if language.startswith("en") else "、"
    if len(told) <= most:
        return joint.join(told) or UNKNOWN
    return word("days-from-to", language, first=told[0], last=told[-1], count=len(told))
