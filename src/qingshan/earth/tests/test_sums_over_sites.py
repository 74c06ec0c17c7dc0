"""Means, counts and variances over sites: beside references, in any order of work, from whole numbers or floats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from qingshan.earth.errors import GridMismatch
from qingshan.earth.images.masks import Mask
from qingshan.earth.images.pixels import BlockPixels
from qingshan.earth.measures.indices import Recipe, quantities_of
from qingshan.earth.measures.weights import Weights
from qingshan.earth.measures.zonal import (
    BlockSums,
    means_and_variances,
    merge,
    sums_of_block,
    zonal_array,
    zonal_blocks,
)
from qingshan.earth.parameters import released
from qingshan.earth.sensors import BANDS
from qingshan.earth.series import QUANTITIES
from qingshan.earth.sites import ClimateZone
from qingshan.earth.tests.polygons import (
    GRID,
    SHAPES,
    by_exactextract,
    by_intersection,
    on_grid,
    raster_of,
    weighed,
)

DRAWN = [on_grid(shape) for shape in SHAPES.values()]
RECIPE = Recipe.of(released(), zone=None, month=7)
SCALE = dict.fromkeys(BANDS, 1e-4)


def values(*, seed: int = 0, holes: float = 0.0) -> np.ndarray:
    chance = np.random.default_rng(seed)
    image = chance.normal(0.4, 0.2, GRID.shape).astype(np.float32)
    image[chance.random(GRID.shape) < holes] = np.nan
    return image


def scene(*, seed: int = 0, bands: tuple[str, ...] = BANDS, clouds: float = 0.2) -> BlockPixels:
    """A whole image of noise around the spectra of many surfaces."""
    chance = np.random.default_rng(seed)
    return BlockPixels(
        row=0,
        bands={name: chance.integers(100, 4000, GRID.shape).astype(np.uint16) for name in bands},
        clear=np.where(chance.random(GRID.shape) < clouds, Mask.CLOUD, Mask.CLEAR).astype(np.uint8),
        scale=SCALE,
        offset={},
    )


def rows_of(pixels: BlockPixels, first: int, end: int) -> BlockPixels:
    return replace(
        pixels,
        row=first,
        bands={name: band[first:end] for name, band in pixels.bands.items()},
        clear=pixels.clear[first:end],
    )


def blocks(pixels: BlockPixels, rows: int) -> list[BlockPixels]:
    return [rows_of(pixels, first, min(first + rows, GRID.height)) for first in range(0, GRID.height, rows)]


def in_blocks(pixels: BlockPixels, made: Weights, rows: int) -> BlockSums:
    return merge(
        sums_of_block(block, made.rows(block.row, block.end_row), RECIPE) for block in blocks(pixels, rows)
    )


def same(first: BlockSums, second: BlockSums) -> bool:
    return all(
        getattr(first, name).tobytes() == getattr(second, name).tobytes()
        for name in ("sites", "clear_px", "weight", "total", "squares")
    )


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_an_array_has_the_moments_that_exactextract_finds(kind: type) -> None:
    image = values().astype(kind)
    found = zonal_array(image, weighed(*DRAWN))
    told = by_exactextract(DRAWN, image)
    assert found.count == pytest.approx([each["count"] for each in told], rel=1e-6)
    assert found.mean == pytest.approx([each["mean"] for each in told], rel=1e-6)
    assert found.variance == pytest.approx([each["variance"] for each in told], rel=1e-6, abs=1e-12)


def test_a_small_variance_does_not_drown_in_great_numbers() -> None:
    image = 1e7 + values().astype(np.float64)
    found, told = zonal_array(image, weighed(*DRAWN)), by_exactextract(DRAWN, image)
    assert found.variance == pytest.approx([each["variance"] for each in told], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("place", range(len(DRAWN)), ids=list(SHAPES))
def test_an_array_has_the_moments_of_areas_of_intersection(place: int) -> None:
    image, share = values(seed=1).astype(np.float64), by_intersection(DRAWN[place])
    found = zonal_array(values(seed=1), weighed(DRAWN[place]))
    mean = (share * image).sum() / share.sum()
    assert found.count[0] == pytest.approx(share.sum(), rel=1e-6)
    assert found.mean[0] == pytest.approx(mean, rel=1e-6)
    assert found.variance[0] == pytest.approx(
        (share * (image - mean) ** 2).sum() / share.sum(), rel=1e-6, abs=1e-12
    )


def test_values_that_are_not_there_are_left_out() -> None:
    image = values(holes=0.3)
    found = zonal_array(image, weighed(*DRAWN))
    told = by_exactextract(DRAWN, image)
    assert found.count == pytest.approx([each["count"] for each in told], rel=1e-6)
    known = np.isfinite(found.mean)
    assert found.mean[known] == pytest.approx(
        [each["mean"] for each, is_known in zip(told, known, strict=True) if is_known], rel=1e-6
    )


def test_a_site_without_pixels_has_no_mean() -> None:
    found = zonal_array(values(), weighed(on_grid(box(90, 90, 95, 95)), None))
    assert found.count.tolist() == [0, 0]
    assert np.isnan(found.mean).all()
    assert np.isnan(found.variance).all()


@pytest.mark.parametrize(
    ("names", "wanted"), [(BANDS, QUANTITIES), (("red", "nir"), ("ndvi", "fvc"))], ids=["all", "few"]
)
def test_one_pass_finds_what_the_array_form_and_areas_find(
    names: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    pixels, made = scene(bands=names), weighed(*DRAWN)
    bands = {name: band * np.float32(1e-4) for name, band in pixels.bands.items()}
    images = quantities_of(bands, pixels.clear, RECIPE)
    found = means_and_variances(sums_of_block(pixels, made, RECIPE, quantities=wanted))
    for place in range(len(DRAWN)):
        share = raster_of(made, place)
        assert found.clear_px[place] == pytest.approx((share * (pixels.clear == 1)).sum(), rel=1e-9)
        for name in QUANTITIES:
            known = np.isfinite(images[name]) & (name in wanted)
            weight = (share * known).sum()
            if not weight:
                assert np.isnan(found.mean[name][place])
                continue
            image = np.where(known, images[name], 0).astype(np.float64)
            mean = (share * image).sum() / weight
            variance = (share * known * (image - mean) ** 2).sum() / weight
            assert found.mean[name][place] == pytest.approx(mean, abs=1e-7)
            assert found.variance[name][place] == pytest.approx(variance, abs=3e-7)


def test_each_site_is_read_by_its_own_recipe() -> None:
    pixels, made = scene(clouds=0), weighed(DRAWN[0], DRAWN[0], DRAWN[1])
    humid = Recipe.of(released(), zone=ClimateZone.HUMID, month=7)
    mixed = sums_of_block(pixels, made, [RECIPE, humid, RECIPE])
    alone = [sums_of_block(pixels, made, recipe) for recipe in (RECIPE, humid)]
    assert np.array_equal(mixed.total[0], alone[0].total[0])
    assert np.array_equal(mixed.total[1], alone[1].total[1])
    assert np.array_equal(mixed.total[2], alone[0].total[2])
    fvc = QUANTITIES.index("fvc")
    assert mixed.total[0, fvc] != mixed.total[1, fvc]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 24), st.integers(1, 24))
def test_any_height_of_blocks_gives_the_same_sums(first: int, second: int) -> None:
    pixels, made = scene(), weighed(*DRAWN)
    one, other = in_blocks(pixels, made, first), in_blocks(pixels, made, second)
    assert np.array_equal(one.sites, other.sites)
    for name in ("clear_px", "weight", "total", "squares"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_any_number_of_threads_gives_the_same_bits(threads: int) -> None:
    pixels, made = scene(seed=3), weighed(*DRAWN)
    parts = blocks(pixels, 5)
    with ThreadPoolExecutor(threads) as pool:
        found = merge(
            pool.map(lambda block: sums_of_block(block, made.rows(block.row, block.end_row), RECIPE), parts)
        )
    assert same(found, in_blocks(pixels, made, 5))


def test_a_window_of_columns_gives_the_same_bits() -> None:
    pixels, made = scene(seed=4), weighed(on_grid(box(5.5, 3, 12.25, 9.75)))
    cut = replace(
        pixels,
        row=2,
        col=4,
        bands={name: np.ascontiguousarray(band[2:12, 4:15]) for name, band in pixels.bands.items()},
        clear=np.ascontiguousarray(pixels.clear[2:12, 4:15]),
    )
    assert same(sums_of_block(cut, made, RECIPE), sums_of_block(pixels, made, RECIPE))


@settings(max_examples=20, deadline=None)
@given(st.floats(0.5, 18), st.integers(0, 5))
def test_two_sites_as_one_have_their_weighted_mean(cut: float, seed: int) -> None:
    whole = DRAWN[0]
    left, right = (whole.intersection(on_grid(part)) for part in (box(0, 0, cut, 24), box(cut, 0, 20, 24)))
    sums = sums_of_block(scene(seed=seed), weighed(whole, left, right), RECIPE)
    for name in ("clear_px", "weight", "total", "squares"):
        of_whole, *parts = getattr(sums, name)
        assert of_whole == pytest.approx(sum(parts), abs=2e-6)


def test_blocks_of_a_scene_give_its_means() -> None:
    pixels, made = scene(), weighed(*DRAWN)
    found = zonal_blocks(blocks(pixels, 7), made, RECIPE)
    whole = means_and_variances(sums_of_block(pixels, made, RECIPE))
    assert found.mean["ndvi"] == pytest.approx(whole.mean["ndvi"], rel=1e-9, nan_ok=True)


def test_a_scene_without_red_tells_nothing_but_what_is_clear() -> None:
    made = weighed(DRAWN[0])
    sums = sums_of_block(scene(bands=("blue", "nir"), clouds=0), made, RECIPE)
    assert sums.clear_px == pytest.approx(made.total_px)
    assert not sums.weight.any()


def test_no_blocks_add_up_to_nothing() -> None:
    assert len(merge([])) == 0


def test_pixels_that_do_not_hold_the_sites_are_refused() -> None:
    pixels, made = scene(), weighed(*DRAWN)
    with pytest.raises(GridMismatch, match="pixels_outside"):
        sums_of_block(rows_of(pixels, 5, 10), made, RECIPE)


@pytest.mark.parametrize("kind", [np.int16, np.uint16])
def test_bands_of_different_shape_or_type_are_refused(kind: type) -> None:
    pixels = scene()
    cut = pixels.bands["red"].astype(kind)[: None if kind is np.int16 else 20]
    with pytest.raises(GridMismatch, match="bands_differ") as refused:
        sums_of_block(replace(pixels, bands={**pixels.bands, "red": cut}), weighed(DRAWN[0]), RECIPE)
    assert "掩膜" in refused.value.say()


def test_an_array_off_the_grid_is_refused() -> None:
    with pytest.raises(GridMismatch, match="array_off_grid"):
        zonal_array(np.zeros((3, 3), np.float32), weighed(DRAWN[0]))
