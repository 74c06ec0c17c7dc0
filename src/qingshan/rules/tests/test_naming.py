"""Which earlier names are kept?"""

from __future__ import annotations

import pytest

from qingshan.rules.naming import MOST_FORMER_NAMES, former_names


@pytest.mark.parametrize(
    ("known", "was", "becomes", "kept"),
    [
        (None, "甲矿", "乙矿", ["甲矿"]),
        (["甲矿"], "乙矿", "丙矿", ["甲矿", "乙矿"]),
        (["甲矿"], "乙矿", "甲矿", ["乙矿"]),
        (["甲矿", "乙矿"], "甲矿", "丙矿", ["乙矿", "甲矿"]),
    ],
)
def test_every_earlier_name_is_kept_once_the_newest_last(
    known: list[str] | None, was: str, becomes: str, kept: list[str]
) -> None:
    assert former_names(known, was=was, becomes=becomes) == kept


def test_whoever_is_renamed_without_end_keeps_the_newest() -> None:
    names: list[str] = []
    for number in range(100):
        names = former_names(names, was=f"第{number}矿", becomes=f"第{number + 1}矿")
    assert len(names) == MOST_FORMER_NAMES
    assert names[-1] == "第99矿"
