"""Which enterprises may this actor look up, and what do they run?

Those of the own regions, those that run a mine there wherever they are registered, one's own, and those of
what was assigned. Who sees a whole province gets the first branch only: there the second would read every
mine, and brings the few that are registered outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from qingshan.finding.held import FoundInMemory, Held
from qingshan.finding.walk import Asked, Found, found_between, narrowed, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.models import Organisation
from qingshan.office.errors import NotFound
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.filters import Filters, branches_found
from qingshan.office.mines.models import LandUse, Mine, MiningRight, Site
from qingshan.office.mines.queries import LEDGER, Total, counted_to_a_limit, standing
from qingshan.office.paging import PAGE_ROWS, Page, page
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import EVERYWHERE, inside
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act, remembers
from qingshan.rules.register import OrganisationKind

PROVINCE_WIDE = 10**10 - 1
MOST_NAMED = 200
"""So many enterprises can a list be narrowed to by words."""


@dataclass(frozen=True)
class Runs:
    """What an enterprise runs, as far as the actor may see it."""

    mines: int
    sites: int


def enterprises() -> QuerySet[Organisation]:
    """All of them; what is shown starts from `seen`."""
    return Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE.value)


def branches(
    queryset: QuerySet[Organisation], actor: ActorLike, filters: Filters, asked: Asked | None = None
) -> list[Found]:
    """One part for each reason to see an enterprise."""
    parts = branches_found(queryset, actor, filters, asked)
    if any(high - low >= PROVINCE_WIDE for low, high in actor.region_ranges):
        return parts
    wanted = filters.asked if asked is None else asked
    rows = filters.apply(queryset)
    if wanted and remembers():
        held = FoundInMemory(
            rows, _from_elsewhere(actor), wanted, is_whole=filters == Filters(text=filters.text)
        )
        return [*parts, held]
    return [*parts, *(narrowed(rows.filter(pk__in=holders), wanted) for holders in _holders(actor))]


def _holders(actor: ActorLike) -> list[QuerySet[Any]]:
    """Who runs mines, and for whom has no region also sites, that the actor may see."""
    return [
        visible_to(standing(model._default_manager.all()), actor).order_by().values("enterprise_id")
        for model in (Mine, Site)[: 1 if actor.region_ranges else 2]
    ]


@holds_until_next_act
def _from_elsewhere(actor: ActorLike) -> Held:
    """The words of each enterprise that runs what the actor sees but is registered outside of the regions."""
    found = {
        row
        for holders in _holders(actor)
        for row in enterprises().filter(pk__in=holders).values_list("region_id", "pk", "words")
    }
    return Held.of(row for row in found if not inside(row[0], actor.region_ranges))


def listed(
    *, actor: ActorLike, filters: Filters, after: str = "", before: str = "", rows: int = PAGE_ROWS
) -> Page:
    """One page of enterprises in the order of the ledger, each with `runs`."""
    shown = enterprises().only("name", "uscc", "region", "to_on", "former_names")
    parts = branches(shown.filter(LEDGER.ahead(after=after, before=before)), actor, filters)
    found = page(parts, order=LEDGER, after=after, before=before, rows=rows)
    put_regions(found.rows)
    _with_runs(found.rows, actor)
    return found


def _with_runs(rows: Sequence[Any], actor: ActorLike) -> None:
    ids = [row.pk for row in rows]
    mines, sites = (_counted(model, ids, actor) for model in (Mine, Site))
    for row in rows:
        row.runs = Runs(mines.get(row.pk, 0), sites.get(row.pk, 0))


def _counted(model: type[Model], ids: Iterable[int], actor: ActorLike) -> dict[int, int]:
    of_these = standing(model._default_manager.filter(enterprise_id__in=ids))
    counted = visible_to(of_these, actor).order_by().values_list("enterprise_id").annotate(n=Count("pk"))
    return dict(counted)


def total(*, actor: ActorLike, filters: Filters) -> Total:
    """How many there are, counted to a limit."""
    return counted_to_a_limit(branches(enterprises(), actor, filters))


def one(pk: int, *, actor: ActorLike) -> Organisation:
    """The enterprise; NotFound for what the actor may not see."""
    for part in branches(enterprises().filter(pk=pk).select_related("region"), actor, Filters()):
        found: Organisation | None = part.first() if isinstance(part, QuerySet) else None
        if found is not None:
            return found
    raise NotFound.because("office.not_found", what=OrganisationKind.ENTERPRISE.zh)


OF_ITS_PAGE = 20


def run_by(enterprise: Organisation, *, actor: ActorLike) -> dict[str, list[Any]]:
    """The first of its mines, sites, rights and uses of land, as far as the actor may see them."""
    found = {}
    for name, model in (("mines", Mine), ("sites", Site), ("rights", MiningRight), ("land_uses", LandUse)):
        rows = standing(model._default_manager.filter(enterprise_id=enterprise.pk).defer("geom"))
        shown = visible_to(rows, actor).select_related("region").order_by("region_id", "-id")
        found[name] = list(shown[: OF_ITS_PAGE + 1])
    return found


def enterprises_named(text: str) -> list[int]:
    """Ids of the enterprises that are found by the words, to narrow lists of what may be seen anyway."""
    found = found_between(enterprises(), sought(text), EVERYWHERE)
    rows = whole(found)
    return list(rows.order_by().values_list("pk", flat=True)[:MOST_NAMED]) if sought(text) else []
