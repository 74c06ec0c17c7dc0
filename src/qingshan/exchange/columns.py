"""Which columns does a file of one kind have? An app declares them once; everything else follows.

Template, preview, import, export and documentation are all made from this declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from qingshan.exchange.cells import folded, plain
from qingshan.exchange.days import Date
from qingshan.exchange.numbers import Integer, Number
from qingshan.exchange.units import UNITS, Unit, unit_named
from qingshan.exchange.values import LICENCE_NO, REGION_CODE, USCC, Choice, Code, Text, Type, YesNo
from qingshan.rules.reasons import CHINESE

__all__ = [
    "LICENCE_NO",
    "REGION_CODE",
    "USCC",
    "Choice",
    "Code",
    "Column",
    "Date",
    "Header",
    "Integer",
    "Number",
    "Text",
    "Type",
    "YesNo",
    "header_of",
]


@dataclass(frozen=True)
class Column:
    """One column. `required` binds new objects; an update may leave the column out of the file."""

    name: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    type: Type = field(default_factory=Text)
    required: bool = False
    help_zh: str = ""
    help_en: str = ""
    sample: str = ""
    """What the template shows as an example; default: the type's own."""

    def title(self, language: str = CHINESE) -> str:
        """The name without unit."""
        return self.en if language.lower().startswith("en") else self.zh

    def header(self, language: str = CHINESE) -> str:
        """The name as it is written over the column, with its unit."""
        unit = self.type.bare if isinstance(self.type, Number) else None
        if unit is None:
            return self.title(language)
        return f"{self.en} ({unit.en})" if language.lower().startswith("en") else f"{self.zh}（{unit.zh}）"

    def help(self, language: str = CHINESE) -> str:
        return self.help_en if language.lower().startswith("en") else self.help_zh

    @property
    def example(self) -> str:
        return self.sample or self.type.sample

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name by which the column is known, folded for comparison."""
        return frozenset(folded(word) for word in (self.zh, self.en, self.name, *self.aliases))


@dataclass(frozen=True)
class Header:
    """A header that was recognised: the column it means, and the unit that it names."""

    column: Column
    unit: tuple[Unit, Fraction] | None = None
    unknown_unit: str | None = None


_MARKS = re.compile(r"[*★]|\((?:必填|选填|required|optional)\)|必填")
_BRACKETS = str.maketrans("【】〔〕[]", "()()()")
_UNIT = re.compile(r"(.+?)(?:\(([^()]*)\)|[/:,_]([^/:,_]+))")


def header_of(text: str, columns: Iterable[Column]) -> Header | None:
    """The column that a header means, or None. `面积（亩）`, `面积(ha)`, `*面积/公顷` all mean 面积."""
    word = _MARKS.sub("", folded(text).translate(_BRACKETS))
    for column in columns:
        if word in column.words:
            return Header(column)
    found = _UNIT.fullmatch(word)
    if found is None:
        return None
    behind = next(part for part in found.groups()[1:] if part is not None)
    for column in columns:
        if found[1] in column.words:
            header = _with_unit(column, behind)
            # `矿山名称：某某铁矿` is a label with its value, no header
            return None if ":" in word and header.unit is None else header
    return None


def _with_unit(column: Column, behind: str) -> Header:
    """What stands in brackets is a unit only where the column has one; elsewhere it is a remark."""
    if not isinstance(column.type, Number) or column.type.unit is None:
        return Header(column)
    name = re.sub("^单位[:：]?", "", plain(behind))
    if unit := unit_named(name, column.type.unit):
        return Header(column, unit)
    return Header(column, unknown_unit=behind)


def units_of(column: Column) -> tuple[Unit, ...]:
    """All units in which the column may be written."""
    if not isinstance(column.type, Number) or column.type.unit is None:
        return ()
    return tuple(unit for unit in UNITS if unit.family == column.type.unit.family)
