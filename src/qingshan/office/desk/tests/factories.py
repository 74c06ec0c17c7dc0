"""One county and one clerk, for tests of the shell; whoever needs all people takes accounts' nine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from qingshan.jobs.models import Job
from qingshan.office.accounts.models import Holding, Organisation, Person, Post
from qingshan.office.regions.models import Region
from qingshan.rules.duties import Duty

LONG_AGO = date(2020, 1, 1)
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
"""A Saturday, half past nine in Shanghai."""


def county() -> Region:
    """青石县 of 青山省, as the demonstration names them."""
    province, _made = Region.objects.get_or_create(
        pk=990000000000,
        defaults={"code": "990000", "name": "青山省", "level": "province", "simulated": True},
    )
    found, _made = Region.objects.get_or_create(
        pk=990101000000,
        defaults={
            "code": "990101",
            "name": "青石县",
            "level": "county",
            "parent": province,
            "simulated": True,
        },
    )
    return found


def bureau() -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        name="青石县自然资源局",
        defaults={"kind": "authority", "region": county(), "level": "county", "from_on": LONG_AGO},
    )
    return found


def person_with(*duties: Duty, name: str = "林经办", login_name: str = "lin", posts: int = 1) -> Person:
    """Somebody of the bureau at one post with these duties, or at several posts."""
    person = Person.objects.create(
        login_name=login_name, full_name=name, organisation=bureau(), region=county(), password_changed_at=NOW
    )
    for number in range(posts):
        title = "经办" if number == 0 else f"经办 {number + 1}"
        post = Post.objects.create(
            organisation=bureau(), title=title, duties=[duty.value for duty in duties], from_on=LONG_AGO
        )
        Holding.objects.create(person=person, post=post, from_on=LONG_AGO)
    return person


def job_of(person: Person, **changed: Any) -> Job:
    """A job that is half done."""
    values: dict[str, Any] = {
        "kind": "exchange.read",
        "state": "running",
        "owner_kind": "person",
        "owner_id": person.pk,
        "owner_name": person.full_name,
        "created_at": NOW,
        "claimed_at": NOW,
        "done": 50,
        "total": 100,
    }
    return Job.objects.create(**{**values, **changed})
