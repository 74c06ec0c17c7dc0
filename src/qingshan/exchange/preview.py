"""What would this import do? Reads the file, judges and stages every row; nothing is applied yet.

Rows are written batch by batch, each in a short transaction, so that nobody waits for a large file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import shapely
from django.db import transaction
from django.db.models import Count

from qingshan.exchange.cells import Cell
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.columns import Column
from qingshan.exchange.errors import FileRefused, Gone
from qingshan.exchange.inserting import InsertedRow, as_json, insert_rows, plain_cell
from qingshan.exchange.judging import Judge, Verdict
from qingshan.exchange.kinds import Context, Draft, Kind, all_kinds
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, Outcome, StagedRow
from qingshan.exchange.outlines import SHAPE_COLUMNS
from qingshan.exchange.readers import Batch, Question, Table, opened
from qingshan.exchange.reading import Fields, fields_of, read_batch
from qingshan.exchange.shapes import System, place_shapes, system_of, taken_from_cells
from qingshan.exchange.staging import KEY_JOINT, gone
from qingshan.rules.errors import QingshanError
from qingshan.rules.flows.importing import FLOW, ImportAct, ImportState
from qingshan.rules.reasons import Reason

_TWINS_AT_ONCE = 200


class Progress(Protocol):
    """What background work offers; raises its own exception when somebody cancels."""

    def report(self, done: int, total: int) -> None: ...


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns of a file of this kind, with those that hold shapes in a sheet."""
    if kind.geometry is None:
        return kind.columns
    own = set().union(*(column.words for column in kind.columns))
    shapes = [column for column in SHAPE_COLUMNS if not column.words & own]
    return (*kind.columns, *shapes)


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
    kind: Kind
    columns: tuple[Column, ...]
    context: Context
    judge: Judge
    position: int = 0


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
    return _Reading(import_, import_.attempt, kind, columns_of(kind), context, Judge(kind, context))


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
        columns=reading.columns,
        options=import_.options,
        with_shapes=reading.kind.geometry is not None,
    ) as found:
        tables = _own_sheets(found, reading.kind)
        total = sum(table.total for table in tables)
        readers = [_TableReading(reading, table) for table in tables]
        for reader in readers:
            for verdicts, cells in reader.verdicts():
                _write(reading, verdicts, cells)
                if progress is not None:
                    progress.report(reading.position, total)
    _finish(reading, {"tables": [reader.layout() for reader in readers]})


def _own_sheets(tables: list[Table], kind: Kind) -> list[Table]:
    """A workbook that we wrote has a sheet for each kind, under its name: the others are none of this import."""
    if not any(table.name in kind.names for table in tables):
        return tables
    others = {name for other in all_kinds() if other.code != kind.code for name in other.names}
    return [table for table in tables if table.name not in others]


class _TableReading:
    """One table on its way to verdicts."""

    def __init__(self, reading: _Reading, table: Table) -> None:
        self._reading = reading
        self._table = table
        self._fields: Fields = fields_of(table, reading.columns)
        self._identifiable()
        self._system: System | None = None
        self._first = 0

    def _identifiable(self) -> None:
        """Without key columns and without shapes nobody can tell which object a row means."""
        kind, names = self._reading.kind, self._fields.names
        missing = [kind.by_name[name] for name in kind.key if name not in names]
        if missing and not self._table.has_shapes and not names & {column.name for column in SHAPE_COLUMNS}:
            raise FileRefused.because(
                "exchange.key_column_missing",
                file=self._reading.import_.file_name,
                columns="、".join(column.zh for column in missing),
                columns_en=", ".join(column.en for column in missing),
            )

    def verdicts(self) -> Iterator[tuple[list[Verdict], list[list[Cell]]]]:
        self._first = self._reading.position
        for batch in self._table.batches():
            drafts = read_batch(self._table, batch, self._fields)
            has_shapes = self._place(batch, drafts)
            rows = [list(row) for row in zip(*batch.columns, strict=True)] if batch.columns else []
            yield self._reading.judge.judge(drafts, has_shapes=has_shapes), rows or [[] for _ in drafts]

    def _place(self, batch: Batch, drafts: Sequence[Draft]) -> bool:
        kind = self._reading.kind
        in_cells = taken_from_cells(drafts) if kind.geometry else None
        shapes = batch.shapes if batch.shapes is not None else in_cells
        if kind.geometry is None or shapes is None:
            return False
        options = self._reading.context.options
        self._system = self._system or system_of(self._table, shapes, options)
        place_shapes(kind, batch, drafts, shapes, self._system, abroad=self._reading.context.allow_abroad)
        return True

    def layout(self) -> dict[str, Any]:
        """What a person may want to know about how the table was read; also the original layout."""
        table, system = self._table, self._system
        return {
            "name": table.name,
            "headers": table.headers,
            "positions": [self._first, self._first + table.total],
            "header_row": table.header_row,
            "fields": {field.column.name: field.place for field in self._fields.known},
            "unknown": list(self._fields.unknown),
            "left_out": table.left_out[:100],
            "has_shapes": table.has_shapes,
            "crs": None if system is None else {"zh": system.crs.say(), "en": system.crs.say("en")},
            "notes": [] if system is None else [note.as_json() for note in system.notes],
        }


def _write(reading: _Reading, verdicts: Sequence[Verdict], cells: Sequence[Sequence[Cell]]) -> None:
    blobs = shapely.to_wkb([verdict.draft.geom for verdict in verdicts], byte_order=1)
    rows = [
        _row(reading, position, verdict, blob, row)
        for position, (verdict, blob, row) in enumerate(
            zip(verdicts, blobs, cells, strict=True), start=reading.position
        )
    ]
    with transaction.atomic():
        _still_ours(reading)
        insert_rows(rows)
    reading.position += len(rows)


def _row(
    reading: _Reading, position: int, verdict: Verdict, blob: bytes | None, cells: Sequence[Cell]
) -> InsertedRow:
    """In the order of COLUMNS."""
    draft, target = verdict.draft, verdict.target
    columns = reading.kind.by_name
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
        target.id if target else None,
        target.version if target else None,
    )


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
        if sum(counts.values()) != reading.position or not found.update(state=state, layout=layout, **counts):
            raise gone(reading.import_)


def _refuse_twins(reading: _Reading) -> None:
    """Both rows of a pair are refused: which of them is right, only the clerk knows."""
    twins: dict[int, list[Reason]] = reading.judge.twins
    positions = sorted(twins)
    for start in range(0, len(positions), _TWINS_AT_ONCE):
        part = positions[start : start + _TWINS_AT_ONCE]
        rows = list(StagedRow.objects.filter(source=reading.import_, position__in=part).defer("geom"))
        for row in rows:
            row.outcome, row.changes = Outcome.REFUSED.value, {}
            row.faults = [*row.faults, *(reason.as_json() for reason in twins[row.position])]
        StagedRow.objects.bulk_update(rows, ["outcome", "changes", "faults"])
