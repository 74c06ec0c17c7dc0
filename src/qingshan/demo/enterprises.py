"""Which mining enterprises has the demonstration? 150 firms that do not exist, with well-formed numbers.

Some of them were called otherwise before: their licences may still say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qingshan.demo.chance import Chance
from qingshan.demo.names import brands
from qingshan.demo.regions import COUNTIES, NAMES
from qingshan.rules.identifiers import organisation_check_character, uscc_check_character

COUNT = 150
_TRADES = (
    ("石料", 26),
    ("矿业", 30),
    ("建材", 18),
    ("石材", 12),
    ("矿产品", 8),
    ("砂石", 14),
    ("水泥", 5),
    ("冶金", 6),
)
_FORMS = (("有限公司", 8), ("有限责任公司", 3))


@dataclass(frozen=True)
class EnterpriseFacts:
    """An enterprise as it is registered; `uscc` is 统一社会信用代码 with right check characters."""

    uscc: str
    name: str
    county: str
    former_name: str = ""
    """as it was registered at first"""

    @property
    def first_name(self) -> str:
        return self.former_name or self.name


@cache
def enterprises() -> tuple[EnterpriseFacts, ...]:
    chance = Chance("enterprises")
    fresh_brands = brands(chance)
    weights = [chance.whole(9, 16) for _ in COUNTIES]
    found: list[EnterpriseFacts] = []
    for county, count in zip(COUNTIES, apportioned(COUNT, weights), strict=True):
        for _ in range(count):
            name = f"{NAMES[county]}{next(fresh_brands)}{chance.weighted(_TRADES)}{chance.weighted(_FORMS)}"
            found.append(EnterpriseFacts(made_up_uscc(county, len(found) + 1), name, county))
    return tuple(_renamed(found, fresh_brands))


def _renamed(firms: list[EnterpriseFacts], fresh_brands: Iterator[str]) -> Iterator[EnterpriseFacts]:
    """One firm in every second county bore another name, under which nobody else is known."""
    chance = Chance("renamed enterprises")
    chosen = {
        chance.one_of([firm for firm in firms if firm.county == county]).uscc for county in COUNTIES[::2]
    }
    for firm in firms:
        if firm.uscc in chosen:
            former = f"{NAMES[firm.county]}{next(fresh_brands)}{chance.weighted(_TRADES)}有限公司"
            yield replace(firm, former_name=former)
        else:
            yield firm


def made_up_uscc(region: str, serial: int, *, kind: str = "91") -> str:
    """A 统一社会信用代码 of a region that no register knows; `kind` 91 is an enterprise, 11 an authority."""
    body = f"MA{serial:06d}"
    first_17 = kind + region + body + organisation_check_character(body)
    return first_17 + uscc_check_character(first_17)


def apportioned(total: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of a total by weight, the remainders going to the largest fractions."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
