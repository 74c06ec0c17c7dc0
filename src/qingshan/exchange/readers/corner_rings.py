"""Into which rings do the corners of one object fall, as they come row by row and panel by panel?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qingshan.exchange.cells import Cell, is_blank, plain, shortened, text_of
from qingshan.exchange.coordinates import coordinate
from qingshan.exchange.readers.corner_columns import CornerColumns, Pair, Panel
from qingshan.exchange.readers.rings import LEAST_CORNERS, Corner, Ring
from qingshan.exchange.values import Fault
from qingshan.rules.reasons import Reason, Value

TAKEN_OUT = "扣除"
SAYS_TAKEN_OUT = re.compile("扣除|扣减|挖除|剔除|除外|避让|不含")
_NUMBER = re.compile(r"\d+")
_CLOSED_WITHIN_M, _CLOSED_WITHIN_DEG = 0.05, 1e-6


@dataclass
class ListedObject:
    """One object as its rows say it."""

    row: int = 0
    """The first of them; 0 before there is any."""
    cells: dict[str, Cell] = field(default_factory=dict)
    """By header or label."""
    rings: list[Ring] = field(default_factory=list)
    faults: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)


class Blocks:
    """Corners as they come, row by row, put into the order of their rings."""

    def __init__(self, columns: CornerColumns, ring: int | None, pair_at: int) -> None:
        self._columns = columns
        self._ring = ring
        self._pair_at = pair_at
        self._panels: list[list[Corner]] = [[] for _ in columns.panels]
        self._ring_named = ""

    def add(self, cells: Sequence[Cell], row: int, current: ListedObject, unread: dict[int, str]) -> None:
        ring = cell_at(cells, self._ring)
        if not is_blank(ring) and plain(ring) != self._ring_named:
            self._ring_named = plain(ring)
            self.label(text_of(ring), current)
        for at, panel in enumerate(self._columns.panels):
            corner = self._corner(cells, row, panel, current, unread)
            if corner is not None:
                self._panels[at].append(corner)

    def _corner(
        self, cells: Sequence[Cell], row: int, panel: Panel, current: ListedObject, unread: dict[int, str]
    ) -> Corner | None:
        """The corner of one panel in this row; one that cannot be read is kept as it was written."""
        pair = pair_of(panel, self._pair_at)
        places = (pair.first, pair.second)
        if all(is_blank(cell_at(cells, place)) and place not in unread for place in places):
            return None
        numbers = []
        for place, name in zip(places, AXES[pair.degrees], strict=True):
            cell = cell_at(cells, place)
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
        point, written = cell_at(cells, panel.point), [text_of(cell_at(cells, place)) for place in places]
        name = "" if is_blank(point) else plain(point)
        return Corner(name, numbers[0], numbers[1], row, pair.first, (written[0], written[1]))

    def label(self, text: str, current: ListedObject) -> None:
        """A new ring begins, named by a line of its own or by the column of rings."""
        self._flush(current)
        current.rings.append(Ring(label=text, taken_out=bool(SAYS_TAKEN_OUT.search(text))))

    def close(self, current: ListedObject) -> None:
        self._flush(current)
        self._ring_named = ""
        current.rings = [ring for ring in current.rings if ring.corners]

    @property
    def waiting(self) -> bool:
        """Are there corners that belong to no ring yet?"""
        return any(self._panels)

    def turn(self, current: ListedObject) -> None:
        """What stood side by side so far is complete."""
        self._flush(current)

    def _flush(self, current: ListedObject) -> None:
        if not any(self._panels):
            return
        corners = self._in_order(current)
        self._panels = [[] for _ in self._columns.panels]
        if not current.rings:
            current.rings.append(Ring())
        _deal(corners, current)

    def _in_order(self, current: ListedObject) -> list[Corner]:
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


AXES = {False: ("X坐标", "Y坐标"), True: ("经度", "纬度")}


def _deal(corners: Iterable[Corner], current: ListedObject) -> None:
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


def _note_gap(before: Corner, corner: Corner, current: ListedObject) -> None:
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


def cell_at(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


def pair_of(panel: Panel, at: int) -> Pair:
    """The columns of the chosen coordinates in a panel; a shorter panel has the first ones only."""
    return panel.pairs[min(at, len(panel.pairs) - 1)]


def written_corners(rings: Sequence[Ring]) -> str:
    """All corners as they were written: ring, number, coordinates and row, a corner to a line."""
    lines = []
    for number, ring in enumerate(rings, start=1):
        name = f"{number}{TAKEN_OUT}" if ring.taken_out else str(number)
        for corner in ring.corners:
            texts = (name, corner.point, *corner.written, str(corner.row))
            lines.append("\t".join(" ".join(text.split()) for text in texts))
    return "\n".join(lines)
