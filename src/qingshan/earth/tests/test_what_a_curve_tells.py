"""Does the curve show gaps as gaps, seasons where they are, and no word over another?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qingshan.earth.findings import Question, Verdict
from qingshan.earth.parameters import Parameter, ParameterSet
from qingshan.earth.sheets.curve import NARROW, curve_of
from qingshan.earth.sheets.drawing import number, tag, width_of
from qingshan.earth.sheets.labels import GAP, stacked, wrapped
from qingshan.earth.sheets.numbers import area_words, days_words, per_cent, rate
from qingshan.earth.sheets.picture import bar_m
from qingshan.earth.sheets.told import Told, runs_of, season_months_of, to_day, told_of, usable
from qingshan.earth.sheets.views import COMPOSITES, coloured, composites_of
from qingshan.earth.sites import ClimateZone
from qingshan.earth.tests.seen import made_claims, made_findings, made_series, made_view


def told(months: tuple[int, int] | None = (5, 9), **claims: object) -> Told:
    series = made_series()
    return told_of(
        series, made_claims(**claims), made_findings(series), season_months=months, language="zh-hans"
    )


def test_the_line_is_broken_where_nothing_was_seen() -> None:
    shown = told()
    runs = list(runs_of(shown.days, shown.site, shown.used))
    assert len(runs) == 2
    assert shown.days[runs[1][0]] - shown.days[runs[0][-1]] > 150
    assert "无清晰影像" in curve_of(shown, mark="w", language="zh-hans")


def test_a_sensor_that_comes_once_a_year_has_no_gaps() -> None:
    days = np.arange(10) * 365
    runs = list(runs_of(days, np.full(10, 0.5), np.full(10, True)))
    assert [len(run) for run in runs] == [10]


def test_observations_with_too_few_clear_pixels_are_shown_but_not_joined() -> None:
    series = made_series()
    used = usable(series)
    assert 0 < used.sum() < len(series)
    assert not used[3]
    shown = told()
    assert not shown.used[~used].any()
    assert curve_of(shown, mark="w", language="en").count('r="2.2"') == int((~used).sum() - 1) + 1


def test_seasons_are_whole_months_of_each_year() -> None:
    seasons = told().seasons
    assert seasons[1] == (to_day(date(2022, 5, 1)), to_day(date(2022, 9, 30)))
    assert told(months=None).seasons == ()
    december = told(months=(11, 12)).seasons[1]
    assert december[1] == to_day(date(2021, 12, 31))


def test_the_growing_season_is_that_of_the_zone_or_the_shortest() -> None:
    def of(**by_zone: int) -> Parameter:
        return Parameter(value=by_zone, source="", is_verified=False)

    looks = {"season_first_month": of(arid=6, humid=4), "season_last_month": of(arid=8, humid=10)}
    numbers = ParameterSet(id="x", version="1", digest="", numbers={"judge_looks": looks})
    assert season_months_of(numbers, ClimateZone.HUMID) == (4, 10)
    assert season_months_of(numbers, None) == (6, 8)
    assert season_months_of(replace(numbers, numbers={}), None) is None


def test_what_is_claimed_long_before_the_images_stands_at_the_edge() -> None:
    shown = told(disturbed_since=date(1998, 5, 1))
    assert shown.span[0] > to_day(date(2020, 1, 1))
    assert "← 申报损毁 1998-05-01" in curve_of(shown, mark="w", language="zh-hans")


def test_the_first_day_of_a_verdict_is_named_for_what_it_is() -> None:
    series = made_series()
    lost = replace(made_findings(series)[0], question=Question.KEPT, verdict=Verdict.UNSUPPORTED)
    shown = told_of(series, made_claims(), (lost,), season_months=None, language="zh-hans")
    assert "影像所见减少 2023-07-03" in {mark.said for mark in shown.marks}


def test_a_phone_gets_the_same_words() -> None:
    shown = told()
    wide, narrow = (curve_of(shown, size=size, mark="n", language="zh-hans") for size in (NARROW, NARROW))
    assert wide == narrow
    assert all(mark.said in narrow for mark in shown.marks)


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.text(alphabet="申报修复 2023-1abc", min_size=1, max_size=18)),
        max_size=9,
    )
)
def test_no_label_lies_over_another(wanted: list[tuple[float, str]]) -> None:
    placed = stacked(wanted, size=12, left=30, right=1000)
    assert len(placed) == len(wanted)
    for row in {one.row for one in placed}:
        ends = sorted((one.left, one.left + width_of(one.said, 12)) for one in placed if one.row == row)
        assert all(second[0] >= first[1] + GAP - 1e-9 for first, second in pairwise(ends))


def test_a_legend_goes_on_in_the_next_row() -> None:
    places = wrapped(["一二三四五"] * 4, size=10, sign=30, width=220)
    assert [row for _, row in places] == [0, 0, 1, 1]
    assert places[2][0] == 0


def test_markup_is_written_with_care() -> None:
    assert tag("a", "<&>", b_c='"') == '<a b-c="&#34;">&lt;&amp;&gt;</a>'
    assert tag("text", tag("b"), x=None, y=1.504) == '<text y="1.5"><b/></text>'
    assert [number(value) for value in (-0.001, 2.0, 1.239, -3.5, 100.0)] == ["0", "2", "1.24", "-3.5", "100"]


def test_both_pictures_of_a_pair_are_stretched_alike() -> None:
    same = made_view(scene="a", day=date(2021, 1, 1), cover=0.5)
    dark = replace(same, bands={name: band * 0.5 for name, band in same.bands.items()})
    assert coloured((same, same), COMPOSITES[0])[0] == coloured((same, same), COMPOSITES[0])[1]
    assert coloured((same, dark), COMPOSITES[0])[0] != coloured((same, dark), COMPOSITES[0])[1]


def test_colours_are_those_that_the_bands_of_both_allow() -> None:
    full = made_view(scene="a", day=date(2021, 1, 1), cover=0.5)
    poor = replace(full, bands={name: full.bands[name] for name in ("red", "nir")})
    assert [one.name for one in composites_of((full, full))] == ["true-colour", "near-natural"]
    assert [one.name for one in composites_of((full, poor))] == ["near-natural"]


def test_numbers_are_told_with_what_they_are_parts_of() -> None:
    assert area_words(12_600, "zh-hans") == "1.26 公顷（18.9 亩）"
    assert area_words(400, "en") == "0.04 ha (0.60 mu)"
    assert [per_cent(share) for share in (0.0, 0.034, 0.56, 0.995, 1.0)] == [
        "0%",
        "3.4%",
        "56%",
        "99.5%",
        "100%",
    ]
    assert (rate(5, 7), rate(0, 0)) == ("71.4% = 5 / 7", "—")
    assert days_words([date(2024, 5, 1)] * 2, "en") == "2024-05-01"
    assert (
        days_words([date(2024, 5, day) for day in range(1, 20)], "zh-hans")
        == "2024-05-01 至 2024-05-19，共 19 天"
    )
    assert [bar_m(metres) for metres in (1.0, 9.9, 260, 5000)] == [1, 5, 200, 5000]
