"""How do clues enter, and grow together across runs? What a person decides: `judging_clues`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import RECORD_CLUES
from qingshan.office.observations.growing import (
    Grown,
    Judged,
    Seen,
    begun,
    grown_by,
    judged,
    marks_of,
    wait_for_others,
)
from qingshan.office.observations.matching import matched
from qingshan.office.observations.models import Clue, ClueSighting, Screening
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import region_at
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.rules.clues import ClueRules, ClueSource
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.provisions import Rulebook
from qingshan.rules.rulebook import in_force


@official_act
def record_clues(screening: Screening, found: Sequence[Seen], *, now: datetime) -> list[Clue]:
    """写入疑似问题图斑, by the program: what overlaps a clue that is known is one sighting more of it; what lies inside
    a right and its approved plan is none. What this run has recorded before must not be among them: `to_record` leaves
    it out.
    """
    wait_for_others([screening.region_id])
    entered = [_entered(screening, one, on=shanghai_date(now)) for one in found]
    clues = [each.clue for each in entered if each]
    grown = _grown_of(entered)
    subjects = [row for each in entered if each for row in (each.clue, each.sighting)]
    new = sum(each.is_new for each in entered if each)
    told = {"number": screening.number, "new": new, "merged": len(clues) - new}
    if planned := len(found) - len(clues):
        told["planned"] = planned
    record(
        act=RECORD_CLUES.code,
        actor=THE_SYSTEM,
        now=now,
        subjects=list(dict.fromkeys(subjects)),
        old=grown.old,
        new=told | grown.new,
        region_id=screening.region_id,
    )
    return clues


def to_record(screening: Screening, keys: Sequence[str]) -> set[str]:
    """Which of these pieces this run has not recorded yet."""
    rows = ClueSighting.objects.filter(screening=screening, key__in=keys)
    return set(keys) - set(rows.values_list("key", flat=True))


@dataclass(frozen=True)
class _Entered:
    clue: Clue
    sighting: ClueSighting
    was: tuple[str, date | None] | None
    """its marks before it grew; None: it is new"""

    @property
    def is_new(self) -> bool:
        return self.was is None


def _grown_of(entered: Sequence[_Entered | None]) -> Grown:
    """What came of clues that were known before; of several pieces in one clue the first knows how it was."""
    new = {each.clue.pk for each in entered if each and each.is_new}
    known = [each for each in entered if each and each.clue.pk not in new]
    before = {each.clue.pk: each.was for each in reversed(known) if each.was}
    return Grown.between(before, {each.clue.pk: each.clue for each in known}.values())


def _entered(screening: Screening, one: Seen, *, on: date) -> _Entered | None:
    """None: nothing about it is doubtful."""
    region = _region(screening, one)
    book = in_force("clues", on=on, region=region_of_id(region.pk))
    rules = ClueRules.of(book)
    known = _known(one, rules)
    was = marks_of(known) if known else None
    clue = _new(one, region, book, rules, on) if known is None else _grown(known, one, screening, book, rules)
    if clue is None:
        return None
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
    return _Entered(clue, sighting, was)


def _region(screening: Screening, one: Seen) -> Region:
    """The county in which it lies; the region of the screening where no outline says so."""
    return region_at(one.shape.representative_point()) or screening.region


def _known(one: Seen, rules: ClueRules) -> Clue | None:
    """The clue of which this is one sighting more, held until the act ends: a person who judges it meanwhile comes
    before or after, and neither undoes what the other did.
    """
    match = matched([one.shape], [one.area_m2], [rules])[0]
    if match is None:
        return None
    held = Clue.objects.select_for_update(of=("self",)).select_related("unseen_in")
    return held.get(pk=match.clue.pk)


def _new(one: Seen, region: Region, book: Rulebook, rules: ClueRules, on: date) -> Clue | None:
    found = _judged(one, book, rules)
    if not found.doubts:
        return None
    clue = begun(one, found, region_id=region.pk, source=ClueSource.SCREENING, rules=rules, on=on)
    clue.save(force_insert=True)
    return clue


def _judged(one: Seen, book: Rulebook, rules: ClueRules) -> Judged:
    return judged(one.shape, on=one.first_seen, margin_m=one.margin_m, book=book, rules=rules)


def _grown(clue: Clue, one: Seen, screening: Screening, book: Rulebook, rules: ClueRules) -> Clue:
    """A further sighting; two pieces of one run are one."""
    of_this_run = clue.seen.filter(screening=screening).exists()
    values = grown_by(
        clue, one, is_further=not of_this_run, rules=rules, judge=lambda: _judged(one, book, rules)
    )
    grown: Clue = change(clue, **values)
    return grown
