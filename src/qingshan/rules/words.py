"""How does a list of fixed terms carry its names from one place to choices, sheets and screens?"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Self

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import CHINESE, Sentence


def normalised(text: str) -> str:
    """Text as a machine compares it: full-width letters and digits made narrow, no spaces at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


class Named(StrEnum):
    """A fixed term: `OPEN = "open", "露天", "open-pit"`. The value is stored, the names are shown."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        # the defaults are for type checkers, which take `MineState("closed")` for a call of this method
        if not (zh and en):
            raise TypeError(f"{cls.__name__}: the term {value!r} needs a Chinese and an English name")
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    @property
    def sentence(self) -> Sentence:
        """Both names, for whoever renders reasons."""
        return Sentence(zh=self.zh, en=self.en)

    def say(self, language: str = CHINESE) -> str:
        """The name in one language."""
        return self.sentence.say({}, language)

    @classmethod
    def values(cls) -> tuple[str, ...]:
        """Stored values in the order of declaration, e.g. for a database CHECK."""
        return tuple(member.value for member in cls)

    @classmethod
    def choices(cls, language: str = CHINESE) -> list[tuple[str, str]]:
        """Pairs of stored value and name, as forms and models want them."""
        return [(member.value, member.say(language)) for member in cls]

    @classmethod
    def read(cls, text: str) -> Self:
        """The term that a person wrote: its stored value or either name. Anything else raises RuleError."""
        wanted = normalised(text).casefold()
        for member in cls:
            if wanted in {normalised(word).casefold() for word in (member.value, member.zh, member.en)}:
                return member
        raise RuleError.because(
            "rules.word.unknown",
            word=text,
            allowed="、".join(member.zh for member in cls),
            allowed_en=", ".join(member.en for member in cls),
        )


def names_of(terms: type[Named]) -> dict[str, Sentence]:
    """Both names of every term, by stored value."""
    return {member.value: member.sentence for member in terms}
