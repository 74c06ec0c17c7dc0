"""Are random flow tables accepted exactly when a slow and simple check says so?"""

from __future__ import annotations

import random
import sys
from collections import Counter
from itertools import pairwise, product

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.flow import Flow, Transition, diagram
from qingshan.rules.reasons import Sentence

SEEN: Counter[str] = Counter()
STATES = [f"s{number}" for number in range(6)]
ACTS = [f"t.act{number}" for number in range(4)]


def named(words: list[str]) -> dict[str, Sentence]:
    return {word: Sentence(zh=word, en=word) for word in words}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, object]:
    """Loose tables, most of them wrong, and tables along a spine, many of them right."""
    states = STATES[: draw(st.integers(1, 6))]
    lines = draw(
        st.lists(
            st.builds(
                Transition,
                act=st.sampled_from(ACTS),
                from_states=st.lists(st.sampled_from(states), min_size=1, max_size=2, unique=True).map(tuple),
                to_state=st.sampled_from(states),
                duty=st.none(),
            ),
            max_size=4,
        )
    )
    final = draw(st.sets(st.sampled_from(states), max_size=2))
    if draw(st.integers(0, 3)):
        lines = [Transition("t.next", (one,), other, None) for one, other in pairwise(states)] + lines[:2]
        final |= {states[-1]}
    return {"names": named(states), "transitions": tuple(lines), "final": frozenset(final)}


def is_sound(table: dict[str, object]) -> bool:
    """The same question answered by a matrix of who reaches whom (Warshall)."""
    states, lines, final = list(table["names"]), table["transitions"], table["final"]
    pairs = Counter((state, line.act) for line in lines for state in line.from_states)
    steps = {(state, line.to_state) for line in lines for state in line.from_states}
    reach = {pair: pair[0] == pair[1] or pair in steps for pair in product(states, states)}
    for middle, one, other in product(states, states, states):
        reach[one, other] |= reach[one, middle] and reach[middle, other]
    return (
        max(pairs.values(), default=1) == 1
        and all(reach[states[0], state] for state in states)
        and all(any(reach[state, end] for end in final) for state in states)
    )


@given(tables(), st.randoms(use_true_random=False))
def check_random_table(table: dict[str, object], chance: random.Random) -> None:
    sound = is_sound(table)
    event("valid" if sound else "invalid")
    SEEN["valid" if sound else "invalid"] += 1
    act_names = named([*ACTS, "t.next"])
    title = Sentence(zh="测试", en="test")
    if not sound:
        with pytest.raises(RuleError):
            Flow(kind="t", title=title, initial="s0", act_names=act_names, **table)
        return
    flow = Flow(kind="t", title=title, initial="s0", act_names=act_names, **table)
    walk_at_random(flow, chance)
    assert diagram(flow).count(" --> s") == 1 + sum(len(line.from_states) for line in flow.transitions)


def walk_at_random(flow: Flow, chance: random.Random) -> None:
    """Twenty steps: only listed acts are possible, and they lead where the table says."""
    state = flow.initial
    for _ in range(20):
        possible = {line.act: line.to_state for line in flow.acts_from(state)}
        for act in set(flow.act_names) - set(possible):
            with pytest.raises(RuleBroken):
                flow.after(state, act)
        if not possible:
            assert state in flow.final
            return
        act = chance.choice(sorted(possible))
        state = flow.after(state, act)
        assert state == possible[act]


def test_random_tables_are_judged_as_a_slow_check_judges_them() -> None:
    SEEN.clear()
    check_random_table()
    sys.stdout.write(f"random flow tables: {SEEN['valid']} valid, {SEEN['invalid']} invalid\n")
    assert SEEN["valid"] > 0
    assert SEEN["invalid"] > 0
