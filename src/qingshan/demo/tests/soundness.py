"""How is the demonstration founded for a test, and what must hold of its matters afterwards?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection

from qingshan.demo import files, founding
from qingshan.demo.load import founded_at
from qingshan.demo.province import Province
from qingshan.demo.regions import COUNTIES
from qingshan.office.accounts.actors import actor_of
from qingshan.office.accounts.models import Person
from qingshan.office.cases.closing import closing_facts
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import FlowState, Matter, Movement
from qingshan.office.matters.queries import stock_flow_by_region
from qingshan.office.regions.models import Region
from qingshan.office.trail.verify import verify_trail
from qingshan.rules import closing
from qingshan.rules.dates import shanghai_date

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = shanghai_date(NOW)
KINDS = ("rectification", "petition", "lasting")


def silent(zh: str, en: str) -> None:
    """Tell nobody."""


def found(facts: Province) -> None:
    """Everything that the first matter needs."""
    then = founded_at(NOW)
    founded = founding.found(facts, now=then, tell=silent)
    bring = partial(files.bring, facts=facts, actor=founded.registry, now=then)
    bring("mines")
    bring("sites")


def on_sqlite_only() -> None:
    """A province is loaded by acts, which are tested on both databases; how it is loaded is looked at on one."""
    if connection.vendor == "postgresql":
        pytest.skip("the whole province is loaded on SQLite; its offices, mines and histories on both")


def is_sound() -> None:
    assert astray() == []
    report = verify_trail()
    assert report.ok, report.lines("en")
    for matter in Matter.objects.filter(state_id="rectification.closed", late_entry=False):
        assert closing.missing(closing_facts(matter, on=matter.closed_on or TODAY)) == ()


def flows_balance() -> None:
    """Opening + in − out = closing for every county and month, and the last closing is what stands."""
    dispatcher = actor_of(Person.objects.get(login_name="dispatcher"), on=TODAY)
    counties = list(Region.objects.filter(code__in=COUNTIES).defer("geom"))
    for kind in KINDS:
        closing_before = dict.fromkeys((county.pk for county in counties), 0)
        for first, last in _months():
            rows = stock_flow_by_region(kind, actor=dispatcher, from_on=first, to_on=last, regions=counties)
            for county, flow in rows:
                assert flow.opening == closing_before[county.pk]
                moved = Movement.objects.filter(
                    kind=kind, region=county, recorded_on__gte=first, recorded_on__lte=last
                )
                assert Counter(moved.values_list("move", flat=True)) == {
                    move.value: count for move, count in flow.counts.items() if count
                }
                closing_before[county.pk] = flow.closing
        final = FlowState.objects.filter(kind=kind, is_final=True)
        for county in counties:
            standing = Matter.objects.filter(kind=kind, region=county).exclude(state__in=final).count()
            assert closing_before[county.pk] == standing


def _months() -> Iterator[tuple[date, date]]:
    first = shanghai_date(founded_at(NOW)).replace(day=1)
    while first <= TODAY:
        following = (first + timedelta(days=32)).replace(day=1)
        yield first, following - timedelta(days=1)
        first = following
