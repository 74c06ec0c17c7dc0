"""What is one pixel covered by? The arithmetic of every quantity, compiled once for arrays and for sums over sites.

A band that a sensor lacks is None; what would need it is NaN. The compiler knows that at once, so that a kernel for
two bands does the work of two. All is single precision up to the sums: the same bits in either form.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from qingshan.earth.compiled import compiled, part

NAN = np.float32(np.nan)
ZERO = np.float32(0)
ONE = np.float32(1)
UNKNOWN = (NAN,) * 9
CLEAR = np.uint8(1)  # masks.Mask.CLEAR


class Numbers(NamedTuple):
    """An `indices.Recipe` as the kernels take it: single precision, reflectance and indices without unit."""

    soil_ndvi: Any
    cover_per_ndvi: Any
    green_from_fvc: Any
    dark_below: Any
    dark_span: Any
    water_ndwi_above: Any
    water_nir_below: Any
    netting_ndvi_above: Any
    netting_green_peak_above: Any
    netting_swir1_to_nir_above: Any
    netting_edge_below: Any
    bright_visible_above: Any
    bright_blue_to_red_above: Any
    bright_ndvi_below: Any
    bright_snow_above: Any


@part
def difference(a: Any, b: Any) -> Any:
    """(a - b) / (a + b); NaN where a band is absent or both are 0."""
    if a is None:
        return NAN
    if b is None:
        return NAN
    return (a - b) / (a + b)


@part
def bareness(blue: Any, red: Any, nir: Any, swir1: Any) -> Any:
    """BSI (Rikimaru 2002): bare soil above, leaves below zero."""
    if blue is None:
        return NAN
    if swir1 is None:
        return NAN
    return difference(swir1 + red, nir + blue)


@part
def lower(least: Any, band: Any) -> Any:
    if band is None:
        return least
    return band if band < least else least


@part
def higher(most: Any, band: Any) -> Any:
    if band is None:
        return most
    return band if band > most else most


@part
def share(is_so: Any, is_known: Any) -> Any:
    """1 or 0; NaN where it cannot be known."""
    value = ONE if is_so else ZERO
    return value if is_known else NAN


@part
def is_coal(blue: Any, green: Any, red: Any, rededge: Any, nir: Any, swir1: Any, swir2: Any, n: Any) -> Any:
    """Low in every band and flat: coal, slag, fresh asphalt. Its NDVI reads as sparse grass, so its cover is 0."""
    most = higher(higher(higher(higher(higher(higher(red, nir), blue), green), rededge), swir1), swir2)
    least = lower(lower(lower(lower(lower(lower(red, nir), blue), green), rededge), swir1), swir2)
    return (most < n.dark_below) & (most - least < n.dark_span)


@part
def is_water(green: Any, nir: Any, swir1: Any, n: Any) -> Any:
    """McFeeters' NDWI; where there is a short-wave band, Xu's modified one has to agree."""
    if green is None:
        return False
    low = (difference(green, nir) > n.water_ndwi_above) & (nir < n.water_nir_below)
    if swir1 is None:
        return low
    return low & (difference(green, swir1) > n.water_ndwi_above)


@part
def dry_as_no_leaf(red: Any, rededge: Any, nir: Any, swir1: Any, n: Any) -> Any:
    """Living leaves hold water (low in short-wave infrared) and rise steeply behind the red edge; plastic does not."""
    if swir1 is not None:
        return swir1 > n.netting_swir1_to_nir_above * nir
    if rededge is not None:
        return nir - red < n.netting_edge_below * (rededge - red)
    return False


@part
def netting_of(blue: Any, green: Any, red: Any, rededge: Any, nir: Any, swir1: Any, ndvi: Any, n: Any) -> Any:
    """Share 1 where it looks green, greener in the visible than leaves are, and is dry; NaN without the bands."""
    if blue is None:
        return NAN
    if green is None:
        return NAN
    if swir1 is None and rededge is None:
        return NAN
    peak = difference(green + green, red + blue) > n.netting_green_peak_above
    green_to_ndvi = ndvi > n.netting_ndvi_above
    dry = dry_as_no_leaf(red, rededge, nir, swir1, n)
    return share(peak & green_to_ndvi & dry, ndvi == ndvi)


@part
def is_snowlike(green: Any, swir1: Any, n: Any) -> Any:
    if swir1 is None:
        return False
    return difference(green, swir1) > n.bright_snow_above


@part
def bright_of(blue: Any, green: Any, red: Any, nir: Any, swir1: Any, ndvi: Any, n: Any) -> Any:
    """Share 1 for what is light and nearly grey (concrete, roofs, glass); soil is redder, snow dark in short waves."""
    if blue is None:
        return NAN
    if green is None:
        return NAN
    light = blue + green + red > n.bright_visible_above * np.float32(3)
    grey = blue > n.bright_blue_to_red_above * red
    bare = (ndvi < n.bright_ndvi_below) & (ndvi > -n.bright_ndvi_below)
    return share(light & grey & bare & (not is_snowlike(green, swir1, n)), ndvi == ndvi)


@part
def quantities(
    blue: Any, green: Any, red: Any, rededge: Any, nir: Any, swir1: Any, swir2: Any, n: Any
) -> Any:
    """All of `series.QUANTITIES` of one pixel, from reflectances; without red or near infrared nothing is told."""
    if red is None:
        return UNKNOWN
    if nir is None:
        return UNKNOWN
    ndvi = difference(nir, red)
    coal = is_coal(blue, green, red, rededge, nir, swir1, swir2, n) & (ndvi == ndvi)
    water = is_water(green, nir, swir1, n)
    known = (ndvi == ndvi) & (green is not None)
    cover = (ndvi - n.soil_ndvi) * n.cover_per_ndvi
    cover = ZERO if (cover < ZERO) | coal else cover
    cover = ONE if cover > ONE else cover
    return (
        ndvi,
        difference(nir, swir2),
        bareness(blue, red, nir, swir1),
        cover,
        share(cover >= n.green_from_fvc, ndvi == ndvi),
        share(coal & (not water), known),
        share(water, known),
        netting_of(blue, green, red, rededge, nir, swir1, ndvi, n),
        bright_of(blue, green, red, nir, swir1, ndvi, n),
    )


@part
def numbers_of(recipes: Any, k: Any) -> Any:
    """Row `k` of a table of recipes, held in registers."""
    r = recipes[k]
    return Numbers(
        r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14]
    )


class Image(NamedTuple):
    """Numbers as they were stored: arrays of the bands in the order of `sensors.BANDS`, None for one that is absent."""

    bands: Any
    scales: Any
    """seven float32: reflectance = number x scale + offset"""
    offsets: Any
    clear: Any
    """codes of `masks.Mask`, of the bands' shape"""


@part
def reflectance(band: Any, i: Any, scale: Any, offset: Any) -> Any:
    """Of a pixel; below 0 it is noise of the correction for the atmosphere. None for a band that is not there."""
    if band is None:
        return None
    value = np.float32(band[i]) * scale + offset
    return ZERO if value < ZERO else value


@part
def put(out: Any, i: Any, value: Any, is_clear: Any) -> None:
    if out is not None:
        out[i] = value if is_clear else NAN


@part
def quantities_at(image: Any, i: Any, n: Any) -> Any:
    """`quantities` of one pixel of an image of one dimension."""
    return quantities(
        reflectance(image.bands[0], i, image.scales[0], image.offsets[0]),
        reflectance(image.bands[1], i, image.scales[1], image.offsets[1]),
        reflectance(image.bands[2], i, image.scales[2], image.offsets[2]),
        reflectance(image.bands[3], i, image.scales[3], image.offsets[3]),
        reflectance(image.bands[4], i, image.scales[4], image.offsets[4]),
        reflectance(image.bands[5], i, image.scales[5], image.offsets[5]),
        reflectance(image.bands[6], i, image.scales[6], image.offsets[6]),
        n,
    )


@part
def along(image: Any, count: Any, n: Any, outs: Any) -> None:
    """Fills `outs` (an array for each quantity, None: not wanted) from `count` pixels in a row; NaN if not clear.

    Two loops, since with all arrays in one the compiler gives up working on several pixels at a time.
    """
    for i in range(np.uint64(count)):
        found, is_clear = quantities_at(image, i, n), image.clear[i] == CLEAR
        put(outs[0], i, found[0], is_clear)
        put(outs[1], i, found[1], is_clear)
        put(outs[2], i, found[2], is_clear)
        put(outs[3], i, found[3], is_clear)
        put(outs[4], i, found[4], is_clear)
    for i in range(np.uint64(count)):
        found, is_clear = quantities_at(image, i, n), image.clear[i] == CLEAR
        put(outs[5], i, found[5], is_clear)
        put(outs[6], i, found[6], is_clear)
        put(outs[7], i, found[7], is_clear)
        put(outs[8], i, found[8], is_clear)


@compiled
def along_all(image: Any, recipes: Any, outs: Any) -> None:
    """The array form: all pixels of arrays of one dimension, by the first recipe."""
    along(image, image.clear.size, numbers_of(recipes, 0), outs)
