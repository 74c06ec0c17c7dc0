"""How does a decision say why, in a way that a page, a document and a program can all read?

A reason is a stable code with values; the sentence is made when somebody reads it, in their language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool | None

CHINESE = "zh-hans"
ENGLISH = "en"


@dataclass(frozen=True)
class Sentence:
    """The two wordings of one statement; `{name}` stands for a value of the reason."""

    zh: str
    en: str

    def say(self, values: Mapping[str, Value], language: str) -> str:
        wording = self.en if language.lower().startswith("en") else self.zh
        return wording.format_map(_Shown(values))


@dataclass(frozen=True)
class Reason:
    """Why a rule decided as it did: a declared code (`room.what`) and the values it weighed."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "values": dict(self.values)}


class _Shown(dict[str, Value]):
    """Values as they are printed: what is not known is a dash, never the word None."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        super().__init__({name: "—" if value is None else value for name, value in values.items()})

    def __missing__(self, name: str) -> str:
        return "—"


_DECLARED: dict[str, Sentence] = {}


def declare(sentences: Mapping[str, Sentence]) -> None:
    """Add a room's sentences. The same code with another wording is a mistake and raises ValueError."""
    for code, sentence in sentences.items():
        if _DECLARED.setdefault(code, sentence) != sentence:
            raise ValueError(f"reason {code!r} is declared twice with different words")


def declared() -> Mapping[str, Sentence]:
    """Every sentence declared so far, by code."""
    return dict(_DECLARED)


def say(reason: Reason, language: str = CHINESE) -> str:
    """The sentence of a reason. An undeclared code raises KeyError: silence would hide a mistake."""
    return _DECLARED[reason.code].say(reason.values, language)


def say_all(reasons: Iterable[Reason], language: str = CHINESE) -> str:
    """Several reasons as one text."""
    joint = " " if language.lower().startswith("en") else ""
    return joint.join(say(reason, language) for reason in reasons)
