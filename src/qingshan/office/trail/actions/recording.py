"""How does an act enter the trail? `official_act` wraps it, `record` writes its one entry.

Every official act is a function decorated with `official_act`. It runs in one transaction and must record
exactly one entry; an act that records none or two is undone. **An act that calls a lower act** leaves both
entries: each act answers for its own one, the lower one comes first, and all stand or fall together. The
outer act takes its own locks before it calls a lower one, because the head of the trail is locked by the
first entry and held to the end; a deadlock that happens all the same repeats the whole outermost act.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.db.models import Model

from qingshan.office.trail import acts, chain, personal
from qingshan.office.trail.canonical import Unstorable, canonical, flat
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike, Party
from qingshan.office.trail.remembering import forget_in_this_act
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.subjects import SubjectState, digest_of_states, states_of
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import Reason

P = ParamSpec("P")
R = TypeVar("R")

RETRIES = 3
# PostgreSQL: deadlock detected, could not serialize access
TRANSIENT = frozenset({"40P01", "40001"})


class OutsideAnAct(RuntimeError):
    """Something was recorded outside a transaction: the act and its entry could part."""


class NotOneEntry(RuntimeError):
    """An act ended with no entry of its own, or with more than one; it was undone."""


# one number for each act that is running, the innermost last: how many entries it has recorded
_running: ContextVar[tuple[list[int], ...]] = ContextVar("running_acts", default=())


def official_act(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function as one official act: all or nothing, one entry, repeated after a deadlock."""

    @functools.wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        forget_in_this_act()
        if transaction.get_connection().in_atomic_block:
            return _once(function, *args, **kwargs)  # whoever opened the transaction repeats it
        return _repeated(lambda: _once(function, *args, **kwargs))

    return act


def _once(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    recorded = [0]
    token = _running.set((*_running.get(), recorded))
    try:
        with transaction.atomic():
            result = function(*args, **kwargs)
            if recorded[0] != 1:
                raise NotOneEntry(f"{function.__qualname__} recorded {recorded[0]} entries instead of one")
            return result
    finally:
        _running.reset(token)


def _repeated(once: Callable[[], R]) -> R:
    for attempt in range(RETRIES):
        try:
            return once()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in TRANSIENT:
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))
    return once()


def record(
    *,
    act: str,
    actor: ActorLike,
    now: datetime,
    occurred_on: date | None = None,
    subjects: Iterable[Model | SubjectState] = (),
    old: Any = None,
    new: Any = None,
    because: Iterable[Reason] = (),
    personal: Mapping[str, str] | None = None,
    region_id: int | None = None,
) -> Entry:
    """Write the entry of the running act, as its last step: the head of the trail is locked from here on.

    `subjects` are the objects as they are after writing (or SubjectState); `personal` holds values that
    must be erasable, by field name. The day defaults to that of the paper decision, else of `now`;
    the region to that of the decider. Raises OutsideAnAct, UnknownAct, UndeclaredSubject.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideAnAct(f"{act} was recorded outside a transaction")
    states = states_of(subjects)
    secrets = _secrets(personal)
    entry = Entry(
        act=acts.act(act).code,
        recorded_at=now,
        occurred_on=occurred_on or (actor.paper.decided_on if actor.paper else shanghai_date(now)),
        region_id=actor.decider.region_id if region_id is None else region_id,
        old_json=_text("old", old),
        new_json=_text("new", new),
        because_json=canonical([reason.as_json() for reason in because]),
        personal_json=flat({secret.field: secret.commitment for secret in secrets}),
        subject_count=len(states),
        subjects_digest=digest_of_states(states),
        **_who(actor),
    )
    chain.append(entry, states, secrets)
    if running := _running.get():
        running[-1][0] += 1
    return entry


def _text(field: str, value: Any) -> str | None:
    try:
        return None if value is None else canonical(value)
    except Unstorable:
        raise TrailError.because("trail.unstorable", field=field) from None


def _secrets(values: Mapping[str, str] | None) -> list[personal.Secret]:
    return [personal.commit(field, value) for field, value in sorted((values or {}).items())]


def _who(actor: ActorLike) -> dict[str, Any]:
    paper = actor.paper
    return {
        **_party("decider", actor.decider),
        **_party("recorder", actor.recorder),
        "paper_number": paper.number if paper else "",
        "paper_decided_on": paper.decided_on if paper else None,
        "paper_scan": paper.scan_digest if paper else "",
    }


def _party(role: str, party: Party) -> dict[str, Any]:
    return {
        f"{role}_kind": party.kind,
        f"{role}_id": party.id,
        f"{role}_name": party.name,
        f"{role}_post": party.post,
        f"{role}_organisation": party.organisation,
        f"{role}_organisation_id": party.organisation_id,
    }
