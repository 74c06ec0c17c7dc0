"""Which value stands under which column? Cells become drafts, with a sentence for every fault."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from qingshan.exchange.cells import Cell, folded, shortened, storable
from qingshan.exchange.columns import Column, Header, header_of, units_of
from qingshan.exchange.errors import FileRefused
from qingshan.exchange.kinds import Draft
from qingshan.exchange.numbers import Number
from qingshan.exchange.readers.headings import OUR_HEADERS, SEQUENCE, SHEET_BEFORE
from qingshan.exchange.readers.tables import Batch, Table
from qingshan.exchange.units import Unit, unit_named
from qingshan.exchange.values import Code, Fault, Reader
from qingshan.rules.reasons import Reason, Value

_REMEMBERED = 1000
_REMEMBERED_CHARACTERS = 64
_CONTINUED = re.compile(r"(.+)（续\d+）")


@dataclass(frozen=True)
class Field:
    """One recognised column of a table."""

    place: int
    column: Column
    header: str
    read: Reader
    known: dict[str, Any]
    """What was read before, by the text of the cell."""
    continued: tuple[int, ...] = ()
    """Further columns that go on where the text of this one was too long for a cell."""

    def value(self, cell: Cell) -> Any:
        """What the cell says. A column of choices, dates or regions says the same few things again and again."""
        if type(cell) is not str:
            return self.read(cell)
        if cell in self.known:
            return self.known[cell]
        value = self.read(cell)
        if len(self.known) < _REMEMBERED and len(cell) < _REMEMBERED_CHARACTERS:
            self.known[cell] = value
        return value


@dataclass(frozen=True)
class Fields:
    """What the columns of a table mean."""

    known: tuple[Field, ...]
    unknown: tuple[str, ...]
    sheet_before: int | None = None
    """Where a workbook of refused rows names the sheet that a row came from."""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(field.column.name for field in self.known)


def fields_of(table: Table, columns: Sequence[Column]) -> Fields:
    """The columns of a table. Two headers for one column and unknown units raise FileRefused."""
    known: dict[str, Field] = {}
    unknown = []
    for place, text in enumerate(table.headers):
        if not text or text in OUR_HEADERS or folded(text) in SEQUENCE or _CONTINUED.fullmatch(text):
            continue
        header = header_of(text, columns) or (_cut_off(text, columns) if place in table.cut_off else None)
        if header is None:
            unknown.append(text)
        else:
            _once(table, known, header, text)
            known[header.column.name] = _field(table, header, text, place)
    before = table.headers.index(SHEET_BEFORE) if SHEET_BEFORE in table.headers else None
    return Fields(tuple(known.values()), tuple(unknown), before)


def _cut_off(text: str, columns: Sequence[Column]) -> Header | None:
    """The one column whose name begins like this."""
    start = folded(text)
    found = [column for column in columns if any(word.startswith(start) for word in column.words)]
    return Header(found[0]) if len(found) == 1 else None


def _once(table: Table, known: dict[str, Field], header: Header, text: str) -> None:
    column = header.column
    if first := known.get(column.name):
        raise FileRefused.because(
            "exchange.header_twice",
            sheet=table.name,
            first=first.header,
            second=text,
            column=column.zh,
            column_en=column.en,
        )


def _field(table: Table, header: Header, text: str, place: int) -> Field:
    if header.unknown_unit is not None:
        units = units_of(header.column)
        raise FileRefused.because(
            "exchange.unit_unknown",
            sheet=table.name,
            header=text,
            unit=header.unknown_unit,
            units="、".join(unit.zh for unit in units),
            units_en=", ".join(unit.en for unit in units),
        )
    unit = header.unit or _unit_said(table, header.column)
    read = header.column.type.reader(unit)
    continued = tuple(
        index
        for index, other in enumerate(table.headers)
        if (found := _CONTINUED.fullmatch(other)) and found[1] == text
    )
    return Field(place, header.column, text, read, {}, continued)


def _unit_said(table: Table, column: Column) -> tuple[Unit, Fraction] | None:
    """The unit that a line above the table names for all numbers of its kind."""
    if not isinstance(column.type, Number) or column.type.unit is None:
        return None
    named = (unit_named(name, column.type.unit) for name in table.units_said)
    found = next((unit for unit in named if unit is not None), None)
    if found is not None:
        unit, times = found
        multiple = {1: "", 10_000: "万", 100_000_000: "亿"}.get(int(times), f"{times}×")
        values: dict[str, Value] = {"sheet": table.name, "column": column.zh, "column_en": column.en}
        values |= {"unit": multiple + unit.zh, "unit_en": f"{times}×{unit.en}" if multiple else unit.en}
        table.notes.append(Reason("exchange.unit_said", values))
    return found


def read_batch(table: Table, batch: Batch, fields: Fields) -> list[Draft]:
    """One draft for each row. Cells that cannot be read become None and a fault."""
    faults: dict[int, list[Reason]] = defaultdict(list)
    notes: dict[int, list[Reason]] = defaultdict(list)
    sheets = _sheets(table, batch, fields)
    values = [_values(_Place(sheets, batch, field), faults, notes) for field in fields.known]
    names = [field.column.name for field in fields.known]
    rows = zip(*values, strict=True) if values else ((),) * len(batch.rows)
    for said, here in ((faults, batch.faults), (notes, batch.notes)):
        for at, reasons in here.items():
            said[at].extend(reasons)
    return [
        Draft(sheet, row, dict(zip(names, row_values, strict=True)), faults=faults[at], notes=notes[at])
        for at, (sheet, row, row_values) in enumerate(zip(sheets, batch.rows, rows, strict=True))
    ]


def _sheets(table: Table, batch: Batch, fields: Fields) -> list[str]:
    if fields.sheet_before is None:
        return [storable(table.name)] * len(batch.rows)
    return [shortened(cell, 255) or table.name for cell in batch.columns[fields.sheet_before]]


@dataclass(frozen=True)
class _Place:
    """One column of one batch."""

    sheets: Sequence[str]
    batch: Batch
    field: Field

    def fault(self, at: int, code: str, **values: Value) -> Reason:
        cell = self.batch.columns[self.field.place][at]
        return Reason(
            code,
            {
                "sheet": self.sheets[at],
                "row": self.batch.rows[at],
                "field": self.field.column.name,
                "column": self.field.header,
                "value": shortened(cell),
                **values,
            },
        )


def _values(place: _Place, faults: dict[int, list[Reason]], notes: dict[int, list[Reason]]) -> list[Any]:
    values: list[Any] = []
    for at, cell in enumerate(_whole(place)):
        if cell is None or cell == "":
            values.append(None)
            continue
        try:
            values.append(place.field.value(cell))
        except Fault as fault:
            values.append(None)
            faults[at].append(place.fault(at, fault.code, **fault.values))
    for (at, column), unread in place.batch.unread.items():
        if column == place.field.place:
            faults[at].append(place.fault(at, unread.code, value=unread.text))
    if isinstance(place.field.column.type, Code) and place.field.column.type.doubts:
        _note_doubts(place.field.column.type.doubts, values, notes)
    return values


def _whole(place: _Place) -> list[Cell]:
    cells = place.batch.columns[place.field.place]
    for index in place.field.continued:
        further = place.batch.columns[index]
        cells = [f"{cell}{more}" if more else cell for cell, more in zip(cells, further, strict=True)]
    return cells


def _note_doubts(
    doubts: Callable[[str], tuple[Reason, ...]], values: list[Any], notes: dict[int, list[Reason]]
) -> None:
    for at, value in enumerate(values):
        if value is not None:
            notes[at].extend(doubts(value))


def same_header(one: str, other: str) -> bool:
    """Do two headers read the same, apart from spaces and width?"""
    return folded(one) == folded(other)
