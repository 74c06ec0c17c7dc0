"""Which pairs of mines wait for a decision, and how do the two entries of one stand beside each other?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingshan.office.accounts.access import seen_one
from qingshan.office.mines import listing
from qingshan.office.mines.access import PATHS, branches_for, visible_to
from qingshan.office.mines.actions.merging import MINE_KIND
from qingshan.office.mines.columns import KIND_OF, REFERRED, value_at
from qingshan.office.mines.followers import FOLLOWERS
from qingshan.office.mines.models import ExternalReference, Likeness, Mine
from qingshan.office.mines.queries import LEDGER
from qingshan.office.paging import Page, page
from qingshan.office.regions.queries import put_regions
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.reasons import Reason
from qingshan.rules.register import LikenessState

COUNTED_TO = 100
FIRST, SECOND = "first", "second"
FIELD_OF = {"region": "region_id", "uscc": "enterprise_id"}
"""The field of a mine behind a column, where the two have different names."""


def waiting(actor: ActorLike) -> QuerySet[Likeness]:
    """Open pairs of which the actor may see both mines; those with an entry that was merged away wait no more."""
    return visible_to(_open(), actor)


def _open() -> QuerySet[Likeness]:
    return Likeness.objects.filter(
        state=LikenessState.OPEN, first__merged_into=None, second__merged_into=None
    )


@holds_until_next_act
def how_many_wait(actor: ActorLike) -> int:
    """For the navigation; not counted beyond a hundred."""
    return waiting(actor).order_by()[:COUNTED_TO].count()


def listed(actor: ActorLike, *, after: str = "", before: str = "") -> Page:
    """One page of what waits, by region, the newest of each region first."""
    shown = _open().filter(LEDGER.ahead(after=after, before=before))
    shown = shown.select_related("first__enterprise", "second__enterprise").defer(
        "first__geom", "first__words", "second__geom", "second__words", "before"
    )
    found = page(branches_for(shown, actor), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    return found


def one_pair(pk: int, *, actor: ActorLike) -> Likeness:
    """The pair with both mines; NotFound for what the actor may not see."""
    beside = ("region", "first__region", "first__enterprise", "second__region", "second__enterprise")
    return seen_one(Likeness.objects.select_related(*beside), actor, pk=pk, **PATHS[Likeness])


def reasons_of(pair: Likeness) -> list[Reason]:
    return [Reason(each["code"], each["values"]) for each in pair.reasons]


@dataclass(frozen=True)
class Compared:
    """One fact of both entries. `field` is empty where nothing can be chosen."""

    field: str
    title: str
    first: Any
    second: Any
    differs: bool
    chosen: str = FIRST
    """What is proposed: the entry that says something, else the first."""

    @property
    def may_choose(self) -> bool:
        return bool(self.field) and self.differs


def compared(pair: Likeness) -> list[Compared]:
    """Every column of both, and their shapes."""
    titles = [title for title, _words in listing.facts_of(pair.first)]
    words = [[said for _title, said in listing.facts_of(mine)] for mine in (pair.first, pair.second)]
    rows = [
        _compared(pair, column.name, title, first, second)
        for column, title, first, second in zip(KIND_OF[Mine].columns, titles, *words, strict=True)
    ]
    return [*rows, _shapes(pair)]


def _compared(pair: Likeness, name: str, title: str, first: Any, second: Any) -> Compared:
    path = REFERRED[Mine].get(name, name)
    one, other = value_at(pair.first, path), value_at(pair.second, path)
    field = "" if name == "key" else FIELD_OF.get(name, name)
    proposed = SECOND if one is None and other is not None else FIRST
    return Compared(field, title, first, second, one != other, proposed)


def _shapes(pair: Likeness) -> Compared:
    one, other = pair.first.geom, pair.second.geom
    proposed = SECOND if _weight(other) > _weight(one) else FIRST
    differs = (one is None) != (other is None) or (one is not None and not one.equals(other))
    return Compared("geom", _("图形"), _shape_in_words(one), _shape_in_words(other), differs, proposed)


def _weight(shape: Any) -> int:
    """A boundary says more than a point, a point more than nothing."""
    return 0 if shape is None else 1 + int(shape.area > 0)


def _shape_in_words(shape: Any) -> str:
    if shape is None:
        return ""
    return _("范围") if shape.area > 0 else _("点")


@dataclass(frozen=True)
class Hanging:
    """How much of one kind hangs on each of the two."""

    title: str
    first: int
    second: int


def hanging_on(pair: Likeness) -> list[Hanging]:
    """Sites, rights, papers … of both, counted."""
    found = []
    for follower in FOLLOWERS:
        rows = follower.model._default_manager.order_by()
        first, second = (rows.filter(**{follower.path: pk}).count() for pk in _ids(pair))
        title = _("并入的登记") if follower.model is Mine else str(follower.model._meta.verbose_name)
        found.append(Hanging(title, first, second))
    numbers = ExternalReference.objects.filter(kind=MINE_KIND)
    first, second = (numbers.filter(object_id=pk).count() for pk in _ids(pair))
    found.append(Hanging(str(ExternalReference._meta.verbose_name), first, second))
    return [row for row in found if row.first or row.second]


def _ids(pair: Likeness) -> tuple[int, int]:
    return pair.first_id, pair.second_id
