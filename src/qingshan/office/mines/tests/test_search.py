"""What does the search find, for whom, in which order, and with how many queries?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.finding import walk
from qingshan.office.mines import search
from qingshan.office.mines.models import Facility, LandUse, MiningRight, Site
from qingshan.office.mines.search import find, suggest
from qingshan.office.mines.tests.factories import (
    EAST,
    PROVINCE,
    WEST,
    a_mine,
    an_enterprise,
    clerk,
    regions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register() -> None:
    regions()
    holder = an_enterprise("老虎沟矿业有限公司")
    mine = a_mine("K-1", name="老虎沟铁矿", licence_no="C1500002010011110001234", enterprise=holder)
    a_mine("K-2", name="大老虎沟采石场")
    a_mine("K-3", name="虎山矿", former_names=["老虎沟三矿"])
    a_mine("K-4", EAST, name="老虎沟东矿")
    Site.objects.create(key="S-1", name="老虎沟", region_id=WEST, mine=mine, enterprise=holder)
    MiningRight.objects.create(key="C9", holder_name="老虎沟矿业", region_id=WEST, mine=mine)
    LandUse.objects.create(key="临〔2026〕老虎沟1号", region_id=WEST, mine=mine)
    Facility.objects.create(key="F-1", name="老虎沟选厂", region_id=WEST)


def text_of(parts: Any) -> str:
    """The parts as text, what was found in brackets."""
    return "".join(f"[{text}]" if found else text for text, found in parts)


def found(text: str, region: int = WEST) -> dict[str, list[str]]:
    return {
        group.code: [text_of(hit.name) for hit in group.hits] for group in find(text, actor=clerk(region))
    }


def test_every_kind_is_found_with_the_part_that_was_typed() -> None:
    assert found("虎沟") == {
        "enterprises": ["老[虎沟]矿业有限公司"],
        "mines": ["虎山矿", "大老[虎沟]采石场", "老[虎沟]铁矿"],
        "sites": ["老[虎沟]"],
        "rights": ["老[虎沟]矿业"],
        "land-uses": ["临〔2026〕老[虎沟]1号"],
        "facilities": ["老[虎沟]选厂"],
    }


def test_what_begins_with_it_comes_before_what_contains_it() -> None:
    assert found("老虎沟")["mines"] == ["虎山矿", "[老虎沟]铁矿", "大[老虎沟]采石场"]
    assert suggest("老虎沟", actor=clerk(WEST))[0].name == [("老虎沟", True)]


def test_what_is_called_so_comes_first_however_many_begin_so() -> None:
    a_mine("W-1", name="松树坪")
    for n in range(15):
        a_mine(f"V-{n}", name=f"松树坪{n}矿")
    assert found("松树坪")["mines"][:2] == ["[松树坪]", "[松树坪]14矿"]


def test_a_former_name_says_itself() -> None:
    (hit,) = [hit for group in find("三矿", actor=clerk(WEST)) for hit in group.hits]
    assert text_of(hit.formerly) == "老虎沟[三矿]"


@pytest.mark.parametrize(
    ("typed", "marked"), [("lhgtk", "[老虎沟铁矿]"), ("hugou", "老[虎沟]铁矿"), ("laohug", "[老虎沟]铁矿")]
)
def test_pinyin_marks_the_characters_that_it_spells(typed: str, marked: str) -> None:
    assert marked in found(typed)["mines"]


def test_a_licence_number_is_shown_where_it_was_typed() -> None:
    (group,) = find("2010011110001234", actor=clerk(WEST))
    assert text_of(group.hits[0].number) == "C150000[2010011110001234]"
    assert group.hits[0].enterprise == "老虎沟矿业有限公司"
    assert group.hits[0].region == "青石县"


def test_another_countys_mines_are_not_found() -> None:
    assert found("老虎沟", EAST) == {"mines": ["[老虎沟]东矿"]}
    assert len(found("老虎沟", PROVINCE)["mines"]) == 4


def test_totals_lead_to_the_list_narrowed_to_the_same() -> None:
    mines = next(group for group in find("虎", actor=clerk(WEST)) if group.code == "mines")
    assert mines.total.rows == 3
    assert mines.address == "/mines/?q=%E8%99%8E"


@pytest.mark.parametrize("typed", ["虎", "虎沟", "lhg"])
def test_many_are_counted_to_a_limit_beside_the_best(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "COUNTED_TO", 20)
    for n in range(15):
        a_mine(f"V-{n}", name=f"老虎沟{n}矿")
    (exact,) = [group.total for group in find(typed, actor=clerk(WEST)) if group.code == "mines"]
    assert (exact.rows, exact.at_least) == (18, False)
    for n in range(15, 30):
        a_mine(f"V-{n}", name=f"老虎沟{n}矿")
    (more,) = [group.total for group in find(typed, actor=clerk(WEST)) if group.code == "mines"]
    assert (more.rows, more.at_least) == (20, True)


@pytest.mark.parametrize("at_first", [5, 1_000])
@pytest.mark.parametrize("few", [5, 5_000])
def test_the_same_is_found_however_it_is_looked_for(
    at_first: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a walk, by the index, or among the first rows, which are all that there are."""
    monkeypatch.setattr(walk, "AT_FIRST", at_first)
    monkeypatch.setattr(walk, "FEW", few)
    made = [a_mine(f"V-{n:02}", name=f"{'松树坪' if n % 2 else '老虎沟'}{n}矿") for n in range(30)]
    newest = [mine.name for mine in reversed(made) if "松" in mine.name]
    for typed in ("松", "松树", "松树坪", "ssp"):
        (mines,) = find(typed, actor=clerk(WEST))
        assert [hit.region for hit in mines.hits] == ["青石县"] * 10
        assert [text_of(hit.name).replace("[", "").replace("]", "") for hit in mines.hits] == newest[:10]
        assert (mines.total.rows, mines.total.at_least) == (15, False)


@pytest.mark.parametrize("nothing", ["", "  ", "\x00", "没有这个"])
def test_nothing_is_found_by_nothing(nothing: str) -> None:
    assert find(nothing, actor=clerk(WEST)) == []
    assert suggest(nothing, actor=clerk(WEST)) == []


def test_at_most_eight_are_suggested_each_once() -> None:
    for n in range(12):
        a_mine(f"V-{n}", name=f"老虎沟{n}矿")
    hits = suggest("老虎", actor=clerk(WEST))
    assert len({hit.address for hit in hits}) == len(hits) == 8


MOST_QUERIES = 50
"""Twelve kinds in two or three branches, regions beside them; where many are found, two ranks of that kind more."""


def test_the_number_of_queries_does_not_grow_with_what_is_found() -> None:
    actor = clerk(WEST)
    counts = []
    for first, last in ((0, 0), (0, 30), (30, 90)):
        for n in range(first, last):
            a_mine(f"V-{n}", name=f"老虎沟{n}矿")
        with CaptureQueriesContext(connection) as caught:
            find("老虎沟", actor=actor)
        counts.append(len(caught))
    few, many, more = counts
    assert few < many == more <= MOST_QUERIES
    with CaptureQueriesContext(connection) as caught:
        suggest("老虎沟", actor=actor)
    assert len(caught) <= more
