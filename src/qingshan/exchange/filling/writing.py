"""How is a superior's table filled in? Row by row; what stays empty is marked and says why.

Nothing else of the workbook changes: printed cells, formulas and whatever stands around the table stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.cells import folded, is_blank, text_of
from qingshan.exchange.filling.areas import Area, contents_of, find_area, is_example, is_numbering, kind_of
from qingshan.exchange.filling.kinds import SEQUENCE, FillKind, Values
from qingshan.exchange.filling.layouts import Header, Layout
from qingshan.exchange.filling.meaning import fitting
from qingshan.exchange.filling.references import Insertion
from qingshan.exchange.filling.rows import copy_row, insert_rows, is_formula, merge_across, merged_across
from qingshan.exchange.filling.values import Unfilled, Wanted, Why, date_hint, options_at, write
from qingshan.exchange.preview import Progress

NOT_HELD, LEFT = "", "-"
"""In place of a column: the register has no such item, so its cells are marked; or the column is nobody's business."""
MARK = PatternFill("solid", start_color="FFFFF2CC", end_color="FFFFF2CC")
COMMENTS_AT_MOST = 2000
"""A workbook with more comments opens slowly; cells beyond are marked by colour alone."""
_AUTHOR = "青山"
_REPORT_EACH_ROWS = 200


@dataclass(frozen=True)
class Match:
    """What one header of the table is filled from."""

    place: int
    column: str
    unit: str = ""


@dataclass
class Told:
    """What became of the cells below one header."""

    header: Header
    filled: int = 0
    left: Counter[Why] = field(default_factory=Counter)


@dataclass
class Summary:
    """What became of the table; `filled` and `left` together are all cells that were to be filled."""

    rows: int = 0
    inserted: int = 0
    unplaced: int = 0
    """Objects of the choice that no printed row names."""
    strangers: int = 0
    """Printed rows that name no object, or more than one."""
    told: dict[int, Told] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        return sum(told.filled for told in self.told.values())

    @property
    def left(self) -> Counter[Why]:
        return sum((told.left for told in self.told.values()), Counter[Why]())

    @property
    def expected(self) -> int:
        return self.filled + self.left.total()

    def as_json(self) -> dict[str, Any]:
        columns = [
            {
                "header": told.header.text,
                "filled": told.filled,
                "left": {w.value: n for w, n in told.left.items()},
            }
            for _place, told in sorted(self.told.items())
        ]
        return {
            "rows": self.rows, "inserted": self.inserted, "unplaced": self.unplaced, "strangers": self.strangers,
            "expected": self.expected, "filled": self.filled,
            "left": {why.value: n for why, n in self.left.items()}, "columns": columns,
        }  # fmt: skip


def fill(
    workbook: Workbook,
    layout: Layout,
    kind: FillKind,
    matches: Sequence[Match],
    objects: Sequence[Values],
    *,
    by_key: int | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Fill the table with these objects; with `by_key` only the printed rows, found by what that column says."""
    filling = _Filling(workbook, layout, kind, [match for match in matches if match.column != LEFT], progress)
    if by_key is None:
        filling.add(objects)
    else:
        filling.complete(objects, by_key)
    workbook.calculation.fullCalcOnLoad = True
    return filling.summary


class _Filling:
    """One table while it is being filled."""

    def __init__(
        self,
        workbook: Workbook,
        layout: Layout,
        kind: FillKind,
        matches: Sequence[Match],
        progress: Progress | None,
    ) -> None:
        self.workbook = workbook
        self.sheet: Worksheet = workbook[layout.sheet]
        self.layout = layout
        self.kind = kind
        self.matches = matches
        self.progress = progress
        self.summary = Summary()
        headers = {header.place: header for header in layout.headers}
        self.summary.told = {match.place: Told(headers[match.place]) for match in matches}
        self.sequence = {match.place for match in matches if match.column == SEQUENCE.name}
        self.comments = 0
        self.keeps_numbers = False
        self.columns = range(1, max([*headers, self.sheet.max_column]) + 1)

    # --- rows are added ------------------------------------------------------------------------

    def add(self, objects: Sequence[Values]) -> None:
        """Every object into a row of its own: the empty rows first, then inserted ones."""
        area = find_area(self.sheet, self.layout, sequence=self.sequence)
        rows = self._rows_for(len(objects), area)
        wanted = self._wanted(rows[0] if rows else area.after)
        covered = self._covered()
        start = self._printed_already(area)
        for number, (row, values) in enumerate(zip(rows, objects, strict=True), start=1):
            self._fill_row(row, values, wanted, covered, number=start + number)
            self._report(number, len(objects))
        self.summary.rows = len(rows)

    def _printed_already(self, area: Area) -> int:
        contents = contents_of(self.sheet, self.layout.bottom)
        return sum(not is_example(contents[row]) for row in area.printed)

    def _rows_for(self, count: int, area: Area) -> list[int]:
        """As many rows as there are objects, in order; room is made where the table has too few."""
        blanks = list(area.blanks)
        missing = count - len(blanks)
        if missing <= 0:
            return blanks[:count]
        if area.stop is None:
            return [*blanks, *self._rows_beyond(missing, area)]
        return self._rows_inserted(missing, area)

    def _rows_beyond(self, missing: int, area: Area) -> list[int]:
        """Nothing follows the table: it simply goes on, in the looks of its first row."""
        model = area.blanks[0] if area.blanks else area.after
        rows = list(range(area.after + 1, area.after + 1 + missing))
        self._dress(rows, model if model > self.layout.bottom else None)
        return rows

    def _rows_inserted(self, missing: int, area: Area) -> list[int]:
        """Before the last empty row, so that ranges over the rows grow and the frame around them stays whole."""
        blanks = area.blanks
        cut = blanks[-2] if len(blanks) > 1 else area.after
        insertion = Insertion(
            self.layout.sheet, cut, missing, extend=cut == area.after and cut > self.layout.bottom
        )
        within = range(area.first, area.after + 1)
        insert_rows(self.workbook, self.sheet, insertion, within=within)
        rows = list(range(cut + 1, cut + 1 + missing))
        # without any row to take after, the one that follows (the total) has at least the frame
        if cut > self.layout.bottom:
            self._dress(rows, cut)
        else:
            self._dress(rows, insertion.row(area.after + 1), formulas=False)
        self.summary.inserted = missing
        first = blanks[0] if blanks else cut + 1
        return list(range(first, first + len(blanks) + missing))

    def _dress(self, rows: Iterable[int], model: int | None, *, formulas: bool = True) -> None:
        if model is None:
            return
        spans = merged_across(self.sheet, model)
        for row in rows:
            copy_row(self.sheet, model, row, columns=self.columns, formulas=formulas)
            merge_across(self.sheet, row, spans)

    # --- printed rows are completed ------------------------------------------------------------

    def complete(self, objects: Sequence[Values], by_key: int) -> None:
        """The printed rows, each by the object that its key cell names."""
        self.keeps_numbers = True
        rows = self._printed_rows(by_key)
        column = self.kind.by_name[next(match.column for match in self.matches if match.place == by_key)]
        named = defaultdict(list)
        for values in objects:
            if (value := values.get(column.name)) not in (None, ""):
                named[folded(column.type.say(value))].append(values)
        wanted, covered, placed = (
            self._wanted(rows[0][0] if rows else self.layout.bottom + 1),
            self._covered(),
            set(),
        )
        for number, (row, said) in enumerate(rows, start=1):
            found = named.get(folded(said), [])
            if len(found) == 1:
                placed.add(id(found[0]))
                self._fill_row(row, found[0], wanted, covered, number=number)
            else:
                self._leave_row(row, said, len(found), by_key, covered, number=number)
            self._report(number, len(rows))
        self.summary.rows = len(rows)
        self.summary.unplaced = len(objects) - len(placed)

    def _printed_rows(self, by_key: int) -> list[tuple[int, str]]:
        """Rows whose key cell says something, with what it says."""
        found = []
        for row, cells in sorted(contents_of(self.sheet, self.layout.bottom).items()):
            cell = cells.get(by_key)
            if cell is None or is_formula(cell) or is_numbering(cells) or is_example(cells):
                continue
            text = text_of(str(cell.value) if not isinstance(cell.value, int | float) else cell.value)
            if not is_blank(text) and kind_of(cells, self.sequence) == "filled":
                found.append((row, text))
        return found

    def _leave_row(
        self, row: int, said: str, count: int, by_key: int, covered: Covered, *, number: int
    ) -> None:
        """No object, or several: every empty cell of the row says so."""
        self.summary.strangers += 1
        detail = (
            f"台账中有 {count} 个“{said[:60]}”，分不清是哪一个"
            if count
            else f"台账中没有“{said[:60]}”，或不在您的范围内"
        )
        for match in self.matches:
            if match.place == by_key or not self._is_open(row, match.place, covered):
                continue
            if match.column == SEQUENCE.name:
                self._write_number(row, match.place, number)
            else:
                why = Why.NO_MATCH if match.column else Why.NOT_HELD
                self._mark(row, match.place, Unfilled(why, detail if match.column else ""), covered)

    # --- one row ---------------------------------------------------------------------------------

    def _wanted(self, row: int) -> dict[int, Wanted]:
        """What each column wants; the drop-down list is that of the first row."""
        headers = {header.place: header for header in self.layout.headers}
        return {
            match.place: Wanted(
                self.kind.by_name[match.column],
                fitting(match.unit, self.kind.by_name[match.column]),
                date_hint(headers[match.place].text),
                options_at(self.workbook, self.sheet, row, match.place),
            )
            for match in self.matches
            if match.column
        }

    def _covered(self) -> Covered:
        """Cells that lie under another: by row and column, the cell that is seen in their place."""
        return {
            (row, column): (merged.min_row, merged.min_col)
            for merged in self.sheet.merged_cells.ranges
            for row in range(merged.min_row, merged.max_row + 1)
            for column in range(merged.min_col, merged.max_col + 1)
            if (row, column) != (merged.min_row, merged.min_col) and merged.max_row > self.layout.bottom
        }

    def _is_open(self, row: int, place: int, covered: Covered) -> bool:
        """Is the cell there to be filled? Not where something is printed, computed, or merged into its neighbour."""
        if (seen := covered.get((row, place))) is not None:
            return seen[1] == place
        cell = self.sheet._cells.get((row, place))
        return cell is None or (not is_formula(cell) and is_blank(_plain(cell)))

    def _fill_row(
        self, row: int, values: Values, wanted: Mapping[int, Wanted], covered: Covered, *, number: int
    ) -> None:
        for match in self.matches:
            if match.column == SEQUENCE.name:
                self._write_number(row, match.place, number)
            elif self._is_open(row, match.place, covered):
                self._fill_cell(row, match, values, wanted.get(match.place), covered)

    def _fill_cell(
        self, row: int, match: Match, values: Values, wanted: Wanted | None, covered: Covered
    ) -> None:
        try:
            if wanted is None:
                raise Unfilled(Why.NOT_HELD)
            if (row, match.place) in covered:
                self._same_as_seen(covered[row, match.place], values.get(match.column), wanted)
            else:
                write(self.sheet.cell(row, match.place), values.get(match.column), wanted)
        except Unfilled as unfilled:
            self._mark(row, match.place, unfilled, covered)
        else:
            self.summary.told[match.place].filled += 1

    def _same_as_seen(self, seen: tuple[int, int], value: Any, wanted: Wanted) -> None:
        """A cell merged over several rows can say one thing only."""
        scratch = Workbook().active
        assert scratch is not None
        probe = scratch.cell(1, 1)
        write(probe, value, wanted)
        if probe.value != self.sheet.cell(*seen).value:
            raise Unfilled(Why.NO_MATCH, "合并单元格只能填一个值，各行的内容不同")

    def _write_number(self, row: int, place: int, number: int) -> None:
        """Empty rows may be numbered in advance; what stands there is made to go on without a gap."""
        cell = self.sheet.cell(row, place)
        if is_formula(cell) or (self.keeps_numbers and not is_blank(_plain(cell))):
            return
        cell.value = number
        self.summary.told[place].filled += 1

    def _mark(self, row: int, place: int, unfilled: Unfilled, covered: Covered) -> None:
        self.summary.told[place].left[unfilled.why] += 1
        cell = self.sheet.cell(*covered.get((row, place), (row, place)))
        cell.fill = MARK
        if self.comments < COMMENTS_AT_MOST:
            before = f"{cell.comment.text}\n" if cell.comment else ""
            if unfilled.sentence not in before:
                cell.comment = Comment(f"{before}{unfilled.sentence}", _AUTHOR, height=60, width=240)
                self.comments += 1

    def _report(self, done: int, total: int) -> None:
        if self.progress is not None and (done % _REPORT_EACH_ROWS == 0 or done == total):
            self.progress.report(done, total)


Covered = dict[tuple[int, int], tuple[int, int]]


def _plain(cell: Any) -> Any:
    value = cell.value
    return value if value is None or isinstance(value, bool | int | float) else str(value)
