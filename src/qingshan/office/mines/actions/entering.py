"""How is one object registered or corrected by hand? Judged like a row of a table, written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from qingshan.exchange.judging import SHAPE, Verdict
from qingshan.exchange.kinds import Context, Kind
from qingshan.exchange.models import Outcome
from qingshan.exchange.single import judged_one, row_of
from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.access import CORRECT, REGISTER, WHAT
from qingshan.office.mines.actions.importing import FIELDS_OF, change, count, create, inside_area
from qingshan.office.mines.actions.likeness import queue_alike
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.reasons import Reason

BY_HAND = "by hand"


@official_act
def register_one(
    model: type[Model],
    kind: Kind,
    written: Mapping[str, str],
    *,
    actor: ActorLike,
    now: datetime,
    options: Mapping[str, Any] | None = None,
) -> Any:
    """登记一个对象. Refused: no registry duty, a region outside the area, faults of the columns, a number that
    exists. Raises Question while it is unclear how the coordinates are meant.
    """
    require(actor, REGISTER.code)
    verdict = _judged(kind, written, actor, options)
    if verdict.target is not None:
        raise RegisterRefused.because("mines.exists_already", number=" ".join(verdict.draft.key))
    tally = Counter[tuple[int, str, str]]()
    row = row_of(kind, verdict)
    inside_area([row.values.get("region_id")], actor, REGISTER)
    (made,) = create(model, FIELDS_OF[model], [row], actor, tally)
    count(WHAT[model], tally)
    new = {"about": str(made), "what": kind.title.zh, "what_en": kind.title.en, **_told(kind, verdict)}
    region_id = row.values.get("region_id")
    subjects = [made, *queue_alike([made], options)]
    record(act=REGISTER.code, actor=actor, now=now, subjects=subjects, new=new, region_id=region_id)
    return made


@official_act
def correct_one(
    held: Any,
    kind: Kind,
    written: Mapping[str, str],
    *,
    version: int,
    actor: ActorLike,
    now: datetime,
    options: Mapping[str, Any] | None = None,
) -> Any:
    """更正一个对象. Refused: no registry duty, an object or region outside the area, faults of the columns,
    nothing that differs, another number, changed by somebody since `version`.
    """
    model = type(held)
    require(actor, CORRECT.code, region_id=held.region_id)
    verdict = _judged(kind, written, actor, options)
    if verdict.target is None or verdict.target.id != held.pk:
        raise RegisterRefused.because("mines.number_stays", number=held.key)
    if verdict.target.version != version:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(held))
    if verdict.outcome != Outcome.CHANGED:
        raise RegisterRefused.because("mines.nothing_differs", name=str(held))
    tally = Counter[tuple[int, str, str]]()
    row = row_of(kind, verdict)
    inside_area([row.values.get("region_id")], actor, CORRECT)
    (after,) = change(model, FIELDS_OF[model], [row], tally)
    count(WHAT[model], tally)
    old, new = ({name: pair[at] for name, pair in _pairs(verdict).items()} for at in (0, 1))
    about = {"about": str(after), "what": kind.title.zh, "what_en": kind.title.en}
    record(
        act=CORRECT.code,
        actor=actor,
        now=now,
        subjects=[after, *queue_alike([after], options)],
        old=old,
        new={**about, **new},
        region_id=row.values.get("region_id", held.region_id),
    )
    return after


def _judged(
    kind: Kind, written: Mapping[str, str], actor: ActorLike, options: Mapping[str, Any] | None
) -> Verdict:
    verdict = judged_one(kind, Context(actor, 0, BY_HAND, dict(options or {})), written)
    if verdict.draft.faults:
        raise RegisterRefused(*verdict.draft.faults)
    return verdict


def _told(kind: Kind, verdict: Verdict) -> dict[str, Any]:
    """What was written, without what was left empty."""
    values = {
        column.name: column.type.stored(verdict.draft.values.get(column.name)) for column in kind.columns
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _pairs(verdict: Verdict) -> dict[str, Any]:
    """Old and new of each column that differs; of a shape only that it does."""
    return {name: pair if name != SHAPE else [None, True] for name, pair in verdict.changes.items()}


def faults_by_column(refusal: RegisterRefused) -> dict[str, list[Reason]]:
    """The reasons of a refusal by the column that each is about; "" for the whole object."""
    found: dict[str, list[Reason]] = {}
    for reason in refusal.reasons:
        found.setdefault(str(reason.values.get("field") or ""), []).append(reason)
    return found
