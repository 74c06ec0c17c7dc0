"""How is room made for more rows than a table has, so that nothing else of the sheet notices?

Everything below moves down: cells with their looks, heights, merged cells, drop-down lists, conditional formats,
pictures, page breaks, print areas, names and formulas, of this sheet and of those that point to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.filling.references import Insertion, shifted


def insert_rows(workbook: Workbook, sheet: Worksheet, insertion: Insertion, *, within: range) -> None:
    """Insert empty rows. `within` are the rows of the table: their own formulas never reach over the new ones."""
    _formulas(workbook, sheet, insertion, within)
    _names(workbook, insertion)
    _cells(sheet, insertion)
    _heights(sheet, insertion)
    _merged(sheet, insertion)
    _lists(sheet, insertion)
    _formats(sheet, insertion)
    _around(sheet, insertion)
    _drawings(sheet, insertion)


def _formulas(workbook: Workbook, sheet: Worksheet, insertion: Insertion, within: range) -> None:
    for each in workbook.worksheets:
        if not isinstance(each, Worksheet):
            continue
        for cell in each._cells.values():
            extend = not (each is sheet and cell.row in within)
            if isinstance(cell.value, ArrayFormula):
                cell.value.text = shifted(cell.value.text or "", insertion, on=each.title, extend=extend)
                if each is sheet:
                    cell.value.ref = _span(cell.value.ref, insertion)
            elif is_formula(cell):
                cell.value = shifted(str(cell.value), insertion, on=each.title, extend=extend)


def is_formula(cell: Any) -> bool:
    return getattr(cell, "data_type", "") == "f"


def _names(workbook: Workbook, insertion: Insertion) -> None:
    scopes = [
        (workbook.defined_names, ""),
        *((each.defined_names, each.title) for each in workbook.worksheets),
    ]
    for names, on in scopes:
        for name in names.values():
            if name.attr_text:
                name.attr_text = shifted("=" + name.attr_text, insertion, on=on)[1:]


def _cells(sheet: Worksheet, insertion: Insertion) -> None:
    moved = {}
    for (row, column), cell in sheet._cells.items():
        if row > insertion.cut:
            cell.row = insertion.row(row)
            if link := getattr(cell, "hyperlink", None):
                link.ref = cell.coordinate
        moved[insertion.row(row), column] = cell
    sheet._cells = moved


def _heights(sheet: Worksheet, insertion: Insertion) -> None:
    rows = sorted(sheet.row_dimensions.items(), reverse=True)
    for row, height in rows:
        if row > insertion.cut:
            del sheet.row_dimensions[row]
            height.index = insertion.row(row)
            sheet.row_dimensions[height.index] = height


def _merged(sheet: Worksheet, insertion: Insertion) -> None:
    spans = [_span(merged.coord, insertion) for merged in sheet.merged_cells.ranges]
    sheet.merged_cells = MultiCellRange([MergedCellRange(sheet, span) for span in spans])


def _span(coordinates: str, insertion: Insertion) -> str:
    """A range of cells as it is after the insertion."""
    cells = CellRange(coordinates)
    # a block that reaches over the cut grows with it
    first, last = insertion.rows(cells.min_row, cells.max_row)
    return CellRange(min_col=cells.min_col, max_col=cells.max_col, min_row=first, max_row=last).coord


def _spans(ranges: Iterable[Any], insertion: Insertion, *, extend: bool) -> str:
    """Several ranges; where looks and lists end at the cut they go on over the new rows."""
    change = Insertion(insertion.sheet, insertion.cut, insertion.count, extend=extend)
    return " ".join(_span(each.coord, change) for each in ranges)


def _lists(sheet: Worksheet, insertion: Insertion) -> None:
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = MultiCellRange(_spans(validation.sqref.ranges, insertion, extend=True))
        for name in ("formula1", "formula2"):
            if (said := getattr(validation, name)) and not said.startswith('"'):
                setattr(validation, name, shifted("=" + said, insertion, on=sheet.title)[1:])


def _formats(sheet: Worksheet, insertion: Insertion) -> None:
    formats = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            rule.formula = [
                shifted("=" + text, insertion, on=sheet.title, extend=False)[1:] for text in rule.formula
            ]
            formats.add(_spans(each.sqref.ranges, insertion, extend=True), rule)
    sheet.conditional_formatting = formats


def _around(sheet: Worksheet, insertion: Insertion) -> None:
    """Print area, filter, tables and page breaks."""
    if sheet.print_area:
        sheet.print_area = ",".join(_span(_plain(part), insertion) for part in _parts(sheet.print_area))
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _span(sheet.auto_filter.ref, insertion)
    for table in sheet.tables.values():
        table.ref = _span(table.ref, insertion)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
    for mark in sheet.row_breaks.brk:
        mark.id = insertion.row(mark.id)


def _drawings(sheet: Any, insertion: Insertion) -> None:
    for drawn in [*sheet._images, *sheet._charts]:
        for corner in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
            if corner is not None:
                # drawings count rows from 0
                corner.row = insertion.row(corner.row + 1) - 1


def _parts(area: str | list[str]) -> list[str]:
    return area if isinstance(area, list) else area.split(",")


def _plain(area: str) -> str:
    return area.rpartition("!")[2].replace("$", "")


def copy_row(sheet: Worksheet, model: int, row: int, *, columns: range, formulas: bool) -> None:
    """Give a row the looks, the height and, where they are asked for, the row formulas of another."""
    for column in columns:
        like: Any = sheet._cells.get((model, column))
        if like is None:
            continue
        cell: Any = sheet.cell(row, column)
        cell._style = copy(like._style)
        if formulas and is_formula(like) and not isinstance(like.value, ArrayFormula):
            here, there = f"A{model}", f"A{row}"
            cell.value = Translator(str(like.value), origin=here).translate_formula(there)
    height = sheet.row_dimensions.get(model)
    if height is not None and height.height is not None:
        sheet.row_dimensions[row].height = height.height


def merged_across(sheet: Worksheet, row: int) -> list[tuple[int, int]]:
    """First and last column of each cell that is merged within one row."""
    return [
        (merged.min_col, merged.max_col)
        for merged in sheet.merged_cells.ranges
        if merged.min_row == row == merged.max_row
    ]


def merge_across(sheet: Worksheet, row: int, spans: Iterable[tuple[int, int]]) -> None:
    """The same cells merged in another row; straight into the set, which else is searched for each of them."""
    for first, last in spans:
        span = CellRange(min_col=first, max_col=last, min_row=row, max_row=row).coord
        sheet.merged_cells.ranges.add(MergedCellRange(sheet, span))


__all__ = ["copy_row", "insert_rows", "is_formula", "merge_across", "merged_across"]
