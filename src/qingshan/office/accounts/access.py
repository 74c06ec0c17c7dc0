"""May this actor do this act, and which rows may this actor see?

What may be seen is a UNION of branches, each of which walks one index: the regions of the post, the
own organisation, what was assigned by name. It is never an OR over EXISTS, for which databases read
the whole table (measured on 1,000,000 matters for one expert: 2.7 s against less than 0.1 ms).

An actor with one branch gets a plain filter, so that a county clerk's list is one walk over
(region_id, id). Narrow a queryset first and scope it then: what was filtered before stands inside every
branch, and a look-up by key costs one step in each; what is filtered afterwards is tested outside, when
SQLite has gathered all that the actor may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.acts import ACTS
from qingshan.office.accounts.models import Assignment, in_force
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.regions.permission import names_of, require_duty
from qingshan.office.regions.ranges import EVERYWHERE, inside
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act, remembers
from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.identifiers import ABROAD_ID

__all__ = ["ACTS", "ADMINISTRATORS_READ", "branches", "require", "scoped", "seen_one"]

Row = TypeVar("Row", bound=Model)
TakesPart = Callable[[Sequence[int]], QuerySet[Any, Any]]
"""The ids of what these organisations have a part in without being concerned by it."""

ADMINISTRATORS_READ: dict[Duty, frozenset[str]] = {
    Duty.SYSTEM_ADMIN: frozenset({"organisations", "regions", "holidays", "jobs", "own acts"}),
    Duty.SECURITY_ADMIN: frozenset({"people", "posts", "own acts"}),
    Duty.AUDIT: frozenset({"trail", "register", "own acts"}),
}
"""What each administrator may read (三员分立). Only the auditor sees the acts of others."""


def require(
    actor: ActorLike, act_code: str, *, region_id: int | None = None, organisation_id: int | None = None
) -> Act:
    """The act, or NotAllowed: the decider lacks its duty, or the object lies outside the area of the post.

    The area holds where the region lies in it or the organisation is the actor's own; without either
    nothing is asked about the area.
    """
    wanted = require_duty(actor, act_code)
    asked = region_id is not None or organisation_id is not None
    if asked and not (inside(region_id, area_of(actor, wanted)) or organisation_id in actor.organisation_ids):
        raise NotAllowed.because("office.out_of_area", **names_of(wanted))
    return wanted


def area_of(actor: ActorLike, wanted: Act) -> tuple[tuple[int, int], ...]:
    """Where the post may act: administrators administer an area whose business they do not see."""
    if wanted.duty in ADMINISTRATORS - {Duty.AUDIT}:
        return getattr(actor, "admin_ranges", ())
    return actor.region_ranges


def scoped(
    queryset: QuerySet[Row],
    actor: ActorLike,
    *,
    region: str | None = "region_id",
    organisation: str | Iterable[str] | None = None,
    enterprise: str | Iterable[str] | None = None,
    recorded_by: str | None = None,
    assigned_kind: str | None = None,
    assigned_id: str = "pk",
    takes_part: TakesPart | None = None,
) -> QuerySet[Row]:
    """The rows that the actor may see.

    All of these are paths to ids, each with an index of its own. organisation: rows of the actor's own
    organisation; enterprise: the same, asked for enterprises only, which spares authorities a branch that
    can bring nothing; recorded_by: a row abroad (境外) is seen by the organisation that entered it;
    assigned_kind and assigned_id: what an expert was asked to look at; takes_part: among the same ids, what
    an enterprise works on for another.
    """
    parts = branches(
        queryset,
        actor,
        region=region,
        organisation=organisation,
        enterprise=enterprise,
        recorded_by=recorded_by,
        assigned_kind=assigned_kind,
        assigned_id=assigned_id,
        takes_part=takes_part,
    )
    if len(parts) == 1:
        return parts[0]
    first, *others = (part.order_by().values("pk") for part in parts)
    return queryset.filter(pk__in=first.union(*others))


def branches(
    queryset: QuerySet[Row],
    actor: ActorLike,
    *,
    region: str | None = "region_id",
    organisation: str | Iterable[str] | None = None,
    enterprise: str | Iterable[str] | None = None,
    recorded_by: str | None = None,
    assigned_kind: str | None = None,
    assigned_id: str = "pk",
    takes_part: TakesPart | None = None,
) -> tuple[QuerySet[Row], ...]:
    """The same rows, one queryset for each index, the regions first; rows may stand in several of them."""
    conditions = [
        *_by_region(actor, region),
        *_by_organisation(actor, organisation),
        *(_by_organisation(actor, enterprise) if Duty.ENTERPRISE in actor.duties else ()),
        *_by_recorder(queryset.model, actor, recorded_by, region),
        *_by_assignment(actor, assigned_kind, assigned_id),
        *_by_part(actor, takes_part, assigned_id),
    ]
    return tuple(queryset.filter(**each) for each in conditions) or (queryset.none(),)


def seen_one(queryset: QuerySet[Row], actor: ActorLike, *, pk: Any, **paths: Any) -> Row:
    """One row by key, or NotFound: one step in each branch, however much the actor may see."""
    found = scoped(queryset.filter(pk=pk), actor, **paths).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(queryset.model._meta.verbose_name))
    return found


def _by_region(actor: ActorLike, path: str | None) -> Iterator[dict[str, Any]]:
    if path is not None:
        for low, high in actor.region_ranges:
            if (low, high) == EVERYWHERE:
                yield {}  # a condition that all rows meet would only keep the list from walking its key
                continue
            # not __range: Django refuses it on a foreign key
            yield {f"{path}__gte": low, f"{path}__lte": high} if low != high else {path: low}


def _by_organisation(actor: ActorLike, paths: str | Iterable[str] | None) -> Iterator[dict[str, Any]]:
    if actor.organisation_ids:
        for path in (paths,) if isinstance(paths, str) else paths or ():
            yield {f"{path}__in": sorted(actor.organisation_ids)}


def _by_recorder(
    model: type[Model], actor: ActorLike, path: str | None, region: str | None
) -> Iterator[dict[str, Any]]:
    if path and region and actor.organisation_ids and not inside(ABROAD_ID, actor.region_ranges):
        abroad = ((f"{path}__in", tuple(sorted(actor.organisation_ids))), (region, ABROAD_ID))
        if not remembers() or _there_are(model, abroad):
            yield dict(abroad)


@holds_until_next_act
def _there_are(model: type[Model], conditions: tuple[tuple[str, Any], ...]) -> bool:
    """Few organisations enter anything abroad: others are spared a branch of every list and every total."""
    return model._default_manager.filter(**dict(conditions)).exists()


def _by_assignment(actor: ActorLike, kind: str | None, path: str) -> Iterator[dict[str, Any]]:
    if kind is not None and actor.person_id is not None and Duty.EXPERT in actor.duties:
        mine = Assignment.objects.filter(person_id=actor.person_id, kind=kind)
        if on := getattr(actor, "on", None):
            mine = mine.filter(in_force(on))
        yield {f"{path}__in": mine.values("object_id")}


def _by_part(actor: ActorLike, takes_part: TakesPart | None, path: str) -> Iterator[dict[str, Any]]:
    if takes_part is not None and actor.organisation_ids and Duty.ENTERPRISE in actor.duties:
        yield {f"{path}__in": takes_part(sorted(actor.organisation_ids))}
