"""What is found by what somebody typed, of every kind that they may see, the best first?

What is called so, then what begins so, then what contains it; among equals in the order of the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.finding.marking import Part, parts_of
from qingshan.finding.walk import Asked, Found
from qingshan.finding.words import sought, sought_first, sought_whole
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines import enterprises, queries
from qingshan.office.mines.filters import Filters, branches_found
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Site
from qingshan.office.mines.showing import address_of, name_of
from qingshan.office.paging import page
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike

SUGGESTED = 8
OF_A_KIND = 10


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    kind: str | Promise
    address: str
    name: list[Part]
    number: list[Part]
    region: str
    enterprise: str
    formerly: list[Part] | None = None
    """the former name by which it was found"""


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    code: str
    title: str | Promise
    hits: list[Hit]
    total: queries.Total
    address: str
    """the list, narrowed to the same words"""


@dataclass(frozen=True)
class Searched:
    """A kind that is searched: its address, its model, and the parts of it that an actor may see."""

    code: str
    title: str | Promise
    model: type[Model]
    fields: tuple[str, ...]
    beside: tuple[str, ...] = ("enterprise",)

    @property
    def rows(self) -> QuerySet[Any]:
        rows = enterprises.enterprises() if self.model is Organisation else self.model._default_manager.all()
        fields = (*self.fields, "region", *(f"{one}__name" for one in self.beside))
        rows = queries.standing(rows).only(*fields)
        return rows.select_related(*self.beside) if self.beside else rows

    def branches(self, actor: ActorLike, asked: Asked) -> list[Found]:
        of: Callable[..., list[Found]] = branches_found
        if self.model is Organisation:
            of = enterprises.branches
        return of(self.rows, actor, Filters(), asked)

    def total(self, actor: ActorLike, text: str) -> queries.Total:
        filters = Filters(text=text)
        if self.model is Organisation:
            return enterprises.total(actor=actor, filters=filters)
        return queries.total(self.model, actor=actor, filters=filters)


SEARCHED = (
    Searched("enterprises", _("矿山企业"), Organisation, ("name", "uscc", "former_names"), ()),
    Searched("mines", _("矿山"), Mine, ("name", "key", "licence_no", "former_names")),
    Searched("sites", _("点位"), Site, ("name", "key")),
    Searched("rights", _("采矿权"), MiningRight, ("holder_name", "key", "mine")),
    Searched("land-uses", _("临时用地"), LandUse, ("name", "key", "mine")),
    Searched("facilities", _("矿山设施"), Facility, ("name", "key", "mine")),
)


def find(text: str, *, actor: ActorLike) -> list[Group]:
    """The best of each kind with how many there are; kinds of which there is nothing are left out."""
    if not sought(text):
        return []
    groups = []
    for kind in SEARCHED:
        if rows := _best(kind, text, actor, OF_A_KIND):
            total = kind.total(actor, text)
            address = f"/{kind.code}/?{urlencode({'q': text})}"
            groups.append(Group(kind.code, kind.title, _hits(kind, rows, text), total, address))
    return groups


def suggest(text: str, *, actor: ActorLike) -> list[Hit]:
    """At most eight, while somebody types: what begins so of every kind comes before what contains it."""
    if not sought(text):
        return []
    hits: list[Hit] = []
    for tier in TIERS:
        for kind in SEARCHED:
            known = {hit.address for hit in hits}
            rows = _rows(kind, tier(text), actor, SUGGESTED)
            hits += [hit for hit in _hits(kind, rows, text) if hit.address not in known]
            if len(hits) >= SUGGESTED:
                return hits[:SUGGESTED]
    return hits


TIERS: tuple[Callable[[str], Asked], ...] = (sought_whole, sought_first, sought)


def _best(kind: Searched, text: str, actor: ActorLike, rows: int) -> list[Any]:
    found: dict[int, Any] = {}
    for tier in TIERS:
        if len(found) < rows:
            for row in _rows(kind, tier(text), actor, rows):
                found.setdefault(row.pk, row)
    return list(found.values())[:rows]


def _rows(kind: Searched, asked: Asked, actor: ActorLike, rows: int) -> list[Any]:
    return page(kind.branches(actor, asked), order=queries.LEDGER, rows=rows).rows


def _hits(kind: Searched, rows: list[Any], text: str) -> list[Hit]:
    prefetch_related_objects(rows, Prefetch("region", Region.objects.only("name")))
    return [_hit(kind, row, text) for row in rows]


def _hit(kind: Searched, row: Any, text: str) -> Hit:
    number = getattr(row, "key", None) or getattr(row, "uscc", None) or ""
    name = row.name if kind.model is Organisation else name_of(row)
    enterprise = getattr(row, "enterprise", None)
    marked, numbered = parts_of(name, text), parts_of(_number_found(row, number, text), text)
    return Hit(
        kind=kind.title,
        address=f"/enterprises/{row.pk}/" if kind.model is Organisation else address_of(row),
        name=marked,
        number=numbered,
        region=row.region.name,
        enterprise=enterprise.name if enterprise else "",
        formerly=None if _is_marked(marked) else _former(row, text),
    )


def _number_found(row: Any, number: str, text: str) -> str:
    """The licence where that was typed, the number of the object else."""
    numbers = (number, getattr(row, "licence_no", ""))
    return next((each for each in numbers if _is_marked(parts_of(each, text))), number)


def _former(row: Any, text: str) -> list[Part] | None:
    return next(filter(_is_marked, _former_names(row, text)), None)


def _former_names(row: Any, text: str) -> Iterator[list[Part]]:
    for name in getattr(row, "former_names", None) or ():
        yield parts_of(name, text)


def _is_marked(parts: list[Part]) -> bool:
    return any(found for _text, found in parts)
