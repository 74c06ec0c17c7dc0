"""A small register made by hand: two lists of the standard with a ministry's list between them."""

from __future__ import annotations

from datetime import date

from qingshan.office.regions.register import DatedList

FULL = {
    "410000": "河南省",
    "410400": "平顶山市",
    "410401": "市辖区",
    "410402": "新华区",
    "410421": "宝丰县",
    "419000": "省直辖县级行政区划",
    "419001": "济源市",
}


def small_lists() -> list[DatedList]:
    """平顶山 with a county renamed, one abolished, one new, and headings that the ministry leaves out."""
    ministry = {
        "410000": "河南省",
        "410400": "平顶山市",
        "410402": "新华区",
        "410422": "叶县",
        "419001": "济源市",
    }
    last = {key: name for key, name in FULL.items() if key != "410421"} | {
        "410402": "新华新区",
        "410422": "叶县",
    }
    return [
        DatedList(date(2000, 12, 1), FULL),
        DatedList(date(2005, 6, 1), ministry),
        DatedList(date(2010, 10, 1), last),
    ]
