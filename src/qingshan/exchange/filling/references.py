"""Where does a formula point after rows were inserted? A sum over the rows goes on to sum over all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

_CELL = r"(\$?[A-Za-z]{1,3}\$?)(\d{1,7})"
_PLACE = re.compile(rf"(?:(?P<sheet>'(?:[^']|'')+'|[^'!:]+)!)?{_CELL}(?::{_CELL})?")
_ADDS_UP = ("SUM(", "SUBTOTAL(", "AVERAGE(", "COUNT(", "COUNTA(", "MAX(", "MIN(")


@dataclass(frozen=True)
class Insertion:
    """`count` rows inserted below row `cut` of a sheet."""

    sheet: str
    cut: int
    count: int
    extend: bool = False
    """Ranges that end at the cut go on over the inserted rows."""

    def row(self, row: int) -> int:
        """Where a row is now."""
        return row + self.count if row > self.cut else row

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """Where a range of rows is now."""
        goes_on = self.extend and first <= last == self.cut
        return self.row(first), last + self.count if goes_on else self.row(last)


def shifted(formula: str, insertion: Insertion, *, on: str, extend: bool = True) -> str:
    """The formula of a cell of sheet `on`; what cannot be read as a formula stays as it is."""
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError):
        return formula
    adding: list[bool] = []
    said = []
    for token in tokens:
        if token.type in {Token.FUNC, Token.PAREN}:
            _enter(adding, token)
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            adds_up = bool(adding) and adding[-1] and extend
            said.append(_moved(token.value, insertion, on=on, extend=extend, adds_up=adds_up))
        else:
            said.append(token.value)
    return "=" + "".join(said)


def _enter(adding: list[bool], token: Token) -> None:
    if token.subtype == Token.OPEN:
        adding.append(token.value.upper() in _ADDS_UP)
    elif adding:
        adding.pop()


def _moved(place: str, insertion: Insertion, *, on: str, extend: bool, adds_up: bool) -> str:
    found = _PLACE.fullmatch(place)
    if found is None or _sheet_of(found["sheet"], on) != insertion.sheet:
        return place
    before = f"{found['sheet']}!" if found["sheet"] else ""
    _sheet, column, row, other_column, other_row = found.groups()
    first = int(row)
    if other_row is None:
        if adds_up and insertion.extend and first == insertion.cut:
            return f"{before}{column}{first}:{column}{first + insertion.count}"
        return f"{before}{column}{insertion.row(first)}"
    rows = insertion.rows(first, int(other_row)) if extend else _plain(insertion, first, int(other_row))
    return f"{before}{column}{rows[0]}:{other_column}{rows[1]}"


def _plain(insertion: Insertion, first: int, last: int) -> tuple[int, int]:
    return insertion.row(first), insertion.row(last)


def _sheet_of(written: str | None, on: str) -> str:
    if written is None:
        return on
    return written[1:-1].replace("''", "'") if written.startswith("'") else written


def spans_rows(formula: str) -> bool:
    """Does the formula look over several rows, as a total does? Products within one row do not."""
    try:
        tokens = Tokenizer(formula).items
    except (TokenizerError, IndexError):
        return False
    places = [_PLACE.fullmatch(token.value) for token in tokens if token.subtype == Token.RANGE]
    return any(found and found[5] and found[3] != found[5] for found in places)
