"""What does the instrument record of one site? One kernel from ground and sky to numbers and mask."""

from __future__ import annotations

from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled

# classes of Sentinel-2's scene classification; other masks are made from them
NO_DATA, SATURATED, DARK, SHADOW, PLANTS, BARE, WATER, UNSURE = 0, 1, 2, 3, 4, 5, 6, 7
CLOUD, THICK_CLOUD, CIRRUS, SNOW = 8, 9, 10, 11

SNOW_FROM = 0.12
"""share of a pixel under snow from which on it is named so"""
SCALE = 1e-4
"""reflectance of one unit of the arrays, whatever the sensor"""

_CLOUD_COLOUR = np.array([0.56, 0.55, 0.55, 0.56, 0.58, 0.46, 0.36])
_SHADE_COLOUR = np.array([0.62, 0.56, 0.52, 0.50, 0.46, 0.44, 0.44])  # what is left of the light


@compiled
def _noise(key: Any, place: int) -> float:
    """Chance of mean 0 and variance 1 that belongs to a place in time, space and colour (Irwin and Hall, n = 4).

    Made from the place instead of drawn in order (splitmix64, Steele and others 2014), so that a pixel's noise
    does not depend on which other pixels are asked for.
    """
    mixed = key + np.uint64(place) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = mixed ^ (mixed >> np.uint64(31))
    low = np.uint64(0xFFFF)
    total = (
        (mixed & low)
        + ((mixed >> np.uint64(16)) & low)
        + ((mixed >> np.uint64(32)) & low)
        + (mixed >> np.uint64(48))
    )
    return (float(total) / 65536.0 - 2.0) * 1.7320508075688772


@compiled
def _between_nodes(nodes: Any, row: float, col: float) -> float:
    """Value between the nodes of a square; row and col from 0 to nodes - 1."""
    last = nodes.shape[0] - 2
    i, j = min(int(row), last), min(int(col), last)
    a, b = row - i, col - j
    upper = nodes[i, j] * (1 - b) + nodes[i, j + 1] * b
    lower = nodes[i + 1, j] * (1 - b) + nodes[i + 1, j + 1] * b
    return float(upper * (1 - a) + lower * a)


@compiled
def _colour(maps: Any, spectra: Any, row: float, col: float, out: Any) -> None:
    """Reflectance of the ground at a place between pixels: maps (m, side, side), spectra (m, bands)."""
    last = maps.shape[1] - 1
    row, col = min(max(row, 0.0), float(last)), min(max(col, 0.0), float(last))
    i, j = min(int(row), last - 1), min(int(col), last - 1)
    a, b = row - i, col - j
    out[:] = 0.0
    for m in range(maps.shape[0]):
        upper = maps[m, i, j] * (1 - b) + maps[m, i, j + 1] * b
        lower = maps[m, i + 1, j] * (1 - b) + maps[m, i + 1, j + 1] * b
        share = upper * (1 - a) + lower * a
        if share != 0.0:
            for band in range(out.shape[0]):
                out[band] += share * spectra[m, band]


@compiled
def _class_of(colour: Any) -> int:
    """How a classifier that sees one pixel names clear ground; dark ground is mistaken now and then."""
    red, nir = colour[2], colour[4]
    ndvi = (nir - red) / (nir + red + 1e-6)
    if nir < 0.045 and ndvi < 0.1:
        return WATER
    if colour[1] < 0.045 and nir < 0.06 and colour[5] < 0.08:
        return DARK
    if ndvi > 0.4:
        return PLANTS
    if ndvi > 0.32:
        return UNSURE
    return BARE


@compiled
def _mask_of(colour: Any, over: float, shade: float, snow: float, faults: Any) -> int:
    """Class that the product gives a pixel; faults: cloud, shadow, snow leak, false cloud, bright taken for cloud."""
    if over > (0.6 if faults[0] else -0.05):
        return THICK_CLOUD if over > 0.5 else CLOUD
    if shade > 0.0 and not faults[1]:
        return SHADOW
    if snow > (0.7 if faults[2] else SNOW_FROM):
        return SNOW
    if (faults[3] and over < -1.2) or (faults[4] and colour[0] > 0.2):
        return CLOUD
    return _class_of(colour)


@compiled
def record(
    maps: Any, spectra: Any, snow_colour: Any, snow_map: Any, slope: Any, slope_gain: Any,
    rows: Any, cols: Any, shift: Any, gain: Any, haze: Any, snow: Any,
    cloud: Any, cloud_from: Any, veil: Any, shadow: Any, shadow_from: Any, faults: Any,
    cloud_colour: Any, shade_colour: Any, noise_key: Any, noise_floor: float, noise_share: float,
    ceiling: float, numbers: Any, out: Any, classes: Any,
) -> None:  # fmt: skip
    """Fills out (scenes, bands, pixels) int16 and classes (scenes, pixels) uint8 for pixels at rows and cols.

    maps (m, side, side) are shares of pixels already blurred by the optics, spectra (scenes, m, bands) what they
    look like on the day; shift (scenes, 2) in pixels; cloud and shadow (scenes, nodes, nodes); veil (scenes,)
    how much of the ground thin cloud hides everywhere; faults (scenes, 5);
    noise_key uint64; numbers (scenes,) int64, by which noise is drawn.
    Every pixel is seen alone: its value does not depend on which others are asked for.
    """
    side = maps.shape[1]
    nodes = cloud.shape[1]
    step = (nodes - 1) / side
    bands = out.shape[1]
    colour = np.empty(bands)
    for scene in range(out.shape[0]):
        for pixel in range(rows.shape[0]):
            row, col = rows[pixel], cols[pixel]
            over = _between_nodes(cloud[scene], (row + 0.5) * step, (col + 0.5) * step) - cloud_from[scene]
            shade = _between_nodes(shadow[scene], (row + 0.5) * step, (col + 0.5) * step) - shadow_from[scene]
            shade = -1.0 if over > 0.0 else shade
            _colour(maps, spectra[scene], row + shift[scene, 0], col + shift[scene, 1], colour)
            lying = 0.0
            if snow[scene] > 0.0:
                lying = min(max(snow[scene] + 0.2 * snow_map[row, col], 0.0), 1.0)
            opaque = veil[scene]
            if over > 0.0:
                opaque = max(opaque, min(1.0, 0.25 + 1.6 * over))
            elif over > -0.15:
                opaque = max(opaque, 0.25 * (1.0 + over / 0.15))
            light = 1.0 + slope_gain[scene] * slope[row, col]
            dimmed = min(1.0, shade * 4.0 + 0.3) if shade > 0.0 else 0.0
            for band in range(bands):
                value = colour[band] * (1.0 - lying) + snow_colour[band] * lying
                value = value * light * gain[scene, band]
                value *= 1.0 - dimmed * (1.0 - shade_colour[band])
                value = value + haze[scene, band]
                value = value * (1.0 - opaque) + cloud_colour[band] * opaque * (
                    1.0 + 0.3 * min(max(over, 0.0), 1.0)
                )
                place = ((numbers[scene] * side + row) * side + col) * bands + band
                value += _noise(noise_key, place) * (noise_floor + noise_share * abs(value))
                value = min(max(value, 0.0001), ceiling)
                colour[band] = value
                out[scene, band, pixel] = np.int16(np.floor(value / SCALE + 0.5))
            classes[scene, pixel] = _mask_of(colour, over, shade, lying, faults[scene])


def class_of(colour: Any, snow: float) -> int:
    """Class of clear ground, (bands,) reflectance, of which a share lies under snow."""
    return SNOW if snow > SNOW_FROM else int(_class_of(colour))


def cloud_colour() -> Any:
    """Reflectance of thick cloud, (bands,)."""
    return _CLOUD_COLOUR


def shade_colour() -> Any:
    """Share of the light that is left in a cloud's shadow, (bands,)."""
    return _SHADE_COLOUR
