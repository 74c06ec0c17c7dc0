"""What was ever done to a mine and to all that belongs to it? One list of acts, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from qingshan.office.mines.access import visible_to
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
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.parties import ActorLike

NEWEST_FIRST = Order(("-seq",))
OF_A_MINE: tuple[tuple[str, type[Model], str], ...] = (
    ("mines.site", Site, "mine"),
    ("mines.patch", Patch, "site__mine"),
    ("mines.right", MiningRight, "mine"),
    ("mines.land_use", LandUse, "mine"),
    ("mines.facility", Facility, "mine"),
    ("mines.document", Document, "mine"),
    ("mines.plan", ApprovedPlan, "mine"),
    ("mines.responsible", ResponsibleParty, "mine"),
)
OF_A_SITE: tuple[tuple[str, type[Model], str], ...] = (
    ("mines.patch", Patch, "site"),
    ("mines.document", Document, "site"),
    ("mines.plan", ApprovedPlan, "site"),
    ("mines.responsible", ResponsibleParty, "site"),
)


def kind_of(about: Mine | Site) -> str:
    """Under which word the trail knows it."""
    return f"mines.{about._meta.model_name}"


def entries_about(about: Mine | Site, *, actor: ActorLike) -> QuerySet[Entry]:
    """The entries over the mine or site, and over what belongs to it as far as the actor may see that."""
    first, *others = _named_in(about, actor)
    return Entry.objects.filter(seq__in=first.union(*others)).order_by("-seq")


def page_of_entries(
    about: Mine | Site, *, actor: ActorLike, after: str = "", before: str = "", rows: int = PAGE_ROWS
) -> Page:
    """One page of them, newest first."""
    return page(
        [entries_about(about, actor=actor).order_by()],
        order=NEWEST_FIRST,
        after=after,
        before=before,
        rows=rows,
    )


def _named_in(about: Mine | Site, actor: ActorLike) -> Iterator[QuerySet[Subject, Any]]:
    """For each kind the numbers of the entries: one walk along an index each."""
    subjects = Subject.objects.order_by().values("entry_seq")
    yield subjects.filter(kind=kind_of(about), object_id=about.pk)
    references = ExternalReference.objects.filter(kind=kind_of(about), object_id=about.pk)
    yield subjects.filter(kind="mines.reference", object_id__in=_ids(references, actor))
    for kind, model, path in OF_A_MINE if isinstance(about, Mine) else OF_A_SITE:
        own = model._default_manager.filter(**{path: about.pk})
        yield subjects.filter(kind=kind, object_id__in=_ids(own, actor))


def _ids(rows: QuerySet[Any], actor: ActorLike) -> QuerySet[Any, Any]:
    return visible_to(rows, actor).order_by().values("pk")
