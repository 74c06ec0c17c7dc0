"""Which clue that is known is a piece of land one sighting more of, and how much of it do both share?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from qingshan.geo.area import areas_m2
from qingshan.office.observations.models import Clue
from qingshan.rules.clues import ClueRules, is_same


@dataclass(frozen=True)
class Match:
    """A known clue and a piece of land that are one."""

    clue: Clue
    common_m2: float
    share: float
    """of the smaller one"""


def matched(
    shapes: Sequence[Any],
    areas: Sequence[float],
    rules: Sequence[ClueRules],
    *,
    among: Sequence[Clue] | None = None,
) -> list[Match | None]:
    """For each piece of land the clue that it is, of several the one that shares most land."""
    found: list[Match | None] = [None] * len(shapes)
    if not len(shapes):
        return found
    clues = _around(shapes) if among is None else among
    if not clues:
        return found
    lands = np.array([clue.geom for clue in clues], dtype=object)
    pieces = np.array(shapes, dtype=object)
    places, hits = shapely.STRtree(lands).query(pieces, predicate="intersects")
    commons = areas_m2(shapely.intersection(pieces[places], lands[hits]))
    for place, hit, common in sorted(zip(places.tolist(), hits.tolist(), commons.tolist(), strict=True)):
        before, smaller = found[place], min(areas[place], clues[hit].area_m2)
        if is_same(common, areas[place], clues[hit].area_m2, rules[place]) and (
            before is None or common > before.common_m2
        ):
            found[place] = Match(clues[hit], common, min(1.0, common / smaller))
    return found


def _around(shapes: Sequence[Any]) -> list[Clue]:
    box = tuple(float(each) for each in shapely.total_bounds(np.array(shapes, dtype=object)))
    return list(Clue.objects.filter(geom__bbox=box).order_by("pk"))
