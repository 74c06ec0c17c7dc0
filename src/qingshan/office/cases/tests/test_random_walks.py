"""Whatever anybody tries, in whatever order: does the ledger stay sound?"""

from __future__ import annotations

import random

import pytest

from qingshan.office.cases.closing import closing_facts
from qingshan.office.cases.tests.factories import a_world
from qingshan.office.cases.tests.walking import ROUTES, Walk
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.rules import closing

pytestmark = pytest.mark.django_db
SHORT, LONG, CHECKED_EVERY = 60, 3_000, 1_000


def walked(steps: int, seed: int) -> Walk:
    walk = Walk(a_world(), random.Random(seed))
    walk.begin()
    for step in range(1, steps + 1):
        walk.step()
        if step % CHECKED_EVERY == 0:
            assert astray() == []
    return walk


def is_sound(walk: Walk) -> None:
    assert astray() == []
    assert Entry.objects.count() == walk.entries
    assert Step.objects.count() >= walk.acts
    faults = verify_trail().faults
    assert [each for each in faults if str(each.values["kind"]).startswith(("matters.", "cases."))] == []
    for matter in Matter.objects.filter(state_id="rectification.closed"):
        assert matter.closed_on is not None
        assert closing.missing(closing_facts(matter, on=matter.closed_on)) == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_short_walk_leaves_everything_sound(seed: int) -> None:
    is_sound(walked(SHORT, seed))


@pytest.mark.walk
@pytest.mark.timeout(1500)
def test_a_long_walk_comes_everywhere_and_leaves_everything_sound(capsys: pytest.CaptureFixture[str]) -> None:
    walk = walked(LONG, 20260302)
    with capsys.disabled():
        print(*walk.missing(ROUTES), sep="\n")
        print(f"\n{walk.table()}\n{sum(walk.taken.values())} taken, {sum(walk.refused.values())} refused")
    is_sound(walk)
    assert "\n".join(walk.missing(ROUTES)) == ""
