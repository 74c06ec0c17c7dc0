from __future__ import annotations

import pickle

import pytest

from qingshan.rules import (
    acceptance,
    afteruse,
    batches,
    duties,
    identifiers,
    planting,
    provisions,
    rates,
    register,
    sampling,
    survival,
    zones,
)
from qingshan.rules.duties import Duty
from qingshan.rules.errors import RuleError
from qingshan.rules.flows import batch, importing, single_site
from qingshan.rules.register import MineState, RegionLevel
from qingshan.rules.words import Named, names_of

ALL_TERMS = [
    value
    for module in (
        *(acceptance, afteruse, batches, batch, single_site, planting, sampling, survival, zones),
        *(duties, identifiers, provisions, rates, register, importing),
    )
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, Named) and value.__module__ == module.__name__
]


@pytest.mark.parametrize("terms", sorted(set(ALL_TERMS), key=lambda terms: terms.__name__))
def test_every_word_leads_back_to_its_term_and_to_no_other(terms: type[Named]) -> None:
    for member in terms:
        assert terms.read(member.value) is terms.read(member.zh) is terms.read(member.en) is member
        assert member.zh.strip() == member.zh != ""
        assert member.en.isascii() or set(member.en) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ,×²³%")
        assert terms(member.value) is member


def test_terms_are_read_as_people_type_them() -> None:
    assert MineState.read("　停产 ") is MineState.STOPPED
    assert MineState.read("Producing") is MineState.PRODUCING
    assert RegionLevel.read("ＣＯＵＮＴＹ") is RegionLevel.COUNTY


def test_an_unknown_word_is_refused_with_the_words_that_are_possible() -> None:
    with pytest.raises(RuleError) as refused:
        MineState.read("停工")
    assert refused.value.say() == "“停工”不在可选范围内。请改为：在产、停产、关闭、废弃。"
    assert "producing, stopped" in refused.value.say("en")


def test_terms_serve_as_choices_and_as_plain_text() -> None:
    assert MineState.choices() == [
        ("producing", "在产"),
        ("stopped", "停产"),
        ("closed", "关闭"),
        ("abandoned", "废弃"),
    ]
    assert MineState.choices("en")[3] == ("abandoned", "abandoned")
    assert MineState.values() == ("producing", "stopped", "closed", "abandoned")
    assert f"{MineState.CLOSED}" == "closed" == MineState.CLOSED
    assert pickle.loads(pickle.dumps(MineState.CLOSED)) is MineState.CLOSED
    assert names_of(MineState)["closed"].en == "closed"


def test_a_term_without_names_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="needs a Chinese and an English name"):

        class Nameless(Named):
            ONLY = "only"


def test_the_nine_duties_have_the_names_of_the_bureau() -> None:
    assert [duty.zh for duty in Duty] == [
        "登记", "调度", "审核", "领导", "企业填报", "专家", "审计管理", "系统管理", "安全管理",
    ]  # fmt: skip
    assert {duty.zh for duty in duties.ADMINISTRATORS} == {"系统管理", "安全管理", "审计管理"}
