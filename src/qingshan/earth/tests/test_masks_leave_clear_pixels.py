"""Mask bands of every scheme, and numbers that are no measurement."""

from __future__ import annotations

import numpy as np
import pytest

from qingshan.earth.images.masks import Mask, codes_of
from qingshan.earth.sensors import MaskScheme


def codes(scheme: MaskScheme, mask: list[int], kind: type = np.uint8, **options: bool) -> list[int]:
    bands = {"red": np.full(len(mask), 1000, np.uint16)}
    return codes_of(scheme, np.array(mask, kind), bands=bands, **options).tolist()


def test_a_scene_classification_keeps_ground_and_water() -> None:
    found = codes(MaskScheme.SENTINEL2_SCL, list(range(12)))
    assert [number for number, code in enumerate(found) if code == Mask.CLEAR] == [4, 5, 6]
    assert found[0] == Mask.NODATA
    assert found[1] == Mask.SATURATED
    assert found[3] == Mask.SHADOW
    assert found[9] == Mask.CLOUD
    assert found[11] == Mask.SNOW


def test_unclassified_pixels_are_clear_only_when_asked_for() -> None:
    assert codes(MaskScheme.SENTINEL2_SCL, [7]) == [Mask.CLOUD]
    assert codes(MaskScheme.SENTINEL2_SCL, [7], keeps_unclassified=True) == [Mask.CLEAR]


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.float32])
def test_an_unknown_class_says_nothing(kind: type) -> None:
    assert codes(MaskScheme.SENTINEL2_SCL, [12, 100, 4], kind) == [Mask.NODATA, Mask.NODATA, Mask.CLEAR]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (21824, Mask.CLEAR),  # the common value of clear land in collection 2
        (21952, Mask.CLEAR),  # clear water
        (1, Mask.NODATA),
        (22280, Mask.CLOUD),
        (21826, Mask.CLOUD),  # dilated
        (54596, Mask.CLOUD),  # cirrus
        (23888, Mask.SHADOW),
        (30048, Mask.SNOW),
    ],
)
@pytest.mark.parametrize("kind", [np.uint16, np.int32])
def test_landsat_tells_bit_by_bit(value: int, code: Mask, kind: type) -> None:
    assert codes(MaskScheme.LANDSAT_QA, [value], kind) == [code]


def test_one_is_clear_and_everything_else_is_not() -> None:
    assert codes(MaskScheme.CLEAR_IS_ONE, [0, 1, 2, 257], np.int16) == [2, 1, 2, 2]


def test_without_a_mask_all_data_is_clear() -> None:
    band = np.array([0, 5, 9], np.uint16)
    assert codes_of(MaskScheme.NONE, None, bands={"red": band}).tolist() == [0, 1, 1]


def test_no_data_in_any_band_is_no_data() -> None:
    bands = {"red": np.array([[-9999, 5, 5]], np.int16), "nir": np.array([[5, -9999, 5]], np.int16)}
    assert codes_of(MaskScheme.NONE, None, bands=bands, nodata=-9999).tolist() == [[0, 0, 1]]


def test_a_no_data_number_that_the_type_cannot_hold_occurs_nowhere() -> None:
    bands = {"red": np.array([0, 5], np.uint16)}
    assert codes_of(MaskScheme.NONE, None, bands=bands, nodata=-9999).tolist() == [1, 1]
    assert codes_of(MaskScheme.NONE, None, bands=bands, nodata=None).tolist() == [1, 1]


def test_saturated_pixels_are_never_clear() -> None:
    bands = {"red": np.array([65535, 20000, 9000], np.uint16)}
    assert codes_of(MaskScheme.NONE, None, bands=bands).tolist() == [5, 1, 1]
    assert codes_of(MaskScheme.NONE, None, bands=bands, saturated_from=20000).tolist() == [5, 5, 1]


def test_a_float_that_is_not_a_number_is_no_data() -> None:
    bands = {"red": np.array([np.nan, 0.2, 0.0], np.float32)}
    assert codes_of(MaskScheme.NONE, None, bands=bands).tolist() == [0, 1, 0]
