"""Does a draw choose the same people everywhere, from whatever order, and everybody with the same chance?"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qingshan.rules.draw import (
    ANY,
    Candidate,
    Drawn,
    Outcome,
    digest_of_list,
    draw,
    lacking,
    lot_of,
    seed_of,
    text_of_list,
)
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import Reason

FIELDS = ("geology", "mining", "soil", "law")
AWAY = (Reason("rules.experts.suspended"),)

candidates = st.lists(
    st.tuples(st.integers(0, 99), st.sets(st.sampled_from(FIELDS), min_size=1, max_size=3), st.booleans()),
    max_size=14,
    unique_by=lambda one: one[0],
).map(
    lambda rows: [
        Candidate(f"ZJ-{number:02}", tuple(sorted(fields)), AWAY if away else ())
        for number, fields, away in rows
    ]
)
wanted = st.dictionaries(st.sampled_from((*FIELDS, ANY)), st.integers(1, 3), min_size=1)
seeds = st.text(max_size=12)


def seats_of(drawn: Drawn) -> dict[str, str]:
    return {place.id: place.seat for place in drawn.chosen}


def ranks_of(drawn: Drawn) -> list[tuple[str, Outcome]]:
    return [(place.id, place.outcome) for place in drawn.places if place.rank is not None]


def a_list(count: int, *fields: str) -> list[Candidate]:
    return [Candidate(f"ZJ-{number:03}", fields) for number in range(count)]


@given(candidates, wanted, seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(
    people: list[Candidate], asked: dict[str, int], seed: str, random: Random
) -> None:
    turned = list(people)
    random.shuffle(turned)
    assert draw(turned, wanted=asked, seed=seed) == draw(people, wanted=asked, seed=seed)
    assert digest_of_list(turned, asked) == digest_of_list(people, asked)


@given(candidates, wanted, seeds)
def test_somebody_who_takes_no_part_changes_nothing(
    people: list[Candidate], asked: dict[str, int], seed: str
) -> None:
    before = draw(people, wanted=asked, seed=seed)
    after = draw([*people, Candidate("ZJ-new", FIELDS, AWAY)], wanted=asked, seed=seed)
    assert ranks_of(before) == ranks_of(after)
    assert seats_of(before) == seats_of(after)
    assert next(place for place in after.places if place.id == "ZJ-new").because == AWAY


@given(candidates, wanted, seeds)
def test_whoever_is_chosen_has_the_field_and_takes_part(
    people: list[Candidate], asked: dict[str, int], seed: str
) -> None:
    by_id, drawn = {one.id: one for one in people}, draw(people, wanted=asked, seed=seed)
    held = Counter(seats_of(drawn).values())
    assert all(held[seat] + drawn.vacant.get(seat, 0) == count for seat, count in asked.items())
    for place in drawn.chosen:
        assert place.seat in (ANY, *by_id[place.id].fields)
        assert not by_id[place.id].because
    assert {place.id for place in drawn.places} == set(by_id)


@given(candidates, wanted, seeds, seeds)
def test_no_seat_stays_empty_that_another_order_would_fill(
    people: list[Candidate], asked: dict[str, int], seed: str, other: str
) -> None:
    one, two = (draw(people, wanted=asked, seed=each) for each in (seed, other))
    assert len(one.chosen) == len(two.chosen)
    assert sum(lacking(people, asked).values()) == sum(one.vacant.values())


@given(candidates, wanted, seeds, st.data())
def test_when_one_is_excused_exactly_one_steps_in_and_all_others_stay(
    people: list[Candidate], asked: dict[str, int], seed: str, data: st.DataObject
) -> None:
    before = draw(people, wanted=asked, seed=seed)
    assume(before.chosen)
    gone = data.draw(st.sampled_from([place.id for place in before.chosen]))
    after = draw(people, wanted=asked, seed=seed, excused={gone: AWAY})
    stayed, came = set(seats_of(before)) - {gone}, set(seats_of(after)) - set(seats_of(before))
    assert stayed <= set(seats_of(after))
    assert len(came) <= 1
    waited = [place.id for place in before.places if place.outcome == Outcome.RESERVE]
    assert came <= set(waited)
    assert len(after.chosen) + sum(after.vacant.values()) == sum(asked.values())
    others = [one for one in people if one.id != gone]
    assert sum(after.vacant.values()) == sum(lacking(others, asked).values())


@given(candidates, wanted, seeds, st.data())
def test_in_which_order_several_are_excused_changes_nothing(
    people: list[Candidate], asked: dict[str, int], seed: str, data: st.DataObject
) -> None:
    whom = data.draw(st.lists(st.sampled_from([one.id for one in people]), max_size=3)) if people else []
    one = draw(people, wanted=asked, seed=seed, excused=dict.fromkeys(whom, AWAY))
    two = draw(people, wanted=asked, seed=seed, excused=dict.fromkeys(reversed(whom), AWAY))
    assert one == two


@pytest.mark.parametrize(("count", "asked"), [(12, {"soil": 3}), (20, {"soil": 1}), (8, {ANY: 5})])
def test_everybody_is_equally_likely(count: int, asked: dict[str, int]) -> None:
    """4,000 draws: each within 4.5 standard deviations of the same share."""
    draws, seats = 4_000, sum(asked.values())
    people = a_list(count, "soil")
    hits = Counter(
        place.id for number in range(draws) for place in draw(people, wanted=asked, seed=f"{number}").chosen
    )
    share = seats / count
    spread = (draws * share * (1 - share)) ** 0.5
    print(
        f"{seats} of {count}: expected {draws * share:.0f}, least {min(hits.values())}, most {max(hits.values())}"
    )
    assert len(hits) == count
    assert all(abs(hits[one.id] - draws * share) < 4.5 * spread for one in people)


def test_somebody_with_two_fields_gives_way_where_only_that_fills_all_seats() -> None:
    both, one = Candidate("A", ("soil", "law")), Candidate("B", ("soil",))
    for number in range(20):
        drawn = draw([both, one], wanted={"soil": 1, "law": 1}, seed=str(number))
        assert seats_of(drawn) == {"A": "law", "B": "soil"}


def test_a_lot_can_be_computed_by_hand() -> None:
    """`printf '%s\\n%s' 042|abc ZJ-001 | sha256sum` says the same."""
    assert lot_of("042|abc", "ZJ-001") == hashlib.sha256(b"042|abc\nZJ-001").hexdigest()
    assert seed_of(" ０４２ ", "abc") == "042|abc"


def test_a_draw_is_the_same_in_every_year() -> None:
    """What was drawn once must come out of every later version too."""
    people = [Candidate(f"ZJ-{number:03}", ("soil", "law")[number % 2 :]) for number in range(9)]
    asked = {"soil": 2, "law": 1}
    digest = digest_of_list(people, asked)
    drawn = draw(people, wanted=asked, seed=seed_of("2026137", digest))
    assert digest == "dd930a207ca4fde56fa60c3a489bceeddabfbd96a776581d946f28c0b803b21f"
    assert seats_of(drawn) == {"ZJ-006": "soil", "ZJ-007": "law", "ZJ-008": "soil"}
    assert json.loads(text_of_list(people, asked))["wanted"] == [["law", 1], ["soil", 2]]


@pytest.mark.parametrize("asked", [{}, {"soil": 0}, {"soil": -1, "law": 2}])
def test_a_draw_of_nobody_is_refused(asked: dict[str, int]) -> None:
    with pytest.raises(RuleError) as refused:
        draw(a_list(3, "soil"), wanted=asked, seed="1")
    assert refused.value.code == "rules.draw.nothing_wanted"


def test_one_number_twice_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        draw([*a_list(2, "soil"), Candidate("ZJ-001", ("law",))], wanted={"soil": 1}, seed="1")
    assert refused.value.code == "rules.draw.twice"


@pytest.mark.parametrize("number", ["", "  ", "\u3000"])
def test_a_seed_without_a_number_is_refused(number: str) -> None:
    with pytest.raises(RuleError):
        seed_of(number, "abc")


def test_a_list_longer_than_any_pool_is_drawn_at_once() -> None:
    people = [Candidate(f"ZJ-{n:05}", (FIELDS[n % 4], FIELDS[(n * 7 + 1) % 4])) for n in range(5_000)]
    drawn = draw(people, wanted={"soil": 5, "law": 5, ANY: 20}, seed="2026")
    assert len(drawn.chosen) == 30
    assert not drawn.vacant
