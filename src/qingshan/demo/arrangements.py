"""Which arrangements between people has 青山省? A stand-in, a task force, an expert asked to look at sites."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from qingshan.demo.offices import END_OF_THE_SHOW, FIRST_COUNTY, FOUNDED_ON, seats, stand_in, task_force
from qingshan.office.accounts import actions
from qingshan.office.accounts.actors import Actor, actor_of
from qingshan.office.accounts.models import Assignment, BodyKind, Holding, Person, TemporaryBody
from qingshan.office.mines.models import Site
from qingshan.office.regions.models import Region
from qingshan.rules.dates import shanghai_date
from qingshan.rules.register import SiteKind

ASSIGNED_SITES = 6


@transaction.atomic
def arrange(*, now: datetime) -> None:
    """Each of the three, unless it is there."""
    _delegate(now)
    _convene(now)
    _ask_the_expert(now)


def _delegate(now: datetime) -> None:
    wanted = stand_in()
    absent, present = held_by(wanted.acts_for), held_by(wanted.seat)
    if absent.stand_ins.exists():
        return
    actions.delegate(
        actor=_actor_with(login="security", now=now),
        now=now,
        holding=absent,
        person=present.person,
        from_on=wanted.from_on,
        to_on=wanted.to_on,
        document=wanted.document,
    )


def _convene(now: datetime) -> None:
    wanted = task_force()
    if TemporaryBody.objects.filter(name=wanted.name).exists():
        return
    members = [actions.Member(held_by(seat).person, part) for seat, part in wanted.members]
    actions.convene_temporary_body(
        actor=_actor_with(login="dispatcher", now=now),
        now=now,
        kind=BodyKind.TASK_FORCE,
        name=wanted.name,
        organisation=held_by(wanted.members[0][0]).post.organisation,
        document=wanted.document,
        members=members,
        from_on=FOUNDED_ON,
    )


def _ask_the_expert(now: datetime) -> None:
    """The province's reviewer lets the expert see some open pits of the first county."""
    expert = Person.objects.get(login_name="expert")
    if Assignment.objects.filter(person=expert, kind="mines.site").exists():
        return
    county = Region.objects.defer("geom").get(code=FIRST_COUNTY)
    pits = Site.objects.filter(region=county, kind=SiteKind.OPEN_PIT).order_by("key")[:ASSIGNED_SITES]
    reviewer = held_by("990000/国土空间生态修复处/生态修复审核岗")
    actor = actor_of(reviewer.person, reviewer.post, on=shanghai_date(now))
    for pk in pits.values_list("pk", flat=True):
        actions.assign_expert(
            actor=actor,
            now=now,
            person=expert,
            kind="mines.site",
            object_id=pk,
            to_on=END_OF_THE_SHOW,
            document="青山省矿山生态修复评估委托（演示）",
        )


def held_by(seat_key: str) -> Holding:
    """The own post of whoever was given this seat."""
    seat = next(seat for seat in seats() if seat.key == seat_key)
    held = Holding.objects.select_related("person", "post__organisation")
    return held.get(person__full_name=seat.person, post__title=seat.title, acting_for=None)


def _actor_with(*, login: str, now: datetime) -> Actor:
    return actor_of(Person.objects.get(login_name=login), on=shanghai_date(now))
