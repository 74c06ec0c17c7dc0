"""How does a clue begin with a piece of land, and how does it grow by a further sighting?

The same for what a screening of images sees and for what a file of polygons brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from qingshan.geo.area import area_m2
from qingshan.office.observations.models import Clue
from qingshan.office.observations.whereabouts import Surroundings, facts_of
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import ids_above
from qingshan.rules.clues import (
    JUDGED,
    ClueKind,
    ClueRules,
    ClueSource,
    ClueState,
    doubts,
    has_lasted,
    has_outgrown,
    kinds_together,
    state_after,
)
from qingshan.rules.provisions import Rulebook

ADDED_M2 = 1.0
"""Less is no land that was added, but the rounding of outlines."""


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


def grown_by(
    clue: Clue, one: Seen, *, is_further: bool, rules: ClueRules, judge: Callable[[], Judged]
) -> dict[str, Any]:
    """What a sighting makes of a clue: its land is added, and what is doubtful about that land.

    `is_further`: none of a run or file that saw it before. `judge` tells what is doubtful about the piece that was
    seen; it is asked where the piece adds land.
    """
    sightings, looks = clue.sightings + is_further, max(clue.looks, one.looks)
    lasted = has_lasted(sightings=sightings, looks=looks, says_so=one.persistent, rules=rules)
    shape = shapely.union(clue.geom, one.shape)
    land_m2 = area_m2(shape)
    missed = clue.unseen_in
    values = {
        "geom": shape,
        "area_m2": land_m2,
        "state": state_after(clue.state_named, lasted=lasted).value,
        "first_seen": min(clue.first_seen, one.first_seen),
        "last_seen": max(clue.last_seen, one.last_seen),
        "looks": looks,
        "sightings": sightings,
        "unseen_in_id": missed.pk if missed and missed.seen_on > one.last_seen else None,
    }
    if land_m2 - clue.area_m2 >= ADDED_M2:
        values |= _doubted(clue, one, judge())
    return values | _outgrown(clue, one, land_m2, rules)


def _doubted(clue: Clue, one: Seen, found: Judged) -> dict[str, Any]:
    """The doubts about all its land. Of a doubt about both, the sentence of the larger piece stands."""
    if not found.doubts:
        return {}
    known, seen = _by_kind(clue.doubts), _by_kind(found.doubts)
    said = known | seen if one.area_m2 >= clue.area_m2 else seen | known
    kinds = kinds_together(known or (clue.kind_named,), seen)
    return {
        "kind": kinds[0].value,
        "doubts": [said[kind] for kind in kinds if kind in said],
        "rulebook": found.rulebook,
        "mine_id": found.mine_id or clue.mine_id,
    }


def _by_kind(doubts: Iterable[dict[str, Any]]) -> dict[ClueKind, dict[str, Any]]:
    return {ClueKind(each["kind"]): each for each in doubts}


def _outgrown(clue: Clue, one: Seen, land_m2: float, rules: ClueRules) -> dict[str, Any]:
    """核定后继续扩大: a mark alone; what it means a person says."""
    if clue.state_named not in JUDGED:
        return {}
    decided_m2 = clue.area_m2 if clue.decided_m2 is None else clue.decided_m2
    if not has_outgrown(decided_m2=decided_m2, now_m2=land_m2, rules=rules):
        return {}
    return {"grown_on": max(one.last_seen, clue.grown_on or one.last_seen), "decided_m2": decided_m2}


@dataclass(frozen=True)
class Grown:
    """What a person should know of clues that grew, for the entry of the act."""

    before: Mapping[str, str]
    """by the number of a clue the kind of doubt that it was"""
    after: Mapping[str, str]
    outgrown: tuple[str, ...]
    """numbers of clues that somebody had decided about"""

    @classmethod
    def between(cls, before: Mapping[int, tuple[str, date | None]], clues: Iterable[Clue]) -> Grown:
        """`before`: by key the kind and the day of its growth, as they were."""
        pairs = [(clue, *before[clue.pk]) for clue in clues if clue.pk in before]
        moved = [(clue, kind) for clue, kind, _grown_on in pairs if clue.kind != kind]
        return cls(
            {clue.number: kind for clue, kind in moved},
            {clue.number: clue.kind for clue, _kind in moved},
            tuple(clue.number for clue, _kind, grown_on in pairs if clue.grown_on not in (None, grown_on)),
        )

    @property
    def old(self) -> dict[str, Any] | None:
        """For `record`."""
        return _in_words(self.before) if self.before else None

    @property
    def new(self) -> dict[str, Any]:
        """The same."""
        outgrown = {"outgrown": list(self.outgrown)} if self.outgrown else {}
        return (_in_words(self.after) if self.after else {}) | outgrown


def _in_words(kinds: Mapping[str, str]) -> dict[str, Any]:
    named = [(number, ClueKind(kind)) for number, kind in sorted(kinds.items())]
    return {
        "kinds": [f"{number} {kind.zh}" for number, kind in named],
        "kinds_en": [f"{number}: {kind.en}" for number, kind in named],
    }


def marks_of(clue: Clue) -> tuple[str, date | None]:
    """What `Grown.between` compares; taken before the clue grows."""
    return clue.kind, clue.grown_on
