"""Which columns of a sheet hold the corners of shapes: number, ring, and two coordinates?

As mining licences list them: 点号, X坐标 (north, by survey custom), Y坐标 (east), or 经度 and 纬度; printed in two
or three panels side by side to save room, sometimes in two reference systems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qingshan.exchange.cells import folded
from qingshan.geo.crs import Order


class Role(StrEnum):
    """What a column of corners holds."""

    POINT = "point"
    COUNTED = "counted"
    """A number that may be the corner's or the row's."""
    RING = "ring"
    X = "x"
    Y = "y"
    LON = "lon"
    LAT = "lat"


_POINTS = re.compile(
    r"(?:拐点|界址点|顶点|角点|坐标点|范围点|控制点|桩)(?:号|编号|序号|点号|名称)?|点号|点名|点序号?|界桩号"
    r"|pointno\.?|point|vertex"
)
_COUNTED = frozenset({"序号", "编号", "序", "号", "no", "no."})
_RINGS = re.compile(
    r"(?:圈|环|地块|区块|块段|块|面|面积|采区|矿区|开采区|分区|矿块)(?:号|编号|序号|名称|名)|圈|环|地块|区块|采区|开采区|ring"
)
_AXES: dict[Role, frozenset[str]] = {
    Role.X: frozenset(
        ["x", "x坐标", "坐标x", "x轴", "x纵坐标", "纵坐标x", "纵坐标", "x纵", "北坐标", "北坐标x"]
    ),
    Role.Y: frozenset(
        ["y", "y坐标", "坐标y", "y轴", "y横坐标", "横坐标y", "横坐标", "y横", "东坐标", "东坐标y"]
    ),
    Role.LON: frozenset(["经度", "东经", "大地经度", "经度e", "经度l", "l", "e", "lon", "lng", "longitude"]),
    Role.LAT: frozenset(["纬度", "北纬", "大地纬度", "纬度n", "纬度b", "b", "n", "lat", "latitude"]),
}
_ROLE_OF_WORD = {word: role for role, words in _AXES.items() for word in words}
_UNITS = re.compile(r"\((?:单位:?)?(?:m|米|°|度|度分秒|度°分'秒\"|dms|十进制度?|°'\"|°′″|°′′′)\)|[(),:;]")
_OF_SHAPES = re.compile(
    r"^(?:拐点|界址点|顶点|角点|范围|矿区|平面|直角|大地|地理|空间|高斯|2000|cgcs)+(?:坐标)?"
)
_ONLY_UNIT = re.compile(r"\(?(?:m|米|°|度|度分秒|dms)\)?")
_BRACKETS = str.maketrans("【】〔〕[]（）", "()()()()")


def is_axis(text: str) -> bool:
    """Does a header name one of the two coordinates?"""
    return _axis(text) is not None


def _axis(text: str) -> Role | None:
    word = _UNITS.sub("", folded(text).translate(_BRACKETS))
    return _ROLE_OF_WORD.get(word) or _ROLE_OF_WORD.get(_OF_SHAPES.sub("", word))


def role_of(levels: Sequence[str]) -> Role | None:
    """The role of a column by its headers from the top down; a unit on a line of its own says nothing."""
    written = [
        text for text in levels if text and not _ONLY_UNIT.fullmatch(folded(text).translate(_BRACKETS))
    ]
    if not written:
        return None
    word = folded(written[-1]).translate(_BRACKETS)
    if axis := _axis(written[-1]):
        return axis
    if _POINTS.fullmatch(word):
        return Role.POINT
    if word in _COUNTED:
        return Role.COUNTED
    return Role.RING if _RINGS.fullmatch(word) else None


@dataclass(frozen=True)
class Pair:
    """The two columns of a corner's coordinates."""

    first: int
    second: int
    degrees: bool
    title: str
    """What stands above both, such as the reference system."""

    @property
    def order(self) -> Order:
        """X is north and Y is east by survey custom; a pair of degrees is put longitude first."""
        return Order.EAST_NORTH if self.degrees else Order.NORTH_EAST


@dataclass
class Panel:
    """One set of columns for corners; a second one stands beside it where the list was too long."""

    point: int | None = None
    pairs: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class CornerColumns:
    """All columns of a sheet that have to do with corners."""

    panels: tuple[Panel, ...]
    ring: int | None
    counted: bool
    """Whether the numbers of the corners may be mere numbers of rows."""
    role_at: dict[int, Role]

    @property
    def places(self) -> frozenset[int]:
        return frozenset(self.role_at)


def corner_columns(levels: Sequence[Sequence[str]]) -> CornerColumns | None:
    """The corner columns among the headers of all columns; None where no two coordinates stand side by side."""
    roles = {place: role for place, level in enumerate(levels) if (role := role_of(level))}
    numbers = [place for place, role in roles.items() if role is Role.POINT]
    counted = not numbers
    if counted:
        # 编号 is the number of a corner only directly before its coordinates
        axes = {place for place, role in roles.items() if role in _AXES}
        numbers = [place for place, role in roles.items() if role is Role.COUNTED and place + 1 in axes]
    panels = list(_panels(levels, roles, frozenset(numbers)))
    if not panels:
        return None
    ring = next((place for place, role in roles.items() if role is Role.RING), None)
    used = {place: roles[place] for panel in panels for place in _places(panel)}
    if ring is not None:
        used[ring] = Role.RING
    return CornerColumns(tuple(panels), ring, counted, used)


def _places(panel: Panel) -> Iterator[int]:
    if panel.point is not None:
        yield panel.point
    for pair in panel.pairs:
        yield from (pair.first, pair.second)


def _panels(
    levels: Sequence[Sequence[str]], roles: dict[int, Role], numbers: frozenset[int]
) -> Iterator[Panel]:
    panel, waiting = Panel(), dict[Role, int]()
    for place, role in sorted(roles.items()):
        if place in numbers:
            if panel.pairs:
                yield panel
                panel = Panel()
            panel.point, waiting = place, {}
        if role not in _AXES:
            continue
        waiting[role] = place
        pair = _pair(levels, waiting)
        if pair is None:
            continue
        waiting = {}
        if any(_alike(pair, other) for other in panel.pairs):
            yield panel
            panel = Panel()
        panel.pairs.append(pair)
    if panel.pairs:
        yield panel


def _pair(levels: Sequence[Sequence[str]], waiting: dict[Role, int]) -> Pair | None:
    for first, second, degrees in ((Role.X, Role.Y, False), (Role.LON, Role.LAT, True)):
        if first in waiting and second in waiting:
            above = " ".join(dict.fromkeys(text for text in levels[waiting[first]][:-1] if text))
            return Pair(waiting[first], waiting[second], degrees, above)
    return None


def _alike(one: Pair, other: Pair) -> bool:
    return (one.degrees, one.title) == (other.degrees, other.title)
