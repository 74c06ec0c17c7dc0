"""Which objects stand in a list of corners (拐点坐标表), and which rings belong to each?

An object may stand on many rows, its number and name merged over them or written once; or it has a sheet to
itself, with labels above and below. Where two readings make sense, a person is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from qingshan.exchange.cells import Cell, folded, is_blank, plain, shortened, text_of
from qingshan.exchange.columns import header_of
from qingshan.exchange.coordinates import coordinate
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.readers.asking import Answer, Question
from qingshan.exchange.readers.corner_columns import CornerColumns, Pair, Panel
from qingshan.exchange.readers.datums import Said, said_of
from qingshan.exchange.readers.headings import SEQUENCE, Heading, repeats, why_no_data
from qingshan.exchange.readers.labelled import Labelled, count_said, labelled
from qingshan.exchange.readers.rings import LEAST_CORNERS, Corner, Enclosed, Ring, enclosed_by
from qingshan.exchange.readers.tables import Batch, Expected, Sheet, Table
from qingshan.exchange.values import Fault
from qingshan.rules.reasons import Reason, Sentence, Value

CORNERS, POINTS = "corners", "points"
_WHICH_ROWS, _WHICH_PAIR = "rows", "coordinates"
RING_HEADER, POINT_HEADER = "圈号", "拐点编号"
TAKEN_OUT = "扣除"
_TAKEN_OUT = re.compile("扣除|扣减|挖除|剔除|除外|避让|不含")
_NUMBER = re.compile(r"\d+")
_BELOW = re.compile(
    r"标高|开采深度|个?拐点|圈定|坐标系|高程|制表|填表|审核|经办|发证|日期|^[(（]?(?:注|备注|说明)"
)
_RING_LABEL = re.compile(
    r"扣|挖除|剔除|避让|[采矿块地分]区|区块|块段|地块|[圈环]|面积\s*[\d一二三四五六七八九十]"
)
_LONGEST_LABEL = 30
_PREFIXED_FROM_M = 10_000_000
_CLOSED_WITHIN_M, _CLOSED_WITHIN_DEG = 0.05, 1e-6


@dataclass(frozen=True)
class Section:
    """One list in a sheet: where its headers stand and how far it reaches."""

    heading: Heading
    above: int
    """The first row that belongs to it: titles and labels stand over the headers."""
    end: int


@dataclass
class _Object:
    """One object as its rows say it."""

    row: int = 0
    """The first of them; 0 before there is any."""
    cells: dict[str, Cell] = field(default_factory=dict)
    """By header or label."""
    rings: list[Ring] = field(default_factory=list)
    faults: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)


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
        self._head = [pair for row in self._rows_above() for pair in labelled(row, expected.columns)]
        self._left_out: list[dict[str, Any]] = []
        self._objects: list[_Object] = []
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
        sizes = self._group_sizes() or [0]
        if self._identity():
            return min(sizes) >= LEAST_CORNERS or (not self._columns.counted and max(sizes) > 1)
        if not self._columns.counted or self._identified(self._head):
            return True
        if self._expected.areas_only:
            return sum(sizes) >= LEAST_CORNERS
        if sum(sizes) < LEAST_CORNERS or self._numbers_objects():
            return False
        return self._asked_what_rows_are()

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
                _has_numbers(self._sheet.grid[row], _pair_of(panel, 0)) for panel in self._columns.panels
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

    def _identity(self) -> list[int]:
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
            for place in self._identity()
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
        pair = _pair_of(self._columns.panels[0], pair_at)
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
            corners=(RING_HEADER, POINT_HEADER, *_AXES[pair.degrees]),
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
        current, blocks = _Object(cells=self._from_head()), _Blocks(self._columns, self._ring, pair_at)
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
                current = _Object(cells=self._from_head())
            self._take(row, current)
            blocks.add(cells, row + 1, current, self._unread(row))
        self._finish(current, blocks)

    def _is_heading(self, cells: Sequence[Cell]) -> bool:
        """A text alone in its row that speaks of rings or corners is no name of an object."""
        texts = {text_of(cell) for cell in cells if not is_blank(cell)}
        return len(texts) == 1 and any(_RING_LABEL.search(text) or _BELOW.search(text) for text in texts)

    def _introduced(self, row: int, current: _Object, blocks: _Blocks, pairs: Sequence[Labelled]) -> _Object:
        """A line of labels names the next object, or says more of the one that has no corners yet."""
        self._leave(row, "labels")
        if blocks.waiting or current.rings:
            self._finish(current, blocks)
            current = _Object(cells=self._from_head())
        current.cells.update(_cells_of(pairs))
        return current

    def _from_head(self) -> dict[str, Cell]:
        """What the labels above say of every object of the list: nothing that the list says itself."""
        inside = {
            h.column.name for text in self._headers.values() if (h := header_of(text, self._expected.columns))
        }
        pairs = [pair for pair in self._head if pair.header is None or pair.header.column.name not in inside]
        if self._identity():
            pairs = [pair for pair in pairs if not self._identified([pair])]
        return _cells_of(pairs)

    def _has_corners(self, cells: Sequence[Cell], pair_at: int) -> bool:
        return any(_has_numbers(cells, _pair_of(panel, pair_at)) for panel in self._columns.panels)

    def _begins_another(self, row: int, current: _Object) -> bool:
        named = self._named(row)
        if not named:
            return False
        held = [plain(current.cells.get(self._headers[place])) for place in self._identity()]
        return any(held) and tuple(text for text in held if text) != named

    def _take(self, row: int, current: _Object) -> None:
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

    def _between(self, row: int, current: _Object, blocks: _Blocks, pairs: Sequence[Labelled]) -> None:
        """A row without corners: a blank one, the label of the next ring, or a line below the list."""
        cells = self._sheet.grid[row]
        why = why_no_data(cells, self._section.heading)
        if why == "empty":
            return
        taken_out = why != "notes" and _TAKEN_OUT.search(" ".join(map(text_of, cells)))
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

    def _finish(self, current: _Object, blocks: _Blocks) -> None:
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

    def _enclosed(self, one: _Object, said: Said) -> Enclosed:
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

    def _compare_count(self, one: _Object, rings: Sequence[Ring], enclosed: Enclosed) -> None:
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
            columns=[*columns, [_written(one.rings) for one in self._objects]],
            shapes=shapes,
            faults={at: one.faults for at, one in enumerate(enclosed) if one.faults},
            notes={at: one.notes for at, one in enumerate(enclosed) if one.notes},
        )


class _Blocks:
    """Corners as they come, row by row, put into the order of their rings."""

    def __init__(self, columns: CornerColumns, ring: int | None, pair_at: int) -> None:
        self._columns = columns
        self._ring = ring
        self._pair_at = pair_at
        self._panels: list[list[Corner]] = [[] for _ in columns.panels]
        self._ring_named = ""

    def add(self, cells: Sequence[Cell], row: int, current: _Object, unread: dict[int, str]) -> None:
        ring = _cell(cells, self._ring)
        if not is_blank(ring) and plain(ring) != self._ring_named:
            self._ring_named = plain(ring)
            self.label(text_of(ring), current)
        for at, panel in enumerate(self._columns.panels):
            corner = self._corner(cells, row, panel, current, unread)
            if corner is not None:
                self._panels[at].append(corner)

    def _corner(
        self, cells: Sequence[Cell], row: int, panel: Panel, current: _Object, unread: dict[int, str]
    ) -> Corner | None:
        """The corner of one panel in this row; one that cannot be read is kept as it was written."""
        pair = _pair_of(panel, self._pair_at)
        places = (pair.first, pair.second)
        if all(is_blank(_cell(cells, place)) and place not in unread for place in places):
            return None
        numbers = []
        for place, name in zip(places, _AXES[pair.degrees], strict=True):
            cell = _cell(cells, place)
            number, code = _number_in(cell, unread.get(place))
            numbers.append(number)
            if code is not None:
                where: dict[str, Value] = {
                    "row": row,
                    "place": place,
                    "column": name,
                    "value": shortened(cell),
                }
                current.faults.append(Reason(code, where))
        point, written = _cell(cells, panel.point), [text_of(_cell(cells, place)) for place in places]
        name = "" if is_blank(point) else plain(point)
        return Corner(name, numbers[0], numbers[1], row, pair.first, (written[0], written[1]))

    def label(self, text: str, current: _Object) -> None:
        """A new ring begins, named by a line of its own or by the column of rings."""
        self._flush(current)
        current.rings.append(Ring(label=text, taken_out=bool(_TAKEN_OUT.search(text))))

    def close(self, current: _Object) -> None:
        self._flush(current)
        self._ring_named = ""
        current.rings = [ring for ring in current.rings if ring.corners]

    @property
    def waiting(self) -> bool:
        """Are there corners that belong to no ring yet?"""
        return any(self._panels)

    def turn(self, current: _Object) -> None:
        """What stood side by side so far is complete."""
        self._flush(current)

    def _flush(self, current: _Object) -> None:
        if not any(self._panels):
            return
        corners = self._in_order(current)
        self._panels = [[] for _ in self._columns.panels]
        if not current.rings:
            current.rings.append(Ring())
        _deal(corners, current)

    def _in_order(self, current: _Object) -> list[Corner]:
        """Side by side, lists go down the panels one after another, or across them row by row."""
        down = [corner for panel in self._panels for corner in panel]
        if sum(bool(panel) for panel in self._panels) < 2:
            return down
        by_row = sorted(down, key=lambda corner: (corner.row, corner.place))
        steps_down, steps_across = _steps(down), _steps(by_row)
        if steps_down == steps_across and down != by_row:
            where: dict[str, Value] = {"row": down[0].row, "place": down[0].place}
            current.faults.append(Reason("exchange.corners_order", where))
        return by_row if steps_across > steps_down else down


def _number_in(cell: Cell, unread: str | None) -> tuple[float, str | None]:
    """One coordinate; or no number, and the code of what is wrong."""
    if unread is not None:
        return math.nan, unread
    if is_blank(cell):
        return math.nan, "exchange.corner_incomplete"
    try:
        return float(coordinate(cell)), None
    except Fault as fault:
        return math.nan, fault.code


_AXES = {False: ("X坐标", "Y坐标"), True: ("经度", "纬度")}


def _deal(corners: Iterable[Corner], current: _Object) -> None:
    """Into rings: the first number again, or the first corner again, ends a ring."""
    for corner in corners:
        ring = current.rings[-1]
        if ring.corners and _closes(ring, corner):
            ring.closed = True
            continue
        if ring.corners and (ring.closed or _restarts(ring, corner)):
            ring = Ring(label=ring.label, taken_out=ring.taken_out)
            current.rings.append(ring)
        elif ring.corners:
            _note_gap(ring.corners[-1], corner, current)
        ring.corners.append(corner)


def _closes(ring: Ring, corner: Corner) -> bool:
    first = ring.corners[0]
    within = _CLOSED_WITHIN_DEG if abs(first.first) <= 180 else _CLOSED_WITHIN_M
    near = abs(first.first - corner.first) <= within and abs(first.second - corner.second) <= within
    if not near or len(ring.corners) < LEAST_CORNERS:
        return False
    return corner.xy == first.xy or _number(corner) == _number(first)


def _restarts(ring: Ring, corner: Corner) -> bool:
    number = _number(corner)
    return number is not None and number in {1, _number(ring.corners[0])}


def _note_gap(before: Corner, corner: Corner, current: _Object) -> None:
    one, other = _number(before), _number(corner)
    if one is not None and other is not None and other != one + 1:
        values: dict[str, Value] = {"row": corner.row, "place": corner.place, "before": before.name}
        current.notes.append(Reason("exchange.corners_gap", {**values, "point": corner.name}))


def _steps(corners: Sequence[Corner]) -> int:
    """How many corners follow the one before by number."""
    numbers = [_number(corner) for corner in corners]
    return sum(one is not None and other is not None and other == one + 1 for one, other in pairwise(numbers))


def _number(corner: Corner) -> int | None:
    """The last number in `J12`, `拐3`, `②`."""
    found = _NUMBER.findall(corner.point)
    return int(found[-1]) if found else None


def _has_numbers(cells: Sequence[Cell], pair: Pair) -> bool:
    """Does something that may be a coordinate stand under either of the two headers?"""
    return any(_is_numeric(_cell(cells, place)) for place in (pair.first, pair.second))


def _is_numeric(cell: Cell) -> bool:
    if isinstance(cell, str):
        text = plain(cell)
        return bool(text) and (text[0].isdigit() or text[:2] in {"东经", "北纬"}) and not is_blank(cell)
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _cell(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


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


def _pair_of(panel: Panel, at: int) -> Pair:
    """The columns of the chosen coordinates in a panel; a shorter panel has the first ones only."""
    return panel.pairs[min(at, len(panel.pairs) - 1)]


def _written(rings: Sequence[Ring]) -> str:
    """All corners as they were written: ring, number, coordinates and row, a corner to a line."""
    lines = []
    for number, ring in enumerate(rings, start=1):
        name = f"{number}{TAKEN_OUT}" if ring.taken_out else str(number)
        for corner in ring.corners:
            texts = (name, corner.point, *corner.written, str(corner.row))
            lines.append("\t".join(" ".join(text.split()) for text in texts))
    return "\n".join(lines)
