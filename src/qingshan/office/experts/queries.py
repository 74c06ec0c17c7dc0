"""Which experts, draws and opinions does a page show? Everything starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Prefetch, Q, QuerySet, prefetch_related_objects

from qingshan.finding.walk import Asked, Found, counted, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.models import Assignment, Organisation, Person, in_force
from qingshan.office.errors import NotFound
from qingshan.office.experts.about import About
from qingshan.office.experts.access import (
    DRAWS,
    drawn_visible_to,
    draws_visible_to,
    expert_branches,
    experts_visible_to,
    keeps,
    of_the_regions,
    opinion_branches,
    opinions_visible_to,
    pools_of,
    reads_the_pool,
)
from qingshan.office.experts.actions.pool import CONTACT, POOL_LEVELS
from qingshan.office.experts.actions.ties import is_oneself
from qingshan.office.experts.drawing import stays_away
from qingshan.office.experts.models import DrawnExpert, Expert, ExpertDraw, ExpertOpinion
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import below, put_regions
from qingshan.office.trail.models import PersonalValue, Subject
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.experts import ExpertState, OpinionState
from qingshan.rules.reasons import Reason

LEDGER = Order(("region_id", "-id"))
NEWEST_FIRST = Order(("-id",))
COUNTED_TO = 1_000
MOST_NAMED = 500
OF_ITS_PAGE = 20


@dataclass(frozen=True)
class Filters:
    """What a reader looks for in the pool; empty: everything."""

    text: str = ""
    field: str = ""
    level: str = ""
    state: str = ""

    @property
    def asked(self) -> Asked:
        return sought(self.text)

    def apply(self, rows: QuerySet[Expert]) -> QuerySet[Expert]:
        """Narrowed by everything but the words."""
        if self.field:
            rows = rows.filter(with_field(self.field))
        if self.level:
            rows = rows.filter(region__level=self.level)
        return rows.filter(state=self.state) if self.state else rows


def with_field(field: str) -> Q:
    """Experts who have this field: its code in quotation marks stands in the list of their fields."""
    return Q(fields__icontains=f'"{field}"')


def listed(*, actor: ActorLike, filters: Filters, after: str = "", before: str = "") -> Page:
    """One page of experts in the order of the ledger: by pool, the newest of each first."""
    found = page(_parts(actor, filters), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    return found


def all_of(*, actor: ActorLike, filters: Filters) -> Iterable[Expert]:
    """The same without pages, for a table that leaves."""
    ids = {
        pk for part in _parts(actor, filters) for pk in whole(part).order_by().values_list("pk", flat=True)
    }
    rows = Expert.objects.filter(pk__in=ids).order_by("region_id", "key")
    return rows.select_related("region").defer("region__geom")


def total(*, actor: ActorLike, filters: Filters) -> int:
    """How many there are, counted to COUNTED_TO and one more."""
    return counted(_parts(actor, filters), at_most=COUNTED_TO + 1)


def _parts(actor: ActorLike, filters: Filters) -> list[Found]:
    return expert_branches(filters.apply(Expert.objects.all()), actor, filters.asked)


def one(pk: int, *, actor: ActorLike) -> Expert:
    """An expert whom the actor may see, with ties; NotFound else."""
    rows = experts_visible_to(actor).filter(pk=pk).select_related("region", "organisation", "person")
    found = rows.defer("region__geom").prefetch_related("ties").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(Expert._meta.verbose_name))
    return found


def contact_of(expert: Expert, *, actor: ActorLike) -> str | None:
    """How the expert is reached, for those who keep the pool, draw from it, or are the expert.

    It stands in the trail as a personal value, and only there: once it is erased it is gone. None: never said.
    """
    near = keeps(actor, expert.region_id) or Duty.REVIEW in actor.duties
    if not (near or is_oneself(expert, actor)):
        return None
    told = Subject.objects.filter(kind="experts.expert", object_id=expert.pk).values("entry_seq")
    newest = PersonalValue.objects.filter(field=CONTACT, entry_seq__in=told).order_by("-entry_seq").first()
    return newest.value if newest is not None else None


def drawn_for(expert: Expert, *, actor: ActorLike) -> list[DrawnExpert]:
    """What the expert was drawn for, the newest first: all of it for themself, for others the draws they may see."""
    rows = DrawnExpert.objects.all() if is_oneself(expert, actor) else drawn_visible_to(actor)
    return list(rows.filter(expert=expert).select_related("draw").order_by("-id")[:OF_ITS_PAGE])


def opinions_by(expert: Expert, *, actor: ActorLike) -> list[ExpertOpinion]:
    """Opinions of one expert, as far as the actor may see them."""
    return list(opinions_visible_to(actor).filter(expert=expert).order_by("-id")[:OF_ITS_PAGE])


# -- choices of forms ----------------------------------------------------------------------------------------------


def kept_pools(actor: ActorLike) -> list[Region]:
    """The regions whose pools the actor keeps."""
    levels = [level.value for level in POOL_LEVELS]
    return list(below(actor.region_ranges).filter(level__in=levels))


def pools_to_draw_from(actor: ActorLike) -> list[Region]:
    """The pools that the actor reads and in which somebody is."""
    within = Q(pk__in=[])
    for low, high in pools_of(actor):
        within |= Q(pk__gte=low, pk__lte=high)
    there = Expert.objects.filter(state=ExpertState.IN_POOL.value).order_by().values("region_id")
    return list(Region.objects.filter(within, pk__in=there).defer("geom").order_by("id"))


def people_with_experts_posts(actor: ActorLike, *, on: date) -> QuerySet[Person]:
    """Who holds an expert's post in the actor's area, to be linked with an entry of the pool."""
    within = Q(pk__in=[])
    for low, high in actor.region_ranges:
        within |= Q(region_id__gte=low, region_id__lte=high)
    held = in_force(on, "holdings__") & Q(holdings__post__duties__icontains=f'"{Duty.EXPERT.value}"')
    return Person.objects.filter(within).filter(held).select_related("organisation").distinct().order_by("id")


def house_called(name: str) -> Organisation | None:
    """The one organisation of this name."""
    found = list(Organisation.objects.filter(name=name.strip(), is_division=False)[:2])
    return found[0] if len(found) == 1 else None


def next_key(pool: Region) -> str:
    """A number that is free now: the code of the pool and a serial."""
    begins = f"ZJ-{pool.code}-"
    used = Expert.objects.filter(key__startswith=begins).values_list("key", flat=True)
    serials = [int(key.removeprefix(begins)) for key in used if key.removeprefix(begins).isdecimal()]
    return f"{begins}{max(serials, default=0) + 1:04}"


# -- draws ---------------------------------------------------------------------------------------------------------


def listed_draws(
    *, actor: ActorLike, state: str = "", text: str = "", after: str = "", before: str = ""
) -> Page:
    """One page of draws, the newest first."""
    found = page([_draws(actor, state, text)], order=NEWEST_FIRST, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, _standing())
    return found


def all_draws(*, actor: ActorLike, state: str = "", text: str = "") -> Iterable[ExpertDraw]:
    """The same without pages, for a table that leaves."""
    rows = _draws(actor, state, text).select_related("region", "pool").defer("region__geom", "pool__geom")
    return rows.defer("listing", "concerned").prefetch_related(_standing()).order_by("-id")


def _draws(actor: ActorLike, state: str, text: str) -> QuerySet[ExpertDraw]:
    """Narrowed by state, and by any part of what it was for, about, or whom it chose."""
    rows = of_the_regions(ExpertDraw.objects.defer("listing", "concerned"), actor)
    if text:
        chosen = DrawnExpert.objects.filter(expert__name__icontains=text).values("draw_id")
        rows = rows.filter(Q(title__icontains=text) | Q(subject_name__icontains=text) | Q(pk__in=chosen))
    return rows.filter(state=state) if state else rows


def _standing() -> Prefetch[str, QuerySet[DrawnExpert], str]:
    """Who was chosen and not excused."""
    return Prefetch("drawn", DrawnExpert.objects.filter(excused_on=None).select_related("expert"))


def one_draw(pk: int, *, actor: ActorLike) -> ExpertDraw:
    """A draw that the actor may see; NotFound else."""
    rows = draws_visible_to(actor).filter(pk=pk).select_related("region", "pool")
    found = rows.defer("region__geom", "pool__geom").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(ExpertDraw._meta.verbose_name))
    return found


def drawn_in(draw: ExpertDraw) -> dict[str, DrawnExpert]:
    """Everybody whom a draw chose, by number, who stepped in and who was excused among them."""
    return {each.expert.key: each for each in draw.drawn.select_related("expert").order_by("rank")}


# -- opinions ------------------------------------------------------------------------------------------------------


def listed_opinions(*, actor: ActorLike, state: str = "", after: str = "", before: str = "") -> Page:
    """One page of opinions, the newest first."""
    rows = ExpertOpinion.objects.filter(state=state) if state else ExpertOpinion.objects.all()
    found = page(opinion_branches(rows, actor), order=NEWEST_FIRST, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, "expert")
    return found


def invited_oneself(actor: ActorLike) -> tuple[int, date | None]:
    """How many opinions this expert was asked for and has not given, and the first day by which one is due."""
    if Duty.EXPERT not in actor.duties or actor.person_id is None:
        return 0, None
    rows = ExpertOpinion.objects.filter(expert__person=actor.person_id, state=OpinionState.INVITED.value)
    found = rows.aggregate(n=Count("pk"), first=Min("due_on"))
    return found["n"], found["first"]


def given_unanswered(actor: ActorLike) -> tuple[int, date | None]:
    """How many opinions wait for an answer where the actor answers, and when the first of them was given."""
    if DRAWS not in actor.duties:
        return 0, None
    rows = of_the_regions(ExpertOpinion.objects.filter(state=OpinionState.GIVEN.value), actor)
    found = rows.aggregate(n=Count("pk"), first=Min("given_on"))
    return found["n"], found["first"]


def one_opinion(pk: int, *, actor: ActorLike) -> ExpertOpinion:
    """An opinion that the actor may see; NotFound else."""
    found = opinions_visible_to(actor).filter(pk=pk).select_related("expert").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(ExpertOpinion._meta.verbose_name))
    return found


# -- of one object -------------------------------------------------------------------------------------------------


def one_assignment(about: About, pk: int, *, on: date) -> Assignment:
    """An assignment to an object that the actor was found to see, while it lasts; NotFound else."""
    rows = Assignment.objects.filter(in_force(on), kind=about.kind, object_id=about.pk)
    found = rows.filter(pk=pk).select_related("person").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(Assignment._meta.verbose_name))
    return found


@dataclass(frozen=True)
class OfObject:
    """The experts of one matter or mine: drawn, assigned, asked."""

    draws: Sequence[ExpertDraw]
    assignments: Sequence[Assignment]
    opinions: Sequence[ExpertOpinion]
    experts: dict[int, Expert]
    """by person, of those who are assigned"""

    @property
    def assigned(self) -> list[tuple[Assignment, Expert | None]]:
        return [(each, self.experts.get(each.person_id)) for each in self.assignments]


def of_object(about: About, *, actor: ActorLike, on: date) -> OfObject:
    """What is known of experts about an object that the actor was found to see. An expert finds the own part only."""
    of_it = {"subject_kind": about.kind, "subject_id": about.pk}
    standing = Prefetch("drawn", DrawnExpert.objects.filter(excused_on=None).select_related("expert"))
    rows = draws_visible_to(actor).filter(**of_it).defer("listing", "concerned")
    draws = list(rows.prefetch_related(standing).order_by("-id")[:OF_ITS_PAGE])
    assignments = Assignment.objects.filter(in_force(on), kind=about.kind, object_id=about.pk)
    if not reads_the_pool(actor):
        assignments = assignments.filter(person_id=actor.person_id or 0)
    assigned = list(assignments.select_related("person").order_by("id")[:OF_ITS_PAGE])
    opinions = opinions_visible_to(actor).filter(**of_it).select_related("expert").order_by("-id")
    entries = experts_visible_to(actor).filter(person_id__in=[each.person_id for each in assigned])
    known = {each.person_id: each for each in entries.order_by("id") if each.person_id}
    return OfObject(draws, assigned, list(opinions[:OF_ITS_PAGE]), known)


@dataclass(frozen=True)
class Choice:
    """Somebody in a pool who could be chosen for an object, and why they may not be."""

    expert: Expert
    because: tuple[Reason, ...]


def choices_for(about: About, *, actor: ActorLike, on: date, wanted: int | None = None) -> list[Choice]:
    """Who was drawn for the object or is `wanted`, then the pools that the actor reads, as far as a list may go;
    those who must stay away last, with the reason.
    """
    rows = experts_visible_to(actor).filter(state=ExpertState.IN_POOL.value).prefetch_related("ties")
    of_it = Q(drawn__draw__subject_kind=about.kind, drawn__draw__subject_id=about.pk, drawn__excused_on=None)
    first = rows.filter(of_it | Q(pk=wanted)).distinct().order_by("key")[:MOST_NAMED]
    others = rows.order_by("region_id", "key")[:MOST_NAMED]
    found = {each.pk: each for each in (*first, *others)}
    listed = [Choice(each, stays_away(each, about.concerned, on=on)) for each in found.values()]
    return sorted(listed, key=lambda each: bool(each.because))
