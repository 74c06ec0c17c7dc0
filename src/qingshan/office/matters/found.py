"""Which matters have a typed text: in their own words, or in the words of what belongs to them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from qingshan.finding.walk import Asked, Found, Gathered, Range, found_in
from qingshan.office.matters.access import branches_for, visible_to
from qingshan.office.matters.kinds import kind_named
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True)
class Through(Gathered):
    """Matters that are found by what belongs to them; each row tells by what (`found_through`)."""

    names: Mapping[int, str] = field(default_factory=dict)

    def cut(self, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]:
        found = super().cut(key, backwards=backwards, rows=rows)
        for row in found:
            row.found_through = self.names[row.pk]
        return found


def found_matters(
    rows: QuerySet[Any], kind: str, asked: Asked, *, actor: ActorLike, within: Range
) -> list[Found]:
    """What the actor may see of these rows of one kind, in branches, narrowed to what has the words."""
    rows = rows.filter(kind=kind)
    found = found_in(branches_for(rows, actor), asked, actor.region_ranges, within)
    if not asked:
        return found
    names = kind_named(kind).found_through(asked, actor)
    return [*found, _through(rows, names, actor)] if names else found


def _through(rows: QuerySet[Any], names: Mapping[int, str], actor: ActorLike) -> Through:
    seen = visible_to(rows.filter(pk__in=sorted(names)), actor).order_by().values_list("region_id", "pk")
    return Through(rows, tuple(sorted(seen, key=lambda place: (place[0], -place[1]))), names)
