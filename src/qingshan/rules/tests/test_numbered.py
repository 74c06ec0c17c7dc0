"""Is a text cut where its numbers stand, and nowhere else?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.numbered import Depth, marks, split, steps

NOTICE = """关于青石县矿山生态环境问题的反馈意见
现将督察发现的问题反馈如下。
一、主要问题
（一）老虎沟铁矿采坑未回填，面积1.5公顷。
1．2021年以来没有治理。
2．弃渣占用耕地2.3亩。
（二）石门灰岩矿越界开采。
（三）白草沟排土场扬尘。
二、整改要求
请于2026年12月底前完成整改。"""


def test_a_notice_is_cut_at_the_depth_with_the_most_items() -> None:
    found = split(NOTICE)
    assert found.depth is Depth.SECTION
    assert [item.split("\n")[0] for item in found.items] == [
        "（一）老虎沟铁矿采坑未回填，面积1.5公顷。",
        "（二）石门灰岩矿越界开采。",
        "（三）白草沟排土场扬尘。",
    ]
    assert "2．弃渣占用耕地2.3亩。" in found.items[0]


def test_what_stands_in_no_item_is_handed_back() -> None:
    assert [text.split("\n")[0] for text in split(NOTICE).left_over] == [
        "关于青石县矿山生态环境问题的反馈意见",
        "一、主要问题",
        "二、整改要求",
    ]


def test_the_person_may_choose_another_depth() -> None:
    assert split(NOTICE).depths == (Depth.CHAPTER, Depth.SECTION, Depth.ITEM)
    assert len(split(NOTICE, Depth.CHAPTER).items) == 2
    assert len(split(NOTICE, Depth.ITEM).items) == 2
    assert split(NOTICE, Depth.CIRCLE).depth is Depth.SECTION


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1.清运弃渣；2.回填采坑1.5万立方米；3.覆土复绿。", ["清运弃渣", "回填采坑1.5万立方米", "覆土复绿"]),
        ("①清运弃渣②回填", ["清运弃渣", "回填"]),
        ("①清运弃渣；②回填", ["清运弃渣", "回填"]),
        ("（1）清运弃渣。（2）回填。", ["清运弃渣", "回填"]),
        ("一是清运弃渣；二是回填；三是复绿", ["清运弃渣", "回填", "复绿"]),
        ("一、清运弃渣\n二、回填\n十、复绿", ["清运弃渣", "回填", "复绿"]),
        ("清运弃渣；回填采坑；复绿", ["清运弃渣", "回填采坑", "复绿"]),
        ("清运弃渣\n回填采坑", ["清运弃渣", "回填采坑"]),
        ("清运弃渣1.5万立方米，面积2.3公顷", ["清运弃渣1.5万立方米，面积2.3公顷"]),
        ("按照（2021）3号文整改", ["按照（2021）3号文整改"]),
        ("", []),
    ],
)
def test_measures_in_one_cell_are_taken_one_by_one(text: str, items: list[str]) -> None:
    assert list(steps(text)) == items


def test_chinese_numbers_are_read() -> None:
    text = "\n".join(f"{n}、问题" for n in ("一", "十", "十一", "二十", "二十三", "一百零五"))
    assert [mark.number for mark in marks(text)] == [1, 10, 11, 20, 23, 105]


@given(st.text(alphabet="一二三（）()1234.、①②\n。 问题", max_size=80))
def test_nothing_is_lost_whatever_the_text(text: str) -> None:
    found = split(text)
    kept = "".join("".join((*found.items, *found.left_over)).split())
    assert sorted(kept) == sorted("".join(text.split()))
