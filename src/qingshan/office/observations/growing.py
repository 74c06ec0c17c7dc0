"""How does a clue begin with a piece of land, and how does it grow by a further sighting?

The same for what a screening of images sees and for what a file of polygons brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from qingshan.geo.area import area_m2
from qingshan.office.observations.models import Clue
from qingshan.office.observations.whereabouts import Surroundings, facts_of
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import ids_above
from qingshan.rules.clues import ClueRules, ClueSource, ClueState, doubts, has_lasted, state_after
from qingshan.rules.provisions import Rulebook


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One piece of land as a run or a file saw it."""

    key: str
    shape: Any
    area_m2: float
    first_seen: date
    last_seen: date
    looks: int
    persistent: bool
    margin_m: float
    told: Mapping[str, Any]
    before_digest: str = ""
    after_digest: str = ""


@dataclass(frozen=True)
class Judged:
    """What is doubtful about a piece of land, as the rules said it."""

    doubts: list[dict[str, Any]]
    rulebook: dict[str, Any]
    mine_id: int | None


def wait_for_others(region_ids: Iterable[int]) -> None:
    """Whoever writes clues of a province waits here until others have written theirs: land that is in no clue yet has
    no row that could be locked, and two that see it at once would begin two clues. The first thing that an act does.
    """
    provinces = {above[-1] for pk in region_ids if (above := ids_above(pk))}
    rows = Region.objects.select_for_update(no_key=True).filter(pk__in=provinces)
    list(rows.order_by("pk").values_list("pk", flat=True))


def judged(
    shape: Any,
    *,
    on: date,
    margin_m: float,
    book: Rulebook,
    rules: ClueRules,
    around: Surroundings | None = None,
) -> Judged:
    """The doubts about land that was first seen on a day."""
    facts, mine = facts_of(shape, on=on, margin_m=margin_m, rules=rules, around=around)
    found = doubts(facts, rules)
    return Judged(
        doubts=[{"kind": kind.value, "reason": reason.as_json()} for kind, reason in found],
        rulebook=book.citation.as_json(),
        mine_id=mine.pk if mine else None,
    )


def begun(
    one: Seen, judged: Judged, *, region_id: int, source: ClueSource, rules: ClueRules, on: date
) -> Clue:
    """A new clue, not written yet."""
    lasted = has_lasted(sightings=1, looks=one.looks, says_so=one.persistent, rules=rules)
    return Clue(
        region_id=region_id,
        geom=one.shape,
        area_m2=one.area_m2,
        kind=judged.doubts[0]["kind"],
        doubts=judged.doubts,
        rulebook=judged.rulebook,
        state=state_after(ClueState.SUSPECTED, lasted=lasted).value,
        source=source.value,
        mine_id=judged.mine_id,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        looks=one.looks,
        found_on=on,
    )


def grown_by(clue: Clue, one: Seen, *, is_further: bool, rules: ClueRules) -> dict[str, Any]:
    """What a sighting makes of a clue: its land is added. `is_further`: none of a run or file that saw it before."""
    sightings, looks = clue.sightings + is_further, max(clue.looks, one.looks)
    lasted = has_lasted(sightings=sightings, looks=looks, says_so=one.persistent, rules=rules)
    shape = shapely.union(clue.geom, one.shape)
    missed = clue.unseen_in
    return {
        "geom": shape,
        "area_m2": area_m2(shape),
        "state": state_after(clue.state_named, lasted=lasted).value,
        "first_seen": min(clue.first_seen, one.first_seen),
        "last_seen": max(clue.last_seen, one.last_seen),
        "looks": looks,
        "sightings": sightings,
        "unseen_in_id": missed.pk if missed and missed.seen_on > one.last_seen else None,
    }
