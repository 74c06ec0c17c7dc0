"""Are clouds, shadows, snow and the faults of masks as the settings say?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qingshan.earth.sensors import GAOFEN, LANDSAT
from qingshan.earth.simulation import TUNING, Batch, Scenario, World, sensing, simulate_batch
from qingshan.earth.simulation.batch import mask_of
from qingshan.earth.sites import ClimateZone

HONEST = replace(
    TUNING,
    cloud_leak=0.0,
    false_cloud=0.0,
    shadow_leak=0.0,
    snow_leak=0.0,
    missing=0.0,
    veiled=0.0,
    tile_px=20,
)


def sky(cloud: float | None, *, world: World = HONEST, zone: ClimateZone = ClimateZone.SEMI_ARID) -> Batch:
    return simulate_batch(
        Scenario.NEVER_DISTURBED, zone, 0, 16, seed=8, years=4.0, revisit_days=15, cloud=cloud, world=world
    )


def share(made: Batch, *classes: int) -> float:
    return float(np.isin(made.mask, classes).mean())


@pytest.mark.parametrize("asked", [0.2, 0.5, 0.7, 0.9])
def test_the_sky_is_covered_as_asked(asked: float) -> None:
    assert share(sky(asked), sensing.CLOUD, sensing.THICK_CLOUD) == pytest.approx(asked, abs=0.06)


def test_zones_have_skies_of_their_own() -> None:
    covered = [share(sky(None, zone=zone), sensing.CLOUD, sensing.THICK_CLOUD) for zone in ClimateZone]
    assert covered == sorted(covered)


def test_clouds_cover_neighbouring_pixels_together() -> None:
    made = sky(0.5)
    covered = np.isin(made.mask, (sensing.CLOUD, sensing.THICK_CLOUD))
    assert (covered[:, :, 1:] == covered[:, :, :-1]).mean() > 0.85


def test_clouds_are_bright_and_shadows_dark() -> None:
    made = sky(0.5)
    red = made.bands["red"]
    clear = np.median(red[made.mask == sensing.BARE])
    assert np.median(red[made.mask == sensing.THICK_CLOUD]) > 2 * clear
    assert np.median(red[made.mask == sensing.SHADOW]) < 0.8 * clear


def test_snow_lies_in_winter_only() -> None:
    made = sky(0.1)
    month = made.days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 + 1
    snowy = (made.mask == sensing.SNOW).mean(axis=(1, 2))
    assert snowy[np.isin(month, (12, 1, 2))].mean() > 0.05
    assert snowy[np.isin(month, (5, 6, 7, 8, 9))].max() == 0.0


def test_masks_fail_when_they_are_told_to() -> None:
    leaky = sky(0.5, world=replace(HONEST, cloud_leak=0.5, shadow_leak=0.5))
    honest = sky(0.5)
    assert share(leaky, sensing.CLOUD, sensing.THICK_CLOUD) < 0.85 * share(
        honest, sensing.CLOUD, sensing.THICK_CLOUD
    )
    assert share(leaky, sensing.SHADOW) < share(honest, sensing.SHADOW)
    strict = sky(0.0, world=replace(HONEST, false_cloud=0.5))
    assert share(strict, sensing.CLOUD) > share(sky(0.0), sensing.CLOUD)


def test_scenes_without_data_say_so() -> None:
    made = sky(0.2, world=replace(HONEST, missing=0.5))
    void = made.mask == sensing.NO_DATA
    assert 0.35 < void.mean() < 0.65
    assert all((band[void] == 0).all() and (band[~void] != 0).all() for band in made.bands.values())


def test_every_mask_scheme_tells_the_same_sky() -> None:
    classes = np.arange(12, dtype=np.uint8)
    qa = mask_of(LANDSAT, classes)
    clear = mask_of(GAOFEN, classes)
    assert np.flatnonzero(clear).tolist() == [2, 4, 5, 6, 7]
    assert (qa[[8, 9]] & 0b1000).all()
    assert qa[3] & 0b10000
    assert qa[11] & 0b100000
    assert qa[0] & 1
    assert not (qa[[2, 4, 5, 6, 7]] & 0b111111).any()
