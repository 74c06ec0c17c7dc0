"""Does a file of many pieces of land say of each what it would say if it came alone?"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from qingshan.office.mines.models import MiningRight
from qingshan.office.mines.tests.factories import WEST, a_mine, regions
from qingshan.office.observations.whereabouts import Surroundings, facts_of
from qingshan.office.places.tests.factories import a_feature, a_layer
from qingshan.rules.clues import ClueRules
from qingshan.rules.rulebook import in_force

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
PIECES = 60


def square(chance: random.Random, *, side: float) -> BaseGeometry:
    """Somewhere in three neighbourhoods and over their seams."""
    west, south = chance.uniform(122.0, 122.25), chance.uniform(33.02, 33.12)
    return box(west, south, west + side, south + side)


def test_each_piece_gets_the_facts_that_it_gets_alone() -> None:
    regions()
    chance, mine = random.Random(20260302), a_mine()
    for number in range(24):
        ended = {"to_on": date(2026, 1, 1)} if number % 4 == 0 else {}
        shape = square(chance, side=0.02)
        MiningRight.objects.create(key=f"C{number}", region_id=WEST, mine=mine, geom=shape, **ended)
    layer = a_layer()
    for number in range(4):
        a_feature(layer, str(number), square(chance, side=0.03))
    rules, met = ClueRules.of(in_force("clues", on=ON)), Counter[str]()
    pieces = [square(chance, side=0.004) for _ in range(PIECES)]
    around = Surroundings(pieces, near_m=rules.near_m)
    for piece in pieces:
        asked = {"on": ON, "margin_m": rules.outside_margin_m, "rules": rules}
        facts, own = facts_of(piece, **asked, around=around)
        assert (facts, own) == facts_of(piece, **asked)
        met["in a right"] += facts.inside_m2 > 0
        met["outside every right"] += not facts.right
        met["in a control line"] += any(facts.in_lines_m2.values())
    print(dict(met))
    assert min(met.values()) > 3
