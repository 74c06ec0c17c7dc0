"""To what is a list narrowed? Region, category, words, and whatever else its declaration offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from qingshan.finding.walk import Asked, Found, Range, found_in
from qingshan.finding.words import sought
from qingshan.office.mines.access import CATEGORY_FIELD, branches_for
from qingshan.office.regions.ranges import EVERYWHERE, region_range
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True)
class Filters:
    """What a list was narrowed to; empty means not narrowed."""

    region_id: int | None = None
    category: str = ""
    text: str = ""
    more: tuple[tuple[str, Any], ...] = ()
    """further conditions, as Django looks them up: ("area_m2__gte", 5000.0)"""

    @property
    def tallied(self) -> bool:
        """Can tallies count what is left? They know regions and categories."""
        return not self.asked and not self.more

    @property
    def asked(self) -> Asked:
        """The words that must be found."""
        return sought(self.text)

    @property
    def regions(self) -> Range:
        return region_range(self.region_id) if self.region_id is not None else EVERYWHERE

    def apply(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrowed by everything but the words."""
        if self.region_id is not None:
            queryset = queryset.filter(between("region_id", self.regions))
        if self.category:
            queryset = queryset.filter(**{CATEGORY_FIELD[queryset.model]: self.category})
        return queryset.filter(**dict(self.more)) if self.more else queryset


def branches_found(
    queryset: QuerySet[Any], actor: ActorLike, filters: Filters, asked: Asked | None = None
) -> list[Found]:
    """What the actor may see of it and what is found, one part for each index, for lists merged page by page."""
    wanted = filters.asked if asked is None else asked
    parts = branches_for(filters.apply(queryset), actor)
    return found_in(parts, wanted, actor.region_ranges, filters.regions)


def between(path: str, ids: Range) -> Q:
    """Django has no `range` on foreign keys."""
    return Q(**{f"{path}__gte": ids[0], f"{path}__lte": ids[1]})
