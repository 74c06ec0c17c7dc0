"""Two people merge the same two mines at the same moment, each into another one: does one win, and only one?"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from qingshan.office.mines.actions import find_likeness
from qingshan.office.mines.models import Likeness, Mine, Site, Tally
from qingshan.office.mines.queries import miscounted
from qingshan.office.mines.tests.factories import NOW, WEST, a_mine, regions
from qingshan.office.trail.models import Entry

pytestmark = [pytest.mark.walk, pytest.mark.timeout(900)]
RACES = 200 if os.environ.get("CI") == "true" else 20


@pytest.fixture
def pairs(committed_db: Any) -> list[Likeness]:
    regions()
    for n in range(RACES):
        for key in ("甲", "乙"):
            mine = a_mine(f"{n} {key}", name=f"地名{n}铁矿", licence_no=f"C{n:022d}1")
            Site.objects.create(key=f"{n} {key}", region_id=WEST, mine=mine)
    for what in ("mine", "site"):
        Tally.objects.create(what=what, region_id=WEST, rows=2 * RACES)
    find_likeness(Mine.objects.all(), now=NOW)
    return list(Likeness.objects.order_by("pk"))


@pytest.fixture
def mergers(committed_db: Any, pairs: list[Likeness]) -> Iterator[tuple[subprocess.Popen[str], ...]]:
    both = tuple(committed_db.start("tests/one_merger.py", stdin=subprocess.PIPE) for _ in range(2))
    for each in both:
        assert each.stdout.readline() == "ready\n"
    yield both
    for each in both:
        each.stdin.close()
        each.wait(timeout=20)


def test_of_two_mergers_of_one_pair_one_wins_and_the_other_is_told(
    pairs: list[Likeness], mergers: tuple[subprocess.Popen[str], ...]
) -> None:
    assert len(pairs) == RACES
    connection.close()
    for race, pair in enumerate(pairs):
        for merger, kept_id in zip(mergers, (pair.first_id, pair.second_id), strict=True):
            merger.stdin.write(f"{pair.pk} {kept_id} {pair.version}\n")
            merger.stdin.flush()
        results = [merger.stdout.readline().strip() for merger in mergers]
        assert results.count("won") == 1, f"race {race}: {results}"
        assert "office.changed_meanwhile" in results, f"race {race}: {results}"
        kept_id = (pair.first_id, pair.second_id)[results.index("won")]
        assert Site.objects.filter(mine_id=kept_id).count() == 2
    assert Mine.objects.filter(merged_into=None).count() == RACES
    assert Entry.objects.filter(act="mines.merge_mines").count() == RACES
    assert miscounted() == []
