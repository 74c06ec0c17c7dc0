"""What does a table that somebody brought look like, and what is proposed for filling it in?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.cells import is_blank
from qingshan.exchange.errors import FileRefused
from qingshan.exchange.filling.areas import contents_of, is_example, is_numbering, kind_of
from qingshan.exchange.filling.kinds import FillKind, all_fill_kinds, fill_kind
from qingshan.exchange.filling.layouts import Layout, layouts_of
from qingshan.exchange.filling.meaning import How, Meaning, meaning_of
from qingshan.exchange.filling.opening import lost, opened
from qingshan.exchange.models import RememberedHeading


@dataclass(frozen=True)
class Studied:
    """A sheet with headers. `printed` says below how many rows of each column something stands already."""

    layout: Layout
    printed: Mapping[int, int]

    def as_json(self) -> dict[str, Any]:
        return {**self.layout.as_json(), "printed": {str(place): n for place, n in self.printed.items()}}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Studied:
        return cls(Layout.from_json(said), {int(place): n for place, n in said["printed"].items()})


@dataclass(frozen=True)
class Brought:
    """A table that can be filled in: its sheets with headers, the fullest of those that are shown first."""

    sheets: tuple[Studied, ...]
    loses: bool


def study(path: Path, file_name: str) -> Brought:
    """Read the headers. Anything but a sound .xlsx with headers raises FileRefused."""
    workbook = opened(path, file_name)
    columns = [column for kind in all_fill_kinds() for column in kind.all_columns]
    found = layouts_of(workbook, columns)
    if not found:
        raise FileRefused.because("exchange.filling_no_headers", file=file_name)
    sheets = [Studied(layout, _printed(workbook[layout.sheet], layout)) for layout in found]
    return Brought(tuple(sheets), lost(path, file_name))


def _printed(sheet: Worksheet, layout: Layout) -> dict[int, int]:
    counts: dict[int, int] = {}
    for cells in contents_of(sheet, layout.bottom).values():
        if is_numbering(cells) or is_example(cells) or kind_of(cells, ()) != "filled":
            continue
        for place, cell in cells.items():
            if not is_blank(cell.value if isinstance(cell.value, str) else str(cell.value)):
                counts[place] = counts.get(place, 0) + 1
    return counts


def likely_kind(layout: Layout, *, organisation_id: int | None) -> FillKind:
    """What the table is about: as confirmed for this very table, else the kind that most headers fit."""
    known = {kind.code for kind in all_fill_kinds()}
    before = organisation_id and (
        RememberedHeading.objects.filter(
            organisation_id=organisation_id, layout=layout.digest, kind__in=known
        )
        .order_by("-confirmed_at", "-pk")
        .first()
    )
    if before:
        return fill_kind(before.kind)
    return max(all_fill_kinds(), key=lambda kind: fit(layout, kind))


def fit(layout: Layout, kind: FillKind) -> float:
    """How many headers the kind knows; what is only alike counts half, a column named twice counts once."""
    read = [meaning_of(header.lines, layout.captions, kind.all_columns) for header in layout.headers]
    same = {each.column for each in read if each.how is How.SAME}
    near = {each.column for each in read if each.how is How.NEAR} - same
    own = same & {column.name for column in kind.columns}
    return len(own) + len(near) / 2


def key_headers(studied: Studied, kind: FillKind, read: Mapping[int, Meaning]) -> Sequence[int]:
    """Columns in which printed rows say which object they want; those with most rows first."""
    places = [
        place
        for place, meaning in read.items()
        if meaning.column in kind.identifying and studied.printed.get(place)
    ]
    return sorted(
        places, key=lambda place: (-studied.printed[place], kind.identifying.index(read[place].column))
    )
