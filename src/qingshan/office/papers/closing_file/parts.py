"""Of what is a closing file made? Parts that stand in its catalogue, each of a few blocks of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.rules.areas import area_text
from qingshan.rules.reasons import CHINESE

Block = dict[str, Any]
"""As the template lays it out, by its `kind`."""


@dataclass(frozen=True)
class Part:
    """One heading of the catalogue."""

    title: str
    blocks: Sequence[Block]
    nothing: str = "没有登记。"
    """what stands there when there is nothing"""


def in_text(value: Any) -> str:
    """What is not known stays a dash."""
    return "—" if value is None or value == "" else str(value)


def area_in_text(area_m2: float | None) -> str:
    """An area as papers write it."""
    return "—" if area_m2 is None else area_text(area_m2, CHINESE)


def pairs(rows: Iterable[tuple[Any, Any]]) -> Block:
    """Names with their values."""
    return {"kind": "pairs", "rows": [[str(name), in_text(value)] for name, value in rows]}


def table(columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]) -> list[Block]:
    """A table with its heads and the share of the width that each column takes; nothing where it has no rows."""
    found = [[str(cell) for cell in row] for row in rows]
    head, widths = [name for name, _width in columns], [width for _name, width in columns]
    return [{"kind": "table", "head": head, "widths": widths, "rows": found}] if found else []


def note(text: str) -> Block:
    """A sentence."""
    return {"kind": "note", "text": text}


def lacking(sentences: Sequence[str]) -> list[Block]:
    """What is still missing, in a box."""
    return [{"kind": "lacking", "rows": list(sentences)}] if sentences else []


def opinions(rows: Iterable[dict[str, Any]]) -> list[Block]:
    """What somebody decided or reported, each with a line to sign on."""
    found = list(rows)
    return [{"kind": "opinions", "rows": found}] if found else []
