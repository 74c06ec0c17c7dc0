"""How is a long list shown page by page, at a million rows as at ten? By key, never by OFFSET.

A list may come from several branches (own area, own organisation, what was assigned). Each branch is
read through its own index, ordered and limited, and the few rows are merged here; so the database
never has to gather everything that an actor may see before it can show the first fifty.
"""

from __future__ import annotations

import heapq
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cmp_to_key, partial
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.db.models.lookups import In

PAGE_ROWS = 50


@dataclass(frozen=True)
class Order:
    """Fields that order a list, the last one unique; a field with `-` before it goes downward.

    There must be an index of the same fields and directions behind each branch of the list.
    """

    fields: tuple[str, ...] = ("id",)

    def key_of(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name.lstrip("-")) for name in self.fields)

    def names(self, *, backwards: bool) -> list[str]:
        return [_turned(name) for name in self.fields] if backwards else list(self.fields)

    def steps(self, key: Sequence[Any], *, backwards: bool, by_index: bool = True) -> Iterator[Q]:
        """The rows after `key` (before it when `backwards`), in their order: first those that differ in the
        last field only, and so on. Each step is one walk along the index, however far down the list; asked
        at once, (a > x OR a = x AND b > y) would walk to the mark through everything that comes before it.
        Not `by_index`: the same, written so that no index is asked for it.
        """
        names = [name.lstrip("-") for name in self.fields]
        for place in reversed(range(len(names))):
            same, test = zip(names[:place], key, strict=False), self._beyond(place, backwards=backwards)
            beyond = Q(**{f"{names[place]}__{test}": key[place]})
            up_to = Q(**{f"{names[place]}__{_OPPOSITE[test]}": key[place]})
            yield Q(**dict(same)) & (beyond if by_index else ~up_to)

    def ahead(self, *, after: str = "", before: str = "") -> Q:
        """Where the rows beyond a mark begin, by the first field alone; everything without a mark.

        For a list that is scoped by the same field: filter by this first and scope then, because SQLite
        starts its walk at the first bound that it reads.
        """
        key = read_mark(before or after, width=len(self.fields))
        if key is None:
            return Q()
        return Q(**{f"{self.fields[0].lstrip('-')}__{self._beyond(0, backwards=bool(before))}e": key[0]})

    def _beyond(self, place: int, *, backwards: bool) -> str:
        return "lt" if self.fields[place].startswith("-") != backwards else "gt"

    def before(self, one: Any, other: Any, *, backwards: bool) -> int:
        """-1 where `one` is listed before `other`, 1 where after, 0 for the same place."""
        for field, mine, theirs in zip(self.fields, self.key_of(one), self.key_of(other), strict=True):
            if mine != theirs:
                return -1 if (mine < theirs) != (field.startswith("-") != backwards) else 1
        return 0


_OPPOSITE = {"lt": "gte", "gt": "lte"}


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


@dataclass(frozen=True)
class Page:
    """One page of rows and the marks that lead to its neighbours; None where there is none."""

    rows: list[Any]
    next_mark: str | None
    previous_mark: str | None


class Cut(Protocol):
    """A branch that knows itself how to give the rows beyond a mark, in the order of the list."""

    def cut(self, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]: ...


Branch = QuerySet[Any] | Cut


def page(
    branches: Iterable[Branch],
    *,
    order: Order,
    after: str = "",
    before: str = "",
    rows: int = PAGE_ROWS,
) -> Page:
    """The page after (or before) a mark; a mark that cannot be read starts from the beginning.

    One query for each branch, and one more where a page goes on beyond the last row that shares the first
    field. A row that several branches bring is shown once.
    """
    backwards = bool(before)
    key = read_mark(before or after, width=len(order.fields))
    if key is None:
        backwards = False
    parts = [_cut(each, order, key, backwards=backwards, rows=rows + 1) for each in branches]
    found = _merged(parts, order, backwards=backwards)
    more, shown = len(found) > rows, found[:rows]
    if backwards:
        shown.reverse()
    came_from_before, came_from_after = not backwards and key is not None, backwards
    return Page(
        rows=shown,
        next_mark=mark(order.key_of(shown[-1]))
        if shown and (came_from_after or (more and not backwards))
        else None,
        previous_mark=mark(order.key_of(shown[0]))
        if shown and (came_from_before or (more and backwards))
        else None,
    )


def _cut(branch: Branch, order: Order, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]:
    if not isinstance(branch, QuerySet):
        return branch.cut(key, backwards=backwards, rows=rows)
    branch = branch.order_by(*order.names(backwards=backwards))
    if key is None:
        return list(branch[:rows])
    found: list[Any] = []
    # SQLite (3.40) answers `a = x AND id IN (…) AND id < y` wrongly from an index over (a, id)
    for step in order.steps(key, backwards=backwards, by_index=not _names_its_rows(branch)):
        if len(found) < rows:
            found += branch.filter(step)[: rows - len(found)]
    return found


def _names_its_rows(branch: QuerySet[Any]) -> bool:
    """Is it a list of keys, such as what was assigned to one person?"""
    keys = (each for each in branch.query.where.children if isinstance(each, In))
    return any(getattr(each.lhs, "target", None) == branch.model._meta.pk for each in keys)


def _merged(lists: list[list[Any]], order: Order, *, backwards: bool) -> list[Any]:
    if len(lists) == 1:
        return lists[0]
    place = cmp_to_key(partial(order.before, backwards=backwards))
    rows: list[Any] = []
    for row in heapq.merge(*lists, key=place):
        if not rows or rows[-1].pk != row.pk:
            rows.append(row)
    return rows


def mark(key: Sequence[Any]) -> str:
    """A key as a short text for a link."""
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in key]
    return urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def read_mark(text: str, *, width: int) -> list[Any] | None:
    """The key of a mark, or None where the text is none: links are typed and cut by people too."""
    if not text:
        return None
    try:
        key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, UnicodeDecodeError):
        return None
    fits = isinstance(key, list) and len(key) == width and all(isinstance(v, str | int | float) for v in key)
    return key if fits else None
