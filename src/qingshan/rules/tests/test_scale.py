from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import say
from qingshan.rules.register import MineScale
from qingshan.rules.rulebook import in_force
from qingshan.rules.scale import RULEBOOK, mine_scale

BOOK = in_force(RULEBOOK, on=date(2026, 11, 21))


@pytest.mark.parametrize(
    ("mineral", "output", "scale"),
    [
        ("coal_underground", 120, MineScale.LARGE),
        ("coal_underground", Decimal("119.99"), MineScale.MEDIUM),
        ("coal_underground", 45, MineScale.MEDIUM),
        ("coal_underground", Decimal("44.99"), MineScale.SMALL),
        ("limestone", 100, MineScale.LARGE),
        ("limestone", 50, MineScale.MEDIUM),
        ("limestone", 0, MineScale.SMALL),
        ("building_stone", 10, MineScale.LARGE),
        ("building_stone", 5, MineScale.MEDIUM),
        ("phosphate", 30, MineScale.MEDIUM),
        ("dolomite", 29, MineScale.SMALL),
    ],
)
def test_a_limit_belongs_to_the_larger_scale(mineral: str, output: int | Decimal, scale: MineScale) -> None:
    assert mine_scale(mineral, yearly_output=output, book=BOOK).scale is scale


def test_the_decision_says_which_limits_it_used_and_that_they_are_unverified() -> None:
    decision = mine_scale("building_stone", yearly_output=Decimal("6.5"), book=BOOK)
    assert [say(reason) for reason in decision.because] == [
        "建筑石料年产 6.5（万立方米/年），大型 ≥ 10、中型 ≥ 5，属中型（国土资发〔2004〕208号）。",
        "规则“矿山生产建设规模分类”中的“建筑石料”待核：来源尚未核对原文。",
    ]


def test_a_mineral_that_is_not_in_the_table_is_not_guessed() -> None:
    with pytest.raises(RuleError) as refused:
        mine_scale("gold", yearly_output=10, book=BOOK)
    assert refused.value.code == "rules.rulebook.no_such_value"


@pytest.mark.parametrize("limits", [{"large": 5}, {"large": "5", "medium": 1}, {"large": True, "medium": 1}])
def test_a_table_without_proper_limits_is_refused(limits: dict[str, object]) -> None:
    wrong = replace(BOOK.provision("copper"), content=limits)
    with pytest.raises(RuleError) as refused:
        mine_scale("copper", yearly_output=1, book=replace(BOOK, provisions={"copper": wrong}))
    assert refused.value.code == "rules.number.inexact"


def test_every_row_has_a_larger_and_a_smaller_limit() -> None:
    for name in BOOK.provisions:
        limits = BOOK.table(name)
        assert limits["large"] > limits["medium"] > 0
