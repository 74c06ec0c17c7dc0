"""Which pairs of mines have people labelled as one mine or as two? Read from the list beside this file.

Two lines of the list are one pair. The families were written by hand, before the rule; those held out were
written after it and must never be used to improve it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qingshan.rules.likeness import MineDescription
from qingshan.rules.mine_names import known_places

LIST = Path(__file__).with_name("likeness_pairs.csv")
PLACES = known_places(
    [
        "青山省", "苍岭市", "青石县", "望川县", "赤岩县", "枫岭区", "岚川市", "云麓区", "碧川县", "磐岭县", "霞岭县",
        "墨石市", "松砚区", "雁川县", "栎坪县", "砾川县",
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two descriptions and what a person says of them."""

    number: int
    family: str
    same: bool
    held_out: str
    one: MineDescription
    other: MineDescription


@cache
def pairs() -> tuple[Pair, ...]:
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_pair(*rows[place : place + 2]) for place in range(0, len(rows), 2))


def _pair(first: dict[str, str], second: dict[str, str]) -> Pair:
    assert first["pair"] == second["pair"]
    return Pair(
        number=int(first["pair"]),
        family=first["family"],
        same=first["verdict"] == "same",
        held_out=first["held_out"],
        one=_described(first),
        other=_described(second),
    )


def _described(row: dict[str, str]) -> MineDescription:
    return MineDescription(
        name=row["name"],
        former_names=tuple(filter(None, row["former_names"].split("、"))),
        enterprise=row["enterprise"],
        former_enterprises=tuple(filter(None, row["former_enterprises"].split("、"))),
        uscc=row["uscc"],
        licence_no=row["licence_no"],
        mineral=row["mineral"],
        method=row["method"],
        region_id=int(row["region_id"]) if row["region_id"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        area_m2=float(row["area_m2"]) if row["area_m2"] else None,
        places=PLACES,
    )
