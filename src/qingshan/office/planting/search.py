"""How are plots found by the search over the register: by name, number, pinyin?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import Asked, Found, found_in
from qingshan.office.mines.search import Searched
from qingshan.office.planting.access import branches_for
from qingshan.office.planting.models import Plot
from qingshan.office.regions.ranges import EVERYWHERE
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True)
class PlotsSearched(Searched):
    """Planted plots; a plot belongs to the enterprise of its site."""

    @property
    def rows(self) -> QuerySet[Any]:
        fields = ("key", "name", "words", "region", "site__enterprise__name")
        return Plot.objects.filter(withdrawn_on=None).only(*fields).select_related("site__enterprise")

    def branches(self, actor: ActorLike, asked: Asked) -> list[Found]:
        return found_in(branches_for(self.rows, actor), asked, actor.region_ranges, EVERYWHERE)

    def name(self, row: Any) -> str:
        return str(row.name or row.key)

    def address(self, row: Any) -> str:
        return str(row.get_absolute_url())

    def enterprise(self, row: Any) -> str:
        return row.site.enterprise.name if row.site.enterprise else ""


SEARCHED = PlotsSearched("planting", _("造林种草地块"), Plot, ())
