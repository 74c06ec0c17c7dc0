"""Does an area's plan (一片区一方案) cover every mine of its area, and the public land between them?

A mine of the area is covered, left out with a reason, or open; an open one is listed until there is none. Which plan
of its own (一矿一策) answers for a covered mine is read from the cases at that mine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language

from qingshan.geo.area import areas_m2
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.models import Matter, Plan, PlanCover
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.mines.access import visible_to as mines_visible_to
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.four_questions import AreaAnswer
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import CHINESE
from qingshan.rules.words import Named

MOST_MINES = 500
"""An area of more is no area that one plan treats."""
GONE = (PlanState.RETURNED.value, PlanState.REPLACED.value)


class Covering(Named):
    """覆盖情况 of a mine by its area's plan."""

    ANSWERED = "answered", "已有矿山方案", "has a plan of its own"
    COVERED = "covered", "已纳入，待编矿山方案", "covered, its own plan to come"
    LEFT_OUT = "left_out", "不纳入", "left out"
    OPEN = "open", "尚未覆盖", "not covered yet"


LOOKS = {
    Covering.ANSWERED: "good",
    Covering.COVERED: "note",
    Covering.LEFT_OUT: "none",
    Covering.OPEN: "late",
}


@dataclass(frozen=True)
class MineInArea:
    """One mine of the area with what the plan says of it."""

    mine: Mine
    cover: PlanCover | None
    plans: tuple[Plan, ...]
    """the plans of its own cases that stand, as far as the reader may see them"""
    area_m2: float | None
    late: tuple[Plan, ...] = ()
    """of its plans those that end after the plan of the area does"""

    @property
    def covering(self) -> Covering:
        if self.cover is None:
            return Covering.OPEN
        if self.cover.left_out_because:
            return Covering.LEFT_OUT
        return Covering.ANSWERED if self.plans else Covering.COVERED

    @property
    def look(self) -> str:
        return LOOKS[self.covering]


@dataclass(frozen=True)
class Coverage:
    """An area with all its mines and its public land."""

    area: Region
    mines: tuple[MineInArea, ...]
    """those that the reader may see"""
    hidden: int
    """how many more there are"""
    public: tuple[PlanCover, ...]
    outside: tuple[PlanCover, ...]
    """covered mines that lie in the area no longer: moved, or merged into another"""
    area_m2: float | None
    """of the region itself, where its shape is known"""

    def count(self, *which: Covering) -> int:
        return sum(each.covering in which for each in self.mines)

    @property
    def covered(self) -> int:
        return self.count(Covering.ANSWERED, Covering.COVERED)

    @property
    def answered(self) -> int:
        return self.count(Covering.ANSWERED)

    @property
    def left_out(self) -> int:
        return self.count(Covering.LEFT_OUT)

    @property
    def open(self) -> list[MineInArea]:
        return [each for each in self.mines if each.covering is Covering.OPEN]

    @property
    def covered_m2(self) -> float:
        """Of covered mines and named public land, as far as their areas are known."""
        mines = [each.area_m2 for each in self.mines if each.covering in _COVERED]
        return sum(each for each in (*mines, *(each.area_m2 for each in self.public)) if each is not None)

    @property
    def without_area(self) -> int:
        """How many covered mines and public lands have no area that is known."""
        mines = [each.area_m2 for each in self.mines if each.covering in _COVERED]
        lands = [each.area_m2 for each in self.public if not each.left_out_because]
        return sum(each is None for each in (*mines, *lands))

    @property
    def share_of_mines(self) -> str:
        """`71.43% = 5 / 7 座（按矿山）`."""
        return Rate.by_mines(self.covered, len(self.mines)).say(get_language() or CHINESE)

    @property
    def share_answered(self) -> str:
        """Of the covered ones, those with a plan of their own."""
        return Rate.by_mines(self.answered, self.covered).say(get_language() or CHINESE)

    @property
    def share_of_land(self) -> str:
        """Of the region's own area; nothing where that is not known."""
        rate = Rate.by_area(self.covered_m2, self.area_m2) if self.area_m2 else None
        return rate.say(get_language() or CHINESE) if rate else ""


_COVERED = (Covering.ANSWERED, Covering.COVERED)
_URGENT = (Covering.OPEN, Covering.COVERED, Covering.LEFT_OUT, Covering.ANSWERED)
"""What still asks for something stands first."""


# -- what is in the area ---------------------------------------------------------------------------------------


def mines_in(area: Region) -> QuerySet[Mine]:
    """Every mine of a region and below it, closed and abandoned ones too; not what was merged into another."""
    low, high = region_range(area.pk)
    return Mine.objects.filter(region_id__gte=low, region_id__lte=high, merged_into=None)


def coverage(plan: Plan, *, reader: ActorLike, area: Region | None = None) -> Coverage | None:
    """What an area's plan covers, for a reader; None for a plan that is none of an area."""
    area = area or plan.area
    if area is None:
        return None
    covers = list(plan.covers.select_related("mine").order_by("pk")) if plan.pk else []
    by_mine = {each.mine_id: each for each in covers if each.mine_id}
    whole = mines_in(area)
    seen = list(mines_visible_to(whole, reader).order_by("region_id", "-id")[: MOST_MINES + 1])
    areas, plans = grounds_m2(seen), _plans_of(seen, plan.matter_id, reader)
    rows = [
        MineInArea(
            mine,
            by_mine.get(mine.pk),
            plans.get(mine.pk, ()),
            _known(by_mine.get(mine.pk), areas, mine),
            tuple(_later(plans.get(mine.pk, ()), plan)),
        )
        for mine in seen
    ]
    inside = set(whole.filter(pk__in=by_mine).values_list("pk", flat=True))
    return Coverage(
        area=area,
        mines=tuple(sorted(rows, key=lambda row: (_URGENT.index(row.covering), row.mine.name, row.mine.pk))),
        hidden=whole.count() - len(seen),
        public=tuple(each for each in covers if each.mine_id is None),
        outside=tuple(each for each in covers if each.mine_id and each.mine_id not in inside),
        area_m2=_ground_of(area),
    )


def _later(plans: Iterable[Plan], area_plan: Plan) -> Iterator[Plan]:
    for plan in plans:
        if plan.due_on and area_plan.due_on and plan.due_on > area_plan.due_on:
            yield plan


def _known(cover: PlanCover | None, areas: dict[int, float | None], mine: Mine) -> float | None:
    return cover.area_m2 if cover is not None and cover.area_m2 is not None else areas.get(mine.pk)


def _ground_of(area: Region) -> float | None:
    found = float(areas_m2([area.geom])[0])
    return found or None


def grounds_m2(mines: Sequence[Mine]) -> dict[int, float | None]:
    """How much land each mine has: of its own outline, else of its sites; None where neither is known."""
    drawn = dict(zip((mine.pk for mine in mines), areas_m2([mine.geom for mine in mines]), strict=True))
    sites = Site.objects.filter(mine_id__in=[pk for pk, area in drawn.items() if not area])
    summed = dict(sites.values_list("mine").annotate(area=Sum("area_m2")).order_by())
    return {pk: float(area) if area else summed.get(pk) for pk, area in drawn.items()}


def _plans_of(mines: Iterable[Mine], area_matter_id: int, reader: ActorLike) -> dict[int, tuple[Plan, ...]]:
    """The newest standing plan of each case at each of these mines."""
    rows = Plan.objects.filter(matter__mine_id__in=[mine.pk for mine in mines]).exclude(state__in=GONE)
    rows = matters_visible_to(rows.exclude(matter_id=area_matter_id), reader)
    newest: dict[int, Plan] = {}
    for plan in rows.select_related("matter", "within").order_by("number"):
        newest[plan.matter_id] = plan
    found: dict[int, list[Plan]] = defaultdict(list)
    for plan in sorted(newest.values(), key=lambda each: each.matter_id):
        found[int(plan.matter.mine_id or 0)].append(plan)
    return {mine_id: tuple(plans) for mine_id, plans in found.items()}


# -- for the law book ------------------------------------------------------------------------------------------


def area_answer(plan: Plan, *, reader: ActorLike | None = None) -> AreaAnswer | None:
    """What the four questions weigh of an area's plan: all mines count, whoever asks."""
    if plan.area is None:
        return None
    covers = list(plan.covers.values_list("mine_id", "name", "left_out_because"))
    spoken_of = [mine_id for mine_id, _name, _why in covers if mine_id]
    whole = mines_in(plan.area)
    open_ones = whole.exclude(pk__in=spoken_of)
    named = open_ones if reader is None else mines_visible_to(open_ones, reader)
    return AreaAnswer(
        name=plan.area.name,
        mines=whole.count(),
        open_mines=open_ones.count(),
        names=tuple(named.order_by("region_id", "-id").values_list("name", flat=True)[:6]),
        names_public_land=any(mine_id is None for mine_id, _name, _why in covers),
    )


# -- the plan of a mine within that of its area ----------------------------------------------------------------


def area_plans_of(matter: Matter) -> list[Plan]:
    """The approved plans of areas that cover the mine of a case.

    Whoever plans for a mine may know which area's plan it must fit into, even without seeing the case of the area.
    """
    if matter.mine_id is None:
        return []
    rows = Plan.objects.filter(
        state=PlanState.APPROVED.value,
        area__isnull=False,
        covers__mine_id=matter.mine_id,
        covers__left_out_because="",
    )
    return list(rows.exclude(matter_id=matter.pk).select_related("area").order_by("pk").distinct())
