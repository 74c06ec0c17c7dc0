"""Which objects stand in a list of corners (拐点坐标表), and which rings belong to each?

An object may stand on many rows, its number and name merged over them or written once; or it has a sheet to
itself, with labels above and below. Where two readings make sense, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import numpy as np

from qingshan.exchange.cells import Cell, folded, is_blank, plain, text_of
from qingshan.exchange.columns import header_of
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.readers.asking import Answer, Question
from qingshan.exchange.readers.corner_columns import CornerColumns, Pair
from qingshan.exchange.readers.corner_rings import (
    AXES,
    SAYS_TAKEN_OUT,
    Blocks,
    ListedObject,
    cell_at,
    pair_of,
    written_corners,
)
from qingshan.exchange.readers.datums import Said, said_of
from qingshan.exchange.readers.headings import SEQUENCE, Heading, repeats, why_no_data
from qingshan.exchange.readers.labelled import Labelled, count_said, labelled
from qingshan.exchange.readers.rings import LEAST_CORNERS, Enclosed, Ring, enclosed_by
from qingshan.exchange.readers.tables import Batch, Expected, Sheet, Table
from qingshan.rules.reasons import Reason, Sentence, Value

CORNERS, POINTS = "corners", "points"
_WHICH_ROWS, _WHICH_PAIR = "rows", "coordinates"
RING_HEADER, POINT_HEADER = "圈号", "拐点编号"
_BELOW = re.compile(
    r"标高|开采深度|个?拐点|圈定|坐标系|高程|制表|填表|审核|经办|发证|日期|^[(（]?(?:注|备注|说明)"
)
_RING_LABEL = re.compile(
    r"扣|挖除|剔除|避让|[采矿块地分]区|区块|块段|地块|[圈环]|面积\s*[\d一二三四五六七八九十]"
)
_LONGEST_LABEL = 30
_FIRST_ROWS = 3
_PREFIXED_FROM_M = 10_000_000


@dataclass(frozen=True)
class Section:
    """One list in a sheet: where its headers stand and how far it reaches."""

    heading: Heading
    above: int
    """The first row that belongs to it: titles and labels stand over the headers."""
    end: int


def corner_table(sheet: Sheet, section: Section, expected: Expected) -> Table | None:
    """The objects of a list of corners, one row each; None where the rows are something else."""
    columns = section.heading.corners
    if not expected.corners or columns is None:
        return None
    reading = _Reading(sheet, section, expected, columns)
    if not reading.is_list():
        return None
    return reading.table()


class _Reading:
    """One list on its way to a table."""

    def __init__(self, sheet: Sheet, section: Section, expected: Expected, columns: CornerColumns) -> None:
        self._sheet = sheet
        self._section = section
        self._expected = expected
        self._columns = columns
        self._ring = self._ring_column()
        aside = columns.places - ({columns.ring} if self._ring is None else set())
        self._headers = {
            place: text
            for place, text in enumerate(section.heading.headers)
            if text and place not in aside and folded(text) not in SEQUENCE
        }
        self._identity = self._identity_places()
        self._head = [pair for row in self._rows_above() for pair in labelled(row, expected.columns)]
        self._left_out: list[dict[str, Any]] = []
        self._objects: list[ListedObject] = []
        self._spoken: list[str] = []

    def _ring_column(self) -> int | None:
        """The column that numbers the rings, unless the kind knows it as one of its own."""
        ring = self._columns.ring
        if ring is None or header_of(self._section.heading.headers[ring], self._expected.columns):
            return None
        return ring

    # --- is it one? ---

    def is_list(self) -> bool:
        """Are the rows corners, and not places of their own?"""
        if self._columns.counted and self._identity and self._starts_with_places():
            return False
        sizes = self._group_sizes() or [0]
        if self._identity:
            return min(sizes) >= LEAST_CORNERS or (not self._columns.counted and max(sizes) > 1)
        if not self._columns.counted or self._identified(self._head):
            return True
        if self._expected.areas_only:
            return sum(sizes) >= LEAST_CORNERS
        if sum(sizes) < LEAST_CORNERS or self._numbers_objects():
            return False
        return self._asked_what_rows_are()

    def _starts_with_places(self) -> bool:
        """Do the first rows name one object each? Then all of them need not be looked at."""
        rows = islice(self._data_rows(), _FIRST_ROWS)
        named = [name for row in rows if (name := self._named(row))]
        return (
            len(named) > 1
            and all(one != other for one, other in pairwise(named))
            and len(named) == len(set(named))
        )

    def _numbers_objects(self) -> bool:
        """Is the number before the coordinates that of an object, or is there none?"""
        place = self._columns.panels[0].point
        if place is None:
            return True
        header = header_of(self._section.heading.headers[place], self._expected.columns)
        return header is not None and header.column.name in self._expected.identity

    def _asked_what_rows_are(self) -> bool:
        """Numbers and coordinates alone: as many places, or the corners of one."""
        chosen = self._expected.options.get(_WHICH_ROWS)
        if chosen is None:
            raise Question(
                Reason("exchange.which_rows", {"sheet": self._sheet.name}),
                option=_WHICH_ROWS,
                answers=[
                    Answer(CORNERS, Sentence(zh="一个范围的拐点", en="corners of one area")),
                    Answer(POINTS, Sentence(zh="每行一个点", en="one place on each row")),
                ],
            )
        return bool(chosen == CORNERS)

    def _group_sizes(self) -> list[int]:
        """How many rows with coordinates follow each other for one object."""
        sizes: list[int] = []
        before: tuple[str, ...] = ()
        for row in self._data_rows():
            if not any(
                _has_numbers(self._sheet.grid[row], pair_of(panel, 0)) for panel in self._columns.panels
            ):
                continue
            named = self._named(row)
            if not sizes or (named and named != before):
                sizes.append(0)
                before = named
            sizes[-1] += 1
        return sizes

    def _data_rows(self) -> Iterator[int]:
        heading, row = self._section.heading, self._section.heading.last_row + 1
        while row < self._section.end:
            again = repeats(heading, self._sheet.grid, row)
            if again:
                self._leave(row, "headers")
            else:
                yield row
            row += again or 1

    # --- which object does a row belong to? ---

    def _identity_places(self) -> list[int]:
        """The columns of the list that tell objects apart: the surest that there is."""
        known = {place: header_of(text, self._expected.columns) for place, text in self._headers.items()}
        for name in self._expected.identity:
            places = [place for place, header in known.items() if header and header.column.name == name]
            if places:
                return places
        return []

    def _named(self, row: int) -> tuple[str, ...]:
        cells = self._sheet.grid[row]
        texts = [
            plain(cells[place])
            for place in self._identity
            if place < len(cells) and not is_blank(cells[place])
        ]
        return tuple(texts)

    def _identified(self, pairs: Iterable[Labelled]) -> bool:
        names = {pair.header.column.name for pair in pairs if pair.header}
        return bool(names & set(self._expected.identity))

    def _rows_above(self) -> list[list[Cell]]:
        return self._sheet.grid[self._section.above : self._section.heading.first_row]

    # --- reading ---

    def table(self) -> Table:
        self._spoken += [text_of(cell) for row in self._rows_above() for cell in row if not is_blank(cell)]
        pair_at = self._chosen_pair()
        self._walk(pair_at)
        headers = self._object_headers()
        pair = pair_of(self._columns.panels[0], pair_at)
        said = said_of([self._sheet.name, pair.title, *self._spoken])
        enclosed = [self._enclosed(one, said) for one in self._objects]
        return Table(
            name=self._sheet.name,
            headers=headers,
            batches=lambda: iter([self._batch(headers, enclosed)] if self._objects else []),
            total=len(self._objects),
            has_shapes=True,
            crs=None if pair.degrees else said.zone(prefixed=self._prefixed()),
            crs_by_custom="EPSG:4490" if said.is_cgcs2000 else None,
            header_row=self._section.heading.last_row + 1,
            left_out=self._left_out,
            order=pair.order,
            corners=(RING_HEADER, POINT_HEADER, *AXES[pair.degrees]),
            corners_place=pair.first,
            places=self._places(headers),
        )

    def _prefixed(self) -> bool:
        """Does the number of the zone stand before the eastings?"""
        eastings = [c.second for one in self._objects for ring in one.rings for c in ring.corners]
        return bool(eastings) and float(np.nanmedian(eastings)) > _PREFIXED_FROM_M

    def _places(self, headers: Sequence[str]) -> tuple[int, ...]:
        at = {text: place for place, text in reversed(self._headers.items())}
        return tuple(at.get(header, -1) for header in headers)

    def _chosen_pair(self) -> int:
        """Of coordinates in two systems side by side, those that a person chose."""
        pairs = self._columns.panels[0].pairs
        if len(pairs) == 1:
            return 0
        chosen = self._expected.options.get(_WHICH_PAIR)
        titles = [_title_of(pair) for pair in pairs]
        if chosen in titles:
            return titles.index(str(chosen))
        reason = Reason("exchange.which_coordinates", {"sheet": self._sheet.name})
        answers = [Answer(title, Sentence(zh=_safe(title), en=_safe(title))) for title in titles]
        raise Question(reason, option=_WHICH_PAIR, answers=answers)

    def _walk(self, pair_at: int) -> None:
        current, blocks = ListedObject(cells=self._from_head()), Blocks(self._columns, self._ring, pair_at)
        before = self._section.heading.last_row
        for row in self._data_rows():
            cells = self._sheet.grid[row]
            if row > before + 1:
                # the headers again: side by side, the list goes on below them
                blocks.turn(current)
            before = row
            if not self._has_corners(cells, pair_at):
                pairs = labelled(cells, self._expected.columns)
                if self._identified(pairs):
                    current = self._introduced(row, current, blocks, pairs)
                    continue
                if not self._named(row) or self._is_heading(cells):
                    self._between(row, current, blocks, pairs)
                    continue
            if self._begins_another(row, current):
                self._finish(current, blocks)
                current = ListedObject(cells=self._from_head())
            self._take(row, current)
            blocks.add(cells, row + 1, current, self._unread(row))
        self._finish(current, blocks)

    def _is_heading(self, cells: Sequence[Cell]) -> bool:
        """A text alone in its row that speaks of rings or corners is no name of an object."""
        texts = {text_of(cell) for cell in cells if not is_blank(cell)}
        return len(texts) == 1 and any(_RING_LABEL.search(text) or _BELOW.search(text) for text in texts)

    def _introduced(
        self, row: int, current: ListedObject, blocks: Blocks, pairs: Sequence[Labelled]
    ) -> ListedObject:
        """A line of labels names the next object, or says more of the one that has no corners yet."""
        self._leave(row, "labels")
        if blocks.waiting or current.rings:
            self._finish(current, blocks)
            current = ListedObject(cells=self._from_head())
        current.cells.update(_cells_of(pairs))
        return current

    def _from_head(self) -> dict[str, Cell]:
        """What the labels above say of every object of the list: nothing that the list says itself."""
        inside = {
            h.column.name for text in self._headers.values() if (h := header_of(text, self._expected.columns))
        }
        pairs = [pair for pair in self._head if pair.header is None or pair.header.column.name not in inside]
        if self._identity:
            pairs = [pair for pair in pairs if not self._identified([pair])]
        return _cells_of(pairs)

    def _has_corners(self, cells: Sequence[Cell], pair_at: int) -> bool:
        return any(_has_numbers(cells, pair_of(panel, pair_at)) for panel in self._columns.panels)

    def _begins_another(self, row: int, current: ListedObject) -> bool:
        named = self._named(row)
        if not named:
            return False
        held = [plain(current.cells.get(self._headers[place])) for place in self._identity]
        return any(held) and tuple(text for text in held if text) != named

    def _take(self, row: int, current: ListedObject) -> None:
        """The cells of an object may stand on any of its rows; two that differ cannot both be right."""
        cells = self._sheet.grid[row]
        for place, header in self._headers.items():
            if place >= len(cells) or is_blank(cells[place]):
                continue
            held = current.cells.get(header)
            if is_blank(held):
                current.cells[header] = cells[place]
            elif plain(held) != plain(cells[place]) and header_of(header, self._expected.columns):
                values: dict[str, Value] = {
                    "value": plain(cells[place]),
                    "other": plain(held),
                    "row": row + 1,
                }
                current.faults.append(
                    self._reason("exchange.corners_differ", column=header, place=place, **values)
                )
        current.row = current.row or row + 1

    def _between(self, row: int, current: ListedObject, blocks: Blocks, pairs: Sequence[Labelled]) -> None:
        """A row without corners: a blank one, the label of the next ring, or a line below the list."""
        cells = self._sheet.grid[row]
        why = why_no_data(cells, self._section.heading)
        if why == "empty":
            return
        taken_out = why != "notes" and SAYS_TAKEN_OUT.search(" ".join(map(text_of, cells)))
        texts = list(dict.fromkeys(text_of(cell) for cell in cells if not is_blank(cell)))
        text = " ".join(texts)
        if (
            len(texts) == 1
            and len(text) <= _LONGEST_LABEL
            and not pairs
            and (taken_out or not _BELOW.search(text))
        ):
            blocks.label(text, current)
            self._leave(row, "ring")
        else:
            self._spoken.append(text)
            for pair in pairs:
                if pair.header:
                    current.cells.setdefault(pair.label, pair.cell)
            self._leave(row, why if why in {"totals", "numbering"} else "notes")

    def _finish(self, current: ListedObject, blocks: Blocks) -> None:
        blocks.close(current)
        if any(ring.corners for ring in current.rings) or current.faults:
            self._objects.append(current)

    def _unread(self, row: int) -> dict[int, str]:
        return {column: what.code for (at, column), what in self._sheet.unread.items() if at == row}

    def _leave(self, row: int, why: str) -> None:
        if any(left["row"] == row + 1 for left in self._left_out):
            return
        text = " ".join(dict.fromkeys(text_of(cell) for cell in self._sheet.grid[row] if not is_blank(cell)))
        self._left_out.append({"row": row + 1, "why": why, "text": text[:120]})

    # --- what comes out ---

    def _object_headers(self) -> list[str]:
        labels = [label for one in self._objects for label in one.cells]
        return list(dict.fromkeys([*self._headers.values(), *labels]))

    def _enclosed(self, one: ListedObject, said: Said) -> Enclosed:
        enclosed = Enclosed(
            faults=list(map(self._placed, one.faults)), notes=list(map(self._placed, one.notes))
        )
        rings = [ring for ring in one.rings if ring.corners]
        if said.is_old:
            enclosed.faults.append(self._reason("exchange.corners_old_datum", row=one.row, value=said.text))
        if not enclosed.faults:
            found = enclosed_by(rings)
            enclosed.shape = found.shape
            enclosed.faults += [self._placed(fault) for fault in found.faults]
            enclosed.notes += [self._placed(note) for note in found.notes]
        self._compare_count(one, rings, enclosed)
        return enclosed

    def _compare_count(self, one: ListedObject, rings: Sequence[Ring], enclosed: Enclosed) -> None:
        own = [f"{label}{plain(cell)}" for label, cell in one.cells.items()]
        said = count_said(own) or (count_said(self._spoken) if len(self._objects) == 1 else None)
        count = sum(len(ring.corners) for ring in rings)
        if said is not None and said != count:
            note = self._reason("exchange.corners_counted", row=one.row, said=said, count=count)
            enclosed.notes.append(note)

    def _placed(self, reason: Reason) -> Reason:
        return Reason(reason.code, {**self._where, **reason.values})

    def _reason(self, code: str, **values: Value) -> Reason:
        return self._placed(Reason(code, values))

    @property
    def _where(self) -> dict[str, Value]:
        return {"sheet": self._sheet.name, "field": OUTLINE.name, "column": ""}

    def _batch(self, headers: Sequence[str], enclosed: Sequence[Enclosed]) -> Batch:
        shapes = np.empty(len(self._objects), dtype=object)
        shapes[:] = [one.shape for one in enclosed]
        columns: list[list[Cell]] = [[one.cells.get(header) for one in self._objects] for header in headers]
        return Batch(
            rows=[one.row for one in self._objects],
            columns=[*columns, [written_corners(one.rings) for one in self._objects]],
            shapes=shapes,
            faults={at: one.faults for at, one in enumerate(enclosed) if one.faults},
            notes={at: one.notes for at, one in enumerate(enclosed) if one.notes},
        )


def _has_numbers(cells: Sequence[Cell], pair: Pair) -> bool:
    """Does something that may be a coordinate stand under either of the two headers?"""
    return any(_is_numeric(cell_at(cells, place)) for place in (pair.first, pair.second))


def _is_numeric(cell: Cell) -> bool:
    if isinstance(cell, str):
        text = plain(cell)
        return bool(text) and (text[0].isdigit() or text[:2] in {"东经", "北纬"}) and not is_blank(cell)
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _cells_of(pairs: Iterable[Labelled]) -> dict[str, Cell]:
    """Values by label, of labels that name a column; the first of two for one column counts."""
    cells: dict[str, Cell] = {}
    named: set[str] = set()
    for pair in pairs:
        if pair.header is not None and pair.header.column.name not in named:
            named.add(pair.header.column.name)
            cells[pair.label] = pair.cell
    return cells


def _title_of(pair: Pair) -> str:
    return pair.title or ("经纬度" if pair.degrees else "平面坐标")


def _safe(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
