"""What do the lines around a table say? Labels with their values, as licences print them above their corners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qingshan.exchange.cells import Cell, is_blank, plain, text_of
from qingshan.exchange.columns import Column, Header, header_of

_LABEL = r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z（）()]{1,13}"
_LABELLED = re.compile(rf"(?:^|[\s,，;；、])({_LABEL})\s*[:：]\s*")
_DAY = r"(\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?)"
_LEVEL = r"(-?\d+(?:\.\d+)?)\s*(?:m|米)?"
_SPANS = (
    (
        re.compile("有效期限?"),
        re.compile(rf"{_DAY}\s*(?:起|~|-|—)?\s*至?\s*{_DAY}"),
        ("有效期起", "有效期止"),
    ),
    (
        re.compile("开采(?:深度|标高)"),
        re.compile(rf"{_LEVEL}\s*至\s*{_LEVEL}"),
        ("开采上限标高", "开采下限标高"),
    ),
)
"""Labels whose value has two ends, and the columns of these."""
_UNITS = re.compile(r"单位\s*[:：]\s*([^\s,，;；。)）]{1,24})")
_BETWEEN_UNITS = re.compile("[、/和]")
_COUNT = re.compile(r"(\d+|[一二三四五六七八九十]+)\s*个?\s*(?:拐点|界址点|顶点|坐标点|角点)")
_COUNT_BEHIND = re.compile(r"(?:拐点|界址点|顶点|坐标点|角点)(?:总)?(?:数量?|个数)\s*[:：]?\s*(\d+)")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True)
class Labelled:
    """One label and the cell that belongs to it."""

    label: str
    cell: Cell
    header: Header | None
    """What the label means, where it names a column."""


def labelled(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Labelled]:
    """The labels of one row with their values, within one cell (`矿山名称：某某铁矿`) or in the next one."""
    found: list[Labelled] = []
    waiting: str | None = None
    for cell in _apart(cells):
        inside = list(_inside(cell, columns))
        if inside:
            *whole, last = inside
            found += whole
            waiting = last.label if is_blank(last.cell) else None
            found += [] if waiting else [last]
        elif waiting is not None:
            found.append(Labelled(waiting, cell, header_of(waiting, columns)))
            waiting = None
        elif isinstance(cell, str) and header_of(_one_line(cell), columns):
            waiting = _one_line(cell)
    return [one for pair in found for one in _both_ends(pair, columns)]


def _both_ends(pair: Labelled, columns: Sequence[Column]) -> Iterator[Labelled]:
    """`有效期限：自…至…` and `开采深度：由…至…` say two things."""
    for label, span, (first, last) in _SPANS:
        if label.fullmatch(pair.label) and (found := span.search(plain(pair.cell))):
            ends = [
                Labelled(name, text, header_of(name, columns))
                for name, text in zip((first, last), found.groups(), strict=True)
            ]
            if all(end.header for end in ends):
                yield from ends
                return
    yield pair


def _apart(cells: Sequence[Cell]) -> Iterator[Cell]:
    """Each cell once: a merged one stands in all the cells that it covers."""
    before: Cell = None
    for cell in cells:
        if not is_blank(cell) and cell != before:
            yield cell
        before = cell


def _inside(cell: Cell, columns: Sequence[Column]) -> Iterator[Labelled]:
    if not isinstance(cell, str):
        return
    text = _one_line(cell)
    marks = list(_LABELLED.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        return
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield Labelled(mark[1], text[mark.end() : end].strip(" ,，;；、。"), header_of(mark[1], columns))


def _one_line(cell: str) -> str:
    return " ".join(text_of(cell).split())


def units_said(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The units that a line above the table names for all of it: `单位：公顷、万元`."""
    said = [name for row in rows for cell in _apart(row) for name in _units_of(cell)]
    return tuple(dict.fromkeys(said))


def _units_of(cell: Cell) -> Iterator[str]:
    if isinstance(cell, str):
        for found in _UNITS.finditer(text_of(cell)):
            yield from _BETWEEN_UNITS.split(found[1])


def count_said(texts: Sequence[str]) -> int | None:
    """How many corners the sheet says there are: `共有8个拐点圈定`. None where it says nothing, or two things."""
    counts = {_number(found) for text in texts for found in _counts(plain(text))}
    return counts.pop() if len(counts) == 1 else None


def _counts(text: str) -> Iterator[str]:
    for pattern in (_COUNT, _COUNT_BEHIND):
        yield from (found[1] for found in pattern.finditer(text))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return _DIGITS.get(tens[-1:], 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
