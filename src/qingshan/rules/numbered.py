"""Which numbered items does a text hold? 一、（一）1.（1）① and 一是, at whichever depth they stand.

A mark counts when it begins a line, or goes on exactly where the last one of its kind stopped: so `1.5 公顷` and
`（2021 年）` are no items. Whatever lies outside the items is handed back too: nothing may be left over unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qingshan.rules.words import Named


class Depth(Named):
    """编号层次."""

    CHAPTER = "chapter", "一、", "一、"
    SECTION = "section", "（一）", "（一）"
    ITEM = "item", "1．", "1."
    POINT = "point", "（1）", "(1)"
    CIRCLE = "circle", "①", "①"
    SAID = "said", "一是", "一是"


_CHINESE = "一二三四五六七八九十百零"
_SHAPES: dict[Depth, re.Pattern[str]] = {
    Depth.CHAPTER: re.compile(rf"(?:第)?([{_CHINESE}]{{1,5}})[、，,]"),
    Depth.SECTION: re.compile(rf"[（(]\s*([{_CHINESE}]{{1,5}})\s*[)）]"),
    Depth.ITEM: re.compile(r"(\d{1,3})\s*(?:[.．](?!\d)|[.．](?=\d{4}年)|、)"),
    Depth.POINT: re.compile(r"[（(]?\s*(\d{1,3})\s*[)）]"),
    Depth.CIRCLE: re.compile(r"([\u2460-\u2473])"),
    Depth.SAID: re.compile(rf"([{_CHINESE}]{{1,3}})是"),
}
_ORDER = tuple(_SHAPES)
_LINE_START = re.compile(r"(?:^|\n)[ \t\u3000]*", re.MULTILINE)
_MAY_FOLLOW = "。；;：:，,！？ \t\u3000"
_DIGITS = {zh: number for number, zh in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True)
class Mark:
    """One number in the text."""

    depth: Depth
    number: int
    start: int
    end: int
    """where its own text begins"""


@dataclass(frozen=True)
class Split:
    """A text in items of one depth, and what lies outside them."""

    depth: Depth | None
    """None where the text has no numbers: then it is one item"""
    items: tuple[str, ...]
    left_over: tuple[str, ...]
    depths: tuple[Depth, ...]
    """in which other ways the text could be split"""


def split(text: str, depth: Depth | None = None) -> Split:
    """The items of a text at a depth; without one, at the depth that has the most items."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = marks(text)
    depths = tuple(each for each in _ORDER if any(mark.depth is each for mark in found))
    if not depths:
        return Split(None, (text.strip(),) if text.strip() else (), (), ())
    chosen = depth if depth in depths else _most_items(found, depths)
    pieces = [(belongs, piece.strip()) for belongs, piece in _pieces(text, found, chosen) if piece.strip()]
    return Split(
        chosen,
        tuple(piece for belongs, piece in pieces if belongs),
        tuple(piece for belongs, piece in pieces if not belongs),
        depths,
    )


def steps(text: str) -> tuple[str, ...]:
    """Measures that somebody wrote into one cell: numbered, one a line, or parted by semicolons."""
    found = split(text)
    if found.depth is not None:
        heads = [piece for piece in found.left_over if piece]
        return (*heads, *(bare(item) for item in found.items))
    lines = [line for line in (part.strip(" \t\u3000;；。") for part in re.split(r"[\n；;]", text)) if line]
    return tuple(lines)


def bare(item: str) -> str:
    """An item without its number."""
    first = next((hit for shape in _SHAPES.values() if (hit := shape.match(item))), None)
    own = item[first.end() :] if first else item
    return own.strip(" \t\n\u3000;；。") or item


def _most_items(found: Sequence[Mark], depths: Sequence[Depth]) -> Depth:
    return max(depths, key=lambda depth: (sum(mark.depth is depth for mark in found), -_ORDER.index(depth)))


def _pieces(text: str, found: Sequence[Mark], depth: Depth) -> Iterator[tuple[bool, str]]:
    """The text cut before each number of this depth or above; whether a piece is an item."""
    height = _ORDER.index(depth)
    cuts = [mark for mark in found if _ORDER.index(mark.depth) <= height]
    yield False, text[: cuts[0].start]
    for mark, following in zip(cuts, [*cuts[1:], None], strict=True):
        yield mark.depth is depth, text[mark.start : following.start if following else len(text)]


def marks(text: str) -> list[Mark]:
    """The numbers that count, in the order of the text."""
    begins = {found.end() for found in _LINE_START.finditer(text)}
    reached: dict[Depth, int] = {}
    kept: list[Mark] = []
    for mark in _candidates(text):
        if kept and mark.start < kept[-1].end:
            continue
        if _goes_on(mark, reached.get(mark.depth, 0), begins_line=mark.start in begins, text=text):
            reached[mark.depth] = mark.number
            for deeper in _ORDER[_ORDER.index(mark.depth) + 1 :]:
                reached.pop(deeper, None)
            kept.append(mark)
    return kept


def _candidates(text: str) -> list[Mark]:
    found = [
        Mark(depth, _number(hit[1]), hit.start(), hit.end())
        for depth, shape in _SHAPES.items()
        for hit in shape.finditer(text)
    ]
    return sorted(found, key=lambda mark: (mark.start, _ORDER.index(mark.depth)))


def _goes_on(mark: Mark, last: int, *, begins_line: bool, text: str) -> bool:
    if begins_line:
        return mark.depth is not Depth.SAID or mark.number in (1, last + 1)
    follows = mark.depth is Depth.CIRCLE or (mark.start > 0 and text[mark.start - 1] in _MAY_FOLLOW)
    expected = mark.number == last + 1 if last else mark.number == 1
    return follows and expected


def _number(text: str) -> int:
    """`十二`, `12`, `⑫`."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "\u2460" <= text <= "\u2473":
        return ord(text) - 0x245F
    return _chinese_number(text)


def _chinese_number(text: str) -> int:
    hundreds, _sign, rest = text.rpartition("百")
    tens, sign, ones = rest.partition("十")
    if not sign:
        tens, ones = "", rest
    found = _DIGITS.get(hundreds, 1 if _sign else 0) * 100
    found += (_DIGITS.get(tens.lstrip("零"), 1) if sign else 0) * 10
    return found + _DIGITS.get(ones.lstrip("零"), 0)
