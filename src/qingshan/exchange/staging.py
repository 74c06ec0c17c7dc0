"""How does the act of an app get at the staged rows, and how is it sure that it is the only one?

An act does, inside its own transaction:

    staging.claim(import_, actor=actor)                     # one winner; finds what moved
    for rows in staging.rows(import_, outcomes=("created", "changed")):
        ...                                                 # bulk_create, bulk_update
    staging.finish(import_, entry_sequence=entry.sequence)  # after the trail

What can be made of the rows before the transaction, for which everybody waits, is made before it: `reading_of` then,
and `claim(…, reading=…)` inside.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

import shapely
from django.db import connection, transaction
from django.db.models import Max, Min, TextField
from django.db.models.functions import Cast
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.errors import ExchangeError, Gone, Moved
from qingshan.exchange.kinds import Context, Draft, Key, Kind
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.values import Type
from qingshan.rules.flows.importing import FLOW, ImportAct, ImportState
from qingshan.rules.reasons import Reason

CHUNK_ROWS = 5000
KEY_JOINT = "\x1f"


class Row(NamedTuple):
    """One staged row with its values as the app's types."""

    position: int
    sheet: str
    row: int
    outcome: Outcome
    key: Key
    values: dict[str, Any]
    geom: BaseGeometry | None
    area_m2: float | None
    target_id: int | None
    target_version: int | None
    words: str = ""


_Restore: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_FIELDS = (
    "position",
    "sheet",
    "row",
    "outcome",
    "key",
    "area_m2",
    "target_id",
    "target_version",
    "words",
    "geom",
)
_VALUES = Cast("values", TextField())
"""As text: some thousand are read at once."""


def rows(
    import_: Import,
    *,
    outcomes: Iterable[str] = (Outcome.CREATED, Outcome.CHANGED),
    chunk: int = CHUNK_ROWS,
) -> Iterator[list[Row]]:
    """The staged rows in the order of the file, some thousand at a time."""
    restore = _restorer(declared_kind(import_.kind))
    found = StagedRow.objects.filter(source=import_, outcome__in=[str(outcome) for outcome in outcomes])
    after = -1
    while True:
        part = list(
            found.filter(position__gt=after).order_by("position").values_list(*_FIELDS, _VALUES)[:chunk]
        )
        if not part:
            return
        after = part[-1][0]
        values = json.loads(f"[{','.join(record[-1] for record in part)}]")
        shapes = shapely.from_wkb([_bytes(record[-2]) for record in part])
        yield [_row(*each, restore) for each in zip(part, values, shapes, strict=True)]


def _bytes(blob: Any) -> bytes | None:
    return None if blob is None else bytes(blob)


def _row(record: Sequence[Any], values: dict[str, Any], shape: BaseGeometry | None, restore: _Restore) -> Row:
    position, sheet, row, outcome, key, area_m2, target_id, version, words, _shape, _values = record
    return Row(
        position=position,
        sheet=sheet,
        row=row,
        outcome=_OUTCOMES[outcome],
        key=_key(key),
        values=restore(values),
        geom=shape,
        area_m2=area_m2,
        target_id=target_id,
        target_version=version,
        words=words,
    )


def _restorer(kind: Kind) -> _Restore:
    as_stored = Type.restored
    types = [(c.name, c.type.restored) for c in kind.columns if type(c.type).restored is not as_stored]

    def restore(values: dict[str, Any]) -> dict[str, Any]:
        for name, restored in types:
            if name in values:
                values[name] = restored(values[name])
        return values

    return restore


Reading = tuple[int | None, int | None]
"""Which rows a reading of the file left: every reading numbers its rows anew."""


def reading_of(import_: Import) -> Reading:
    """For whoever prepares the rows before the transaction: `claim` then asks whether they are still these."""
    ends = StagedRow.objects.filter(source=import_).aggregate(first=Min("pk"), last=Max("pk"))
    return ends["first"], ends["last"]


def claim(import_: Import, *, actor: Any, reading: Reading | None = None) -> None:
    """Take the import for this act, inside the act's transaction: of two acts at once, one gets it.

    Refuses an import that is not waiting (Gone), that was read again since `reading`, that holds refused rows nobody
    agreed to leave out, that has nothing to apply (RuleBroken), and one whose objects were changed by others since the
    preview (Moved).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("claim belongs inside the transaction of the act that applies the import")
    import_.refresh_from_db()
    met = ("rules.importing.nothing_to_apply",) if import_.created or import_.changed else ()
    if import_.refused and not import_.options.get("good_rows_only"):
        raise ExchangeError.because("exchange.refused_rows", file=import_.file_name, refused=import_.refused)
    _move(import_, ImportAct.APPLY, met=met)
    if reading not in (None, reading_of(import_)):
        raise gone(import_)
    _complete(import_)
    check_unmoved(import_, actor=actor)


def _complete(import_: Import) -> None:
    """The rows must be those that the preview counted: another reading may have begun."""
    found = StagedRow.objects.filter(source=import_, outcome__in=(Outcome.CREATED, Outcome.CHANGED))
    if found.count() != import_.created + import_.changed:
        raise gone(import_)


def finish(import_: Import, *, entry_sequence: int) -> None:
    """Note which trail entry applied the import; it must have been claimed in the same transaction."""
    found = Import.objects.filter(pk=import_.pk, state=ImportState.APPLIED, applied_entry=None)
    if not found.update(applied_entry=entry_sequence):
        raise gone(import_)
    import_.refresh_from_db()


def cancel(import_: Import) -> None:
    """Give the import up; its rows go at once."""
    with transaction.atomic():
        import_.refresh_from_db()
        _move(import_, ImportAct.CANCEL)
        StagedRow.objects.filter(source=import_).delete()


def _move(import_: Import, act: ImportAct, *, met: Sequence[str] = ()) -> None:
    """Compare-and-set along the flow table."""
    if import_.state in FLOW.final and import_.state != ImportState.FAILED:
        raise gone(import_)
    state = FLOW.after(import_.state, act, met=met)
    if not Import.objects.filter(pk=import_.pk, state=import_.state).update(state=state):
        raise gone(import_)
    import_.state = state


def gone(import_: Import) -> Gone:
    """The error that says what became of the import meanwhile."""
    import_.refresh_from_db()
    state = FLOW.names[import_.state]
    return Gone.because("exchange.gone", file=import_.file_name, state=state.zh, state_en=state.en)


class Judged(NamedTuple):
    """Against what a row was judged: no object, or an object of this version."""

    position: int
    sheet: str
    row: int
    key: str
    target_id: int | None
    target_version: int | None


def check_unmoved(import_: Import, *, actor: Any) -> None:
    """Ask the kind again for every object: created meanwhile, deleted, or of another version raises Moved."""
    kind = declared_kind(import_.kind)
    context = Context(actor, import_.pk, import_.file_name, dict(import_.options), only_versions=True)
    found = [row for chunk in _judged(import_) for row in moved(kind, context, chunk)]
    if found:
        raise Moved.because("exchange.moved", sheet=found[0].sheet, row=found[0].row, count=len(found))


def _judged(import_: Import, *, chunk: int = CHUNK_ROWS) -> Iterator[list[Judged]]:
    """Without values and shapes: reading those takes as long as writing them, and others wait."""
    rows = StagedRow.objects.filter(source=import_).exclude(outcome=Outcome.REFUSED)
    after = -1
    while part := rows.filter(position__gt=after).order_by("position").values_list(*Judged._fields)[:chunk]:
        judged = list(map(Judged._make, part))
        after = judged[-1].position
        yield judged


def moved(kind: Kind, context: Context, chunk: Sequence[Judged]) -> list[Judged]:
    """The rows whose object is not what it was when they were judged."""
    drafts = [Draft(row.sheet, row.row, {}, key=_key(row.key)) for row in chunk]
    known = kind.existing(context, drafts)
    return [
        row
        for row, draft in zip(chunk, drafts, strict=True)
        if (row.target_id, row.target_version) != _mark(known.get(draft.key))
    ]


def _mark(known: Any) -> tuple[int | None, int | None]:
    return (None, None) if known is None else (known.id, known.version)


def _key(joined: str) -> Key:
    return tuple(joined.split(KEY_JOINT)) if joined else ()


def sweep(*, older_than: datetime) -> int:
    """Drop the staged rows of imports uploaded before an instant; previews that still wait expire."""
    old = Import.objects.filter(created_at__lt=older_than)
    with transaction.atomic():
        expired = Reason("exchange.expired").as_json()
        old.filter(state=ImportState.READ).update(
            state=FLOW.after(ImportState.READ, ImportAct.FAIL), faults=[expired]
        )
        count, _ = StagedRow.objects.filter(source__in=old).delete()
    return count


__all__ = [
    "Row",
    "cancel",
    "check_unmoved",
    "claim",
    "finish",
    "gone",
    "moved",
    "rows",
    "sweep",
]
