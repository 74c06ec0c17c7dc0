"""How much land was what, year by year? Patches by kind on the last day of each year, and today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qingshan.rules.register import PatchKind

MOST_YEARS = 8
ORDER = (*(kind.value for kind in PatchKind), "")

Span = tuple[str, date | None, date | None, float]
"""kind, first day, last day (both may be unknown), square metres"""


@dataclass(frozen=True)
class Year:
    """Areas by kind as they stood on one day."""

    on: date
    areas_m2: tuple[float | None, ...]
    """In the order of `LandOverTime.kinds`; None where there was none."""

    @property
    def total_m2(self) -> float:
        return sum(area or 0 for area in self.areas_m2)


@dataclass(frozen=True)
class LandOverTime:
    """Newest year first. Patches without a first day count for the newest only: nobody knows since when."""

    kinds: tuple[str, ...]
    years: tuple[Year, ...]
    undated: int

    @property
    def now(self) -> Year | None:
        return self.years[0] if self.years else None


def land_over_time(spans: Sequence[Span], *, on: date) -> LandOverTime:
    """The last years in which there was land; empty where there never was any."""
    begun = [first.year for _kind, first, _last, _area in spans if first and first <= on]
    earliest = max(min(begun, default=on.year), on.year - MOST_YEARS + 1)
    days = [on, *(date(year, 12, 31) for year in range(on.year - 1, earliest - 1, -1))]
    found = [_areas(spans, day, is_now=day == on) for day in days]
    kinds = tuple(kind for kind in ORDER if any(kind in areas for areas in found))
    years = [Year(day, tuple(areas.get(k) for k in kinds)) for day, areas in zip(days, found, strict=True)]
    undated = sum(1 for _kind, first, last, _area in spans if first is None and _stands(None, last, on))
    return LandOverTime(kinds, tuple(years) if kinds else (), undated)


def _areas(spans: Iterable[Span], day: date, *, is_now: bool) -> dict[str, float]:
    areas: dict[str, float] = defaultdict(float)
    for kind, first, last, area_m2 in spans:
        if (first is not None or is_now) and _stands(first, last, day):
            areas[kind] += area_m2
    return dict(areas)


def _stands(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


# --- drawn ---------------------------------------------------------------------------------------

WIDTH_PX, HEIGHT_PX, TOP_PX, FOOT_PX, LEFT_PX = 360, 150, 14, 18, 4


@dataclass(frozen=True)
class Block:
    """One part of a bar, in pixels; `place` is that of its kind, for its colour."""

    x: float
    y: float
    width: float
    height: float
    place: int


@dataclass(frozen=True)
class Bar:
    x: float
    label: str
    words: str
    """the total above the bar, in hectares"""
    top: float
    blocks: tuple[Block, ...]


def bars(land: LandOverTime) -> list[Bar]:
    """The years as stacked bars, oldest left, in a box of 360 × 150."""
    most_m2 = max((year.total_m2 for year in land.years), default=0)
    if most_m2 <= 0:
        return []
    step = (WIDTH_PX - 2 * LEFT_PX) / max(len(land.years), 4)
    drawn = []
    for number, year in enumerate(reversed(land.years)):
        x, base = LEFT_PX + number * step + step * 0.15, float(HEIGHT_PX - FOOT_PX)
        blocks = []
        for place, area in enumerate(year.areas_m2):
            height = (area or 0) / most_m2 * (HEIGHT_PX - FOOT_PX - TOP_PX)
            base -= height
            if height:
                blocks.append(
                    Block(round(x, 1), round(base, 1), round(step * 0.7, 1), round(height, 1), place)
                )
        middle = round(x + step * 0.35, 1)
        drawn.append(
            Bar(middle, str(year.on.year), f"{year.total_m2 / 10_000:.2f}", round(base - 3, 1), tuple(blocks))
        )
    return drawn
