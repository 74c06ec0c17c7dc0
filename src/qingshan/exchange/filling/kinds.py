"""What can be filled into somebody else's table? Apps declare it at start, in their `filling.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qingshan.exchange.columns import Column, Integer
from qingshan.exchange.errors import Undeclared
from qingshan.rules.reasons import Sentence

Values = Mapping[str, Any]
"""One object by column name; what nobody reported is None or missing."""
Choice = Mapping[str, str]
"""What goes in, as the form says it: `region`, `category`, `q`; empty is not narrowed."""

SEQUENCE = Column(
    "sequence", "序号", "No.", aliases=("编号序号", "顺序号", "No", "序"), type=Integer(minimum=1)
)
"""Belongs to every kind: rows are numbered."""


@dataclass(frozen=True)
class FillKind:
    """One kind of thing that fills rows: its columns and the app's function that reads it."""

    code: str
    title: Sentence
    columns: tuple[Column, ...]
    """Import columns first: where two fit a header equally well, the first is proposed."""
    identifying: tuple[str, ...]
    """Columns by which a row that is printed already can say which object it wants."""
    rows: Callable[[Any, Choice], Iterable[Values]]
    """What the actor may see of the choice, in the order of a ledger."""
    categories: Sequence[tuple[str, Sentence]] = ()
    """By what the choice can be narrowed besides region and words."""
    example: Callable[[Any, Choice], Values] | None = None
    """Values to be shown beside the headers, where reading all rows for them would take long."""

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        return (*self.columns, SEQUENCE)

    def shown(self, actor: Any, choice: Choice) -> Values:
        """What may be shown as an example of each column; empty where there is nothing."""
        if self.example is not None:
            return self.example(actor, choice)
        return next(iter(self.rows(actor, choice)), {})

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.all_columns}


_KINDS: dict[str, FillKind] = {}


def declare_filling(kind: FillKind) -> FillKind:
    """Add a kind. The same code twice is a mistake and raises ValueError."""
    if _KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"filling {kind.code!r} is declared twice")
    return kind


def withdraw_filling(kind: FillKind) -> None:
    """Take a kind back: for those that exist only in tests."""
    _KINDS.pop(kind.code, None)


def fill_kind(code: str) -> FillKind:
    """The kind of this code; an unknown one raises Undeclared."""
    try:
        return _KINDS[code]
    except KeyError:
        raise Undeclared.because("exchange.undeclared", kind=code) from None


def all_fill_kinds() -> tuple[FillKind, ...]:
    """Every declared kind, in the order of declaration."""
    return tuple(_KINDS.values())
