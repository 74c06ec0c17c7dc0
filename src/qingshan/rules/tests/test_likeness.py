from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.likeness import LikenessVerdict, MineDescription, distance_m, likeness
from qingshan.rules.mine_names import firm_core, mine_name
from qingshan.rules.reasons import say
from qingshan.rules.tests.likeness_pairs import PLACES, Pair, pairs

PRECISION, RECALL = 0.95, 0.90


def counted(held_out: str) -> tuple[float, float, str]:
    """Precision and recall of what is offered, and the counts in words."""
    found = Counter((pair.same, likeness(pair.one, pair.other).is_offered) for pair in of(held_out))
    right, wrong, missed = found[True, True], found[False, True], found[True, False]
    precision, recall = right / (right + wrong), right / (right + missed)
    words = f"{right} right, {wrong} wrongly offered, {missed} missed, {found[False, False]} rightly let be"
    return precision, recall, f"{words}: precision {precision:.3f}, recall {recall:.3f}"


def of(held_out: str) -> list[Pair]:
    return [pair for pair in pairs() if pair.held_out == held_out]


def test_the_list_is_large_and_holds_as_many_that_only_look_alike() -> None:
    written_first = Counter(pair.same for pair in of("no"))
    assert written_first[True] >= 90
    assert written_first[False] >= 90
    assert len(of("first")) == len(of("second")) == 60
    assert len({pair.number for pair in pairs()}) == len(pairs()) == 320


@pytest.mark.parametrize("held_out", ["no", "first", "second"])
def test_what_is_offered_is_mostly_right_and_little_is_missed(held_out: str) -> None:
    """`second` was written last of all; nothing was ever fitted to it."""
    precision, recall, words = counted(held_out)
    print(f"held out: {held_out}: {words}")
    assert precision >= PRECISION, words
    assert recall >= RECALL, words


def test_no_two_different_mines_are_called_the_same() -> None:
    wrong = [
        pair.number
        for pair in pairs()
        if not pair.same and likeness(pair.one, pair.other).verdict is LikenessVerdict.SAME
    ]
    assert wrong == []


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.number}-{pair.family}")
def test_every_answer_has_reasons_that_can_be_said(pair: Pair) -> None:
    found = likeness(pair.one, pair.other)
    assert found.because
    for reason in found.because:
        assert say(reason) != say(reason, "en")
        assert "—" not in say(reason)


def test_the_reasons_say_what_a_clerk_would_say() -> None:
    one = MineDescription(
        "老虎沟石灰岩矿",
        enterprise="鑫砾石料有限公司",
        licence_no="C9901012019057120112648",
        lon=122.0,
        lat=35.0,
    )
    other = replace(one, name="青石县老虎沟石灰石矿", lon=122.001, lat=35.0003, places=PLACES)
    assert [say(reason) for reason in likeness(one, other).because] == [
        "采矿许可证号相同（C9901012019057120112648）。",
        "名称去掉区划、企业和公司后缀后相同（老虎沟石灰岩矿、青石县老虎沟石灰石矿）。",
        "位置相距 97 米。",
        "企业名称相同（鑫砾石料有限公司）。",
    ]


def test_one_name_in_two_counties_is_no_evidence_alone() -> None:
    one = MineDescription(
        "老虎沟石灰岩矿", enterprise="鑫砾石料厂", region_id=990101000000, lon=122.4, lat=35.6
    )
    other = replace(one, enterprise="宏峰矿业", region_id=990103000000, lon=122.8, lat=35.8)
    found = likeness(one, other)
    assert found.verdict is LikenessVerdict.DIFFERENT
    assert "位置相距 42 公里，相距较远。" in [say(reason) for reason in found.because]


@pytest.mark.parametrize(
    ("name", "place", "parts"),
    [
        ("青山省苍岭市青石县老虎沟石灰岩矿", "老虎沟", ""),
        ("青石县鑫砾石料有限公司老虎沟石灰岩矿（东采区）", "老虎沟", "东"),
        ("老 虎 沟 采 石 厂", "老虎沟", ""),
        ("井坪煤矿Ⅱ号井", "井坪", "2"),
        ("井坪煤矿（二号井）", "井坪", "2"),
        ("黄土岭第十一砖厂", "黄土岭", "11"),
        ("新石坪采石场", "石坪", "新"),
        ("青石岭采石场", "青石岭", ""),
        ("五里坡金矿", "五里坡", ""),
        ("采石场", "", ""),
    ],
)
def test_a_name_is_taken_apart(name: str, place: str, parts: str) -> None:
    found = mine_name(name, places=PLACES)
    assert (found.place, "".join(sorted(found.parts))) == (place, parts)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("青石县鑫砾石料有限公司", "鑫砾石料"),
        ("鑫砾石料有限责任公司", "鑫砾石料"),
        ("岚川市瑞峦矿业集团有限公司", "瑞峦矿业"),
        ("永岗矿业股份有限公司双井岭分公司", "永岗矿业"),
        ("个体", ""),
        ("责任主体灭失", ""),
    ],
)
def test_a_firm_is_known_without_its_legal_form(name: str, core: str) -> None:
    assert firm_core(name, PLACES) == core


words = st.text("老虎沟大柳坡一二东西采区石灰岩矿场厂青县（）() 有限公司12#Ⅰ", max_size=12)
numbers = st.sampled_from(
    ["", "无", "C9901012019057120112648", "C9901012019057120112684", "91990101MA0070001X"]
)
descriptions = st.builds(
    MineDescription,
    name=words.filter(bool),
    former_names=st.lists(words, max_size=3).map(tuple),
    enterprise=words,
    former_enterprises=st.lists(words, max_size=3).map(tuple),
    uscc=numbers,
    licence_no=numbers,
    mineral=st.sampled_from(["", "煤", "建筑石料用灰岩", "页岩"]),
    region_id=st.sampled_from([None, 990101000000, 990101104000, 990102000000, 990000000000]),
    lon=st.none() | st.floats(122, 123),
    lat=st.none() | st.floats(35, 36),
    area_m2=st.none() | st.floats(0, 1e7),
    places=st.just(PLACES),
)


@given(one=descriptions, other=descriptions)
def test_the_order_of_the_two_makes_no_difference(one: MineDescription, other: MineDescription) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert distance_m(one, other) == distance_m(other, one)


@given(one=descriptions)
def test_every_mine_is_the_same_as_itself(one: MineDescription) -> None:
    assert likeness(one, one).verdict is LikenessVerdict.SAME


@given(one=descriptions, other=descriptions)
def test_the_order_of_former_names_makes_no_difference(one: MineDescription, other: MineDescription) -> None:
    turned = replace(
        one, former_names=one.former_names[::-1], former_enterprises=one.former_enterprises[::-1]
    )
    assert likeness(one, other) == likeness(turned, other)
    assert likeness(one, turned).verdict is LikenessVerdict.SAME
