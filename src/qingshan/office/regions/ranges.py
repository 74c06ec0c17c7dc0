"""Which ids lie inside a region? Scope is a range of numbers, never a prefix of text."""

from __future__ import annotations

from qingshan.rules.identifiers import ABROAD_ID, region_of_id

WHOLE_COUNTRY = (100_000_000_000, 999_999_999_999)
EVERYWHERE = (ABROAD_ID, 999_999_999_999)
"""The country and abroad, as one range: two would be two branches of every list."""


def region_range(region_id: int) -> tuple[int, int]:
    """First and last id of a region and all below it: county 990101 gives 990101000000 to 990101999999."""
    return region_of_id(region_id).range


def inside(region_id: int | None, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether a region lies in one of the ranges; what has no region lies in none."""
    return region_id is not None and any(low <= region_id <= high for low, high in ranges)


def county_of(region_id: int) -> int:
    """The county in which a region lies, or the region itself where it is none of a county's."""
    return region_id - region_id % 10**6


def ids_above(region_id: int) -> tuple[int, ...]:
    """The ids that a region above this one can have, itself among them: township, county, prefecture, province."""
    if region_id <= 10**11:
        return ()
    return tuple(region_id - region_id % 10**digits for digits in (3, 6, 8, 10))
