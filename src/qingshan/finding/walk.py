"""Which rows of a ledger are found by a typed text? In its order, from any mark on, and no more than asked for.

A ledger is ordered by region, the newest of each region first. On SQLite the found rows of a range of regions
are a walk along the index of words, which stands in that order. On PostgreSQL a short word is looked for in the
first rows of the ledger: where it stands in many of them, and it often does, a walk meets enough soon, while the
index would bring half the table. Any other is asked of the index: a few thousand rows are put in order here, of
more a walk meets enough soon, too. Left alone the planner would walk the whole ledger for a word that stands in
the last county only. What is a list of few rows anyway (an enterprise's own, what was assigned) is narrowed row
by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from qingshan.finding.fields import WordsField
from qingshan.finding.held import FoundInMemory
from qingshan.finding.index import ROOM, has_fts5, index_of, place_of
from qingshan.finding.words import Sought

Range = tuple[int, int]
Asked = tuple[Sought, ...]
NEWEST = ROOM - 1
FEW = 5_000
"""So many found rows are put in order here rather than met on a walk."""
AT_FIRST = 1_000
"""So many rows of a ledger are looked through before the index of PostgreSQL is asked for a short word."""
COMMON = 1 / 50
"""A word that stands in such a share of them is met soon."""


def narrowed(queryset: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """The rows that are found, asked one by one."""
    for one in asked:
        queryset = _fitting(queryset, one.pattern)
    return queryset


def found_between(queryset: QuerySet[Any], asked: Asked, regions: Range) -> Found:
    """The found rows of a range of regions, by the index where there is one.

    A `Walk` and what is `Gathered` give their rows in the order of the ledger; of a queryset they must be asked
    in that order.
    """
    if not asked:
        return queryset
    if connections[queryset.db].vendor == "postgresql":
        found = _among_the_first(queryset, asked)
        return _gathered(queryset, asked) if found is None else found
    return Walk(queryset, asked, regions) if has_fts5() else narrowed(queryset, asked)


def found_in(
    branches: Sequence[QuerySet[Any]], asked: Asked, ranges: Sequence[Range], within: Range
) -> list[Found]:
    """Branches of a ledger, the first ones of these ranges of regions: those by the index, the others row by row."""
    if not asked:
        return list(branches)
    by_index = [
        found_between(branch, asked, (max(low, within[0]), min(high, within[1])))
        for branch, (low, high) in zip(branches, ranges, strict=False)
    ]
    return [*by_index, *(narrowed(branch, asked) for branch in branches[len(ranges) :])]


@dataclass(frozen=True)
class Walk:
    """Found rows of a range of regions, in the order of the ledger, along FTS5."""

    queryset: QuerySet[Any]
    asked: Asked
    regions: Range

    def cut(self, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]:
        """So many rows beyond the mark (region, id); before it, the nearest first, when `backwards`."""
        low, high = self._ends
        if key is not None:
            mark = place_of(int(key[0]), int(key[1]))
            low, high = (max(low, mark + 1), high) if backwards else (low, min(high, mark - 1))
        if not self._may_be_between(low, high):
            return []
        fts = index_of(self.queryset.model).fts
        found = self._between(low, high).extra(order_by=[f"{'' if backwards else '-'}{fts}.rowid"])
        return list(found[:rows])

    def whole(self) -> QuerySet[Any]:
        """All of them, in no order."""
        return self._between(*self._ends)

    def keys(self, at_most: int) -> list[int]:
        """The keys of so many of them."""
        return _keys(self.whole(), at_most)

    @property
    def _ends(self) -> Range:
        return place_of(self.regions[1], 0), place_of(self.regions[0], NEWEST)

    def _may_be_between(self, low: int, high: int) -> bool:
        """Has the index anything there? Most kinds have nothing for a word, and to compose their query takes longer."""
        fts = index_of(self.queryset.model).fts
        with connections[self.queryset.db].cursor() as cursor:
            cursor.execute(
                f'SELECT 1 FROM "{fts}" WHERE "{fts}" MATCH %s AND rowid BETWEEN %s AND %s LIMIT 1',
                [_match(self.asked), low, high],
            )
            return cursor.fetchone() is not None

    def _between(self, low: int, high: int) -> QuerySet[Any]:
        index = index_of(self.queryset.model)
        found = self.queryset.extra(
            tables=[index.fts],
            where=[
                f'"{index.fts}" MATCH %s',
                f'"{index.fts}".rowid BETWEEN %s AND %s',
                f'"{index.table}"."{index.key}" = "{index.fts}".rowid %% {ROOM}',
            ],
            params=[_match(self.asked), low, high],
        )
        for one in self.asked:
            if not one.certain:
                found = _fitting(found, one.pattern)
        return found


@dataclass(frozen=True)
class Gathered:
    """Few enough found rows to be put in the order of the ledger here."""

    queryset: QuerySet[Any]
    places: tuple[tuple[int, int], ...]
    """region and key of each, in order"""

    def cut(self, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]:
        """So many rows beyond the mark (region, id); before it, the nearest first, when `backwards`."""
        order = [(region_id, -pk) for region_id, pk in self.places]
        if key is not None:
            mark = (int(key[0]), -int(key[1]))
            order = [place for place in order if (place < mark if backwards else place > mark)]
        keys = [-pk for _region, pk in (reversed(order) if backwards else order)][:rows]
        found = self.queryset.in_bulk(keys) if keys else {}
        return [found[each] for each in keys if each in found]

    def whole(self) -> QuerySet[Any]:
        """All of them, in no order."""
        return self.queryset.filter(pk__in=[key for _region, key in self.places])

    def keys(self, at_most: int) -> list[int]:
        """The keys of so many of them."""
        return [key for _region, key in self.places[:at_most]]


Found = Walk | Gathered | FoundInMemory | QuerySet[Any]


def _among_the_first(queryset: QuerySet[Any], asked: Asked) -> Found | None:
    """The found rows where the first rows of the ledger are all that there are, or full of the words."""
    if not all(one.certain for one in asked):
        return None
    region, words = queryset.model._meta.get_field("region").attname, _field_name(queryset)
    first = queryset.order_by(region, "-pk").values_list(region, "pk", words)[:AT_FIRST]
    rows, params = first.query.sql_with_params()
    fits = " AND ".join("f.words ~ %s" for _ in asked)
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), array_agg(ARRAY[f.region, f.id]) FILTER (WHERE {fits})"
            f" FROM ({rows}) AS f (region, id, words)",
            [*(one.pattern for one in asked), *params],
        )
        looked_at, places = cursor.fetchone()
    if looked_at < AT_FIRST:
        return _in_order(queryset, places or ())
    return narrowed(queryset, asked) if len(places or ()) >= COMMON * AT_FIRST else None


def _gathered(queryset: QuerySet[Any], asked: Asked) -> Gathered | QuerySet[Any]:
    region = queryset.model._meta.get_field("region").attname
    places = list(_by_gin(queryset, asked).order_by().values_list(region, "pk")[: FEW + 1])
    return narrowed(queryset, asked) if len(places) > FEW else _in_order(queryset, places)


def _in_order(queryset: QuerySet[Any], places: Iterable[Sequence[int]]) -> Gathered:
    found = ((region, pk) for region, pk in places)
    return Gathered(queryset, tuple(sorted(found, key=lambda place: (place[0], -place[1]))))


def whole(found: Found) -> QuerySet[Any]:
    """All of what was found, in no order."""
    return found if isinstance(found, QuerySet) else found.whole()


def counted(parts: Iterable[Found], *, at_most: int) -> int:
    """How many rows there are in all parts, each counted once; `at_most` says that there may be more."""
    keys: set[int] = set()
    for part in parts:
        if len(keys) < at_most:
            keys.update(_keys(part, at_most) if isinstance(part, QuerySet) else part.keys(at_most))
    return min(len(keys), at_most)


def _keys(queryset: QuerySet[Any], at_most: int) -> list[int]:
    return list(queryset.order_by().values_list("pk", flat=True)[:at_most])


def _match(asked: Asked) -> str:
    """What FTS5 is asked; every piece in quotation marks, so that it is nothing but a piece."""
    return " AND ".join(f"({' OR '.join(f'({_all(pieces)})' for pieces in one.pieces)})" for one in asked)


def _all(pieces: Sequence[str]) -> str:
    return " AND ".join(f'"{piece}"' for piece in pieces)


def _by_gin(queryset: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    index = index_of(queryset.model)
    column = index.pieces(index.table)
    for one in asked:
        where = " OR ".join(f"{column} @> %s::text[]" for _ in one.pieces)
        queryset = queryset.extra(where=[where], params=[list(pieces) for pieces in one.pieces])
        if not one.certain:
            queryset = _fitting(queryset, one.pattern)
    return queryset


def _fitting(queryset: QuerySet[Any], pattern: str) -> QuerySet[Any]:
    return queryset.filter(**{f"{_field_name(queryset)}__regex": pattern})


def _field_name(queryset: QuerySet[Any]) -> str:
    fields = queryset.model._meta.local_concrete_fields
    return next(field.name for field in fields if isinstance(field, WordsField))
