"""Which cells of an .xlsx hold no value although something stands there, and how far does a sheet reach?

calamine gives both a formula without a saved result and an error as an empty cell, and sets aside memory for
the whole rectangle that a sheet spans. Both are read here from the sheet itself before calamine opens it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from qingshan.exchange.readers.hygiene import Unpacking, Upload, open_package, without_dtd
from qingshan.exchange.readers.tables import MAX_CELLS, Unread

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FILLED = re.compile(rb"<(?:\w+:)?v\b[^>/]*>[^<]")
# an empty text is a result too: =IF(A1="","",A1)
_EMPTY_TEXT = re.compile(rb'\bt="str"')
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
# cells worth a closer look: a formula, or an error
_ODD = re.compile(rb'<(?:\w+:)?f\b|\bt="e"')
_ANY_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_MIN, _MAX = re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"')
_MOST_COLUMNS = 1000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class SheetFacts:
    """What calamine will not say about a sheet."""

    unread: dict[tuple[int, int], Unread] = field(default_factory=dict)
    """By row and column, both from 0."""
    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    """Both from 0."""


def examined(upload: Upload) -> dict[str, SheetFacts]:
    """Facts of every sheet by its name. Damage, DTDs and sheets too wide to hold raise FileRefused."""
    with open_package(upload) as package:
        unpacking = Unpacking(upload, package)
        parts = _parts(upload, package, unpacking)
        for entry in package.infolist():
            if entry.filename.endswith((".xml", ".rels")) and entry.filename not in parts.values():
                for _piece in without_dtd(upload, unpacking.pieces(entry)):
                    pass
        return {name: _facts(upload, unpacking.pieces(part)) for name, part in parts.items()}


def sheets_of(upload: Upload, package: zipfile.ZipFile) -> dict[str, str]:
    """The entry of the package that holds each sheet, by the sheet's name."""
    return _parts(upload, package, Unpacking(upload, package))


def _parts(upload: Upload, package: zipfile.ZipFile, unpacking: Unpacking) -> dict[str, str]:
    """The entry that holds each sheet."""
    workbook = _tree(upload, unpacking, "xl/workbook.xml")
    relations = _tree(upload, unpacking, "xl/_rels/workbook.xml.rels")
    targets = {
        relation.get("Id"): _entry_of(relation.get("Target", ""))
        for relation in relations
        if relation.get("Type", "").endswith("/worksheet")
    }
    sheets = [element for element in workbook.iter() if element.tag.endswith("}sheet")]
    parts = {sheet.get("name", ""): targets.get(sheet.get(_RELATION)) for sheet in sheets}
    known = set(package.namelist())
    return {name: part for name, part in parts.items() if part in known}


def _entry_of(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _tree(upload: Upload, unpacking: Unpacking, part: str) -> ElementTree.Element:
    content = b"".join(without_dtd(upload, unpacking.pieces(part)))
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise upload.refused("exchange.damaged") from error


def _facts(upload: Upload, pieces: Iterable[bytes]) -> SheetFacts:
    facts = SheetFacts()
    kept = b""
    for piece in without_dtd(upload, pieces):
        kept += piece
        end = kept.rfind(b"</row>")
        if end >= 0:
            _look_at(kept[:end], facts)
            kept = kept[end:]
    _look_at(kept, facts)
    if facts.rows * facts.columns > MAX_CELLS:
        raise upload.refused("exchange.spread_too_wide", rows=facts.rows, columns=facts.columns)
    return facts


def _look_at(rows: bytes, facts: SheetFacts) -> None:
    if _HIDDEN.search(rows):
        facts.hidden_rows.update(int(row) - 1 for row in _numbered(rows, _ROW, _ROW_NUMBER))
        for column in _COLUMN.findall(rows):
            if _HIDDEN.search(column):
                first, last = (int(found[1]) for found in (_MIN.search(column), _MAX.search(column)) if found)
                facts.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))
    references = _ANY_REFERENCE.findall(rows)
    if not references:
        return
    facts.rows = max(facts.rows, *(int(row) for row in {row for _letters, row in references}), 0)
    facts.columns = max(facts.columns, *(_number(letters) for letters in {ref[0] for ref in references}), 0)
    if _ODD.search(rows):
        for found in _CELL.finditer(rows):
            _without_value(found[1], found[2] or b"", facts)


def _numbered(rows: bytes, element: re.Pattern[bytes], number: re.Pattern[bytes]) -> Iterator[bytes]:
    """The numbers of those elements that are hidden."""
    for found in element.findall(rows):
        if _HIDDEN.search(found) and (numbered := number.search(found)):
            yield numbered[1]


def _without_value(attributes: bytes, content: bytes, facts: SheetFacts) -> None:
    place = _REFERENCE.search(attributes)
    if place is None:
        return
    where = int(place[2]) - 1, _number(place[1]) - 1
    if b't="e"' in attributes:
        value = _VALUE.search(content)
        facts.unread[where] = Unread(
            "exchange.error_value", value[1].decode("utf-8", "replace") if value else ""
        )
    elif _ODD.search(content) and not _FILLED.search(content) and not _EMPTY_TEXT.search(attributes):
        facts.unread[where] = Unread("exchange.formula_without_result")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
