"""Where do the counties of 青山省 lie? In the Yellow Sea, on a hand-drawn net of junctions.

Each border runs between two junctions and is drawn once, with a wiggle; the counties on both sides use the
very same points, so the counties tile the province without a gap or an overlap. Whole numbers only
(millionths of a degree), hence the same on every machine.
"""

from __future__ import annotations

from functools import cache

from shapely import Polygon

from qingshan.demo.chance import Chance

Node = tuple[int, int]
MICRODEGREES = 1_000_000
_SHORTEST_STEP = 9_000
_LONG_STEP = 150_000

# hundredths of a degree: longitude, latitude
JUNCTIONS: dict[str, Node] = {
    # along the coast, clockwise from the south-west
    "south_west": (12202, 3302),
    "west_cape": (12194, 3324),
    "west_ferry": (12210, 3352),
    "west_head": (12196, 3384),
    "north_west_ferry": (12215, 3410),
    "north_west": (12210, 3444),
    "north_cape": (12240, 3462),
    "north_ferry": (12276, 3456),
    "north_head": (12308, 3464),
    "north_east_ferry": (12340, 3451),
    "north_east_bay": (12370, 3456),
    "north_east": (12398, 3434),
    "east_ferry": (12390, 3405),
    "east_head": (12402, 3374),
    "south_east_ferry": (12387, 3348),
    "south_east": (12392, 3316),
    "south_east_bay": (12362, 3298),
    "south_ferry": (12330, 3306),
    "south_head": (12297, 3292),
    "south_pass": (12284, 3299),
    "south_bay": (12262, 3304),
    "south_west_ferry": (12238, 3294),
    # inland, where three counties meet
    "stone_bridge": (12252, 3346),
    "old_well": (12244, 3356),
    "salt_road": (12280, 3341),
    "twin_rocks": (12297, 3355),
    "tea_house": (12329, 3345),
    "red_gate": (12342, 3357),
    "pine_ridge": (12339, 3399),
    "heron_pool": (12330, 3409),
    "mill_ford": (12312, 3406),
    "three_peaks": (12291, 3389),
    "ink_spring": (12257, 3393),
    "oak_slope": (12251, 3404),
    "crane_pass": (12273, 3440),
}

# county code -> its junctions, counter-clockwise
RINGS: dict[str, tuple[str, ...]] = {
    "990101": ("south_west", "south_west_ferry", "stone_bridge", "old_well", "west_ferry", "west_cape"),
    "990102": ("south_west_ferry", "south_bay", "south_pass", "salt_road", "stone_bridge"),
    "990103": ("west_ferry", "old_well", "ink_spring", "oak_slope", "north_west_ferry", "west_head"),
    "990104": ("stone_bridge", "salt_road", "twin_rocks", "three_peaks", "ink_spring", "old_well"),
    "990201": ("twin_rocks", "tea_house", "red_gate", "pine_ridge", "heron_pool", "mill_ford", "three_peaks"),
    "990202": ("south_pass", "south_head", "south_ferry", "tea_house", "twin_rocks", "salt_road"),
    "990203": ("south_ferry", "south_east_bay", "south_east", "south_east_ferry", "red_gate", "tea_house"),
    "990204": ("red_gate", "south_east_ferry", "east_head", "east_ferry", "pine_ridge"),
    "990301": ("ink_spring", "three_peaks", "mill_ford", "crane_pass", "oak_slope"),
    "990302": ("north_west_ferry", "oak_slope", "crane_pass", "north_ferry", "north_cape", "north_west"),
    "990303": ("mill_ford", "heron_pool", "north_east_ferry", "north_head", "north_ferry", "crane_pass"),
    "990304": ("heron_pool", "pine_ridge", "east_ferry", "north_east", "north_east_bay", "north_east_ferry"),
}


@cache
def border(start: str, end: str) -> tuple[Node, ...]:
    """The points from one junction to the next, without the last; backwards it is the same line."""
    if end < start:
        return _node(start), *reversed(border(end, start)[1:])
    return _wiggle(_node(start), _node(end), Chance("border", start, end))


def _node(name: str) -> Node:
    lon, lat = JUNCTIONS[name]
    return lon * MICRODEGREES // 100, lat * MICRODEGREES // 100


def _wiggle(start: Node, end: Node, chance: Chance) -> tuple[Node, ...]:
    """Displace the middle sideways, then both halves, until the steps are short."""
    east, north = end[0] - start[0], end[1] - start[1]
    step = abs(east) + abs(north)
    if step < _SHORTEST_STEP:
        return (start,)
    # a long step that bends much makes a bubble of a county, a short one that bends little a ruler line
    sideways = chance.whole(20, 90) if step > _LONG_STEP else chance.whole(60, 190)
    sideways = -sideways if chance.happens(0.5) else sideways
    middle = (
        (start[0] + end[0]) // 2 - north * sideways // 1000,
        (start[1] + end[1]) // 2 + east * sideways // 1000,
    )
    return _wiggle(start, middle, chance) + _wiggle(middle, end, chance)


def outline(*codes: str) -> Polygon:
    """One county, or the common outline of several that touch: inner borders fall away in pairs."""
    sides = {side for code in codes for side in _sides(code)}
    outer = {start: end for start, end in sides if (end, start) not in sides}
    at = first = min(outer)
    points: list[Node] = []
    while True:
        points.extend(border(at, outer[at]))
        at = outer.pop(at)
        if at == first:
            break
    if outer:
        raise ValueError(f"{codes} do not hang together")
    return Polygon([(lon / MICRODEGREES, lat / MICRODEGREES) for lon, lat in points])


def _sides(code: str) -> list[tuple[str, str]]:
    ring = RINGS[code]
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))
