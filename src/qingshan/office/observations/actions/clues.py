"""How do clues enter, grow together across runs, and come to be confirmed or dismissed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely

from qingshan.geo.area import area_m2
from qingshan.geo.search import intersecting
from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import DISMISS_CLUE, RECORD_CLUES, VERIFY_CLUE
from qingshan.office.observations.models import Clue, ClueSighting, Screening
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.whereabouts import facts_of
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import region_at
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.clues import (
    UNDECIDED,
    ClueRules,
    ClueSource,
    ClueState,
    doubts,
    has_lasted,
    is_same,
    state_after,
)
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.provisions import Rulebook
from qingshan.rules.rulebook import in_force


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One piece of land as a run saw it."""

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


@official_act
def record_clues(screening: Screening, found: Sequence[Seen], *, now: datetime) -> list[Clue]:
    """写入疑似问题图斑, by the program: what overlaps a clue that is known is one sighting more of it. What this run
    has recorded before must not be among them: `to_record` leaves it out.
    """
    clues, subjects, new = [], [], 0
    for one in found:
        clue, is_new, rows = _entered(screening, one, on=shanghai_date(now))
        clues.append(clue)
        subjects += rows
        new += is_new
    told = {"number": screening.number, "new": new, "merged": len(found) - new}
    record(
        act=RECORD_CLUES.code,
        actor=THE_SYSTEM,
        now=now,
        subjects=list(dict.fromkeys(subjects)),
        new=told,
        region_id=screening.region_id,
    )
    return clues


def to_record(screening: Screening, keys: Sequence[str]) -> set[str]:
    """Which of these pieces this run has not recorded yet."""
    rows = ClueSighting.objects.filter(screening=screening, key__in=keys)
    return set(keys) - set(rows.values_list("key", flat=True))


def _entered(screening: Screening, one: Seen, *, on: date) -> tuple[Clue, bool, list[Any]]:
    region = _region(screening, one)
    book = in_force("clues", on=on, region=region_of_id(region.pk))
    rules = ClueRules.of(book)
    known = _known(one, rules)
    clue = _new(one, region, book, rules, on) if known is None else _grown(known, one, screening, rules)
    sighting = ClueSighting(
        clue=clue,
        screening=screening,
        key=one.key,
        geom=one.shape,
        area_m2=one.area_m2,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        looks=one.looks,
        persistent=one.persistent,
        told=dict(one.told),
        before_digest=one.before_digest,
        after_digest=one.after_digest,
    )
    sighting.save(force_insert=True)
    return clue, known is None, [clue, sighting]


def _region(screening: Screening, one: Seen) -> Region:
    """The county in which it lies; the region of the screening where no outline says so."""
    return region_at(one.shape.representative_point()) or screening.region


def _known(one: Seen, rules: ClueRules) -> Clue | None:
    """The clue of which this is one sighting more: of several the one that shares most land."""
    rows = Clue.objects.filter(pk__in=intersecting(Clue.objects.all(), one.shape)).order_by("pk")
    shared = [(area_m2(shapely.intersection(one.shape, clue.geom)), clue) for clue in rows]
    same = [(common, clue) for common, clue in shared if is_same(common, one.area_m2, clue.area_m2, rules)]
    return max(same, key=lambda pair: (pair[0], -pair[1].pk))[1] if same else None


def _new(one: Seen, region: Region, book: Rulebook, rules: ClueRules, on: date) -> Clue:
    facts, mine = facts_of(one.shape, on=one.first_seen, margin_m=one.margin_m, rules=rules)
    found = doubts(facts, rules)
    lasted = has_lasted(sightings=1, looks=one.looks, says_so=one.persistent, rules=rules)
    clue = Clue(
        region=region,
        geom=one.shape,
        area_m2=one.area_m2,
        kind=found[0][0].value,
        doubts=[{"kind": kind.value, "reason": reason.as_json()} for kind, reason in found],
        rulebook=book.citation.as_json(),
        state=state_after(ClueState.SUSPECTED, lasted=lasted).value,
        source=ClueSource.SCREENING.value,
        mine=mine,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        looks=one.looks,
        found_on=on,
    )
    clue.save(force_insert=True)
    return clue


def _grown(clue: Clue, one: Seen, screening: Screening, rules: ClueRules) -> Clue:
    """A further sighting, to whose land the new one is added. Two pieces of one run are one sighting."""
    of_this_run = clue.seen.filter(screening=screening).exists()
    sightings, looks = clue.sightings + (not of_this_run), max(clue.looks, one.looks)
    lasted = has_lasted(sightings=sightings, looks=looks, says_so=one.persistent, rules=rules)
    shape = shapely.union(clue.geom, one.shape)
    grown: Clue = change(
        clue,
        geom=shape,
        area_m2=area_m2(shape),
        state=state_after(clue.state_named, lasted=lasted).value,
        first_seen=min(clue.first_seen, one.first_seen),
        last_seen=max(clue.last_seen, one.last_seen),
        looks=looks,
        sightings=sightings,
    )
    return grown


@official_act
def verify_clue(clue: Clue, *, note: str, version: int, actor: ActorLike, now: datetime) -> Clue:
    """现场核实属实. Refused: no registry duty, out of area, nothing said, decided already, changed meanwhile."""
    return _decided(clue, ClueState.VERIFIED, VERIFY_CLUE.code, note, version, actor, now)


@official_act
def dismiss_clue(clue: Clue, *, note: str, version: int, actor: ActorLike, now: datetime) -> Clue:
    """排除疑似问题图斑. Refused: no registry duty, out of area, no grounds, decided already, changed meanwhile."""
    return _decided(clue, ClueState.DISMISSED, DISMISS_CLUE.code, note, version, actor, now)


def _decided(
    clue: Clue, state: ClueState, act: str, note: str, version: int, actor: ActorLike, now: datetime
) -> Clue:
    require(actor, act, region_id=clue.region_id)
    if not note.strip():
        raise ObservationRefused.because("observations.note_missing")
    refuse_decided(clue, (*UNDECIDED, ClueState.VERIFIED) if state is ClueState.DISMISSED else UNDECIDED)
    clue.version = version
    decider = actor.decider
    change(
        clue,
        state=state.value,
        note=note.strip(),
        decided_on=shanghai_date(now),
        decided_by=decider.organisation or decider.name,
    )
    told = {"number": clue.number, "note": note.strip()}
    record(act=act, actor=actor, now=now, subjects=[clue], new=told, region_id=clue.region_id)
    return clue


def refuse_decided(clue: Clue, states: Sequence[ClueState]) -> None:
    """Refused: a clue in another state than these."""
    state = clue.state_named
    if state not in states:
        raise ObservationRefused.because(
            "observations.clue_not_in_state", number=clue.number, state=state.zh, state_en=state.en
        )
