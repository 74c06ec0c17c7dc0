"""What lies around sites, far and wide? Woods, meadows, fields, villages, ponds, in patches that go on without seams.

Land that only serves as a comparison is drawn without noise, from a few drawings that fit to each other on all sides:
so an image of a whole tile takes little room, and is read fast. What people look at, a site and the land beside it, is
recorded pixel by pixel (`scenery`) from the same kinds of land at the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.sensors import BANDS
from qingshan.earth.simulation import sensing, spectra
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.ground import LONG_AGO, Growth, Phase, Piece, Weather, composition
from qingshan.earth.simulation.layout import stretched
from qingshan.earth.simulation.plots import Home
from qingshan.earth.simulation.scenery import mixed_colours
from qingshan.earth.simulation.sky import Looks
from qingshan.earth.simulation.world import Climate

Array = np.ndarray[Any, np.dtype[Any]]

SIDE_PX = 128
"""of one drawing"""
DRAWINGS = 24
NODES = 7
"""along one side of a drawing, between which land is drawn straight: patches of some 200 m"""
AFAR_PX = 4
LEVELS = (-1.35, -0.45, 0.45, 1.25)
"""of the field from which land is drawn; between them lie, from low to high, the first five kinds"""
SCATTERED = (2.25, 2.65)
"""from which value of another field on there are villages, and ponds"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Countryside:
    """The land of one tile."""

    pieces: tuple[Piece, ...]
    """its kinds: fields, woods, the usual, thinner growth, rocky ground, villages, ponds"""
    homes: tuple[Home, ...]
    """what would grow there by nature, for each kind"""
    drawings: Array
    """(drawings, side, side) uint8, number of the kind"""

    @property
    def from_afar(self) -> Array:
        """The drawings in squares of `AFAR_PX`, for land that only serves as a comparison: much faster to read."""
        return self.drawings[:, ::AFAR_PX, ::AFAR_PX].repeat(AFAR_PX, axis=1).repeat(AFAR_PX, axis=2)


def countryside(seed: int, place: str, climate: Climate) -> Countryside:
    """All that is drawn once for a tile."""
    rng = chance(seed, place, "countryside")
    homes = [Home.drawn(rng, climate) for _ in range(3)]
    homes.sort(key=lambda home: -home.cover)
    rocky = Growth(kind="shrub", cover=0.55 * homes[2].cover)
    field = Growth(kind="crop", cover=float(rng.uniform(0.75, 0.9)), evergreen=0.02)
    trees = Growth(kind="broadleaf", cover=0.3)
    dense, usual, thin = (
        _always(home.soil, Growth(kind=home.plants, cover=home.cover), use="natural") for home in homes
    )
    pieces = (
        _always(homes[1].soil, field, use="crop"),
        dense,
        usual,
        thin,
        _always({"limestone": 0.5, "brown_soil": 0.5}, rocky, use="natural"),
        _always({"concrete": 0.45, "brown_soil": 0.4, "blue_roof": 0.15}, trees, use="built"),
        _always({"clear_water": 0.4, "turbid_water": 0.6}, None, use="water"),
    )
    return Countryside(
        pieces=pieces,
        homes=(homes[1], *homes, homes[2], homes[1], homes[1]),
        drawings=_drawn(rng),
    )


def _always(ground: Any, growth: Growth | None, *, use: str) -> Piece:
    return Piece(phases=(Phase(since=LONG_AGO, use=use, ground=ground, growth=growth),))


def _drawn(rng: np.random.Generator) -> Array:
    """Drawings whose edges are all alike: what is their own fades out towards them."""
    across = np.minimum(np.arange(SIDE_PX) + 0.5, SIDE_PX - np.arange(SIDE_PX) - 0.5) / (SIDE_PX / 2)
    own = np.clip(3.0 * np.minimum.outer(across, across), 0.0, 1.0)
    shared = [_round_about(rng) for _ in range(2)]
    drawings = np.empty((DRAWINGS, SIDE_PX, SIDE_PX), np.uint8)
    for at in range(DRAWINGS):
        land, scattered = (
            part * np.sqrt(1.0 - own**2) + stretched(rng.standard_normal((NODES, NODES)) * 1.5, SIDE_PX, SIDE_PX) * own
            for part in shared
        )  # fmt: skip
        kinds = np.digitize(land, LEVELS)
        for number, level in enumerate(SCATTERED, start=len(LEVELS) + 1):
            kinds[scattered > level] = number
        drawings[at] = kinds
    return drawings


def _round_about(rng: np.random.Generator) -> Array:
    """(side, side) a field whose opposite edges fit."""
    nodes = rng.standard_normal((NODES, NODES)) * 1.5
    nodes[-1], nodes[:, -1] = nodes[0], nodes[:, 0]
    nodes[-1, -1] = nodes[0, 0]
    return stretched(nodes, SIDE_PX, SIDE_PX)


def colours(
    pieces: Sequence[Piece], sky: Looks, days: Array, *, climate: Climate, weather: Weather, table: Array
) -> tuple[Array, Array]:
    """What a sensor records of each kind of land in clear scenes, without noise.

    Returns:
        (scenes, kinds, bands) int16 in units of `sensing.SCALE`; and (scenes, kinds) uint8 classes as of Sentinel-2's
        scene classification.
    """
    snow = table[spectra.INDEX["snow"]]
    out = np.empty((len(days), len(pieces), len(BANDS)), np.int16)
    classes = np.empty(out.shape[:2], np.uint8)
    for kind, piece in enumerate(pieces):
        ground, change = composition(piece, days, climate=climate, weather=weather)
        seen = mixed_colours(ground, table) * sky.wet[:, None] + mixed_colours(change, table)
        seen = seen * (1.0 - sky.snow[:, None]) + snow * sky.snow[:, None]
        seen = seen * sky.gain + sky.haze
        seen = seen * (1.0 - sky.veil[:, None]) + sensing.cloud_colour() * sky.veil[:, None]
        seen = np.clip(seen, 0.0001, 1.6)
        out[:, kind] = np.floor(seen / sensing.SCALE + 0.5)
        for scene in range(len(days)):
            classes[scene, kind] = sensing.class_of(seen[scene], float(sky.snow[scene]))
    return out, classes
