"""Which organisations, people, posts and bodies does this administrator administer?

Business lists start from `access.scoped`; these start from the area that a system or security
administrator has been given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import (
    Holding,
    Organisation,
    Person,
    Post,
    TemporaryBody,
    TemporaryMember,
    in_force,
)
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.permission import names_of
from qingshan.office.regions.queries import valid_on
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.acts import act
from qingshan.rules.identifiers import region_code
from qingshan.rules.register import OrganisationKind

Row = TypeVar("Row", bound=Model)

BY_NEWEST = Order(("-id",))
SUGGESTED = 200
"""How many names a form suggests; whatever is not among them can be typed."""


def administered(rows: QuerySet[Row], actor: Actor, region: str = "region_id") -> QuerySet[Row]:
    """The rows inside the area of a system or security administrator."""
    inside = Q(pk__in=[])
    for low, high in actor.admin_ranges:
        inside |= Q(**{f"{region}__gte": low, f"{region}__lte": high})
    return rows.filter(inside)


def people(actor: Actor, *, text: str = "", after: str = "", before: str = "") -> Page:
    """One page of people with what they hold today."""
    rows = administered(Person.objects.select_related("organisation__unit"), actor)
    if text:
        rows = rows.filter(Q(full_name__contains=text) | Q(login_name=text))
    found = page([rows], order=BY_NEWEST, after=after, before=before)
    _with_holdings(found.rows, actor, "person_id")
    return found


def _with_holdings(rows: Sequence[Any], actor: Actor, by: str) -> None:
    """Adds `held_now` to people (by `person_id`) or posts (by `post_id`): today's holdings, in one query."""
    held: dict[int, list[Holding]] = {row.pk: [] for row in rows}
    if actor.on is not None:
        today = Holding.objects.filter(in_force(actor.on), **{f"{by}__in": list(held)})
        for holding in today.select_related("post__organisation", "person").order_by("id"):
            held[getattr(holding, by)].append(holding)
    for row in rows:
        row.held_now = held[row.pk]


def person(pk: int, actor: Actor) -> Person:
    """One person of the area; NotFound for all others."""
    return _one(Person.objects.select_related("organisation", "region"), pk, actor)


def holdings_ever(person: Person) -> QuerySet[Holding]:
    """What a person held, holds and will hold, the newest first."""
    rows = person.holdings.select_related("post__organisation", "acting_for__person")
    return rows.order_by("-from_on", "-id")


def holding(pk: int, actor: Actor) -> Holding:
    """One holding of a post of the area."""
    rows = Holding.objects.select_related("post__organisation", "person", "acting_for")
    return _one(rows, pk, actor, region="post__organisation__region_id")


def own(user: Any) -> Person:
    """The person's own row as it is now; `request.user` may be a proxy and older than another tab's act."""
    return Person.objects.get(pk=user.pk)


def posts_page(actor: Actor, *, text: str = "", after: str = "", before: str = "") -> Page:
    """One page of posts with who holds them today."""
    rows = administered(Post.objects.select_related("organisation"), actor, "organisation__region_id")
    if text:
        rows = rows.filter(Q(title__contains=text) | Q(organisation__name__contains=text))
    found = page([rows], order=BY_NEWEST, after=after, before=before)
    _with_holdings(found.rows, actor, "post_id")
    return found


def posts(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts of the area that exist on that day."""
    rows = Post.objects.filter(in_force(on)).select_related("organisation")
    return administered(rows, actor, region="organisation__region_id").order_by("id")


def post(pk: int, actor: Actor) -> Post:
    """One post of the area."""
    return _one(Post.objects.select_related("organisation"), pk, actor, region="organisation__region_id")


def organisations(actor: Actor, *, text: str = "", kind: str = "", after: str = "", before: str = "") -> Page:
    """One page of organisations and divisions."""
    rows = administered(Organisation.objects.select_related("region", "parent"), actor)
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(uscc=text))
    if kind:
        rows = rows.filter(kind=kind)
    return page([rows], order=BY_NEWEST, after=after, before=before)


def organisation(pk: int, actor: Actor) -> Organisation:
    """One organisation of the area."""
    return _one(Organisation.objects.select_related("region", "parent", "unit"), pk, actor)


def below(organisation: Organisation) -> QuerySet[Organisation]:
    """Divisions and lower organisations, directly below."""
    return organisation.children.order_by("-is_division", "id")


def open_organisations(actor: Actor, *, on: date) -> QuerySet[Organisation]:
    """Organisations of the area that exist on that day."""
    return administered(Organisation.objects.filter(in_force(on)), actor).order_by("id")


def open_people(actor: Actor) -> QuerySet[Person]:
    """People of the area who are not locked out."""
    rows = Person.objects.filter(locked_at=None).select_related("organisation")
    return administered(rows, actor).order_by("id")


def regions(actor: Actor, *, on: date) -> QuerySet[Region]:
    """Regions of the area in which an organisation can stand on that day."""
    rows = Region.objects.filter(valid_on(on), is_heading=False).defer("geom")
    return administered(rows, actor, region="id").order_by("id")


def regions_page(
    actor: Actor, *, text: str = "", local: bool = False, after: str = "", before: str = ""
) -> Page:
    """One page of regions in the order of their codes, those of former times too."""
    rows = administered(Region.objects.filter(is_heading=False).defer("geom"), actor, region="id")
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(code=text))
    if local:
        rows = rows.filter(is_local=True)
    return page([rows], order=Order(("id",)), after=after, before=before)


def region(pk: int, actor: Actor) -> Region:
    """One region of the area."""
    return _one(Region.objects.all(), pk, actor, region="id")


def code_inside(code: str, actor: Actor) -> None:
    """NotAllowed for a code outside the area; RuleError for what cannot be one."""
    if not inside(region_code(code).id, actor.admin_ranges):
        raise NotAllowed.because("office.out_of_area", **names_of(act("regions.add_local_region")))


def uses_one_time_codes(person: Person) -> bool:
    """Whether a one-time code is asked for at login."""
    return bool(TOTPDevice.objects.filter(user=person, confirmed=True).exists())


def bodies(region_ranges: tuple[tuple[int, int], ...], *, on: date) -> QuerySet[TemporaryBody]:
    """Leading groups and task forces of the ranges on that day."""
    inside = Q(pk__in=[])
    for low, high in region_ranges:
        inside |= Q(region_id__gte=low, region_id__lte=high)
    return TemporaryBody.objects.filter(inside, in_force(on)).order_by("-from_on", "-id")


def bodies_page(actor: Actor, *, after: str = "", before: str = "") -> Page:
    """One page of the temporary bodies of the actor's area, ended ones too."""
    rows = _inside_business(TemporaryBody.objects.select_related("organisation", "region"), actor)
    return page([rows.defer("region__geom")], order=BY_NEWEST, after=after, before=before)


def body(pk: int, actor: Actor) -> TemporaryBody:
    """One temporary body of the actor's area; NotFound for all others."""
    rows = TemporaryBody.objects.select_related("organisation", "region").defer("region__geom")
    found = _inside_business(rows.filter(pk=pk), actor).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(TemporaryBody._meta.verbose_name))
    return found


def members_of(body: TemporaryBody) -> list[TemporaryMember]:
    """In the order in which they were named."""
    return list(body.members.select_related("person__organisation__unit").order_by("id"))


def organisations_of_the_area(actor: Actor, *, on: date) -> QuerySet[Organisation]:
    """Organisations of the area where the actor works, as they stand on that day."""
    rows = Organisation.objects.filter(in_force(on)).exclude(kind=OrganisationKind.ENTERPRISE)
    return _inside_business(rows, actor).order_by("id")


def people_of_the_area(actor: Actor) -> QuerySet[Person]:
    """People who may be named to a body: of the area where the actor works, leaders without login too."""
    return _inside_business(Person.objects.select_related("organisation"), actor).order_by("id")


def _inside_business(rows: QuerySet[Row], actor: Actor) -> QuerySet[Row]:
    inside = Q(pk__in=[])
    for low, high in actor.region_ranges:
        inside |= Q(region_id__gte=low, region_id__lte=high)
    return rows.filter(inside)


def _one(rows: QuerySet[Row], pk: int, actor: Actor, *, region: str = "region_id") -> Row:
    found = administered(rows.filter(pk=pk), actor, region).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(rows.model._meta.verbose_name))
    return found
