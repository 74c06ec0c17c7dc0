"""边开发边恢复: what was restored in a year, of what was newly disturbed in it, mine by mine?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q

from qingshan.office.mines.models import Mine
from qingshan.office.restoration import queries
from qingshan.office.restoration.access import visible_to
from qingshan.office.restoration.models import LandMove
from qingshan.office.restoration.queries import YearOfLand
from qingshan.office.trail.parties import ActorLike

AT_ONCE = 500


def years_by_mine(mines: Sequence[Mine], *, year: int | None = None) -> dict[int, list[YearOfLand]]:
    """Year by year of each of these mines, with what was merged into it, the newest first; one query. Every mine is
    there, also one in which nothing moved.
    """
    ids = [mine.pk for mine in mines]
    rows = LandMove.objects.filter(Q(mine__in=ids) | Q(mine__merged_into__in=ids)).select_related("mine")
    moves: dict[int, list[LandMove]] = defaultdict(list)
    for move in rows.only(*READ):
        moves[move.mine.merged_into_id or move.mine_id].append(move)
    return {
        pk: [each for each in queries.years_of(moves[pk]) if year is None or each.year == year] for pk in ids
    }


READ = ("occurred_on", "from_state", "to_state", "act", "area_cm2", "mine__merged_into")


def all_years(
    *, actor: ActorLike, region_id: int | None = None, text: str = "", year: int | None = None
) -> Iterator[tuple[Mine, YearOfLand]]:
    """Every mine and year, for a table that leaves."""
    mines = (mine for mine, _balance in queries.all_land(actor=actor, region_id=region_id, text=text))
    while some := list(islice(mines, AT_ONCE)):
        found = years_by_mine(some, year=year)
        yield from ((mine, each) for mine in some for each in found[mine.pk])


def years_on_record(*, actor: ActorLike) -> list[int]:
    """The years in which any land moved that the actor may see, the newest first."""
    rows = visible_to(LandMove.objects.all(), actor).order_by()
    return sorted({day.year for day in rows.dates("occurred_on", "year")}, reverse=True)
