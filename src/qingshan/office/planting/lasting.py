"""What lasts after acceptance: until when is land looked after (管护), by when is farmland evaluated (跟踪评价)?

Sites are accepted by projects, before anybody worked here as a list tells, and by whatever a room above declares. How
many years pass until the evaluation stands in the rulebook `land-reclamation`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet

from qingshan.office.mines.models import Site
from qingshan.office.paging import Order, Page, page
from qingshan.office.planting.access import visible_to
from qingshan.office.planting.models import Evaluation, Plot
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import region_range
from qingshan.office.restoration.access import visible_to as restoration_visible_to
from qingshan.office.restoration.models import ListedSite, ListMove, ProjectSite
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.aftercare import AGRICULTURAL, FOLLOW_UP, PERIOD_RULEBOOK, FollowUp, follow_up_of
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.dates import months_later
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.provisions import Rulebook
from qingshan.rules.restoration import TargetMove
from qingshan.rules.rulebook import consulted, in_force
from qingshan.rules.validity import WARNED_BEFORE_DAYS

EVALUATED_SOON_DAYS = 365
ORDER = Order(("sorted_by", "site_id"))
NO_DAY = "9999"
"""what has no date stands last"""


@dataclass(frozen=True)
class Accepted:
    """A site that was accepted; None: nobody said so."""

    site_id: int
    region_id: int
    accepted_on: date
    use: Afteruse | None
    until: date | None
    """last day of aftercare as the acceptance says"""
    by: str
    """the matter in which it was accepted"""
    path: str

    @cached_property
    def follow_up(self) -> FollowUp:
        """By when its effect is evaluated."""
        return follow_up_of(self.accepted_on, self.use, period_book(self.region_id, on=self.accepted_on))


def period_book(region_id: int, *, on: date) -> Rulebook:
    """The rulebook that sets the period."""
    return in_force(PERIOD_RULEBOOK, on=on, region=region_of_id(region_id))


def period_source(*, on: date, language: str) -> str:
    """Which article sets it, and whether somebody has read it."""
    return in_force(PERIOD_RULEBOOK, on=on).cite(FOLLOW_UP, language)


@dataclass(frozen=True)
class Where:
    """Which accepted sites are asked for; None narrows nothing."""

    region_id: int | None = None
    site_ids: frozenset[int] | None = None
    accepted: tuple[date, date] | None = None
    """from and to, both included"""

    def of(self, rows: QuerySet[Any], *, accepted_on: str) -> QuerySet[Any]:
        """The rows of sites there; `accepted_on`: the path of their day."""
        if self.region_id is not None:
            low, high = region_range(self.region_id)
            rows = rows.filter(site__region_id__gte=low, site__region_id__lte=high)
        if self.site_ids is not None:
            rows = rows.filter(site__in=sorted(self.site_ids))
        if self.accepted is not None:
            rows = rows.filter(**{f"{accepted_on}__range": self.accepted})
        return rows


Source = Callable[[ActorLike, Where], Iterable[Accepted]]
_SOURCES: list[Source] = []


def declare_acceptances(source: Source) -> None:
    """A room above accepts sites as well; declared again it is asked once."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def by_projects(actor: ActorLike, where: Where) -> Iterable[Accepted]:
    """Sites that were accepted with their project, as far as the actor may see it."""
    rows = ProjectSite.objects.filter(
        left_on=None, done_cm2__isnull=False, project__accepted_on__isnull=False
    )
    rows = restoration_visible_to(where.of(rows, accepted_on="project__accepted_on"), actor)
    told = rows.order_by("pk").values_list(
        "site_id",
        "site__region_id",
        "project__accepted_on",
        "actual_use",
        "planned_use",
        "project__aftercare_until",
        "project__matter__number",
        "project__matter_id",
    )
    for site_id, region_id, accepted_on, actual, planned, until, number, matter_id in told:
        assert accepted_on is not None
        use = Afteruse(actual or planned) if actual or planned else None
        yield Accepted(site_id, region_id, accepted_on, use, until, number, f"/restoration/{matter_id}/")


def by_lists(actor: ActorLike, where: Where) -> Iterable[Accepted]:
    """Sites of which a list tells that they were accepted before anybody worked here."""
    rows = ListedSite.objects.filter(is_on_list=True, restored_on__isnull=False)
    by_a_matter = ListMove.objects.filter(
        move=TargetMove.RESTORED.value, step__isnull=False, listed__restored_on__isnull=False
    )
    rows = rows.exclude(pk__in=by_a_matter.values("listed_id"))
    rows = restoration_visible_to(where.of(rows, accepted_on="restored_on"), actor)
    told = rows.order_by("pk").values_list(
        "pk", "site_id", "region_id", "restored_on", "use", "target_list__title"
    )
    for pk, site_id, region_id, accepted_on, use, title in told:
        assert accepted_on is not None
        known = Afteruse(use) if use else None
        yield Accepted(site_id, region_id, accepted_on, known, None, title, f"/restoration/listed/{pk}/")


def acceptances(*, actor: ActorLike, where: Where) -> dict[int, list[Accepted]]:
    """By site, the newest acceptance first."""
    found: dict[int, list[Accepted]] = defaultdict(list)
    for source in (by_projects, by_lists, *_SOURCES):
        for each in source(actor, where):
            found[each.site_id].append(each)
    for rows in found.values():
        rows.sort(key=lambda each: each.accepted_on, reverse=True)
    return dict(found)


@dataclass
class Lasting:
    """One site: its acceptances, the newest first, and until when the plans of its plots look after it."""

    site_id: int
    accepted: Sequence[Accepted]
    planned_until: date | None
    evaluation: Evaluation | None = None
    """the newest of its newest acceptance; None: nobody noted one"""
    site: Site | None = None
    """for whoever shows it"""
    sorted_by: str = NO_DAY

    @property
    def newest(self) -> Accepted | None:
        return self.accepted[0] if self.accepted else None

    @property
    def until(self) -> date | None:
        """The later end of all that are known."""
        ends = [each.until for each in self.accepted if each.until] + [self.planned_until]
        return max(filter(None, ends), default=None)

    @property
    def evaluated_by(self) -> date | None:
        """Last day of the evaluation; None: not asked for, or nobody knows what the land is used for."""
        return self.newest.follow_up.due_on if self.newest else None


@dataclass(frozen=True)
class LastingFilters:
    """What sites are narrowed to. view: "", in_care, ending, unknown, evaluate, past, evaluated, no_use."""

    on: date
    region_id: int | None = None
    view: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.region_id or self.view)

    def takes(self, row: Lasting) -> bool:
        """Whether a site belongs to the view."""
        until, due, on, is_open = row.until, row.evaluated_by, self.on, row.evaluation is None
        soon = on + timedelta(days=WARNED_BEFORE_DAYS)
        to_evaluate = on + timedelta(days=EVALUATED_SOON_DAYS)
        return {
            "": True,
            "in_care": until is not None and until >= on,
            "ending": until is not None and on <= until <= soon,
            "unknown": until is None,
            "evaluate": is_open and due is not None and on <= due <= to_evaluate,
            "past": is_open and due is not None and due < on,
            "evaluated": not is_open,
            "no_use": row.newest is not None and row.newest.use is None,
        }[self.view]

    def day_of(self, row: Lasting) -> date | None:
        """By which the list is ordered."""
        return row.evaluated_by if self.view in ("evaluate", "past", "evaluated") else row.until


def lasting(*, actor: ActorLike, filters: LastingFilters) -> list[Lasting]:
    """Every site that was accepted or is looked after by the plan of a plot, what ends first before the others."""
    accepted = acceptances(actor=actor, where=Where(filters.region_id))
    planned = _planned(Where(filters.region_id), actor=actor, on=filters.on)
    noted = evaluations(actor=actor, where=Where(filters.region_id))
    rows = [
        _row(site_id, accepted.get(site_id, []), planned.get(site_id), noted.get(site_id, ()))
        for site_id in accepted.keys() | planned
    ]
    found = [row for row in rows if filters.takes(row)]
    for row in found:
        day = filters.day_of(row)
        row.sorted_by = day.isoformat() if day else NO_DAY
    return sorted(found, key=ORDER.key_of)


def _row(
    site_id: int, accepted: Sequence[Accepted], planned: date | None, noted: Iterable[Evaluation]
) -> Lasting:
    return Lasting(site_id, accepted, planned, evaluation_of(accepted[0], noted) if accepted else None)


def evaluations(*, actor: ActorLike, where: Where) -> dict[int, list[Evaluation]]:
    """By site, the newest first."""
    found: dict[int, list[Evaluation]] = defaultdict(list)
    rows = where.of(Evaluation.objects.filter(withdrawn_on=None), accepted_on="accepted_on")
    for each in visible_to(rows, actor).order_by("-made_on", "-pk"):
        found[each.site_id].append(each)
    return dict(found)


def evaluation_of(accepted: Accepted, noted: Iterable[Evaluation]) -> Evaluation | None:
    """The newest one since this acceptance; one of land that was restored anew later does not count."""
    return next((each for each in noted if each.made_on >= accepted.accepted_on), None)


def _planned(where: Where, *, actor: ActorLike, on: date) -> dict[int, date]:
    """Until when the plots of a site are looked after by their plans; what is over counts no more."""
    rows = Plot.objects.filter(withdrawn_on=None, care_until_on__gte=on)
    seen = visible_to(where.of(rows, accepted_on="care_from_on"), actor).order_by()
    return dict(seen.values_list("site_id").annotate(until=Max("care_until_on")))


def lasting_of(site_id: int, *, actor: ActorLike) -> list[Accepted]:
    """The acceptances of one site, the newest first."""
    where = Where(site_ids=frozenset({site_id}))
    return acceptances(actor=actor, where=where).get(site_id, [])


@dataclass(frozen=True)
class _AtHand:
    """Rows that were gathered already, as a branch of a page."""

    rows: Sequence[Lasting]

    def cut(self, key: Sequence[Any] | None, *, backwards: bool, rows: int) -> list[Any]:
        if key is None:
            return list(self.rows[:rows])
        mark = (str(key[0]), key[1])
        if backwards:
            return [row for row in reversed(self.rows) if ORDER.key_of(row) < mark][:rows]
        return [row for row in self.rows if ORDER.key_of(row) > mark][:rows]


def page_of(rows: Sequence[Lasting], *, after: str = "", before: str = "") -> Page:
    """One page of them, each with its site."""
    found = page([_AtHand(rows)], order=ORDER, after=after, before=before)
    put_sites(found.rows)
    return found


def put_sites(rows: Iterable[Lasting]) -> None:
    """The sites with their regions, by two queries."""
    rows = list(rows)
    sites = Site.objects.defer("geom").in_bulk([row.site_id for row in rows])
    for row in rows:
        row.site = sites[row.site_id]
    put_regions(list(sites.values()))


def to_evaluate(*, actor: ActorLike, on: date) -> tuple[int, date | None]:
    """How many sites of farmland are to be evaluated within a year, and the first of these days: what the view
    `evaluate` lists, asked by the days of acceptance.
    """
    soon = on + timedelta(days=EVALUATED_SOON_DAYS)
    years = [book.whole(FOLLOW_UP) for book in consulted().books if book.id == PERIOD_RULEBOOK]
    # a day more on either side: months have different lengths
    since = months_later(on, -12 * max(years)) - timedelta(days=1)
    until = months_later(soon, -12 * min(years)) + timedelta(days=1)
    maybe = acceptances(actor=actor, where=Where(accepted=(since, until)))
    wanted = frozenset(
        site_id for site_id, rows in maybe.items() if any(row.use in AGRICULTURAL for row in rows)
    )
    if not wanted:
        return 0, None
    filters = LastingFilters(on, view="evaluate")
    noted = evaluations(actor=actor, where=Where(site_ids=wanted))
    found = [
        row.evaluated_by
        for site_id, accepted in acceptances(actor=actor, where=Where(site_ids=wanted)).items()
        if filters.takes(row := _row(site_id, accepted, None, noted.get(site_id, ())))
    ]
    return len(found), min(filter(None, found), default=None)
