"""What stands in the dossier of a mine or site, as far as the reader may see it?

Each part costs a fixed number of queries, however much belongs to the mine; what is long is shown in part here and
page by page at an address of its own (`parts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Count, Model, QuerySet, Sum

from qingshan.office.mines.access import visible_to
from qingshan.office.mines.dossier.beside import Shown, cards_of
from qingshan.office.mines.dossier.land import LandOverTime, land_over_time
from qingshan.office.mines.dossier.may import May, may
from qingshan.office.mines.dossier.timeline import kind_of, page_of_entries
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Facility,
    LandUse,
    Mine,
    MiningRight,
    Patch,
    ResponsibleParty,
    Site,
)
from qingshan.office.paging import Page
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.register import PlanKind

SHOWN = 12
"""Rows of a part on the page of the dossier itself."""
ACTS_SHOWN = 20

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """The first rows of one kind, how many there are in all, and their area where it is summed."""

    rows: Sequence[Row]
    total: int
    area_m2: float | None = None

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True)
class PlansOfAKind:
    """The plans of one kind: those that nothing has replaced, newest first, and those that were replaced."""

    kind: PlanKind
    current: list[ApprovedPlan]
    replaced: list[ApprovedPlan]


class Dossier:
    """一矿一档 as one reader sees it on one day. Every part is read when it is asked for, once."""

    def __init__(self, about: Mine | Site, *, actor: ActorLike, on: date) -> None:
        self.about, self.actor, self.on = about, actor, on

    @property
    def is_of_a_mine(self) -> bool:
        return isinstance(self.about, Mine)

    @property
    def path(self) -> str:
        """Where its page stands."""
        return f"/{'mines' if self.is_of_a_mine else 'sites'}/{self.about.pk}/"

    @cached_property
    def may(self) -> May:
        return may(self.actor, self.about)

    @property
    def may_read_region(self) -> bool:
        """Whether the reader sees the whole region of the place, and so its figures."""
        return inside(self.about.region_id, self.actor.region_ranges)

    # --- what the mine holds ---------------------------------------------------------------------

    @cached_property
    def beside(self) -> list[Shown]:
        """What the rooms above add."""
        return cards_of(self)

    @cached_property
    def rights(self) -> Part[MiningRight]:
        return _part(self.rows_of(MiningRight).defer("geom").order_by("-to_on", "-id"))

    @cached_property
    def sites(self) -> Part[Site]:
        return _part(self.rows_of(Site).defer("geom").order_by("id"), area="area_m2")

    @cached_property
    def land_uses(self) -> Part[LandUse]:
        return _part(self.rows_of(LandUse).defer("geom").order_by("-to_on", "-id"), area="reported_area_m2")

    @cached_property
    def all_rights(self) -> list[MiningRight]:
        """Not only those that are shown."""
        return _all(self.rights, self.rows_of(MiningRight))

    @cached_property
    def all_land_uses(self) -> list[LandUse]:
        return _all(self.land_uses, self.rows_of(LandUse))

    @cached_property
    def facilities(self) -> Part[Facility]:
        return _part(self.rows_of(Facility).defer("geom").order_by("kind", "id"))

    @cached_property
    def patches(self) -> Part[Patch]:
        return _part(self.rows_of(Patch).defer("geom").order_by("-from_on", "-id"))

    @cached_property
    def land(self) -> LandOverTime:
        spans = self.rows_of(Patch).order_by().values_list("kind", "from_on", "to_on", "area_m2")
        return land_over_time(list(spans), on=self.on)

    # --- on which papers it rests ----------------------------------------------------------------

    @cached_property
    def determinations(self) -> list[ResponsibleParty]:
        """The newest decision holds and stands first."""
        rows = self.rows_of(ResponsibleParty).select_related("organisation", "document")
        return list(rows.order_by("-decided_on", "-id")[:SHOWN])

    @property
    def determination(self) -> ResponsibleParty | None:
        return self.determinations[0] if self.determinations else None

    @cached_property
    def plans(self) -> list[PlansOfAKind]:
        """By kind, in the order of the kinds; kinds without a plan are left out."""
        rows = list(self.rows_of(ApprovedPlan).select_related("document").order_by("-approved_on", "-id"))
        replaced = {plan.replaces_id for plan in rows}
        found = [
            PlansOfAKind(
                kind,
                [plan for plan in rows if plan.kind == kind and plan.pk not in replaced],
                [plan for plan in rows if plan.kind == kind and plan.pk in replaced],
            )
            for kind in PlanKind
        ]
        return [each for each in found if each.current]

    @cached_property
    def documents(self) -> Part[Document]:
        return _part(self.rows_of(Document).order_by("-id"))

    @cached_property
    def document_kinds(self) -> dict[str, int]:
        """How many documents of each kind there are."""
        return dict(self.rows_of(Document).order_by().values_list("kind").annotate(n=Count("pk")))

    @cached_property
    def references(self) -> list[ExternalReference]:
        rows = ExternalReference.objects.filter(kind=kind_of(self.about), object_id=self.about.pk)
        return list(visible_to(rows, self.actor).order_by("system"))

    @cached_property
    def entries(self) -> Page:
        return page_of_entries(self.about, actor=self.actor, rows=ACTS_SHOWN)

    def rows_of(self, model: type[Row]) -> QuerySet[Row]:
        """Everything of one kind that belongs here and that the reader may see."""
        return rows_of(model, self.about, actor=self.actor)


def rows_of(model: type[Row], about: Mine | Site, *, actor: ActorLike) -> QuerySet[Row]:
    """All rows of one kind in a dossier, as far as the actor may see them."""
    return visible_to(model._default_manager.filter(**{_path_to(model, about): about.pk}), actor)


def _path_to(model: type[Model], about: Mine | Site) -> str:
    if isinstance(about, Site):
        return "site"
    return "site__mine" if model is Patch else "mine"


def _all(part: Part[Any], rows: QuerySet[Any]) -> list[Any]:
    """What was read already, or everything where only some of it was."""
    return list(rows.defer("geom")) if part.has_more else list(part.rows)


def _part(rows: QuerySet[Any], *, area: str = "") -> Part[Any]:
    """The first rows; the rest is only counted, and that only where there may be any."""
    shown = list(rows[: SHOWN + 1])
    if len(shown) <= SHOWN:
        known = [value for row in shown if area and (value := getattr(row, area)) is not None]
        return Part(shown, len(shown), sum(known) if known else None)
    counted = rows.order_by().aggregate(n=Count("pk"), **({"area": Sum(area)} if area else {}))
    return Part(shown[:SHOWN], counted["n"], counted.get("area"))
