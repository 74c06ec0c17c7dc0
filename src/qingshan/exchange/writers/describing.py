"""How is a kind of file described to people? One line for each column."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.exchange.columns import Column
from qingshan.exchange.kinds import Kind
from qingshan.exchange.outlines import template_columns
from qingshan.rules.reasons import CHINESE


@dataclass(frozen=True)
class ColumnHelp:
    """What a person must know to fill in one column."""

    header: str
    aliases: str
    """Other headers that are understood."""
    content: str
    """Type, unit, choices."""
    required: bool
    help: str
    sample: str


def documentation(kind: Kind, language: str = CHINESE) -> list[ColumnHelp]:
    """One line for each column, in the order of the template."""
    return [_described(column, language) for column in template_columns_of(kind)]


def template_columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns that a template offers: the kind's own, and where the shape goes."""
    own = frozenset().union(*(column.words for column in kind.columns))
    return (*kind.columns, *(c for c in template_columns(kind.geometry) if not c.words & own))


def _described(column: Column, language: str) -> ColumnHelp:
    english = language.lower().startswith("en")
    others = [column.zh if english else column.en, *column.aliases]
    return ColumnHelp(
        header=column.header(language),
        aliases=(", " if english else "、").join(dict.fromkeys(others)),
        content=column.type.name(language),
        required=column.required,
        help=column.help(language),
        sample=column.example,
    )
