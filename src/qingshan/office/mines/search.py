"""What is found by what somebody typed, of every kind that they may see, the best first?

What is called so, then what begins so, then what contains it; among equals in the order of the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
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
from qingshan.office.regions.queries import put_regions
from qingshan.office.trail.parties import ActorLike

SUGGESTED = 8
OF_A_KIND = 10
COUNTED_TO = 200
"""Of each kind; beyond, the page says that there are more, and the list counts on."""


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
    through: list[Part] | None = None
    """the name of what belongs to it, by which it was found"""


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
        fields = (*self.fields, "words", "region", *(f"{one}__name" for one in self.beside))
        rows = queries.standing(rows).only(*fields)
        return rows.select_related(*self.beside) if self.beside else rows

    def branches(self, actor: ActorLike, asked: Asked) -> list[Found]:
        of: Callable[..., list[Found]] = branches_found
        if self.model is Organisation:
            of = enterprises.branches
        return of(self.rows, actor, Filters(), asked)

    def numbered(self, text: str, actor: ActorLike) -> list[Found]:
        """The row of a number that stands in no words, where such a number was typed."""
        return []

    def list_of(self, text: str) -> str:
        """The list in which all that is found stands."""
        return f"/{self.code}/?{urlencode({'q': text})}"

    def name(self, row: Any) -> str:
        return str(row.name if self.model is Organisation else name_of(row))

    def number(self, row: Any, text: str) -> str:
        """The licence where that was typed, the number of the object else."""
        number = getattr(row, "key", None) or getattr(row, "uscc", None) or ""
        numbers = (number, getattr(row, "licence_no", ""))
        return next((each for each in numbers if _is_marked(parts_of(each, text))), number)

    def address(self, row: Any) -> str:
        return f"/enterprises/{row.pk}/" if self.model is Organisation else address_of(row)

    def enterprise(self, row: Any) -> str:
        """The enterprise to which it belongs; empty where none is registered."""
        held = getattr(row, "enterprise", None)
        return held.name if held else ""

    def through(self, row: Any) -> str:
        """The name of what belongs to it, where it was found by that."""
        return ""


SEARCHED = (
    Searched("enterprises", _("矿山企业"), Organisation, ("name", "uscc", "former_names"), ()),
    Searched("mines", _("矿山"), Mine, ("name", "key", "licence_no", "former_names")),
    Searched("sites", _("点位"), Site, ("name", "key")),
    Searched("rights", _("采矿权"), MiningRight, ("holder_name", "key", "mine")),
    Searched("land-uses", _("临时用地"), LandUse, ("name", "key", "mine")),
    Searched("facilities", _("矿山设施"), Facility, ("name", "key", "mine")),
)
_ABOVE: list[Searched] = []


def declare_searched(kind: Searched) -> None:
    """Add a kind of the rooms above; declared again it is searched once."""
    if kind not in _ABOVE:
        _ABOVE.append(kind)


def searched() -> tuple[Searched, ...]:
    """Every kind that is searched, the register's first."""
    return (*SEARCHED, *_ABOVE)


def find(text: str, *, actor: ActorLike) -> list[Group]:
    """The best of each kind with how many there are; kinds of which there is nothing are left out."""
    if not sought(text):
        return []
    groups = []
    for kind in searched():
        best = _best(kind, text, actor, OF_A_KIND)
        if best.rows:
            hits, total = _hits(kind, best.rows, text), best.total
            groups.append(Group(kind.code, kind.title, hits, total, kind.list_of(text)))
    return groups


def suggest(text: str, *, actor: ActorLike) -> list[Hit]:
    """At most eight, while somebody types: what begins so of every kind comes before what contains it."""
    if not sought(text):
        return []
    ranked = [
        (rank, kind, row)
        for kind in searched()
        for row, rank in _ranked(_best(kind, text, actor, SUGGESTED).rows, text)
    ]
    chosen: dict[str, tuple[Searched, Any]] = {}
    for _rank, kind, row in sorted(ranked, key=lambda each: each[0]):
        if len(chosen) < SUGGESTED:
            chosen.setdefault(kind.address(row), (kind, row))
    hits = {
        hit.address: hit
        for kind in searched()
        for hit in _hits(kind, [row for its_kind, row in chosen.values() if its_kind is kind], text)
    }
    return [hits[address] for address in chosen]


TIERS: tuple[Callable[[str], Asked], ...] = (sought_whole, sought_first)
"""What comes before that which only contains the words."""


@dataclass(frozen=True)
class Best:
    """The best rows of one kind, and where it goes on; nowhere, if these are all."""

    rows: list[Any]
    parts: tuple[Found, ...] = ()

    @property
    def total(self) -> queries.Total:
        if not self.parts:
            return queries.Total(len(self.rows))
        return queries.counted_to_a_limit(self.parts, limit=COUNTED_TO)


def _best(kind: Searched, text: str, actor: ActorLike, rows: int) -> Best:
    """Asked once where few are found, which is nearly always; of many, what is called or begins so is asked for."""
    if own := kind.numbered(text, actor):
        return Best(_first(own, rows))
    parts = kind.branches(actor, sought(text))
    met = _first(parts, rows + 1)
    if len(met) <= rows:
        return Best(_by_rank(met, text))
    begun = _first(kind.branches(actor, sought_first(text)), rows)
    # what is called so begins so: it is among these, unless there are more of them
    called = _first(kind.branches(actor, sought_whole(text)), rows) if len(begun) == rows else []
    found = {row.pk: row for row in (*called, *_by_rank(begun, text), *met)}
    return Best(list(found.values())[:rows], tuple(parts))


def _by_rank(rows: list[Any], text: str) -> list[Any]:
    return [row for row, _rank in sorted(_ranked(rows, text), key=lambda each: each[1])]


def _ranked(rows: list[Any], text: str) -> list[tuple[Any, int]]:
    """Each row with its tier: 0 is called so, 1 begins so, 2 contains it."""
    tiers = [[re.compile(one.pattern) for one in tier(text)] for tier in TIERS]
    return [(row, _rank(getattr(row, "words", None) or "", tiers)) for row in rows]


def _rank(words: str, tiers: list[list[re.Pattern[str]]]) -> int:
    fits = (n for n, patterns in enumerate(tiers) if all(each.search(words) for each in patterns))
    return next(fits, len(tiers))


def _first(parts: list[Found], rows: int) -> list[Any]:
    return page(parts, order=queries.LEDGER, rows=rows).rows


def _hits(kind: Searched, rows: list[Any], text: str) -> list[Hit]:
    put_regions(rows)
    return [_hit(kind, row, text) for row in rows]


def _hit(kind: Searched, row: Any, text: str) -> Hit:
    marked, numbered = parts_of(kind.name(row), text), parts_of(kind.number(row, text), text)
    by_own = _is_marked(marked)
    through = "" if by_own or _is_marked(numbered) else kind.through(row)
    return Hit(
        kind=kind.title,
        address=kind.address(row),
        name=marked,
        number=numbered,
        region=row.region.name,
        enterprise=kind.enterprise(row),
        formerly=None if by_own else _former(row, text),
        through=parts_of(through, text) if through else None,
    )


def _former(row: Any, text: str) -> list[Part] | None:
    return next(filter(_is_marked, _former_names(row, text)), None)


def _former_names(row: Any, text: str) -> Iterator[list[Part]]:
    for name in getattr(row, "former_names", None) or ():
        yield parts_of(name, text)


def _is_marked(parts: list[Part]) -> bool:
    return any(found for _text, found in parts)
