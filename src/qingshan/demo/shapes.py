"""What does a pit, a dump, a pond or a yard look like from above?

A blob is a ring of spokes: every direction has an outer radius, sometimes an inner one (a hill left
standing). All ways of cutting it follow the spokes, so parts never overlap and fill the whole. Nothing here
is measured: the shapes are drawn by lot and only look like what satellites see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely import MultiPolygon, Polygon

from qingshan.demo.chance import Chance
from qingshan.rules.areas import METRES_PER_DEGREE

_DECIMALS = 7


@dataclass(frozen=True)
class Blob:
    """One connected shape around its own middle; radii in metres once it is `sized`."""

    outer: tuple[float, ...]
    inner: tuple[float, ...] | None = None
    stretch: float = 1.0
    turn_rad: float = 0.0
    middle: tuple[float, float] = (0.0, 0.0)

    @property
    def spokes(self) -> int:
        return len(self.outer)

    @property
    def reach_m(self) -> float:
        """No point is farther than this from the blob's own middle."""
        return max(self.outer) * self.stretch

    def point(self, spoke: int, share: float, radii: Sequence[float] | None = None) -> tuple[float, float]:
        """East and north of the point at this share of a spoke."""
        radius = (radii or self.outer)[spoke % self.spokes] * share
        angle = math.tau * spoke / self.spokes
        along, across = radius * math.cos(angle) * self.stretch, radius * math.sin(angle)
        cos, sin = math.cos(self.turn_rad), math.sin(self.turn_rad)
        return (
            self.middle[0] + along * cos - across * sin,
            self.middle[1] + along * sin + across * cos,
        )

    def ring(self, radii: Sequence[float] | None = None) -> list[tuple[float, float]]:
        return [self.point(spoke, 1.0, radii) for spoke in range(self.spokes)]

    @property
    def area_m2(self) -> float:
        return _ring_area(self.ring()) - (_ring_area(self.ring(self.inner)) if self.inner else 0.0)

    def sized(self, area_m2: float) -> Blob:
        """The same shape with this area."""
        factor = round(math.sqrt(area_m2 / self.area_m2), 6)
        inner = tuple(r * factor for r in self.inner) if self.inner else None
        return replace(self, outer=tuple(r * factor for r in self.outer), inner=inner)

    def moved(self, east_m: float, north_m: float) -> Blob:
        return replace(self, middle=(self.middle[0] + east_m, self.middle[1] + north_m))

    def with_hill(self, share: float) -> Blob:
        """The same with a hole in its middle, where a hill was left standing."""
        return replace(self, inner=tuple(r * share for r in self.outer))


def _ring_area(ring: Sequence[tuple[float, float]]) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


# --- the five looks --------------------------------------------------------------------------------


def pit(chance: Chance) -> Blob:
    """An open pit or quarry: ragged, with straight working faces cut back in benches."""
    radii = _ragged(chance, spokes=chance.whole(34, 64), roughness=0.16)
    for _ in range(chance.whole(1, 3)):
        radii = _straight_side(radii, chance.whole(0, len(radii) - 1), chance.between(0.6, 0.85))
    radii = _benches(radii, chance)
    return Blob(radii, None, chance.between(1.0, 1.9), chance.between(0, math.tau))


def dump(chance: Chance) -> Blob:
    """A waste dump: fans of tipped rock side by side below one straight edge."""
    spokes, fans, shift = chance.whole(36, 60), chance.whole(4, 7), chance.between(0, math.pi)
    base = _ragged(chance, spokes=spokes, roughness=0.07)
    radii = tuple(
        r * (0.86 + 0.16 * abs(math.sin(fans * math.pi * spoke / spokes + shift)))
        for spoke, r in enumerate(base)
    )
    radii = _straight_side(radii, chance.whole(0, spokes - 1), chance.between(0.45, 0.65))
    return Blob(radii, None, chance.between(1.1, 1.8), chance.between(0, math.tau))


def pond(chance: Chance) -> Blob:
    """A tailings pond: a smooth valley filled up behind one straight dam."""
    spokes, narrowing = chance.whole(30, 48), chance.between(0.2, 0.38)
    base = _ragged(chance, spokes=spokes, roughness=0.08)
    radii = tuple(r * (1 + narrowing * math.cos(math.tau * spoke / spokes)) for spoke, r in enumerate(base))
    radii = _straight_side(radii, spokes // 2, chance.between(0.45, 0.6))
    return Blob(radii, None, chance.between(1.3, 2.0), chance.between(0, math.tau))


def hollow(chance: Chance) -> Blob:
    """A subsidence area above old workings: long, soft, without a straight line."""
    radii = _ragged(chance, spokes=chance.whole(28, 44), roughness=0.1)
    return Blob(radii, None, chance.between(1.3, 2.4), chance.between(0, math.tau))


def yard(chance: Chance) -> Blob:
    """An industrial yard: four straight sides, seldom five, hardly a right angle."""
    sides, spokes = chance.weighted([(4, 4), (5, 1)]), 40
    radii = tuple(chance.between(1.6, 1.7) for _ in range(spokes))
    for side in range(sides):
        towards = spokes * side // sides + chance.whole(-1, 1)
        radii = _straight_side(radii, towards, chance.between(0.85, 1.1))
    return Blob(radii, None, chance.between(1.0, 1.8), chance.between(0, math.tau))


def _ragged(chance: Chance, *, spokes: int, roughness: float) -> tuple[float, ...]:
    """Radii around one: slow waves first, quick ones smaller, a little noise at every spoke."""
    waves = [
        (wave, roughness * chance.between(0.4, 1.2) / math.sqrt(wave), chance.between(0, math.tau))
        for wave in range(2, 9)
    ]
    radii = []
    for spoke in range(spokes):
        angle = math.tau * spoke / spokes
        wavy = sum(height * math.sin(wave * angle + phase) for wave, height, phase in waves)
        radii.append(max(0.4, 1 + wavy + chance.between(-0.3, 0.3) * roughness))
    return tuple(radii)


def _straight_side(radii: Sequence[float], towards: int, distance: float) -> tuple[float, ...]:
    """Cut everything off that lies beyond a straight line across one spoke."""
    cut = []
    for spoke, radius in enumerate(radii):
        slant = math.cos(math.tau * (spoke - towards) / len(radii))
        cut.append(min(radius, distance / slant) if slant > 0.05 else radius)
    return tuple(cut)


def _benches(radii: Sequence[float], chance: Chance) -> tuple[float, ...]:
    """On one flank the edge goes back in steps instead of a slope."""
    stepped, first = list(radii), chance.whole(0, len(radii) - 1)
    for step in range(chance.whole(1, 4)):
        back, start = chance.between(0.84, 0.97), first + 5 * step
        for spoke in range(start, start + 3):
            stepped[spoke % len(stepped)] = radii[start % len(radii)] * back
    return tuple(stepped)


# --- cutting ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cut:
    """A part of a blob: its outer ring and then its holes, in metres."""

    rings: tuple[tuple[tuple[float, float], ...], ...]

    @classmethod
    def whole(cls, blob: Blob) -> Cut:
        rings = [tuple(blob.ring())]
        if blob.inner:
            rings.append(tuple(reversed(blob.ring(blob.inner))))
        return cls(tuple(rings))


def halves(blob: Blob, chance: Chance) -> tuple[Cut, Cut]:
    """Two parts on both sides of a wandering line through the middle."""
    first = chance.whole(0, blob.spokes - 1)
    last = first + blob.spokes // 2 + chance.whole(-blob.spokes // 8, blob.spokes // 8)
    here, there = _seam(blob, first, chance), _seam(blob, last, chance)
    return _slice(blob, first, last, here, there), _slice(blob, last, first + blob.spokes, there, here)


def face_and_floor(blob: Blob, chance: Chance) -> tuple[Cut, Cut]:
    """The working face, a band along part of the edge, and everything else. Not for a blob with a hill."""
    first, spokes = chance.whole(0, blob.spokes - 1), blob.spokes * chance.whole(30, 50) // 100
    shares = [chance.between(0.68, 0.78) for _ in range(spokes - 1)]
    edge = [blob.point(spoke, 1.0) for spoke in range(first, first + spokes + 1)]
    foot = [blob.point(first + 1 + place, share) for place, share in enumerate(shares)]
    others = [blob.point(spoke, 1.0) for spoke in range(first + spokes, first + blob.spokes + 1)]
    return Cut(((*edge, *reversed(foot)),)), Cut(((*others, *foot),))


def _seam(blob: Blob, spoke: int, chance: Chance) -> list[tuple[float, float]]:
    """From the edge inwards along a spoke, wandering a little; up to the hill or the very middle."""
    reach = min(blob.outer[(spoke + side) % blob.spokes] for side in (-1, 0, 1))
    own = blob.outer[spoke % blob.spokes]
    # shares of the shortest of three neighbours stay inside whichever side the line wanders to
    shares = [share * reach / own for share in (0.8, 0.64)]
    return [
        blob.point(spoke, 1.0),
        *(_beside(blob, spoke, share, chance.between(-0.35, 0.35)) for share in shares),
        blob.point(spoke, 1.0, blob.inner) if blob.inner else blob.middle,
    ]


def _beside(blob: Blob, spoke: int, share: float, sideways: float) -> tuple[float, float]:
    east, north = blob.point(spoke, share)
    other_east, other_north = blob.point(spoke + (1 if sideways > 0 else -1), share)
    weight = abs(sideways)
    return east + (other_east - east) * weight, north + (other_north - north) * weight


def _slice(
    blob: Blob,
    first: int,
    last: int,
    here: Sequence[tuple[float, float]],
    there: Sequence[tuple[float, float]],
) -> Cut:
    """The spokes from `first` to `last`, closed by the two seams."""
    edge = [blob.point(spoke, 1.0) for spoke in range(first + 1, last)]
    hill = [blob.point(spoke, 1.0, blob.inner) for spoke in range(first + 1, last)] if blob.inner else []
    inwards = there if blob.inner else there[:-1]
    return Cut(((*here[:1], *edge, *inwards, *reversed(hill), *reversed(here[1:])),))


# --- on the map ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A point of the map in degrees, from which metres are counted."""

    lon: float
    lat: float

    def to_degrees(self, point: tuple[float, float]) -> tuple[float, float]:
        shrink = round(math.cos(math.radians(self.lat)), 9)
        return (
            round(self.lon + point[0] / (METRES_PER_DEGREE * shrink), _DECIMALS),
            round(self.lat + point[1] / METRES_PER_DEGREE, _DECIMALS),
        )

    def metres_from(self, origin: Place) -> tuple[float, float]:
        """East and north of another place."""
        shrink = round(math.cos(math.radians(origin.lat)), 9)
        east = (self.lon - origin.lon) * METRES_PER_DEGREE * shrink
        return east, (self.lat - origin.lat) * METRES_PER_DEGREE

    @property
    def m2_of_square_degree(self) -> float:
        """By how much an area in degrees is multiplied here."""
        return METRES_PER_DEGREE**2 * round(math.cos(math.radians(self.lat)), 9)

    def moved(self, east_m: float, north_m: float) -> Place:
        return Place(*self.to_degrees((east_m, north_m)))

    def draw(self, *cuts: Cut) -> Polygon | MultiPolygon:
        """The parts as one geometry in degrees."""
        polygons = []
        for cut in cuts:
            shell, *holes = ([self.to_degrees(point) for point in ring] for ring in cut.rings)
            polygons.append(Polygon(shell, holes))
        return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
