"""Is the sample of a batch the same everywhere, in proportion to what is known, and is what follows by the rules?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.rules import recompute_sample
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import say
from qingshan.rules.rulebook import in_force
from qingshan.rules.sampling import (
    RULEBOOK,
    Check,
    Checked,
    ClosedList,
    Item,
    Next,
    RiskFacts,
    Round,
    SamplePlan,
    Share,
    draw_round,
    next_step,
    plan_for,
    record_of,
    seal_of,
    seed_from,
    size_of,
    systematic,
    weight_of,
)

BOOK = in_force(RULEBOOK, on=date(2026, 11, 26))
SECRET = "0123456789abcdef" * 2


@st.composite
def lists(draw: st.DrawFn, *, most: int = 30) -> ClosedList:
    count = draw(st.integers(1, most))
    items = tuple(
        Item(
            f"XF-{number:03}",
            (draw(st.sampled_from(["990101", "990102", "990103"])), draw(st.sampled_from(["林", "水"]))),
            draw(st.integers(1, 60)),
        )
        for number in range(count)
    )
    plan = SamplePlan(draw(st.integers(1, count)), draw(st.integers(0, 2)), draw(st.integers(1, 3)))
    return ClosedList("PC-2026-1", items, plan)


def plain(count: int, *, size: int, weight: int = 10) -> ClosedList:
    items = tuple(Item(f"XF-{number:03}", ("990101",), weight) for number in range(count))
    return ClosedList("PC-2026-1", items, SamplePlan(size, 1, 2))


def of(which: Round, **results: Check) -> Checked:
    return Checked(which, {name.replace("_", "-"): result for name, result in results.items()})


# -- the draw ----------------------------------------------------------------------------------------------------


@given(lists(), st.text(max_size=9), st.sampled_from(Round))
def test_a_round_takes_exactly_its_number_and_every_region_gets_its_least(
    closed: ClosedList, seed: str, which: Round
) -> None:
    drawn = draw_round(closed, seed=seed, which=which)
    size = size_of(closed.plan, which, left=len(closed.items))
    region = {one.id: one.strata[0] for one in closed.items}
    assert len(drawn.ids) == len(set(drawn.ids)) == size <= len(closed.items)
    listed, taken = Counter(region.values()), Counter(region[one] for one in drawn.ids)
    least = closed.plan.least_in_region
    assert all(taken[name] <= count for name, count in listed.items())
    if size >= least * len(listed):
        assert all(taken[name] >= min(least, count) for name, count in listed.items())


@given(lists(), st.text(max_size=9), st.randoms(use_true_random=False))
def test_the_order_in_which_sites_were_listed_changes_nothing(
    closed: ClosedList, seed: str, random: Random
) -> None:
    turned = list(closed.items)
    random.shuffle(turned)
    other = ClosedList(closed.subject, tuple(turned), closed.plan)
    assert other.digest == closed.digest
    one, two = (draw_round(each, seed=seed, which=Round.FIRST) for each in (closed, other))
    assert one == two


@given(lists(), st.text(max_size=9))
def test_the_chances_add_up_to_the_size_and_nobody_is_without_one(closed: ClosedList, seed: str) -> None:
    drawn = draw_round(closed, seed=seed, which=Round.FIRST)
    assert set(drawn.chances) == {one.id for one in closed.items}
    assert sum(drawn.chances.values()) == len(drawn.ids)
    assert all(0 < chance <= 1 for chance in drawn.chances.values())
    assert {one for one, chance in drawn.chances.items() if chance == 1} <= set(drawn.ids)


@given(lists(), st.text(max_size=9))
def test_no_site_is_drawn_in_two_rounds_and_the_last_round_leaves_nobody_out(
    closed: ClosedList, seed: str
) -> None:
    first = draw_round(closed, seed=seed, which=Round.FIRST).ids
    double = draw_round(closed, seed=seed, which=Round.DOUBLE, before=first).ids
    whole = draw_round(closed, seed=seed, which=Round.WHOLE, before=(*first, *double)).ids
    assert sorted((*first, *double, *whole)) == [one.id for one in closed.items]


@given(st.lists(st.integers(1, 20), min_size=2, max_size=9), st.integers(1, 4))
def test_over_all_starts_every_site_is_hit_exactly_as_often_as_it_weighs(
    weights: list[int], count: int
) -> None:
    whole = sum(weights)
    row = [Item(f"{number}", ("x",), weight) for number, weight in enumerate(weights)]
    if any(one.weight * count >= whole for one in row):
        return  # certain sites are taken before
    hits = Counter(one for start in range(whole) for one in systematic(row, count=count, start=start))
    assert {one.id: hits[one.id] for one in row} == {one.id: one.weight * count for one in row}


def test_over_many_seeds_a_site_is_drawn_in_proportion_to_its_weight() -> None:
    """4,000 seeds: each count within 4.5 standard deviations of the stated chance."""
    items = tuple(
        Item(f"XF-{n:02}", ("a" if n < 14 else "b", "林" if n % 2 else "水"), 5 + n) for n in range(24)
    )
    closed = ClosedList("PC", items, SamplePlan(6, 1, 2))
    draws = 4_000
    hits: Counter[str] = Counter()
    for number in range(draws):
        drawn = draw_round(closed, seed=f"{number}", which=Round.FIRST)
        hits.update(drawn.ids)
    for one, chance in drawn.chances.items():
        share = float(chance)
        spread = (draws * share * (1 - share)) ** 0.5
        assert abs(hits[one] - draws * share) <= 4.5 * spread
    a = drawn.chances["XF-02"] / drawn.chances["XF-12"]
    assert a == Fraction(7, 17)


def test_in_one_row_every_stratum_gets_its_share_rounded_down_or_up() -> None:
    items = tuple(Item(f"XF-{n:03}", ("990101", "林" if n < 70 else "水"), 1) for n in range(100))
    closed = ClosedList("PC", items, SamplePlan(15, 1, 2))
    for number in range(200):
        drawn = draw_round(closed, seed=f"{number}", which=Round.FIRST)
        assert sum(one < "XF-070" for one in drawn.ids) in {10, 11}


def test_a_sample_is_the_same_in_every_year() -> None:
    """What was drawn once must come out of every later version too."""
    items = tuple(
        Item(f"XF-{n:02}", ("990101" if n < 7 else "990102", "林"), 10 + n % 3 * 10) for n in range(12)
    )
    closed = ClosedList("PC-2026-7", items, SamplePlan(4, 1, 2))
    share = Share("县级", seal_of(SECRET, subject="PC-2026-7", by="县级"), SECRET)
    drawn = draw_round(closed, seed=seed_from([share], closed), which=Round.FIRST)
    assert closed.digest == "3cf5eaeee838ecfb3d54cfc4f03c3530b78352e924308bb1193787cbee5de5cb"
    assert drawn.ids == ("XF-01", "XF-03", "XF-05", "XF-07")


def test_a_batch_of_ten_thousand_sites_is_drawn_at_once() -> None:
    items = tuple(Item(f"XF-{n:05}", (f"99{n % 90:04}", "林"), 10 + n % 7) for n in range(10_000))
    closed = ClosedList("PC", items, plan_for(10_000, BOOK))
    assert len(draw_round(closed, seed="1", which=Round.FIRST).ids) == 2_000


# -- sealed numbers ----------------------------------------------------------------------------------------------


def test_a_number_that_is_not_the_sealed_one_makes_no_seed() -> None:
    closed = plain(5, size=2)
    share = Share("县级", seal_of(SECRET, subject=closed.subject, by="县级"), SECRET)
    assert seed_from([share], closed) == f"{SECRET}|{closed.digest}"
    for wrong, code in (
        ([], "no_seal"),
        ([replace(share, secret="")], "not_opened"),
        ([replace(share, secret="f" * 32)], "other_number"),
        ([replace(share, by="市级")], "other_number"),
        ([share, share], "side_twice"),
    ):
        with pytest.raises(RuleError) as refused:
            seed_from(wrong, closed)
        assert refused.value.code == f"rules.sampling.{code}"


def test_a_seal_of_one_batch_does_not_open_for_another() -> None:
    closed = plain(5, size=2)
    share = Share("县级", seal_of(SECRET, subject="PC-2025-9", by="县级"), SECRET)
    with pytest.raises(RuleError):
        seed_from([share], closed)


@pytest.mark.parametrize("secret", ["", "123", "g" * 32, "0" * 129])
def test_a_number_that_could_be_guessed_is_not_sealed(secret: str) -> None:
    with pytest.raises(RuleError) as refused:
        seal_of(secret, subject="PC", by="县级")
    assert refused.value.code == "rules.sampling.secret_form"


def test_two_sides_both_change_the_sample() -> None:
    closed = plain(60, size=12)
    seeds = set()
    for one, two in (("a" * 32, "b" * 32), ("c" * 32, "b" * 32), ("a" * 32, "d" * 32)):
        sides = [
            Share(by, seal_of(number, subject=closed.subject, by=by), number)
            for by, number in (("县级", one), ("市级", two))
        ]
        seeds.add(draw_round(closed, seed=seed_from(sides, closed), which=Round.FIRST).ids)
    assert len(seeds) == 3


@pytest.mark.parametrize(
    ("items", "plan", "code"),
    [
        ((), SamplePlan(1, 0, 2), "rules.batch.empty"),
        ((Item("A", ("x",)), Item("A", ("y",))), SamplePlan(1, 0, 2), "rules.sampling.twice"),
        ((Item("A", ("x",)), Item("B", ("x", "y"))), SamplePlan(1, 0, 2), "rules.sampling.strata"),
        ((Item("A", ()),), SamplePlan(1, 0, 2), "rules.sampling.strata"),
        ((Item("A", ("x",), 0),), SamplePlan(1, 0, 2), "rules.sampling.weight"),
        ((Item("A", ("x",)),), SamplePlan(2, 0, 2), "rules.sampling.size"),
        ((Item("A", ("x",)),), SamplePlan(0, 0, 2), "rules.sampling.size"),
        ((Item("A", ("x",)),), SamplePlan(1, 0, 0), "rules.sampling.size"),
    ],
)
def test_a_list_that_cannot_be_drawn_from_is_not_closed(
    items: tuple[Item, ...], plan: SamplePlan, code: str
) -> None:
    with pytest.raises(RuleError) as refused:
        ClosedList("PC", items, plan)
    assert refused.value.code == code


# -- weights and sizes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "weight"),
    [
        (RiskFacts(), 10),
        (RiskFacts(earlier_failures=1), 20),
        (RiskFacts(earlier_failures=9), 40),
        (RiskFacts(unsupported=1), 30),
        (RiskFacts(days_late=1), 15),
        (RiskFacts(days_late=400), 15),
        (RiskFacts(earlier_failures=2, unsupported=1, days_late=3), 55),
    ],
)
def test_what_is_known_against_a_site_makes_it_heavier(facts: RiskFacts, weight: int) -> None:
    found = weight_of(facts, BOOK)
    assert found.value == weight
    assert found.citation == BOOK.citation
    assert found.doubts


def test_a_weight_says_what_it_is_made_of() -> None:
    found = weight_of(RiskFacts(earlier_failures=2, unsupported=1, days_late=3), BOOK)
    assert [say(one) for one in found.because] == [
        "基础权重 10",
        "曾验收退回 2 次，加 20",
        "影像不支持（待核实）1 次，加 20",
        "逾期 3 天完成，加 5",
    ]
    with pytest.raises(RuleError):
        weight_of(RiskFacts(days_late=-1), BOOK)


@pytest.mark.parametrize(("count", "size"), [(1, 1), (2, 2), (3, 3), (15, 3), (16, 4), (100, 20), (101, 21)])
def test_the_size_is_a_share_rounded_up_but_never_more_than_there_are(count: int, size: int) -> None:
    assert plan_for(count, BOOK).size == size


# -- what follows ------------------------------------------------------------------------------------------------

TEN = plain(10, size=3)
OK, BAD, OPEN = Check.PASSED, Check.FAILED, Check.OPEN
FIRST = of(Round.FIRST, XF_000=OK, XF_001=OK, XF_002=OK)
FAILS = of(Round.FIRST, XF_000=OK, XF_001=BAD, XF_002=OK)
DOUBLE_OK = Checked(Round.DOUBLE, {f"XF-00{number}": OK for number in range(3, 9)})
DOUBLE_BAD = Checked(Round.DOUBLE, {**DOUBLE_OK.results, "XF-003": BAD})
WHOLE = Checked(Round.WHOLE, {"XF-009": BAD})


@pytest.mark.parametrize(
    ("rounds", "step", "size", "returned", "unseen"),
    [
        ([], Next.DRAW_FIRST, 3, 0, 0),
        ([of(Round.FIRST, XF_000=OK, XF_001=OPEN)], Next.FINISH_CHECKS, 0, 0, 0),
        ([of(Round.FIRST, XF_000=BAD, XF_001=OPEN)], Next.FINISH_CHECKS, 0, 1, 0),
        ([FIRST], Next.CONCLUDE, 0, 0, 7),
        ([FAILS], Next.DRAW_DOUBLE, 6, 1, 0),
        ([FAILS, DOUBLE_OK], Next.CONCLUDE, 0, 1, 1),
        ([FAILS, DOUBLE_BAD], Next.CHECK_WHOLE, 1, 2, 0),
        ([FAILS, DOUBLE_BAD, WHOLE], Next.CONCLUDE, 0, 3, 0),
    ],
)
def test_failures_go_back_then_the_sample_is_doubled_then_the_whole_batch_is_checked(
    rounds: list[Checked], step: Next, size: int, returned: int, unseen: int
) -> None:
    found = next_step(TEN, rounds, BOOK)
    assert (found.next, found.size, len(found.returned), len(found.accepted_unseen)) == (
        step,
        size,
        returned,
        unseen,
    )
    assert say(found.because)
    assert say(found.because, "en").isascii()


def test_a_batch_that_was_looked_at_whole_in_the_first_round_is_concluded() -> None:
    three = plain(3, size=3)
    found = next_step(three, [FAILS], BOOK)
    assert found.next is Next.CONCLUDE
    assert (found.accepted, found.returned) == (("XF-000", "XF-002"), ("XF-001",))


def test_the_conclusion_says_how_many_nobody_looked_at() -> None:
    assert say(next_step(TEN, [FIRST], BOOK).because) == (
        "共查 3 处，不合格 0 处退回整改；10 处通过，其中 7 处未到现场，由样本推定。"
    )


@pytest.mark.parametrize(
    ("rounds", "code"),
    [
        ([DOUBLE_OK], "rounds_out_of_order"),
        ([FIRST, FIRST], "rounds_out_of_order"),
        ([of(Round.FIRST, XX=OK)], "not_listed"),
        ([FAILS, Checked(Round.DOUBLE, {"XF-001": OK})], "drawn_twice"),
    ],
)
def test_results_that_do_not_belong_to_the_list_are_refused(rounds: list[Checked], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        next_step(TEN, rounds, BOOK)
    assert refused.value.code == f"rules.sampling.{code}"


@given(lists(), st.data())
def test_every_site_ends_either_accepted_or_returned_and_the_rounds_end(
    closed: ClosedList, data: st.DataObject
) -> None:
    rounds: list[Checked] = []
    step = {Next.DRAW_FIRST: Round.FIRST, Next.DRAW_DOUBLE: Round.DOUBLE, Next.CHECK_WHOLE: Round.WHOLE}
    for _ in range(4):
        found = next_step(closed, rounds, BOOK)
        if found.next is Next.CONCLUDE:
            break
        before = {one for each in rounds for one in each.results}
        drawn = draw_round(closed, seed="1", which=step[found.next], before=before)
        assert len(drawn.ids) == found.size > 0
        rounds.append(
            Checked(drawn.round, {one: data.draw(st.sampled_from([OK, OK, OK, BAD])) for one in drawn.ids})
        )
    assert found.next is Next.CONCLUDE
    assert sorted((*found.accepted, *found.returned)) == [one.id for one in closed.items]


# -- computed again by anybody -----------------------------------------------------------------------------------


def a_record(closed: ClosedList) -> dict[str, object]:
    sides = [
        Share(by, seal_of(number, subject=closed.subject, by=by), number)
        for by, number in (("县级", "a" * 32), ("市级", "B" * 40))
    ]
    seed, before, rounds = seed_from(sides, closed), (), []
    for which in Round:
        rounds.append(draw_round(closed, seed=seed, which=which, before=before))
        before = (*before, *rounds[-1].ids)
    return json.loads(json.dumps(record_of(closed, sides, rounds)))


@settings(max_examples=25)
@given(lists(most=14))
def test_the_script_that_stands_alone_draws_the_same(closed: ClosedList) -> None:
    record = a_record(closed)
    assert recompute_sample.digest_of_list(record) == closed.digest
    assert recompute_sample.result_of(record) == [each["drawn"] for each in record["rounds"]]


def run(record: dict[str, object], folder: Path) -> subprocess.CompletedProcess[str]:
    path = folder / "sample.json"
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    script = Path(recompute_sample.__file__)
    command = [sys.executable, "-I", "-X", "utf8", str(script), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_script_runs_with_python_alone_and_finds_every_change(tmp_path: Path) -> None:
    record = a_record(plain(9, size=3))
    right = run(record, tmp_path)
    assert right.returncode == 0
    assert "复算一致" in right.stdout
    for name, change in (
        ("名单摘要不符", {"items": record["items"][1:]}),
        ("封签不符", {"shares": [{**record["shares"][0], "secret": "0" * 32}, record["shares"][1]]}),
        ("第 1 轮结果不符", {"rounds": [{"round": 1, "drawn": ["XF-000"]}]}),
    ):
        wrong = run({**record, **change}, tmp_path)
        assert wrong.returncode == 1
        assert name in wrong.stdout
