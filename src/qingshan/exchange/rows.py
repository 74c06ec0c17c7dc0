"""What would become of each row of a table? Cells become drafts, shapes find their place, rows are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qingshan.exchange.cells import Cell
from qingshan.exchange.columns import Column
from qingshan.exchange.errors import FileRefused
from qingshan.exchange.judging import Judge, Verdict
from qingshan.exchange.kinds import Context, Draft, Kind
from qingshan.exchange.outlines import SHAPE_COLUMNS
from qingshan.exchange.readers import Batch, Expected, Table
from qingshan.exchange.reading import Fields, fields_of, read_batch
from qingshan.exchange.shapes import System, place_shapes, system_of, taken_from_cells


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns of a file of this kind, with those that hold shapes in a sheet."""
    if kind.geometry is None:
        return kind.columns
    own = set().union(*(column.words for column in kind.columns))
    shapes = [column for column in SHAPE_COLUMNS if not column.words & own]
    return (*kind.columns, *shapes)


def expected_of(kind: Kind, options: Mapping[str, Any]) -> Expected:
    """What is looked for in a file of this kind."""
    return Expected(
        columns=columns_of(kind),
        identity=(*kind.key, *kind.known_by),
        corners=kind.geometry in {"polygon", "any"},
        areas_only=kind.geometry == "polygon",
        options=options,
    )


@dataclass
class Source:
    """One file whose rows are read and judged."""

    kind: Kind
    columns: tuple[Column, ...]
    context: Context
    judge: Judge
    said: Mapping[str, Any] = field(default_factory=dict)
    """Values by column that were said once for all rows."""
    position: int = 0
    """How many rows of it were dealt with."""


def source_of(kind: Kind, context: Context) -> Source:
    return Source(kind, columns_of(kind), context, Judge(kind, context), said_once(kind, context.said))


def said_once(kind: Kind, written: Mapping[str, Any]) -> dict[str, Any]:
    """What was said once for all rows, as values; what cannot be read is a `Fault`."""
    read = {
        name: kind.by_name[name].type.reader()(written[name]) for name in kind.said_once if name in written
    }
    return {name: value for name, value in read.items() if value is not None}


class TableRows:
    """One table on its way to verdicts."""

    def __init__(self, source: Source, table: Table) -> None:
        self._source = source
        self._table = table
        self._fields: Fields = fields_of(table, source.columns)
        self._identifiable()
        self._system: System | None = None
        self._first = 0

    def _identifiable(self) -> None:
        """Without key columns and without shapes nobody can tell which object a row means."""
        kind, names = self._source.kind, self._fields.names
        missing = [kind.by_name[name] for name in kind.key if name not in names]
        if kind.names_itself:
            return
        if missing and not self._table.has_shapes and not names & {column.name for column in SHAPE_COLUMNS}:
            raise FileRefused.because(
                "exchange.key_column_missing",
                file=self._source.context.file_name,
                columns="、".join(column.zh for column in missing),
                columns_en=", ".join(column.en for column in missing),
            )

    def verdicts(self) -> Iterator[tuple[list[Verdict], list[list[Cell]]]]:
        self._first = self._source.position
        for batch in self._table.batches():
            drafts = read_batch(self._table, batch, self._fields)
            self._say_once(drafts)
            has_shapes = self._place(batch, drafts)
            rows = [list(row) for row in zip(*batch.columns, strict=True)] if batch.columns else []
            yield self._source.judge.judge(drafts, has_shapes=has_shapes), rows or [[] for _ in drafts]

    def _say_once(self, drafts: Sequence[Draft]) -> None:
        """Where a row leaves its cell empty; one that could not be read stays without value."""
        for draft in drafts if self._source.said else ():
            faulty = {fault.values.get("field") for fault in draft.faults}
            for name, value in self._source.said.items():
                if draft.values.get(name) is None and name not in faulty:
                    draft.values[name] = value

    def _place(self, batch: Batch, drafts: Sequence[Draft]) -> bool:
        kind = self._source.kind
        in_cells = taken_from_cells(drafts) if kind.geometry else None
        shapes = batch.shapes if batch.shapes is not None else in_cells
        if kind.geometry is None or shapes is None:
            return False
        options = self._source.context.options
        self._system = self._system or system_of(self._table, shapes, options)
        place_shapes(kind, batch, drafts, shapes, self._system, abroad=self._source.context.allow_abroad)
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
            "corners": list(table.corners),
            "crs": None if system is None else {"zh": system.crs.say(), "en": system.crs.say("en")},
            "notes": [note.as_json() for note in (*table.notes, *(system.notes if system else ()))],
        }
