"""How is a personal value erased from the trail, by two administrators together? (依规删除)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.trail.access import CONFIRM_ERASURE, PROPOSE_ERASURE, require_duty
from qingshan.office.trail.actions.recording import official_act, record
from qingshan.office.trail.models import Entry, Erasure, PersonalValue
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.sentences import TrailError
from qingshan.rules.reasons import Reason


@official_act
def propose_erasure(
    entry: Entry, *, fields: Sequence[str], reason: str, actor: ActorLike, now: datetime
) -> Erasure:
    """Ask for an erasure. Refused: no person, no reason, a value that is not there or already erased."""
    require_duty(actor, PROPOSE_ERASURE)
    named = sorted(set(fields))
    if not reason.strip():
        raise TrailError.because("trail.erasure_needs_reason")
    standing = PersonalValue.objects.filter(entry_seq=entry.seq, field__in=named, erased_by=None)
    if not named or standing.count() != len(named):
        raise TrailError.because("trail.nothing_to_erase", seq=entry.seq)
    erasure = Erasure.objects.create(
        entry_seq=entry.seq,
        fields=named,
        reason=reason.strip(),
        proposed_by=_person(actor),
        proposed_at=now,
    )
    said = {"entry": entry.seq, "fields": named, "reason": erasure.reason}
    _record(PROPOSE_ERASURE.code, erasure, actor=actor, now=now, said=said)
    return erasure


@official_act
def confirm_erasure(erasure: Erasure, *, actor: ActorLike, now: datetime) -> Erasure:
    """Erase value and salt for ever. Refused: without the duty, to whoever proposed it, a second time."""
    require_duty(actor, CONFIRM_ERASURE)
    person = _person(actor)
    if person == erasure.proposed_by:
        raise TrailError.because("trail.erasure_needs_two", name=actor.decider.name)
    waiting = Erasure.objects.filter(pk=erasure.pk, confirmed_by=None)
    if waiting.update(confirmed_by=person, confirmed_at=now) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(Erasure._meta.verbose_name))
    erasure.refresh_from_db()
    said = {"entry": erasure.entry_seq, "fields": erasure.fields}
    entry = _record(CONFIRM_ERASURE.code, erasure, actor=actor, now=now, said=said)
    values = PersonalValue.objects.filter(
        entry_seq=erasure.entry_seq, field__in=erasure.fields, erased_by=None
    )
    values.update(value="", salt="", erased_by=entry.seq)
    return erasure


def _record(act: str, erasure: Erasure, *, actor: ActorLike, now: datetime, said: dict[str, Any]) -> Entry:
    because = [Reason("trail.erasure_reason", {"reason": erasure.reason})]
    return record(act=act, actor=actor, now=now, subjects=[erasure], new=said, because=because)


def _person(actor: ActorLike) -> int:
    """Both administrators are people who are at the keyboard themselves, never by paper or by the system."""
    if actor.decider.kind != "person" or actor.decider.id is None or actor.decider != actor.recorder:
        raise TrailError.because("trail.erasure_in_person")
    return actor.decider.id
