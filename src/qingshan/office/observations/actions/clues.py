"""How do clues enter, grow together across runs, and come to be confirmed or dismissed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import DISMISS_CLUE, RECORD_CLUES, VERIFY_CLUE
from qingshan.office.observations.growing import Seen, begun, grown_by, judged, wait_for_others
from qingshan.office.observations.matching import matched
from qingshan.office.observations.models import Clue, ClueSighting, Screening
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import region_at
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.clues import UNDECIDED, ClueRules, ClueSource, ClueState
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
        new=told,
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
    is_new: bool


def _entered(screening: Screening, one: Seen, *, on: date) -> _Entered | None:
    """None: nothing about it is doubtful."""
    region = _region(screening, one)
    book = in_force("clues", on=on, region=region_of_id(region.pk))
    rules = ClueRules.of(book)
    known = _known(one, rules)
    clue = _new(one, region, book, rules, on) if known is None else _grown(known, one, screening, rules)
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
    return _Entered(clue, sighting, known is None)


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
    found = judged(one.shape, on=one.first_seen, margin_m=one.margin_m, book=book, rules=rules)
    if not found.doubts:
        return None
    clue = begun(one, found, region_id=region.pk, source=ClueSource.SCREENING, rules=rules, on=on)
    clue.save(force_insert=True)
    return clue


def _grown(clue: Clue, one: Seen, screening: Screening, rules: ClueRules) -> Clue:
    """A further sighting; two pieces of one run are one."""
    of_this_run = clue.seen.filter(screening=screening).exists()
    grown: Clue = change(clue, **grown_by(clue, one, is_further=not of_this_run, rules=rules))
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
