"""How are words found in rows of which the words are held in memory? In one text, in the order of the ledger.

For some thousand rows that no range of regions brings together: to ask the database for each of them, for every word
that somebody types, takes longer than to read through all their words here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from qingshan.finding.walk import Asked

Place = tuple[int, int]
"""Region and key."""


@dataclass(frozen=True, eq=False)
class Held:
    """Rows in the order of the ledger: by region, the newest first."""

    places: tuple[Place, ...]
    starts: tuple[int, ...]
    """where the words of each row begin in the text"""
    text: str

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, str | None]]) -> Held:
        """From region, key and words of each row."""
        ordered = sorted(rows, key=lambda row: (row[0], -row[1]))
        words = [row[2] or "" for row in ordered]
        starts = accumulate((len(one) + 1 for one in words[:-1]), initial=0)
        return cls(tuple((r, pk) for r, pk, _ in ordered), tuple(starts), "\n".join(words))

    def found(self, asked: Asked, *, first: int = 0) -> Iterator[int]:
        """The numbers of the rows in which all words are found, from a row on, as somebody asks for them."""
        hint, patterns = re.compile(asked[0].hint), [re.compile(one.pattern) for one in asked]
        ends, number = (*self.starts[1:], len(self.text) + 1), first
        while number < len(self.places) and (hit := hint.search(self.text, self.starts[number])):
            number = bisect_right(self.starts, hit.start()) - 1
            words = self.text[self.starts[number] : ends[number] - 1]
            if all(pattern.search(words) for pattern in patterns):
                yield number
            number += 1


@dataclass(frozen=True)
class FoundInMemory:
    """The found ones of a queryset, for lists that are merged page by page."""

    queryset: QuerySet[Any]
    held: Held
    asked: Asked
    is_whole: bool = False
    """whether the queryset has all rows that are held"""

    def cut(self, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]:
        """So many rows beyond the mark (region, id); before it, the nearest first, when `backwards`."""
        order, numbers = _Order(self.held.places), self.held.found(self.asked)
        if key is not None and backwards:
            before = bisect_left(order, (int(key[0]), -int(key[1])))
            numbers = reversed([number for number in numbers if number < before])
        elif key is not None:
            beyond = bisect_right(order, (int(key[0]), -int(key[1])))
            numbers = self.held.found(self.asked, first=beyond)
        elif backwards:
            numbers = reversed(list(numbers))
        keys = [self.held.places[number][1] for number in islice(numbers, rows)]
        found = self.queryset.in_bulk(keys)
        return [found[pk] for pk in keys if pk in found]

    def whole(self) -> QuerySet[Any]:
        """All of them, in no order."""
        return self._among(self.held.found(self.asked))

    def keys(self, at_most: int) -> list[int]:
        """The keys of so many of them."""
        keys: list[int] = []
        numbers = self.held.found(self.asked)
        if self.is_whole:
            return [self.held.places[number][1] for number in islice(numbers, at_most)]
        while len(keys) < at_most and (some := list(islice(numbers, at_most))):
            keys += self._among(some).order_by().values_list("pk", flat=True)
        return keys[:at_most]

    def _among(self, numbers: Iterable[int]) -> QuerySet[Any]:
        return self.queryset.filter(pk__in=[self.held.places[number][1] for number in numbers])


@dataclass(frozen=True)
class _Order(Sequence[Place]):
    """Places as they are compared: the newest of a region stands first."""

    places: tuple[Place, ...]

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, at: Any) -> Any:
        region_id, pk = self.places[at]
        return region_id, -pk
