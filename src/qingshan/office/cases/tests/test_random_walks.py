"""Whatever anybody tries, in whatever order: does the ledger stay sound?"""

from __future__ import annotations

import os
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
from qingshan.rules.matters import SourceKind
from qingshan.rules.provisions import Rulebook
from qingshan.rules.rectification import levels_asked
from qingshan.rules.register import RegionLevel

pytestmark = pytest.mark.django_db
SHORT, LONG, IN_CI, MOST, CHECKED_EVERY = 60, 1_500, 600, 10_000, 1_000


def walked(steps: int, seed: int, *, most: int = 0) -> Walk:
    """So many steps, and on towards what was not seen yet until nothing is left, but not beyond `most`."""
    walk = Walk(a_world(), random.Random(seed))
    walk.begin()
    for step in range(1, max(steps, most) + 1):
        walk.step(only_new=step > steps)
        if step % CHECKED_EVERY == 0:
            assert astray() == []
        if step >= steps and step % 50 == 0 and not walk.missing(ROUTES):
            break
    return walk


def a_province_of_its_own(book: Rulebook, source: SourceKind) -> tuple[RegionLevel, ...]:
    """As if a province's rulebook asked for the county and then the province, as where counties have no city."""
    if source == SourceKind.OTHER:
        return (RegionLevel.COUNTY, RegionLevel.PROVINCE)
    return levels_asked(book, source)


def is_sound(walk: Walk) -> None:
    assert astray() == []
    assert Entry.objects.count() == walk.entries
    assert Step.objects.count() >= walk.acts
    faults = verify_trail().faults
    assert [each for each in faults if str(each.values["kind"]).startswith(("matters.", "cases."))] == []
    for matter in Matter.objects.filter(state_id="rectification.closed", late_entry=False):
        assert matter.closed_on is not None
        assert closing.missing(closing_facts(matter, on=matter.closed_on)) == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_short_walk_leaves_everything_sound(seed: int) -> None:
    is_sound(walked(SHORT, seed))


@pytest.mark.walk
@pytest.mark.timeout(1500)
def test_a_long_walk_comes_everywhere_and_leaves_everything_sound(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qingshan.office.cases.actions.deciding.levels_asked", a_province_of_its_own)
    # in CI fewer steps: that every cell is reached is seen by whoever asks for the walks by name
    is_short = os.environ.get("CI") == "true"
    walk = walked(IN_CI, 20260302) if is_short else walked(LONG, 20260302, most=MOST)
    with capsys.disabled():
        print(*walk.missing(ROUTES), sep="\n")
        print(f"\n{walk.table()}\n{sum(walk.taken.values())} taken, {sum(walk.refused.values())} refused")
    is_sound(walk)
    assert is_short or "\n".join(walk.missing(ROUTES)) == ""
