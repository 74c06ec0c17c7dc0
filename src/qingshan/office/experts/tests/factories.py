"""A pool of the province with some experts, and a draw at any point of its way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from qingshan.office.accounts.tests.people import People
from qingshan.office.experts import actions
from qingshan.office.experts.actions import ExpertFacts, TieFacts
from qingshan.office.experts.actions.drawing import Announcement
from qingshan.office.experts.models import Expert, ExpertDraw
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Subject
from qingshan.office.trail.subjects import declared_subjects, digest_of
from qingshan.rules.experts import TieGrounds, TieKind

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
NUMBER = "2026137"
PROVINCE, CITY, COUNTY = "990000", "990100", "990101"


def as_recorded() -> bool:
    """Whether every object of this app stands as the last act on it left it."""
    newest: dict[tuple[str, int], str] = {}
    for row in Subject.objects.filter(kind__startswith="experts.").order_by("entry_seq"):
        newest[row.kind, row.object_id] = row.digest
    models = {kind: known.model for kind, known in declared_subjects().items() if kind.startswith("experts.")}
    return bool(newest) and all(
        digest_of(models[kind]._default_manager.get(pk=pk)) == digest for (kind, pk), digest in newest.items()
    )


def region(code: str = PROVINCE) -> Region:
    return Region.objects.defer("geom").get(code=code)


def an_expert(key: str = "ZJ-1", *fields: str, pool: str = PROVINCE, **more: Any) -> Expert:
    """An expert straight from the table, in the pool."""
    given: dict[str, Any] = {
        "name": f"专家{key}",
        "fields": list(fields) or ["soil"],
        "employer": "青山农林科学院",
        "entered_on": date(2024, 1, 1),
        "entered_by": "名单",
        **more,
    }
    return Expert.objects.create(key=key, region=region(pool), **given)


def a_pool(count: int = 6, *fields: str) -> list[Expert]:
    """Several experts of the same fields."""
    return [an_expert(f"ZJ-{number:02}", *(fields or ("soil", "law"))) for number in range(count)]


def facts(**more: Any) -> ExpertFacts:
    """What is said of an expert."""
    given: dict[str, Any] = {
        "name": "沈望舟",
        "fields": ("soil", "restoration"),
        "employer": "青山农林科学院",
        "title": "教授",
        **more,
    }
    return ExpertFacts(**given)


def entered(people: People, key: str = "ZJ-1", *, by: str = "registry_officer", **more: Any) -> Expert:
    """An expert who came in by the act."""
    pool = more.pop("pool", PROVINCE)
    return actions.enter(
        facts(**more),
        key=key,
        pool=region(pool),
        entered_by="入库名单",
        actor=people.actor(by, on=TODAY),
        now=NOW,
    )


def a_tie(**more: Any) -> TieFacts:
    """A tie to the enterprise of the tests."""
    given: dict[str, Any] = {
        "kind": TieKind.ORGANISATION,
        "named": "青石矿业有限公司",
        "grounds": TieGrounds.PAID,
        "from_on": date(2025, 1, 1),
        **more,
    }
    return TieFacts(**given)


def announcement(**more: Any) -> Announcement:
    """A draw whose number comes after its list is closed."""
    given: dict[str, Any] = {
        "title": "方案评审专家组",
        "pool": region(),
        "wanted": {"soil": 2},
        "closes_on": TODAY,
        "seed_source": "某公开号码第 2026137 期",
        "seed_on": TODAY + DAY,
        **more,
    }
    return Announcement(**given)


def announced(people: People, **more: Any) -> ExpertDraw:
    """A draw of the city's reviewer."""
    about = more.pop("about", None)
    return actions.announce_draw(
        announcement(**more),
        region=about.region if about else region(CITY),
        about=about,
        actor=people.actor("city_reviewer", on=TODAY),
        now=NOW,
    )


def closed(people: People, **more: Any) -> ExpertDraw:
    """The same with its list closed."""
    about = more.get("about")
    held = announced(people, **more)
    actor = people.actor("city_reviewer", on=TODAY)
    return actions.close_list(held, about=about, version=held.version, actor=actor, now=NOW)


def drawn(people: People, **more: Any) -> ExpertDraw:
    """The same, drawn on the next day."""
    held = closed(people, **more)
    actor = people.actor("city_reviewer", on=TODAY)
    return actions.draw(held, number=NUMBER, version=held.version, actor=actor, now=NOW + DAY)
