from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from qingshan.rules.evidence import (
    RULEBOOK,
    CopyKind,
    Datum,
    Doubt,
    DoubtKind,
    EarlierUse,
    PhotographFacts,
    ProgressReport,
    TargetChange,
    photograph_doubts,
    progress_doubts,
    target_doubts,
)
from qingshan.rules.rulebook import in_force

HANDED_IN = date(2026, 6, 1)
BOOK = in_force(RULEBOOK, on=HANDED_IN)
GOOD = PhotographFacts(
    handed_in_on=HANDED_IN,
    taken_on=date(2026, 5, 20),
    outside_m=0.0,
    read_as=Datum.WGS84,
    work_began_on=date(2026, 4, 1),
)
USE = EarlierUse("青整〔2026〕12号", date(2026, 3, 5), CopyKind.MIRRORED, 98)
CHANGE = TargetChange("恢复面积", "公顷", 12, date(2026, 1, 5), Decimal("9.5"), date(2026, 5, 6))


def kinds(doubts: tuple[Doubt, ...]) -> list[DoubtKind]:
    return [doubt.code for doubt in doubts]


def of(**changes: object) -> list[DoubtKind]:
    return kinds(photograph_doubts(replace(GOOD, **changes), book=BOOK))  # type: ignore[arg-type]


def test_an_honest_photograph_raises_no_doubt() -> None:
    assert of() == []


def test_a_photograph_without_place_and_time_is_not_doubted() -> None:
    plain = PhotographFacts(handed_in_on=HANDED_IN, work_began_on=date(2026, 4, 1))
    assert photograph_doubts(plain, book=BOOK) == ()


def test_a_picture_used_before_says_where_and_when() -> None:
    (doubt,) = photograph_doubts(replace(GOOD, earlier=(USE,)), book=BOOK)
    assert doubt.code is DoubtKind.USED_BEFORE
    assert doubt.say() == (
        "存疑待核：这张照片与事项 青整〔2026〕12号 于 2026年3月5日 提交的照片相似（左右镜像，相似度 98%）。"
        "请对照两张照片，核实后写明情况。"
    )
    assert "on 5 March 2026 (mirrored, likeness 98 %)" in doubt.say("en")


def test_every_earlier_use_is_a_doubt_of_its_own() -> None:
    assert of(earlier=(USE, replace(USE, number="2"))) == [DoubtKind.USED_BEFORE] * 2


@pytest.mark.parametrize(
    ("outside_m", "doubted"), [(None, False), (0, False), (200.0, False), (200.4, True), (5e4, True)]
)
def test_only_more_than_the_tolerance_is_outside(outside_m: float | None, *, doubted: bool) -> None:
    assert of(outside_m=outside_m) == ([DoubtKind.OUTSIDE] if doubted else [])


def test_a_place_outside_says_that_every_datum_was_tried_and_that_the_limit_is_unverified() -> None:
    (doubt,) = photograph_doubts(replace(GOOD, outside_m=2345.6, read_as=Datum.GCJ02), book=BOOK)
    assert "点位范围外 2346 米" in doubt.say()
    assert "取较近的 GCJ-02" in doubt.say()
    assert doubt.because[1].code == "rules.rulebook.unverified"


@pytest.mark.parametrize(("days", "doubted"), [(-40, False), (0, False), (1, False), (2, True), (900, True)])
def test_a_photograph_of_work_that_had_not_begun_is_doubted_beyond_a_wrong_clock(
    days: int, *, doubted: bool
) -> None:
    taken_on = date(2026, 4, 1) - timedelta(days=days)
    assert of(taken_on=taken_on) == ([DoubtKind.BEFORE_WORK] if doubted else [])
    assert of(taken_on=taken_on, shows_before=True) == []
    assert of(taken_on=taken_on, work_began_on=None) == []


@pytest.mark.parametrize(("days", "doubted"), [(0, False), (1, False), (2, True)])
def test_a_photograph_from_after_it_was_handed_in_is_doubted(days: int, *, doubted: bool) -> None:
    assert of(taken_on=HANDED_IN + timedelta(days=days)) == ([DoubtKind.AFTER_HANDED_IN] if doubted else [])


def reports(*percents: Decimal | int) -> tuple[ProgressReport, ...]:
    return tuple(ProgressReport(date(2026, 1 + month, 1), each) for month, each in enumerate(percents))


@pytest.mark.parametrize(
    ("percents", "doubted"),
    [
        ((), False),
        ((100,), False),
        ((60, 100), False),
        ((Decimal("59.9"), 100), True),
        ((10, 20, 100), True),
        ((20, 100, 100), False),
        ((10, 95), False),
        ((0, 100, 40), False),
    ],
)
def test_progress_that_jumps_to_its_end_is_doubted(percents: tuple[int, ...], *, doubted: bool) -> None:
    found = reports(*percents)
    expected = [DoubtKind.JUMP_TO_END] if doubted else []
    assert kinds(progress_doubts(found, book=BOOK)) == expected
    assert kinds(progress_doubts(found[::-1], book=BOOK)) == expected


def test_a_target_lowered_after_its_approval_is_doubted() -> None:
    (doubt,) = target_doubts(CHANGE)
    assert doubt.code is DoubtKind.TARGET_LOWERED
    assert "目标“恢复面积”于 2026年1月5日 批准为 12公顷，2026年5月6日 改为 9.5公顷" in doubt.say()


@pytest.mark.parametrize("change", [{"now": 12}, {"now": 15}, {"approved_again": True}])
def test_a_target_that_was_kept_raised_or_approved_again_is_not(change: dict[str, object]) -> None:
    assert target_doubts(replace(CHANGE, **change)) == ()  # type: ignore[arg-type]


def every_doubt() -> list[Doubt]:
    late = replace(GOOD, taken_on=date(2027, 1, 1), outside_m=999.0, earlier=(USE,))
    early = replace(GOOD, taken_on=date(2020, 1, 1))
    doubts = [
        *photograph_doubts(late, book=BOOK),
        *photograph_doubts(early, book=BOOK),
        *target_doubts(CHANGE),
    ]
    return [*doubts, *progress_doubts(reports(5, 100), book=BOOK)]


def test_no_doubt_is_worded_as_a_verdict() -> None:
    assert set(kinds(tuple(every_doubt()))) == set(DoubtKind)
    for doubt in every_doubt():
        assert doubt.say().startswith("存疑待核：")
        assert doubt.say("en").startswith("To be checked:")
        for verdict in ("造假", "虚假", "伪造", "弄虚作假"):
            assert verdict not in doubt.say()
