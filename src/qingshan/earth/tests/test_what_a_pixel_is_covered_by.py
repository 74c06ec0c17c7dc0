"""Spectra of known surfaces are read as what they are; what bands cannot tell is not told."""

from __future__ import annotations

import numpy as np
import pytest

from qingshan.earth.errors import ScenesRefused
from qingshan.earth.measures.indices import EndMembers, Recipe, quantities_of
from qingshan.earth.parameters import released
from qingshan.earth.sensors import BANDS
from qingshan.earth.series import QUANTITIES
from qingshan.earth.sites import ClimateZone

RECIPE = Recipe.of(released(), zone=None, month=7)
SPECTRA = {
    "grass": (0.04, 0.08, 0.05, 0.12, 0.40, 0.20, 0.10),
    "sparse grass": (0.08, 0.11, 0.13, 0.17, 0.26, 0.28, 0.22),
    "soil": (0.10, 0.14, 0.19, 0.22, 0.26, 0.34, 0.30),
    "coal": (0.035, 0.038, 0.042, 0.045, 0.055, 0.060, 0.062),
    "grassy coal": (0.030, 0.034, 0.040, 0.050, 0.070, 0.072, 0.070),
    "water": (0.06, 0.07, 0.05, 0.04, 0.03, 0.01, 0.01),
    "netting": (0.08, 0.15, 0.08, 0.18, 0.24, 0.24, 0.20),
    "concrete": (0.20, 0.22, 0.24, 0.25, 0.27, 0.28, 0.26),
    "snow": (0.90, 0.90, 0.88, 0.85, 0.80, 0.10, 0.08),
}


def seen(
    spectrum: tuple[float, ...], *, bands: tuple[str, ...] = BANDS, recipe: Recipe = RECIPE
) -> dict[str, float]:
    told = dict(zip(BANDS, spectrum, strict=True))
    found = quantities_of({name: np.array([told[name]]) for name in bands}, np.ones(1, bool), recipe)
    return {name: float(values[0]) for name, values in found.items()}


@pytest.mark.parametrize(
    ("surface", "share"),
    [
        ("grass", "green"),
        ("sparse grass", "green"),
        ("coal", "dark"),
        ("grassy coal", "dark"),
        ("water", "water"),
        ("concrete", "bright"),
        ("soil", None),
        ("snow", None),
    ],
)
def test_a_surface_is_one_thing_only(surface: str, share: str | None) -> None:
    found = seen(SPECTRA[surface])
    shares = {name for name in ("green", "dark", "water", "netting", "bright") if found[name] == 1}
    assert shares == ({share} if share else set())


def test_coal_has_no_cover_although_its_ndvi_is_that_of_grass() -> None:
    found = seen(SPECTRA["grassy coal"])
    assert found["ndvi"] > 0.25
    assert found["fvc"] == 0


def test_netting_looks_green_and_is_named() -> None:
    found = seen(SPECTRA["netting"])
    assert (found["green"], found["netting"]) == (1, 1)


def test_the_formulas_are_those_of_their_papers() -> None:
    found = seen(SPECTRA["sparse grass"])
    blue, _, red, _, nir, swir1, swir2 = SPECTRA["sparse grass"]
    assert found["ndvi"] == pytest.approx((nir - red) / (nir + red), rel=1e-6)
    assert found["nbr"] == pytest.approx((nir - swir2) / (nir + swir2), rel=1e-6)
    bare, leafy = swir1 + red, nir + blue
    assert found["bsi"] == pytest.approx((bare - leafy) / (bare + leafy), rel=1e-5)
    assert found["fvc"] == pytest.approx((found["ndvi"] - 0.05) / (0.86 - 0.05), rel=1e-6)


@pytest.mark.parametrize(
    ("bands", "unknown"),
    [
        (BANDS, set()),
        (("blue", "green", "red", "nir", "swir1", "swir2"), set()),
        (("blue", "green", "red", "rededge", "nir"), {"nbr", "bsi"}),
        (("blue", "green", "red", "nir"), {"nbr", "bsi", "netting"}),
        (("red", "nir"), {"nbr", "bsi", "netting", "dark", "water", "bright"}),
        (("blue", "green"), set(QUANTITIES)),
    ],
)
def test_what_bands_cannot_tell_is_not_told(bands: tuple[str, ...], unknown: set[str]) -> None:
    found = seen(SPECTRA["grass"], bands=bands)
    assert {name for name, value in found.items() if np.isnan(value)} == unknown


def test_what_is_not_clear_is_not_told() -> None:
    bands = {name: np.full((2, 2), 0.1) for name in BANDS}
    clear = np.array([[0, 1], [2, 3]], np.uint8)
    found = quantities_of(bands, clear, RECIPE)
    assert np.array_equal(np.isfinite(found["ndvi"]), clear == 1)


def test_zeros_in_both_bands_say_nothing() -> None:
    found = seen((0.0,) * 7)
    assert np.isnan([found[name] for name in ("ndvi", "nbr", "bsi", "fvc", "green")]).all()


def test_noise_below_zero_counts_as_zero() -> None:
    assert seen((0.04, 0.08, -0.01, 0.12, 0.40, 0.20, 0.10))["ndvi"] == 1


def test_cover_stays_between_nothing_and_all() -> None:
    chance = np.random.default_rng(0)
    bands = {name: chance.uniform(-0.1, 1.2, 1000) for name in BANDS}
    cover = quantities_of(bands, np.ones(1000, bool), RECIPE)["fvc"]
    cover = cover[np.isfinite(cover)]
    assert cover.size > 900
    assert ((cover >= 0) & (cover <= 1)).all()


@pytest.mark.parametrize("zone", [None, *ClimateZone])
def test_every_zone_and_month_has_a_wide_enough_span(zone: ClimateZone | None) -> None:
    for month in range(1, 13):
        recipe = Recipe.of(released(), zone=zone, month=month)
        assert 0.45 <= 1 / recipe.cover_per_ndvi <= 0.85


def test_end_members_come_from_clear_land_outside_of_sites() -> None:
    ndvi = np.linspace(0, 1, 101, dtype=np.float32)
    is_clear = np.ones(101, bool)
    is_clear[90:] = False
    ends = EndMembers.from_scene(ndvi, is_clear=is_clear, is_site=ndvi < 0.2)
    assert ends.soil_ndvi == pytest.approx(0.2 + 0.05 * 0.69, abs=0.01)
    assert ends.full_ndvi == pytest.approx(0.2 + 0.95 * 0.69, abs=0.01)


def test_a_scene_of_sites_alone_gives_no_end_members() -> None:
    with pytest.raises(ScenesRefused, match="no_land_outside"):
        EndMembers.from_scene(np.ones(3, np.float32), is_clear=np.ones(3, bool), is_site=np.ones(3, bool))


def test_a_recipe_can_have_end_members_of_ones_own() -> None:
    recipe = Recipe.of(
        released(),
        zone=ClimateZone.ARID,
        month=1,
        ends=EndMembers(soil_ndvi=0.1, full_ndvi=0.6),
    )
    assert seen((0.1, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1), recipe=recipe)["fvc"] == pytest.approx(
        (1 / 3 - 0.1) / 0.5, rel=1e-6
    )
