"""How does a person decide about a clue: confirm it after a visit, dismiss it, take it up again?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change, day_of
from qingshan.office.observations.access import DISMISS_CLUE, RESTORE_CLUE, VERIFY_CLUE
from qingshan.office.observations.models import Clue, ClueEvidence
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.clues import UNDECIDED, ClueRules, ClueState, state_restored
from qingshan.rules.dates import shanghai_date
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.rulebook import in_force
from qingshan.rules.secrecy import check_not_marked_secret


@dataclass(frozen=True)
class Shot:
    """A photograph or paper of a visit, in the vault."""

    file_name: str
    file_digest: str
    thumbnail_digest: str = ""


@dataclass(frozen=True)
class Looked:
    """What somebody found, and by what it shows."""

    note: str
    visited_on: date | None = None
    shots: Sequence[Shot] = ()


@official_act
def verify_clue(clue: Clue, looked: Looked, *, version: int, actor: ActorLike, now: datetime) -> Clue:
    """现场核实属实. Refused: no registry duty, out of area, nothing said, no day of the visit or one to come, a file
    that is marked as secret, decided already, changed meanwhile.
    """
    require(actor, VERIFY_CLUE.code, region_id=clue.region_id)
    if looked.visited_on is None:
        raise ObservationRefused.because("observations.visit_missing")
    refuse_decided(clue, UNDECIDED)
    return _decided(clue, ClueState.VERIFIED, VERIFY_CLUE.code, looked, version, actor, now)


@official_act
def dismiss_clue(clue: Clue, looked: Looked, *, version: int, actor: ActorLike, now: datetime) -> Clue:
    """排除疑似问题图斑, by a visit or by papers. Refused: no registry duty, out of area, no grounds, a day to come, a
    file that is marked as secret, decided already, changed meanwhile.
    """
    require(actor, DISMISS_CLUE.code, region_id=clue.region_id)
    refuse_decided(clue, (*UNDECIDED, ClueState.VERIFIED))
    return _decided(clue, ClueState.DISMISSED, DISMISS_CLUE.code, looked, version, actor, now)


@official_act
def restore_clue(clue: Clue, looked: Looked, *, version: int, actor: ActorLike, now: datetime) -> Clue:
    """恢复图斑: one that was dismissed waits for a decision again. Refused: no registry duty, out of area, no grounds,
    a day to come, a file that is marked as secret, one that was not dismissed, changed meanwhile.
    """
    require(actor, RESTORE_CLUE.code, region_id=clue.region_id)
    refuse_decided(clue, (ClueState.DISMISSED,))
    book = in_force("clues", on=shanghai_date(now), region=region_of_id(clue.region_id))
    state = state_restored(
        sightings=clue.sightings,
        looks=clue.looks,
        says_so=clue.seen.filter(persistent=True).exists(),
        rules=ClueRules.of(book),
    )
    return _decided(clue, state, RESTORE_CLUE.code, looked, version, actor, now)


def _decided(
    clue: Clue, state: ClueState, act: str, looked: Looked, version: int, actor: ActorLike, now: datetime
) -> Clue:
    note, on = looked.note.strip(), shanghai_date(now)
    _check(note, looked, on)
    clue.version = version
    by = actor.decider.organisation or actor.decider.name
    change(
        clue,
        state=state.value,
        note=note,
        visited_on=looked.visited_on,
        decided_on=on,
        decided_by=by,
        decided_m2=clue.area_m2 if state is ClueState.DISMISSED else None,
        grown_on=None,
    )
    shown = [
        ClueEvidence.objects.create(
            clue=clue,
            file_name=each.file_name,
            file_digest=each.file_digest,
            thumbnail_digest=each.thumbnail_digest,
            added_on=on,
            added_by=by,
        )
        for each in looked.shots
    ]
    told: dict[str, Any] = {"number": clue.number, "note": note, "visited_on": day_of(looked.visited_on)}
    if shown:
        told["files"] = [each.file_name for each in shown]
    record(act=act, actor=actor, now=now, subjects=[clue, *shown], new=told, region_id=clue.region_id)
    return clue


def _check(note: str, looked: Looked, on: date) -> None:
    if not note:
        raise ObservationRefused.because("observations.note_missing")
    if looked.visited_on is not None and looked.visited_on > on:
        raise ObservationRefused.because("observations.day_to_come", day=looked.visited_on.isoformat())
    check_not_marked_secret(note, *(each.file_name for each in looked.shots))


def refuse_decided(clue: Clue, states: Sequence[ClueState]) -> None:
    """Refused: a clue in another state than these."""
    state = clue.state_named
    if state not in states:
        raise ObservationRefused.because(
            "observations.clue_not_in_state", number=clue.number, state=state.zh, state_en=state.en
        )
