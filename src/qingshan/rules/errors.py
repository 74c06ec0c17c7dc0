"""What can go wrong, as one tree. Every room has one root below QingshanError.

QingshanError
├── RuleError          rules: a value that cannot be what it claims to be, a table that contradicts itself
│   └── RuleBroken     rules: an act that the law book refuses, with all its reasons
├── GeoError           geo: coordinates, reference systems, shapes
├── ExchangeError      exchange: files that people bring
├── VaultError         vault: stored files
├── TypesettingError   typesetting: documents that cannot be set
├── PicturesError      pictures: photographs that cannot be read
├── JobError           jobs: background work
└── OfficeError        office: who may see and do, what changed meanwhile
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from qingshan.rules.reasons import CHINESE, Reason, Value, say_all


class QingshanError(Exception):
    """Root of all errors that a person may see. `reasons` say what happened and what to do next."""

    def __init__(self, *reasons: Reason) -> None:
        if not reasons:
            raise TypeError("an error without a reason tells nobody what to do")
        super().__init__("; ".join(reason.code for reason in reasons))
        self.reasons = reasons

    @classmethod
    def because(cls, code: str, /, **values: Value) -> Self:
        """An error with one reason: `GeoError.because("geo.outside_china", row=3)`."""
        return cls(Reason(code, values))

    @property
    def code(self) -> str:
        """The first reason's code: stable, for programs."""
        return self.reasons[0].code

    def say(self, language: str = CHINESE) -> str:
        """All reasons as sentences for people."""
        return say_all(self.reasons, language)


class RuleError(QingshanError):
    """A value that cannot be what it claims to be, or a rule table that contradicts itself."""


class RuleBroken(RuleError):
    """The law book refuses an act."""

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Self:
        return cls(*reasons)
