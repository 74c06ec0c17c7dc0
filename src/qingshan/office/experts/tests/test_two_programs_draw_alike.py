"""Do the rule and the stand-alone program, which share no line, draw the same from whatever list?"""

from __future__ import annotations

from random import Random

import pytest

from qingshan.office.experts.recompute import digest_of_list as digest_computed
from qingshan.office.experts.recompute import result_of
from qingshan.rules.draw import ANY, Candidate, digest_of_list, draw, seed_of
from qingshan.rules.reasons import Reason

FIELDS = ("geology", "mining", "soil", "law")


@pytest.mark.parametrize("number", range(300))
def test_both_draw_the_same(number: int) -> None:
    chance = Random(number)
    people = [
        Candidate(
            f"ZJ-{n}",
            tuple(chance.sample(FIELDS, chance.randint(1, 3))),
            (Reason("rules.experts.suspended", {"name": "某“院”"}),) if chance.random() < 0.2 else (),
        )
        for n in range(chance.randint(0, 15))
    ]
    wanted = {field: chance.randint(1, 3) for field in chance.sample((*FIELDS, ANY), chance.randint(1, 4))}
    excused = {
        one.id: [Reason("rules.experts.on_leave", {"why": "x"})] for one in people[:2] if not one.because
    }
    digest = digest_of_list(people, wanted)
    drawn = draw(people, wanted=wanted, seed=seed_of(str(number), digest), excused=excused)
    record = {
        "candidates": [
            {"id": one.id, "fields": list(one.fields), "because": [each.as_json() for each in one.because]}
            for one in people
        ],
        "wanted": sorted(wanted.items()),
        "seed_number": str(number),
        "excused": [{"id": one} for one in excused],
    }
    assert digest_computed(record) == digest
    assert result_of(record) == [
        (each.id, each.lot, each.rank, each.outcome.value, each.seat, each.reserve) for each in drawn.places
    ]
