"""Is survival told with its error, of all plots or said to be partial, and never made up?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules import acceptance
from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import say
from qingshan.rules.rulebook import in_force
from qingshan.rules.survival import (
    RULEBOOK,
    Observation,
    Planting,
    Plot,
    PlotSurvival,
    Replanting,
    replanting_of,
    survival_of,
    survival_over,
    wilson,
)
from qingshan.rules.zones import Ground

ON = date(2026, 9, 1)
PLANTED = date(2025, 4, 10)
BOOK = in_force(RULEBOOK, on=ON)
CRITERIA = in_force(acceptance.RULEBOOK, on=ON)
SURE = Decimal(95)


def plot(planted: int, *seen: tuple[int, int], name: str = "D-1") -> Plot:
    days = (PLANTED + timedelta(100 * (number + 1)) for number in range(len(seen)))
    observations = tuple(Observation(day, *counts) for day, counts in zip(days, seen, strict=True))
    return Plot(name, (Planting(PLANTED, planted),), observations)


def judged(one: Plot) -> PlotSurvival:
    return survival_of(one, on=ON, book=BOOK)


# -- the interval ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("living", "examined", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (score, without correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_one_in_the_literature(
    living: int, examined: int, low: float, high: float
) -> None:
    found = wilson(living, examined, confidence_percent=SURE)
    assert round(float(found.low), 4) == low
    assert round(float(found.high), 4) == high


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_rate_and_mirrors_the_dead(examined: int, data: st.DataObject) -> None:
    living = data.draw(st.integers(0, examined))
    found = wilson(living, examined, confidence_percent=SURE)
    assert 0 <= found.low <= Fraction(living, examined) <= found.high <= 1
    dead = wilson(examined - living, examined, confidence_percent=SURE)
    assert abs((1 - dead.high) - found.low) <= Fraction(2, 10**9)
    wider = wilson(living, examined, confidence_percent=Decimal(99))
    assert wider.low <= found.low
    assert found.high <= wider.high


def test_the_interval_covers_what_it_says_on_the_average() -> None:
    """Over all true rates, weighted by how often each count comes up: close to 95 of 100 (n = 30)."""
    n, rates = 30, [number / 200 for number in range(1, 200)]
    intervals = [wilson(x, n, confidence_percent=SURE) for x in range(n + 1)]
    covered = [
        sum(
            comb(n, x) * rate**x * (1 - rate) ** (n - x)
            for x, one in enumerate(intervals)
            if one.low <= rate <= one.high
        )
        for rate in rates
    ]
    assert 0.945 < sum(covered) / len(covered) < 0.965


@pytest.mark.parametrize(("living", "examined"), [(0, 0), (-1, 5), (6, 5), (1, -1)])
def test_counts_that_cannot_be_have_no_interval(living: int, examined: int) -> None:
    with pytest.raises(RuleError) as refused:
        wilson(living, examined, confidence_percent=SURE)
    assert refused.value.code == "rules.planting.living"


@pytest.mark.parametrize("percent", [0, 100, -5])
def test_a_confidence_that_cannot_be_is_refused(percent: int) -> None:
    with pytest.raises(RuleError):
        wilson(1, 2, confidence_percent=Decimal(percent))


# -- one plot ----------------------------------------------------------------------------------------------------


def test_a_plot_tells_its_rate_with_counts_and_day() -> None:
    found = judged(plot(1200, (100, 86)))
    assert found.rate == Fraction(86, 100)
    assert found.say() == (
        "地块 D-1：2025-07-19 查 100 株，活 86 株，成活率 86%（95% 置信区间 77.9%～91.5%）；累计栽植 1200 株。"
    )
    assert "interval 77.9% to 91.5%" in found.say("en")


def test_a_plot_of_which_every_plant_was_looked_at_has_no_error() -> None:
    found = judged(plot(50, (50, 40)))
    assert (found.interval.low, found.interval.high) == (Fraction(4, 5), Fraction(4, 5))


def test_the_newest_observation_counts_and_one_still_to_come_does_not() -> None:
    two = plot(100, (50, 45), (50, 30))
    assert judged(two).rate == Fraction(3, 5)
    early = survival_of(two, on=PLANTED + timedelta(150), book=BOOK)
    assert early.rate == Fraction(9, 10)


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (plot(100), "not_observed"),
        (Plot("D-1", ()), "nothing_planted"),
        (Plot("D-1", (Planting(ON + timedelta(1), 5),)), "nothing_planted"),
        (
            replace(plot(100, (50, 20)), plantings=(Planting(PLANTED, 100), Planting(date(2026, 3, 5), 60))),
            "replanted_since",
        ),
    ],
)
def test_what_was_not_observed_is_unknown_and_never_nought(one: Plot, code: str) -> None:
    found = judged(one)
    assert (found.rate, found.interval, found.observed_on) == (None, None, None)
    assert found.because.code == f"rules.planting.{code}"


def test_nothing_alive_is_nought_and_that_is_something_else() -> None:
    assert judged(plot(100, (50, 0))).rate == 0


def test_what_was_replanted_counts_as_planted() -> None:
    """80 of 100 died, 80 were put in: 90 alive are 50 of 100 of all that was planted, not 90."""
    again = Plot(
        "D-1",
        (Planting(PLANTED, 100), Planting(date(2026, 3, 5), 80)),
        (Observation(date(2025, 9, 1), 100, 20), Observation(date(2026, 8, 1), 180, 90)),
    )
    found = judged(again)
    assert (found.planted, found.rate) == (180, Fraction(1, 2))


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (plot(100, (101, 3)), "more_than_planted"),
        (plot(100, (10, 11)), "living"),
        (plot(100, (0, 0)), "living"),
        (plot(0), "count"),
        (
            Plot("D-1", (Planting(PLANTED, 9),), (Observation(ON, 5, 5), Observation(ON, 5, 4))),
            "observed_twice",
        ),
    ],
)
def test_counts_that_cannot_be_are_refused(one: Plot, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        judged(one)
    assert refused.value.code == f"rules.planting.{code}"


# -- several plots -----------------------------------------------------------------------------------------------


def test_over_plots_each_weighs_as_much_as_was_planted() -> None:
    found = survival_over([judged(plot(900, (90, 90))), judged(plot(100, (50, 0), name="D-2"))], BOOK)
    assert found.rate == Fraction(9, 10)
    assert found.partial is None
    assert found.interval.low < found.rate < found.interval.high


def test_until_every_plot_was_observed_there_is_only_a_partial_rate_that_says_so() -> None:
    found = survival_over([judged(plot(900, (90, 81))), judged(plot(100, name="D-2"))], BOOK)
    assert (found.rate, found.interval) == (None, None)
    assert (found.partial, found.plots, found.observed) == (Fraction(9, 10), 2, 1)
    assert found.say().startswith("成活率未知：2 个地块只观测 1 个；已观测部分为 90%")
    assert "900 株" in found.say()


def test_no_plot_observed_and_no_plot_at_all_are_told_apart() -> None:
    none = survival_over([judged(plot(100))], BOOK)
    assert (none.rate, none.partial, none.because.code) == (None, None, "rules.planting.no_plot_observed")
    nothing = survival_over([judged(Plot("D-1", ()))], BOOK)
    assert (nothing.plots, nothing.because.code) == (0, "rules.planting.no_plot")


@given(
    st.lists(
        st.tuples(
            st.integers(1, 500), st.one_of(st.none(), st.tuples(st.integers(1, 99), st.integers(0, 99)))
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_rate_over_plots_lies_between_those_of_the_plots(
    rows: list[tuple[int, tuple[int, int] | None]],
) -> None:
    plots = []
    for number, (planted, seen) in enumerate(rows):
        counts = [] if seen is None else [(min(seen[0], planted), min(*seen, planted))]
        plots.append(judged(plot(planted, *counts, name=f"D-{number}")))
    found = survival_over(plots, BOOK)
    rates = [one.rate for one in plots if one.rate is not None]
    assert (found.rate is not None) is (len(rates) == len(plots))
    assert (found.partial is not None) is (0 < len(rates) < len(plots))
    told = found.rate if found.rate is not None else found.partial
    if told is not None:
        assert min(rates) <= told <= max(rates)
    assert (found.planted, found.plots) == (sum(planted for planted, _ in rows), len(rows))


# -- replanting --------------------------------------------------------------------------------------------------

WET, ARID, BLIND = Ground(rain_mm=Decimal(900)), Ground(rain_mm=Decimal(300), is_irrigated=False), Ground()


@pytest.mark.parametrize(
    ("percent", "ground", "found", "missing"),
    [
        ("85", WET, Replanting.NONE, 150),
        ("84.9", WET, Replanting.REPLANT, 151),
        ("41", WET, Replanting.REPLANT, 590),
        ("40.9", WET, Replanting.PLANT_ANEW, 591),
        ("70", ARID, Replanting.NONE, 300),
        ("69.9", ARID, Replanting.REPLANT, 301),
        ("80", BLIND, Replanting.UNKNOWN, 200),
        ("69", BLIND, Replanting.REPLANT, 310),
        ("90", BLIND, Replanting.NONE, 100),
        ("0", BLIND, Replanting.PLANT_ANEW, 1000),
        (None, WET, Replanting.UNKNOWN, None),
    ],
)
def test_what_a_rate_asks_for(
    percent: str | None, ground: Ground, found: Replanting, missing: int | None
) -> None:
    rate = None if percent is None else Fraction(percent) / 100
    answer = replanting_of(rate, planted=1000, ground=ground, criteria=CRITERIA, book=BOOK)
    assert (answer.replanting, answer.missing) == (found, missing)
    assert answer.doubts
    assert say(answer.because)
    assert say(answer.because, "en")
