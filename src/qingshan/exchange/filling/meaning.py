"""What does a header of somebody else's table mean in our register, and in which unit?

The same header always gives the same answer: a known name, or the name that is most alike, which then is to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.exchange.cells import folded
from qingshan.exchange.columns import Column, Number, header_of
from qingshan.exchange.units import UNITS, Unit, unit_named
from qingshan.rules.words import Named

NEAR_ENOUGH = 0.7
_SAYS_ENOUGH = 3
"""Characters of a name from which on it means the same whatever stands around it."""
Measured = tuple[Unit, Fraction]
"""A unit and its multiple: 万亩 is (亩, 10000)."""


class How(Named):
    """对应依据: why a header is taken for a column."""

    SAME = "same", "名称一致", "same name"
    NEAR = "near", "名称相近，请核对", "similar name, please check"
    REMEMBERED = "remembered", "沿用上次确认", "as confirmed before"
    NONE = "none", "台账中没有", "not in the register"


@dataclass(frozen=True)
class Meaning:
    """What a header was taken for; `column` is empty where the register has nothing like it."""

    column: str
    how: How
    unit: str = ""
    """See `unit_code`; empty where the header names none."""


@dataclass(frozen=True)
class Near:
    column: Column
    score: float


def meaning_of(lines: Sequence[str], captions: Iterable[str], columns: Sequence[Column]) -> Meaning:
    """The column of a header, and the unit that the header or the caption above the table names."""
    names, unit_line = _without_unit_line([unnumbered(line) for line in lines])
    for text in _readings(names):
        if found := header_of(text, columns):
            unit = found.unit or _unit_of(found.column, unit_line, names, captions)
            how = How.NEAR if _says_little(text, names) else How.SAME
            return Meaning(found.column.name, how, unit_code(unit))
    near = max(
        (n for text in _readings(names) if (n := best_near(text, columns))),
        key=lambda n: n.score,
        default=None,
    )
    if near is None or near.score < NEAR_ENOUGH:
        return Meaning("", How.NONE)
    unit = _unit_of(near.column, unit_line, names, captions)
    return Meaning(near.column.name, How.SAME if near.score == 1 else How.NEAR, unit_code(unit))


def unnumbered(text: str) -> str:
    """`（3）面积` is 面积."""
    return _NUMBERED.sub("", text)


def _readings(lines: Sequence[str]) -> Iterator[str]:
    """How the lines can be read as one name: 矿山 over 名称 is 矿山名称, 面积 over 损毁 is 损毁面积."""
    yield "".join(lines)
    for start in range(1, len(lines) - 1):
        yield "".join(lines[start:])
    if len(lines) > 1:
        yield lines[-2] + lines[-1]
        yield lines[-1] + lines[-2]
        yield lines[-1]


def _says_little(text: str, lines: Sequence[str]) -> bool:
    """`面积` below `修复情况` may be another area than ours: read without what stands above, it is to be checked."""
    return len(lines) > 1 and text == lines[-1] and len(_bare(text)) <= _SAYS_ENOUGH


def _without_unit_line(lines: Sequence[str]) -> tuple[Sequence[str], str]:
    """The last line may be nothing but a unit."""
    if len(lines) > 1:
        last = _IN_BRACKETS.sub(r"\1", lines[-1])
        if any(unit_named(last, unit) for unit in UNITS):
            return lines[:-1], last
    return lines, ""


_NUMBERED = re.compile(r"^\s*(?:[(（]?\d{1,3}[)）.、．]|[一二三四五六七八九十]+、)\s*(?=\D)")
_IN_BRACKETS = re.compile(r"^[（(\[【]\s*(.*?)\s*[)）\]】]$")
_BRACKET = re.compile(r"[（(\[【]([^（()）]*)[)）\]】]")
_CAPTION = re.compile(r"(?:计量|面积|金额|货币)?单位\s*[:：]\s*([^\s。;；]+)")
_BETWEEN = re.compile(r"[、，,/／和]")


def unit_said(column: Column, lines: Sequence[str], captions: Iterable[str]) -> str:
    """The unit that a header names for a column that somebody else chose for it, see `unit_code`."""
    names, line = _without_unit_line(lines)
    return unit_code(_unit_of(column, line, names, captions))


def fitting(code: str, column: Column) -> Measured | None:
    """The unit of a code where it measures what the column holds; None elsewhere."""
    unit = unit_from(code)
    if unit is None or not isinstance(column.type, Number) or column.type.unit is None:
        return None
    return unit if unit[0].family == column.type.unit.family else None


def _unit_of(column: Column, line: str, names: Sequence[str], captions: Iterable[str]) -> Measured | None:
    """Nearest first: the line below the name, brackets in it, the caption over the table."""
    if not isinstance(column.type, Number) or column.type.unit is None:
        return None
    said = [line, *(text for name in reversed(names) for text in _BRACKET.findall(name))]
    for word in [*said, *units_in(captions)]:
        word = re.sub("^单位[:：]?", "", word.strip())
        if word and (unit := unit_named(word, column.type.unit)):
            return unit
    return None


def units_in(captions: Iterable[str]) -> list[str]:
    """The units that stand over a table: `单位：公顷、万元`. A firm or an office behind the same word is none."""
    words = [
        word.strip()
        for caption in captions
        for found in _CAPTION.findall(caption)
        for word in _BETWEEN.split(found)
    ]
    return [word for word in words if any(unit_named(word, unit) for unit in UNITS)]


def best_near(text: str, columns: Iterable[Column]) -> Near | None:
    """The column whose names are most alike; of equals the first."""
    bare = _bare(text)
    best: Near | None = None
    for column in columns:
        score = max(_alike(bare, _bare(word)) for word in column.words)
        if score and (best is None or score > best.score):
            best = Near(column, score)
    return best


_FILLERS = re.compile("所在地?|所属|情况|信息|全称|填报|实际|类别$|类型$|其中|以上|（?必填）?")
_UNSPOKEN = re.compile(r"[^\w]|_")


def _bare(text: str) -> str:
    """The words that carry the meaning: no units, punctuation, or words that many headers have."""
    said = folded(text)
    for inner in _BRACKET.findall(said):
        if any(unit_named(inner, unit) for unit in UNITS):
            said = said.replace(inner, "")
    said = _UNSPOKEN.sub("", said)
    return _FILLERS.sub("", said) or said


def _alike(text: str, word: str) -> float:
    """1 for the same; else the share of neighbouring characters in common. What a Chinese name means stands last."""
    if not text or not word:
        return 0.0
    if text == word:
        return 1.0
    if len(text) < 2 or len(word) < 2 or text[-1] != word[-1]:
        return 0.0
    one, other = _pairs(text), _pairs(word)
    share = 2 * len(one & other) / (len(one) + len(other))
    shorter = min(len(text), len(word))
    # 企业名称 in 矿山企业名称 is the same; 面积 in 林地面积 is not
    if shorter >= _SAYS_ENOUGH and (text.endswith(word) or word.endswith(text)):
        share = max(share, 0.5 + 0.5 * shorter / max(len(text), len(word)))
    return min(share, 0.99)


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def unit_code(measured: Measured | None) -> str:
    """`ha`, or `mu*10000` with a multiple; empty for none."""
    if measured is None:
        return ""
    unit, times = measured
    return unit.code if times == 1 else f"{unit.code}*{times}"


def unit_from(code: str) -> Measured | None:
    """Back from `unit_code`; None for what is none."""
    name, _star, times = code.partition("*")
    unit = next((unit for unit in UNITS if unit.code == name), None)
    if unit is None or (times and not times.isdecimal()):
        return None
    return unit, Fraction(int(times or 1))


def unit_name(measured: Measured, *, english: bool = False) -> str:
    """亩, 万亩."""
    unit, times = measured
    said = {1: "", 1000: "千", 10_000: "万", 100_000_000: "亿"}.get(int(times), f"{times} ")
    return (
        f"{int(times):,} {unit.en}" if english and times != 1 else unit.en if english else f"{said}{unit.zh}"
    )


def offered_units(column: Column) -> list[Measured]:
    """The units that a person may choose for a column."""
    if not isinstance(column.type, Number) or column.type.unit is None:
        return []
    family = [unit for unit in UNITS if unit.family == column.type.unit.family]
    large = [unit for unit in family if unit.code in {"mu", "yuan", "m3", "t", "m2"}]
    return [*((unit, Fraction(1)) for unit in family), *((unit, Fraction(10_000)) for unit in large)]
