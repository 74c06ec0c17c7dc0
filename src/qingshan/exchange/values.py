"""How is what people write in a cell turned into a value, and how is a value written for people?

A type is told the cell and, for numbers, the unit of its header. What it cannot read it says as a `Fault`;
it never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from qingshan.exchange.cells import Cell, folded, is_blank, plain, says_nothing, text_of
from qingshan.exchange.units import Unit
from qingshan.rules import identifiers
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import CHINESE, ENGLISH, Reason, Value
from qingshan.rules.words import Named

Reader: TypeAlias = Callable[[Cell], Any]
Stored: TypeAlias = str | int | float | bool | None


class Fault(Exception):
    """A cell that cannot be read: the code of the sentence and what it needs beside row, column and value."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Type:
    """What all types can do. `None` is "nothing known" in every type."""

    def reader(self, unit: tuple[Unit, Fraction] | None = None) -> Reader:
        """The function that reads one cell of a column whose header names this unit."""
        return self.read

    def read(self, cell: Cell) -> Any:
        raise NotImplementedError

    def stored(self, value: Any) -> Stored:
        """As it waits in the staging table."""
        return None if value is None else str(value)

    def restored(self, stored: Stored) -> Any:
        """Back from the staging table."""
        return stored

    def same(self, one: Any, other: Any) -> bool:
        """Do both mean the same? Empty text and nothing are the same."""
        return (one or None) == (other or None)

    def say(self, value: Any, language: str = CHINESE) -> str:
        """For people; what is not known is a dash."""
        return "—" if value is None or value == "" else str(value)

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        """As it is written into an exported sheet, to be read again by `read`."""
        return None if value is None or value == "" else self.say(value, language)

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        """What may be written, where it is a short list."""
        return ()

    @property
    def sample(self) -> str:
        """Something that a template may show as an example."""
        return ""

    def name(self, language: str = CHINESE) -> str:
        """What a person would call this type."""
        raise NotImplementedError


_MARKUP = re.compile(r"<[a-zA-Z!/?][^<>]*>?|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
# half surrogates too: no database keeps them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LONGEST_BLANK = 8
_STARTS_ODD = re.compile("[=<&]|[^<&]*[<&]")


@dataclass(frozen=True)
class Text(Type):
    """Free text. Web page code and formulas are refused: they are never what was meant."""

    limit: int = 500

    def read(self, cell: Cell) -> str | None:
        text = text_of(cell)
        if not text or (len(text) < _LONGEST_BLANK and is_blank(text)):
            return None
        if _STARTS_ODD.match(text):
            _no_code(text)
        if _CONTROL.search(text):
            raise Fault("exchange.control_characters")
        if len(text) > self.limit:
            raise Fault("exchange.too_long", length=len(text), limit=self.limit)
        return text

    @property
    def sample(self) -> str:
        return "青石沟"

    def name(self, language: str = CHINESE) -> str:
        return word(language, f"文字（不超过 {self.limit} 字）", f"text (up to {self.limit} characters)")


def _no_code(text: str) -> None:
    if text.startswith("="):
        raise Fault("exchange.formula_as_text")
    if _MARKUP.search(text):
        raise Fault("exchange.markup")


_YES = frozenset({"是", "有", "对", "y", "yes", "true", "t", "1", "√", "✓", "✔"})
_NO = frozenset({"否", "无", "没有", "不是", "n", "no", "false", "f", "0", "×", "✗", "x"})


@dataclass(frozen=True)
class YesNo(Type):
    """是 or 否."""

    def read(self, cell: Cell) -> bool | None:
        if isinstance(cell, bool):
            return cell
        word = folded(text_of(cell))
        if word in _YES:
            return True
        if word in _NO:
            return False
        if says_nothing(cell):
            return None
        raise Fault("exchange.not_yes_no")

    def stored(self, value: Any) -> Stored:
        return None if value is None else bool(value)

    def same(self, one: Any, other: Any) -> bool:
        return one is other

    def say(self, value: Any, language: str = CHINESE) -> str:
        if value is None:
            return "—"
        return word(language, "是", "yes") if value else word(language, "否", "no")

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        return None if value is None else self.say(value, language)

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return word(language, "是", "yes"), word(language, "否", "no")

    @property
    def sample(self) -> str:
        return "是"

    def name(self, language: str = CHINESE) -> str:
        return word(language, "是或否", "yes or no")


@dataclass(frozen=True)
class Choice(Type):
    """One term of a fixed list, written as its Chinese or English name, its code, or another name of it."""

    terms: type[Named]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names by code: {"open_pit": ("露采", "露天开采")}."""

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for term in self.terms:
            for word in (term.value, term.zh, term.en, *self.also.get(term.value, ())):
                if words.setdefault(folded(word), term.value) != term.value:
                    raise ValueError(f"“{word}” names two terms of {self.terms.__name__}")
        return words

    def read(self, cell: Cell) -> str | None:
        word = folded(text_of(cell))
        if found := self._by_word.get(word):
            return found
        if says_nothing(cell):
            return None
        zh, en = "、".join(self.choices(CHINESE)), ", ".join(self.choices(ENGLISH))
        raise Fault("exchange.not_a_choice", choices=zh, choices_en=en)

    def say(self, value: Any, language: str = CHINESE) -> str:
        return self.terms(value).say(language) if value else "—"

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return tuple(term.say(language) for term in self.terms)

    @property
    def sample(self) -> str:
        return self.choices()[0]

    def name(self, language: str = CHINESE) -> str:
        return word(
            language,
            "选填其一：" + "、".join(self.choices(CHINESE)),
            "one of: " + ", ".join(self.choices(ENGLISH)),
        )


_EXACT_DIGITS = 15


@dataclass(frozen=True)
class Code(Type):
    """An identifier. `check` returns it as it is stored, or raises RuleError; `doubts` only warn."""

    check: Callable[[str], str] = str
    doubts: Callable[[str], tuple[Reason, ...]] | None = None
    limit: int = 64
    example: str = "A-001"

    def read(self, cell: Cell) -> str | None:
        if is_blank(cell):
            return None
        text = self._characters(cell)
        if text.startswith("="):
            raise Fault("exchange.formula_as_text")
        if "<" in text or "&" in text:
            _no_code(text)
        if _CONTROL.search(text):
            raise Fault("exchange.control_characters")
        if len(text) > self.limit:
            raise Fault("exchange.too_long", length=len(text), limit=self.limit)
        return self._checked(text)

    def _characters(self, cell: Cell) -> str:
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= 10**_EXACT_DIGITS:
            raise Fault("exchange.digits_lost")
        return " ".join(plain(cell).split())

    def _checked(self, text: str) -> str:
        try:
            return self.check(text)
        except RuleError as error:
            why, why_en = error.say(CHINESE), error.say(ENGLISH)
            raise Fault("exchange.not_an_identifier", why=why, why_en=why_en) from error

    @property
    def sample(self) -> str:
        return self.example

    def name(self, language: str = CHINESE) -> str:
        return word(language, "编号（单元格请设为文本格式）", "identifier (format the cells as text)")


USCC = Code(
    check=lambda text: identifiers.uscc(text).text,
    doubts=lambda text: identifiers.uscc(text).warnings,
    example="91110000600037341L",
)
"""统一社会信用代码."""
REGION_CODE = Code(check=lambda text: identifiers.region_code(text).text, example="990101")
"""行政区划代码: 6, 9 or 12 digits, or 境外."""
LICENCE_NO = Code(
    check=lambda text: identifiers.licence_no(text).text,
    doubts=lambda text: identifiers.licence_no(text).warnings,
    example="C9901012020011120000001",
)
"""采矿许可证号."""


def word(language: str, zh: str, en: str) -> str:
    return en if language.lower().startswith("en") else zh
