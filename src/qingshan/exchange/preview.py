"""What would this import do? Reads the file, judges and stages every row; nothing is applied yet.

Rows are written batch by batch, each in a short transaction, so that nobody waits for a large file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import shapely
from django.db import transaction
from django.db.models import Count

from qingshan.exchange.cells import Cell
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.errors import Gone
from qingshan.exchange.inserting import InsertedRow, as_json, insert_rows, plain_cell
from qingshan.exchange.judging import Verdict
from qingshan.exchange.kinds import Context, Draft, Kind, all_kinds
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.readers import Question, Table, opened
from qingshan.exchange.rows import Source, TableRows, expected_of, source_of
from qingshan.exchange.staging import KEY_JOINT, gone
from qingshan.rules.errors import QingshanError
from qingshan.rules.flows.importing import FLOW, ImportAct, ImportState
from qingshan.rules.reasons import Reason

_TWINS_AT_ONCE = 200


class Progress(Protocol):
    """What background work offers; raises its own exception when somebody cancels."""

    def report(self, done: int, total: int) -> None: ...


def stage(import_: Import, *, path: Path, actor: Any, progress: Progress | None = None) -> Import:
    """Read the file of an import and stage its rows.

    Afterwards the import is `read`, with its counts; or it still waits with a `question`; or it is `failed`
    and the reasons are raised. Whatever else interrupts (cancel, a killed process) leaves it without rows.
    """
    reading = _begin(import_, actor)
    try:
        with fewer_collections():
            _read(reading, path, progress)
    except Question as question:
        _drop_rows(import_)
        _keep(import_, question=question.as_json())
    except QingshanError as error:
        _drop_rows(import_)
        if not isinstance(error, Gone):
            _end(import_, ImportAct.FAIL, error.reasons)
        raise
    except BaseException:
        _drop_rows(import_)
        raise
    import_.refresh_from_db()
    return import_


@dataclass
class _Reading:
    """One attempt to read one file."""

    import_: Import
    attempt: int
    source: Source


def _begin(import_: Import, actor: Any) -> _Reading:
    kind = declared_kind(import_.kind)
    with transaction.atomic():
        import_.refresh_from_db()
        FLOW.after(import_.state, ImportAct.READ)
        import_.attempt += 1
        # no counts while there are no rows: nobody can apply half a reading
        empty = dict.fromkeys(Outcome.values(), 0)
        waiting = Import.objects.filter(pk=import_.pk, state=import_.state, attempt=import_.attempt - 1)
        if not waiting.update(attempt=import_.attempt, question=None, faults=[], **empty):
            raise gone(import_)
        StagedRow.objects.filter(source=import_).delete()
    context = Context(actor, import_.pk, import_.file_name, dict(import_.options))
    return _Reading(import_, import_.attempt, source_of(kind, context))


def _keep(import_: Import, **values: Any) -> None:
    Import.objects.filter(pk=import_.pk).update(**values)


def _drop_rows(import_: Import) -> None:
    """Only those of the own attempt: a later one may be at work already."""
    with transaction.atomic():
        if Import.objects.filter(pk=import_.pk, attempt=import_.attempt).exists():
            StagedRow.objects.filter(source=import_).delete()


def give_up(import_: Import, because: Sequence[Reason]) -> None:
    """The reading ended for good without a result: cancelled (no reasons), or failed for these."""
    import_.refresh_from_db()
    _drop_rows(import_)
    _end(import_, ImportAct.FAIL if because else ImportAct.CANCEL, because)


def _end(import_: Import, act: ImportAct, because: Sequence[Reason]) -> None:
    """Along the flow table, and only where no later reading has begun."""
    faults = [reason.as_json() for reason in because]
    for line in FLOW.transitions:
        if line.act == act:
            found = Import.objects.filter(pk=import_.pk, attempt=import_.attempt, state__in=line.from_states)
            found.update(state=line.to_state, faults=faults)
    import_.refresh_from_db()


def _read(reading: _Reading, path: Path, progress: Progress | None) -> None:
    import_ = reading.import_
    with opened(
        path,
        import_.file_name,
        expected=expected_of(reading.source.kind, import_.options),
        with_shapes=reading.source.kind.geometry is not None,
    ) as found:
        tables = _own_sheets(found, reading.source.kind)
        total = sum(table.total for table in tables)
        readers = [TableRows(reading.source, table) for table in tables]
        for reader in readers:
            for verdicts, cells in reader.verdicts():
                _write(reading, verdicts, cells)
                if progress is not None:
                    progress.report(reading.source.position, total)
    _finish(reading, {"tables": [reader.layout() for reader in readers]})


def _own_sheets(tables: list[Table], kind: Kind) -> list[Table]:
    """A workbook that we wrote has a sheet for each kind, under its name: the others are none of this import."""
    if not any(table.name in kind.names for table in tables):
        return tables
    others = {name for other in all_kinds() if other.code != kind.code for name in other.names}
    return [table for table in tables if table.name not in others]


def _write(reading: _Reading, verdicts: Sequence[Verdict], cells: Sequence[Sequence[Cell]]) -> None:
    blobs = shapely.to_wkb([_shape_of(verdict.draft) for verdict in verdicts], byte_order=1)
    rows = [
        _row(reading, position, verdict, blob, row)
        for position, (verdict, blob, row) in enumerate(
            zip(verdicts, blobs, cells, strict=True), start=reading.source.position
        )
    ]
    with transaction.atomic():
        _still_ours(reading)
        insert_rows(rows)
    reading.source.position += len(rows)


def _shape_of(draft: Draft) -> Any:
    """A refused shape is kept as well: it comes back in the workbook of refused rows."""
    return draft.geom if draft.geom is not None else draft.refused_geom


def _row(
    reading: _Reading, position: int, verdict: Verdict, blob: bytes | None, cells: Sequence[Cell]
) -> InsertedRow:
    """In the order of COLUMNS."""
    draft, target = verdict.draft, verdict.target
    columns = reading.source.kind.by_name
    return (
        reading.import_.pk,
        position,
        draft.sheet[:255],
        draft.row,
        verdict.outcome.value,
        KEY_JOINT.join(draft.key)[:255],
        as_json(
            {
                name: columns[name].type.stored(value) if name in columns else value
                for name, value in draft.values.items()
            }
        ),
        as_json(verdict.changes),
        blob,
        draft.area_m2,
        as_json([reason.as_json() for reason in draft.faults]),
        as_json([reason.as_json() for reason in draft.notes]),
        as_json([plain_cell(cell) for cell in cells]),
        _words(reading.source.kind, verdict),
        target.id if target else None,
        target.version if target else None,
    )


def _words(kind: Kind, verdict: Verdict) -> str:
    return kind.words(verdict.draft.values) if kind.words and verdict.outcome == Outcome.CREATED else ""


def _still_ours(reading: _Reading) -> None:
    found = Import.objects.filter(pk=reading.import_.pk, attempt=reading.attempt).exclude(
        state__in=FLOW.final - {ImportState.FAILED}
    )
    if not found.exists():
        raise gone(reading.import_)


def _finish(reading: _Reading, layout: dict[str, Any]) -> None:
    with transaction.atomic():
        _refuse_twins(reading)
        counts = dict.fromkeys(Outcome.values(), 0)
        rows = StagedRow.objects.filter(source=reading.import_).values_list("outcome")
        counts.update(rows.annotate(Count("pk")).values_list("outcome", "pk__count"))
        state = FLOW.after(reading.import_.state, ImportAct.READ)
        found = Import.objects.filter(
            pk=reading.import_.pk, attempt=reading.attempt, state=reading.import_.state
        )
        if sum(counts.values()) != reading.source.position or not found.update(
            state=state, layout=layout, **counts
        ):
            raise gone(reading.import_)


def _refuse_twins(reading: _Reading) -> None:
    """Both rows of a pair are refused: which of them is right, only the clerk knows."""
    twins: dict[int, list[Reason]] = reading.source.judge.twins
    positions = sorted(twins)
    for start in range(0, len(positions), _TWINS_AT_ONCE):
        part = positions[start : start + _TWINS_AT_ONCE]
        rows = list(StagedRow.objects.filter(source=reading.import_, position__in=part).defer("geom"))
        for row in rows:
            row.outcome, row.changes = Outcome.REFUSED.value, {}
            row.faults = [*row.faults, *(reason.as_json() for reason in twins[row.position])]
        StagedRow.objects.bulk_update(rows, ["outcome", "changes", "faults"])
