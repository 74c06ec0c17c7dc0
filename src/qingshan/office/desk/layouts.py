"""How was a table read? Which columns are not known, which rows are no data and why, what else is worth knowing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.rules.reasons import Reason, Sentence

WHY: dict[str, Promise | str] = {
    "totals": _("合计行"),
    "notes": _("说明文字"),
    "numbering": _("列号"),
    "headers": _("重复的表头"),
    "group": _("分组标题"),
    "ring": _("圈的标题"),
    "labels": _("栏目"),
}


@dataclass(frozen=True)
class LeftOut:
    """A row that is no data."""

    row: int
    why: Promise | str
    text: str


@dataclass(frozen=True)
class Layout:
    """One table of a file."""

    name: str
    unknown: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Reason, ...]
    crs: Sentence | None

    @property
    def anything(self) -> bool:
        return bool(self.unknown or self.left_out or self.notes or self.crs)


def layout_of(table: Mapping[str, Any]) -> Layout:
    """As `exchange` has noted it."""
    crs = table.get("crs")
    return Layout(
        name=table["name"],
        unknown=tuple(table["unknown"]),
        left_out=tuple(
            LeftOut(one["row"], WHY.get(one["why"], one["why"]), one["text"]) for one in table["left_out"]
        ),
        notes=tuple(Reason(note["code"], note["values"]) for note in table["notes"]),
        crs=Sentence(crs["zh"], crs["en"]) if crs else None,
    )
