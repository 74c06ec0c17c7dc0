"""Are these two descriptions one and the same mine?

Files of different offices write one mine differently: another suffix, a renamed firm, a point 100 m away, a
licence that was renewed. And different mines look alike: one valley name in several counties, two pits of one
firm. What speaks for and against is added up, every piece of it with its reason; nobody decides but a person.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qingshan.rules.areas import METRES_PER_DEGREE
from qingshan.rules.identifiers import compact, region_of_id
from qingshan.rules.mine_names import MineName, NameLikeness, compare_names, firm_core, mine_name
from qingshan.rules.reasons import Reason, Value
from qingshan.rules.words import Named, normalised


class LikenessVerdict(Named):
    """判断: what two descriptions are to each other, before a person has looked."""

    SAME = "same", "应为同一矿山", "apparently the same mine"
    LIKELY = "likely", "疑似同一矿山", "perhaps the same mine"
    DIFFERENT = "different", "不是同一矿山", "different mines"


@dataclass(frozen=True)
class MineDescription:
    """What one source says of a mine; empty or None is not said."""

    name: str
    former_names: tuple[str, ...] = ()
    enterprise: str = ""
    former_enterprises: tuple[str, ...] = ()
    uscc: str = ""
    licence_no: str = ""
    mineral: str = ""
    method: str = ""
    region_id: int | None = None
    """Padded to 12 digits."""
    lon: float | None = None
    """Degrees, CGCS2000: the middle of its ground."""
    lat: float | None = None
    area_m2: float | None = None
    places: frozenset[str] = frozenset()
    """Names of regions, from `mine_names.known_places`: those that may stand in front of a name."""

    @cached_property
    def by_name(self) -> MineName:
        return mine_name(self.name, firm=self.enterprise, places=self.places)

    @cached_property
    def by_former_names(self) -> tuple[MineName, ...]:
        return tuple(mine_name(each, firm=self.enterprise, places=self.places) for each in self.former_names)

    @cached_property
    def firm(self) -> str:
        return firm_core(self.enterprise, self.places)

    @cached_property
    def former_firms(self) -> frozenset[str]:
        return frozenset(filter(None, (firm_core(each, self.places) for each in self.former_enterprises)))

    @cached_property
    def licence(self) -> str:
        return _identifier(self.licence_no)

    @cached_property
    def code(self) -> str:
        return _identifier(self.uscc)

    @cached_property
    def ore(self) -> str:
        return mineral_core(self.mineral)


@dataclass(frozen=True)
class Likeness:
    """The answer: a verdict, how strongly (0 to 100), and what spoke for and against, strongest first."""

    verdict: LikenessVerdict
    score: int
    because: tuple[Reason, ...]

    @property
    def is_offered(self) -> bool:
        """Whether a person should look."""
        return self.verdict is not LikenessVerdict.DIFFERENT


@dataclass(frozen=True)
class Sign:
    """One thing that speaks for (above 0) or against (below 0)."""

    weight: int
    reason: Reason


SAME_FROM, LIKELY_FROM, MOST = 85, 50, 100
NEXT_TO_M, CLOSE_M, NEAR_M, FAR_M = 30, 150, 500, 5_000
SAME_AREA, OTHER_AREA = 0.03, 1.5


def likeness(one: MineDescription, other: MineDescription) -> Likeness:
    """What the two are to each other; the order of the two makes no difference."""
    if _identical(one, other):
        return Likeness(LikenessVerdict.SAME, MOST, (Reason("rules.likeness.identical"),))
    signs = sorted(_signs(one, other), key=lambda sign: (-abs(sign.weight), sign.reason.code))
    score = max(0, min(MOST, sum(sign.weight for sign in signs), _most(one, other)))
    return Likeness(_verdict(score), score, tuple(sign.reason for sign in signs))


def _verdict(score: int) -> LikenessVerdict:
    if score >= SAME_FROM:
        return LikenessVerdict.SAME
    return LikenessVerdict.LIKELY if score >= LIKELY_FROM else LikenessVerdict.DIFFERENT


def _identical(one: MineDescription, other: MineDescription) -> bool:
    return _all_facts(one) == _all_facts(other)


def _all_facts(one: MineDescription) -> tuple[object, ...]:
    return (
        *(normalised(text) for text in (one.name, one.enterprise, one.mineral, one.method)),
        *(sorted(map(normalised, texts)) for texts in (one.former_names, one.former_enterprises)),
        *(one.code, one.licence, one.region_id, one.lon, one.lat, one.area_m2),
    )


def _most(one: MineDescription, other: MineDescription) -> int:
    """Two pits by their numbers, or two minerals, are one mine only if a number of theirs says so, and then perhaps."""
    same_licence = bool(one.licence) and one.licence == other.licence
    if _parts(one, other) == "apart":
        return SAME_FROM - 1 if same_licence else LIKELY_FROM - 1
    if _ores(one, other) == "other" and not same_licence:
        return LIKELY_FROM - 1
    return MOST


def _signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    """Everything that speaks for or against."""
    on_same_ground = _on_same_ground(one, other)
    for sign in _all_signs(one, other, on_same_ground=on_same_ground):
        # where the ground itself is the same, names and numbers were changed rather than the mine
        halved = on_same_ground and sign.weight < 0 and sign.reason.code != "rules.likeness.other_mineral"
        yield Sign(sign.weight // 2, sign.reason) if halved else sign


def _all_signs(one: MineDescription, other: MineDescription, *, on_same_ground: bool) -> Iterator[Sign]:
    yield from _licence_signs(one, other)
    yield from _firm_signs(one, other)
    yield from _name_signs(one, other)
    yield from _part_signs(one, other)
    yield from _place_signs(one, other, on_same_ground=on_same_ground)
    yield from _ore_signs(one, other)
    yield from _region_signs(one, other)
    yield from _area_signs(one, other)


def _sign(weight: int, code: str, /, **values: Value) -> Sign:
    return Sign(weight, Reason(code, values))


# --- licence and firm -----------------------------------------------------------------------------------


def _identifier(text: str) -> str:
    """A number that can identify something; empty for 无, /, 正在办理 and rows of zeros."""
    number = compact(text)
    digits = re.sub(r"\D", "", number)
    return number if len(digits) >= 4 and set(digits) != {"0"} else ""


def _licence_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    if not (one.licence and other.licence):
        return
    if one.licence == other.licence:
        yield _sign(60, "rules.likeness.same_licence", licence_no=one.licence)
    elif _one_slip(one.licence, other.licence):
        yield _sign(25, "rules.likeness.licence_slip", **_pair("licence_no", one.licence, other.licence))
    else:
        yield _sign(-20, "rules.likeness.other_licence", **_pair("licence_no", one.licence, other.licence))


def _one_slip(one: str, other: str) -> bool:
    """One character typed wrongly, left out, or two swapped."""
    if abs(len(one) - len(other)) == 1:
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
    if len(one) != len(other):
        return False
    places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and (one[first], one[second]) == (other[second], other[first])
    return len(places) == 1


def _firm_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    if one.code and one.code == other.code:
        yield _sign(20, "rules.likeness.same_uscc", uscc=one.code)
    elif _was_the_firm_of(one, other) or _was_the_firm_of(other, one):
        yield _sign(
            20, "rules.likeness.former_enterprise", **_pair("enterprise", one.enterprise, other.enterprise)
        )
    elif one.code and other.code and _one_slip(one.code, other.code):
        yield _sign(25, "rules.likeness.uscc_slip", **_pair("uscc", one.code, other.code))
    elif one.code and other.code:
        yield _sign(-20, "rules.likeness.other_uscc", **_pair("uscc", one.code, other.code))
    elif one.firm and one.firm == other.firm:
        yield _sign(20, "rules.likeness.same_enterprise", enterprise=min(one.enterprise, other.enterprise))
    elif one.firm and other.firm and not _one_slip(one.firm, other.firm):
        yield _sign(
            -20, "rules.likeness.other_enterprise", **_pair("enterprise", one.enterprise, other.enterprise)
        )


def _was_the_firm_of(one: MineDescription, other: MineDescription) -> bool:
    return bool(one.firm and one.firm in other.former_firms)


def _same_firm(one: MineDescription, other: MineDescription) -> bool:
    return any(sign.weight > 0 for sign in _firm_signs(one, other))


# --- names ---------------------------------------------------------------------------------------------


def _name_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    found = compare_names(one.by_name, other.by_name)
    names = _pair("name", one.name, other.name)
    if found is NameLikeness.EQUAL:
        if normalised(one.name) == normalised(other.name):
            yield _sign(35, "rules.likeness.same_name", name=normalised(one.name))
        else:
            yield _sign(35, "rules.likeness.same_bare_name", **names)
    elif _under_a_former_name(one, other):
        yield _sign(35, "rules.likeness.former_name", **names)
    elif found is NameLikeness.ALIKE:
        yield _sign(_weight_of_a_slip(one, other), "rules.likeness.name_slip", **names)
    elif found is NameLikeness.OTHER:
        yield _sign(-25, "rules.likeness.other_name", **names)


def _weight_of_a_slip(one: MineDescription, other: MineDescription) -> int:
    """Two names that are close are one name on one spot, but two pits where one firm has them further apart."""
    distance, same_firm = distance_m(one, other), _same_firm(one, other)
    if distance is None:
        return 12 if same_firm else 0
    if distance <= CLOSE_M:
        return 12
    return -15 if same_firm else 0


def _under_a_former_name(one: MineDescription, other: MineDescription) -> bool:
    """Equal under a name that at least one of them no longer bears."""
    mine, others = (one.by_name, *one.by_former_names), (other.by_name, *other.by_former_names)
    return any(compare_names(a, b) is NameLikeness.EQUAL for a in mine for b in others)


def _part_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    found = _parts(one, other)
    if found == "apart":
        yield _sign(-60, "rules.likeness.other_part", **_pair("part", _said(one), _said(other)))
    elif found == "one_sided":
        yield _sign(-20, "rules.likeness.part_of_one_only", part=_said(one) or _said(other))


def _said(one: MineDescription) -> str:
    return "、".join(sorted(one.by_name.parts))


def _parts(one: MineDescription, other: MineDescription) -> str:
    """apart, one_sided or together: by numbers, directions, old and new in the two names."""
    mine, others = one.by_name.parts, other.by_name.parts
    if mine and others and mine != others:
        return "apart"
    # 一采区 of what, where the names say nothing of each other?
    of_one_place = compare_names(one.by_name, other.by_name) in (NameLikeness.EQUAL, NameLikeness.ALIKE)
    return "one_sided" if mine != others and of_one_place else "together"


# --- place and area --------------------------------------------------------------------------------------


def distance_m(one: MineDescription, other: MineDescription) -> int | None:
    """Metres between the middles; None where one has no position. Exact to a thousandth over 50 km."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    east = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return round(math.hypot(east, one.lat - other.lat) * METRES_PER_DEGREE)


def _on_same_ground(one: MineDescription, other: MineDescription) -> bool:
    distance, ratio = distance_m(one, other), _area_ratio(one, other)
    return distance is not None and distance <= NEXT_TO_M and ratio is not None and ratio <= 1 + SAME_AREA


def _place_signs(one: MineDescription, other: MineDescription, *, on_same_ground: bool) -> Iterator[Sign]:
    distance = distance_m(one, other)
    if distance is None:
        return
    if on_same_ground:
        yield _sign(70, "rules.likeness.same_ground", distance_m=distance)
    elif distance <= NEAR_M * 3:
        weights = ((NEXT_TO_M, 45), (CLOSE_M, 30), (NEAR_M, 18), (NEAR_M * 3, 8))
        weight = next(weight for limit, weight in weights if distance <= limit)
        yield _sign(weight, "rules.likeness.near", distance_m=distance)
    elif distance <= FAR_M:
        yield _sign(-10, "rules.likeness.not_near", distance_km=_km(distance))
    else:
        yield _sign(-35, "rules.likeness.far", distance_km=_km(distance))


def _km(metres: int) -> str:
    return f"{metres / 1000:.1f}" if metres < 10_000 else str(round(metres / 1000))


def _area_ratio(one: MineDescription, other: MineDescription) -> float | None:
    if not (one.area_m2 and other.area_m2):
        return None
    smaller, larger = sorted((one.area_m2, other.area_m2))
    return larger / smaller


def _area_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    ratio = _area_ratio(one, other)
    if ratio is None or 1 + SAME_AREA < ratio < OTHER_AREA:
        return
    areas = _pair("area_m2", round(one.area_m2 or 0), round(other.area_m2 or 0))
    yield (
        _sign(10, "rules.likeness.same_area", **areas)
        if ratio <= 1 + SAME_AREA
        else _sign(-10, "rules.likeness.other_area", **areas)
    )


def _region_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    """The same county speaks for, another one against unless the two lie close together."""
    found = _counties(one, other)
    if found == "same":
        yield _sign(10, "rules.likeness.same_county")
    elif found == "other":
        distance = distance_m(one, other)
        if distance is None or distance > NEAR_M:
            yield _sign(-30, "rules.likeness.other_county")


_COUNTY = 10**6


def _counties(one: MineDescription, other: MineDescription) -> str:
    """same, other, or open where one of them says no county."""
    if not one.region_id or not other.region_id:
        return "open"
    mine, others = region_of_id(one.region_id), region_of_id(other.region_id)
    if one.region_id // _COUNTY == other.region_id // _COUNTY:
        return "same"
    return "open" if mine.contains(others) or others.contains(mine) else "other"


# --- mineral ---------------------------------------------------------------------------------------------

_FAMILIES = (
    "石灰岩 灰岩 石灰石", "花岗岩 花岗石 饰面石材", "白云岩 白云石", "大理岩 大理石", "砂岩 砂石", "页岩", "粘土 黏土",
    "石英岩 石英 硅石", "煤", "铝土", "铁", "铜", "铅锌", "金", "萤石", "高岭土", "玄武岩", "石膏", "磷", "锰", "长石",
)  # fmt: skip
_FAMILY_OF = {word: family.split()[0] for family in _FAMILIES for word in family.split()}
_WORDS = tuple(sorted(_FAMILY_OF, key=len, reverse=True))
_RELATED = (frozenset({"石灰岩", "花岗岩", "砂岩", "玄武岩", "白云岩", "石料"}), frozenset({"页岩", "粘土"}))
"""Building stone, and what bricks are made of: one office's word is not the other's."""


def mineral_core(mineral: str) -> str:
    """石灰岩 for 建筑石料用灰岩 and 水泥用石灰岩; empty where nothing is known."""
    text = re.sub(r"矿[石产]?$", "", normalised(mineral))
    for word in _WORDS:
        if word in text:
            return _FAMILY_OF[word]
    return "石料" if "石料" in text else text


def _ores(one: MineDescription, other: MineDescription) -> str:
    """same, related, other, or open where one is not known."""
    if not (one.ore and other.ore):
        return "open"
    if one.ore == other.ore:
        return "same"
    together = {one.ore, other.ore}
    return "related" if any(together <= family for family in _RELATED) else "other"


def _ore_signs(one: MineDescription, other: MineDescription) -> Iterator[Sign]:
    found = _ores(one, other)
    minerals = _pair("mineral", one.mineral, other.mineral)
    if found == "same":
        yield _sign(10, "rules.likeness.same_mineral", mineral=min(one.mineral, other.mineral))
    elif found == "other":
        yield _sign(-50, "rules.likeness.other_mineral", **minerals)


# --- words -----------------------------------------------------------------------------------------------


def _pair(name: str, one: Value, other: Value) -> dict[str, Value]:
    """Both values, in an order that does not depend on which mine was named first."""
    first, second = sorted((one, other), key=str)
    return {f"{name}_1": first, f"{name}_2": second}
