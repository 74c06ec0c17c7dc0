"""Whatever anybody tries with batches, in whatever order: do counts and areas add up at every step?"""

from __future__ import annotations

import os
import random

import pytest

from qingshan.office.batches.checking import astray
from qingshan.office.batches.tests.factories import a_world
from qingshan.office.batches.tests.walking import Walk
from qingshan.office.matters.checking import astray as matters_astray
from qingshan.office.restoration.checking import astray as restoration_astray
from qingshan.office.restoration.tests.factories import a_list, moved_in
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db
SHORT, LONG, MOST = 30, 400, 2_500


def walked(steps: int, seed: int, *, most: int = 0) -> Walk:
    """So many steps, and on until every act was taken, but not beyond `most`."""
    walk = Walk(a_world(), random.Random(seed))
    walk.begin()
    target_list = a_list(walk.world)
    moved_in(walk.world, target_list, *walk.sites[:8])
    walk.entries += 2
    for step in range(1, max(steps, most) + 1):
        walk.step()
        if step >= steps and step % 50 == 0 and not walk.missing():
            break
    return walk


def is_sound(walk: Walk) -> None:
    walk.holds(walk.matters)
    assert [*astray(), *matters_astray(), *restoration_astray()] == []
    assert Entry.objects.count() == walk.entries


def test_a_short_walk_leaves_everything_sound() -> None:
    is_sound(walked(SHORT, 3))


@pytest.mark.walk
@pytest.mark.timeout(1500)
def test_a_long_walk_takes_every_act_and_leaves_everything_sound(capsys: pytest.CaptureFixture[str]) -> None:
    is_short = os.environ.get("CI") == "true"  # half an hour for everything; whole by `make.py test walks`
    walk = walked(LONG, 20260302, most=0 if is_short else MOST)
    with capsys.disabled():
        print(f"\ntaken refused\n{walk.table()}")
        print(
            f"{sum(walk.taken.values())} taken, {sum(walk.refused.values())} refused; never: {walk.missing()}"
        )
    is_sound(walk)
    assert is_short or walk.missing() == []
