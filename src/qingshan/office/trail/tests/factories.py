"""People, a kind of object and a few acts for the tests of the trail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models

from qingshan.geo.fields import GeometryField
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.acts import Act
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import PaperDecision, Party
from qingshan.office.trail.subjects import SubjectState, gone
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Reason, Sentence

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
COUNTY, OTHER_COUNTY, CITY, PROVINCE = 990101000000, 990102000000, 990100000000, 990000000000


@dataclass(frozen=True)
class Someone:
    """An actor of the tests."""

    decider: Party
    recorder: Party
    duties: frozenset[str] = frozenset()
    region_ranges: tuple[tuple[int, int], ...] = ()
    admin_ranges: tuple[tuple[int, int], ...] = ()
    organisation_ids: frozenset[int] = frozenset()
    person_id: int | None = None
    paper: PaperDecision | None = None


def someone(
    person_id: int, name: str, *duties: str, organisation_id: int = 1, region_id: int = COUNTY
) -> Someone:
    """A person at a post, who sees the region of the own organisation."""
    party = Party("person", person_id, name, "经办", f"单位{organisation_id}", organisation_id, region_id)
    width = {COUNTY: 10**6, OTHER_COUNTY: 10**6, CITY: 10**8, PROVINCE: 10**10}[region_id]
    area = ((region_id, region_id + width - 1),)
    return Someone(
        decider=party,
        recorder=party,
        duties=frozenset(duties),
        region_ranges=area,
        admin_ranges=area,
        organisation_ids=frozenset({organisation_id}),
        person_id=person_id,
    )


CLERK = someone(1, "林经办", Duty.REGISTRY)
OTHER_CLERK = someone(2, "周经办", Duty.REGISTRY, organisation_id=2, region_id=OTHER_COUNTY)
COUNTY_AUDITOR = someone(3, "县审计", Duty.AUDIT, organisation_id=3)
AUDITOR = someone(4, "省审计", Duty.AUDIT, organisation_id=4, region_id=PROVINCE)
SECURITY = someone(5, "安全员", Duty.SECURITY_ADMIN, organisation_id=1)
BOTH = someone(5, "安全员", Duty.AUDIT, organisation_id=1)
LEADER = Party("person", 9, "郑局长", "局长", "青石县自然资源局", 1, COUNTY)


def on_behalf(actor: Someone, number: str = "青自然资〔2026〕31号") -> Someone:
    """The actor recording what the leader decided on paper five days ago."""
    day = (NOON - timedelta(days=5)).date()
    return replace(actor, decider=LEADER, paper=PaperDecision(number, day, "a" * 64))


class Thing(models.Model):
    """A kind of object with every kind of column; its table exists only in the test database."""

    name = models.CharField(max_length=80, blank=True)
    text = models.TextField(null=True)
    count = models.BigIntegerField(null=True)
    area_m2 = models.FloatField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    on = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    clock = models.TimeField(null=True)
    yes = models.BooleanField(default=False)
    data = models.JSONField(null=True)
    uuid = models.UUIDField(null=True)
    raw = models.BinaryField(null=True)
    geom = GeometryField(null=True, spatial_index=False)
    cached = models.IntegerField(default=0)

    class Meta:
        app_label = "trail_tests"
        verbose_name = "物件"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/things/{self.pk}/"


class Plain(models.Model):
    """A second kind, small and without visibility rule."""

    name = models.CharField(max_length=80)

    class Meta:
        app_label = "trail_tests"

    def __str__(self) -> str:
        return self.name


TABLES = (Thing, Plain)


def _act(verb: str, duty: str | None, zh: str, en: str) -> Act:
    return Act(f"test.{verb}", duty, Sentence(zh=f"{verb}题", en=f"{verb} title"), Sentence(zh=zh, en=en))


ACTS = (
    _act("create", None, "{decider}登记{name}", "{decider} registered {name}"),
    _act("rename", None, "{decider}将{old_name}改名为{name}", "{decider} renamed {old_name} to {name}"),
    _act("remove", None, "{decider}删除{old_name}", "{decider} removed {old_name}"),
    _act("note", None, "{decider}记录", "{decider} noted"),
    _act("both", None, "{decider}一并办理", "{decider} did both"),
)


@official_act
def create(name: str, *, actor: Any = CLERK, now: datetime = NOON, **values: Any) -> Thing:
    thing = Thing.objects.create(name=name, **values)
    record(act="test.create", actor=actor, now=now, subjects=[thing], new={"name": name})
    return thing


@official_act
def rename(thing: Thing, name: str, *, actor: Any = CLERK, now: datetime = NOON) -> Entry:
    old, thing.name = thing.name, name
    thing.save()
    return record(
        act="test.rename", actor=actor, now=now, subjects=[thing], old={"name": old}, new={"name": name}
    )


@official_act
def remove(thing: Thing, *, actor: Any = CLERK, now: datetime = NOON) -> Entry:
    state = gone(thing)
    thing.delete()
    return record(act="test.remove", actor=actor, now=now, subjects=[state], old={"name": thing.name})


@official_act
def note(
    *,
    actor: Any = CLERK,
    now: datetime = NOON,
    personal: dict[str, str] | None = None,
    subjects: tuple[Any, ...] = (),
    because: tuple[Reason, ...] = (),
) -> Entry:
    return record(
        act="test.note", actor=actor, now=now, personal=personal, subjects=subjects, because=because
    )


def state(object_id: int, digest: str = "0" * 64) -> SubjectState:
    return SubjectState("test.plain", object_id, digest)
