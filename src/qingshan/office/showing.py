"""What is a column of a list: how does a row stand in it, how does it become HTML, and how does it leave?

Lists declare their columns (`mines.showing`, `cases.listing`); which of them a person sees, the person chooses
(`accounts.lists`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from qingshan.exchange.columns import Column
from qingshan.rules.reasons import CHINESE

Cell = Callable[[Any, str], str]
"""A row and the reader's language make what stands in the cell, as safe HTML or as text."""
MARKS = {"late": ("r", "●"), "due": ("a", "▲"), "good": ("g", "✓"), "none": ("n", "○"), "note": ("b", "◆")}
"""Colour and shape of each look."""


@dataclass(frozen=True)
class Shown:
    """One column of a list."""

    name: str
    title: str | Promise
    cell: Cell
    fields: tuple[str, ...] = ()
    """what of the row has to be read, or gathered for it"""
    beside: tuple[str, ...] = ()
    """the objects beside the row that have to be read"""
    is_number: bool = False
    look: str = ""
    """the class of its cells, where they are no numbers: `nowrap`, or `subject`, which is never squeezed"""
    leaves_as: tuple[tuple[Column, str], ...] = ()
    """under which columns it is exported, and the path to the value of each"""

    @property
    def cell_class(self) -> str:
        return "num" if self.is_number else self.look


def chosen_among(
    known: Mapping[str, Shown], names: Iterable[str] | None, *, usual: Iterable[str]
) -> list[Shown]:
    """The chosen columns in their order; the usual ones where nothing is chosen or nothing of it is known."""
    found = [known[name] for name in dict.fromkeys(names or ()) if name in known]
    return found or [known[name] for name in usual]


def choices_among(known: Mapping[str, Shown], shown: Sequence[Shown]) -> list[tuple[Shown, bool]]:
    """Every column that can be chosen, the chosen ones first and in their order."""
    names = {one.name for one in shown}
    others = [one for name, one in known.items() if name not in names]
    return [*((one, True) for one in shown), *((one, False) for one in others)]


def leaving_as(columns: Iterable[Shown]) -> tuple[tuple[Column, ...], dict[str, str]]:
    """The columns of a table with these columns of the list, in their order, and the path to each value."""
    found = {column.name: (column, path) for one in columns for column, path in one.leaves_as}
    return tuple(column for column, _path in found.values()), {
        name: path for name, (_column, path) in found.items()
    }


def rows_html(columns: Sequence[Shown], rows: Iterable[Any]) -> SafeString:
    """The rows as HTML: joined here, because a template takes as long for a cell as the database for a row."""
    language = get_language() or CHINESE
    opened = [
        (f'<td class="{each.cell_class}">' if each.cell_class else "<td>", each.cell) for each in columns
    ]
    return SafeString(
        "\n".join(
            "<tr>" + "".join(f"{td}{escaped(cell(row, language))}</td>" for td, cell in opened) + "</tr>"
            for row in rows
        )
    )


def html(template: str, *values: object) -> SafeString:
    """As Django's `format_html`, in a third of its time: a page has four hundred cells, and no lazy texts in them."""
    return SafeString(template.format(*map(escaped, values)))


def escaped(value: object) -> str:
    """Safe HTML as it is, everything else escaped."""
    return value if isinstance(value, SafeString) else escape(str(value))


def unknown(reason: str) -> str:
    """A dash with its reason, as `{% unknown %}` writes it."""
    said = '<span aria-hidden="true">—</span><span class="visually-hidden">{}</span>'
    return html('<abbr class="unknown" title="{}">' + said + "</abbr>", reason, reason)


def mark(look: str, words: str) -> str:
    """A status with shape, word and colour."""
    colour, shape = MARKS[look]
    return html('<span class="st {}"><span aria-hidden="true">{}</span>{}</span>', colour, shape, words)
