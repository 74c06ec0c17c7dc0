"""How wet, how cloudy, how noisy is the simulated world? One frozen set of settings, with presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingshan.earth.sites import ClimateZone


@dataclass(frozen=True, kw_only=True)
class Climate:
    """What a climate zone is like. Typical values, chosen to look right, not measured."""

    natural_cover: tuple[float, float]
    """green cover of undisturbed land at the height of summer, lowest and highest, 0 to 1"""
    demanded_cover: float
    """green cover from which a piece of land counts as restored: somewhat above half of what grows around"""
    green_up: int
    """day of the year in the middle of green-up"""
    fade: int
    """day of the year in the middle of senescence"""
    pace_days: float
    """how quickly leaves come and go"""
    weather: float
    """standard deviation of a year's cover, as a share of it"""
    cloud: float
    """mean share of the sky"""
    cloud_summer: float
    """added at the height of summer, taken away in winter"""
    snow: float
    """probability that a date in January shows snow on the ground"""
    soils: tuple[str, ...]
    """end-members of its natural ground"""
    plants: tuple[str, ...]
    """end-members of its natural vegetation"""
    evergreen: float
    """share of the summer's green that stays in winter"""


CLIMATES: Mapping[ClimateZone, Climate] = {
    ClimateZone.ARID: Climate(
        natural_cover=(0.20, 0.32), demanded_cover=0.12, green_up=128, fade=268, pace_days=16.0, weather=0.22,
        cloud=0.25, cloud_summer=0.02, snow=0.25, soils=("gravel", "loess"), plants=("shrub", "grass"),
        evergreen=0.12,
    ),
    ClimateZone.SEMI_ARID: Climate(
        natural_cover=(0.42, 0.60), demanded_cover=0.26, green_up=122, fade=270, pace_days=14.0, weather=0.18,
        cloud=0.35, cloud_summer=0.06, snow=0.35, soils=("loess", "brown_soil"), plants=("grass", "shrub"),
        evergreen=0.06,
    ),
    ClimateZone.SEMI_HUMID: Climate(
        natural_cover=(0.70, 0.88), demanded_cover=0.40, green_up=108, fade=292, pace_days=14.0, weather=0.09,
        cloud=0.45, cloud_summer=0.12, snow=0.30, soils=("brown_soil",), plants=("broadleaf", "shrub", "grass"),
        evergreen=0.10,
    ),
    ClimateZone.HUMID: Climate(
        natural_cover=(0.82, 0.95), demanded_cover=0.48, green_up=82, fade=322, pace_days=20.0, weather=0.05,
        cloud=0.58, cloud_summer=0.05, snow=0.03, soils=("red_soil", "brown_soil"),
        plants=("broadleaf", "conifer", "shrub"), evergreen=0.45,
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class World:
    """All settings of the generator."""

    name: str
    spectra: str = "typical"
    """variant of the end-members, see `spectra.table`"""
    has_dyes: bool = False
    """True: the netting of each site has a dye and a weave of its own"""
    climates: Mapping[ClimateZone, Climate] = field(default_factory=lambda: CLIMATES)
    shift_days: float = 0.0
    """by how much all seasons come later"""
    year_shift_days: float = 6.0
    """standard deviation of a year's beginning"""
    first_year: int = 2018
    revisit_days: Mapping[str, int] = field(
        default_factory=lambda: {"sentinel-2-msi": 10, "landsat-oli": 16, "gaofen-1-wfv": 12}
    )
    """days between images that are kept, by sensor"""
    site_px: tuple[float, float] = (8.0, 12.0)
    """diameter of a site in pixels of the sensor, smallest and largest"""
    tile_px: int = 28
    """side of the square that a site has for itself, ring included"""
    noise: float = 0.0025
    """standard deviation of a pixel's reflectance, independent from pixel to pixel"""
    noise_share: float = 0.02
    """the same as a share of the reflectance"""
    haze: float = 0.011
    """standard deviation of what air adds in the blue, alike over a site, less towards the infrared"""
    gain: float = 0.03
    """standard deviation of a day's brightness as a share (sun, view, calibration), alike over a site"""
    tint: float = 0.015
    """the same for each band apart"""
    spectral_spread: float = 0.10
    """by how much end-members differ from site to site, as a share"""
    texture: float = 0.10
    """by how much pixels of one kind of ground differ in brightness, as a share"""
    patchiness: float = 0.18
    """by how much pixels of one kind of vegetation differ in density, as a share"""
    shading: float = 0.12
    """by how much slopes darken or brighten the ground in winter, as a share"""
    psf_px: float = 0.45
    """standard deviation of the sensor's blur in pixels"""
    jitter: float = 0.35
    """standard deviation of a scene's misplacement, as a share of the sensor's geolocation error"""
    wet_days: float = 0.2
    """share of dates on which bare ground is wet, hence darker"""
    cloud_patch: float = 0.30
    """share of the cloud's variance that lies within a site rather than between sites, 0 to 1"""
    veiled: float = 0.08
    """share of looks at a site through thin cloud that no mask notices"""
    cloud_leak: float = 0.04
    """share of looks at a site on which all but the thickest cloud passes the mask"""
    false_cloud: float = 0.02
    """share of looks at a site on which clear pixels are masked; eight times as many where it is bright"""
    shadow_leak: float = 0.25
    """share of looks at a site on which shadow passes the mask"""
    snow_leak: float = 0.10
    """share of looks at a site on which thin snow passes the mask"""
    missing: float = 0.02
    """share of looks at a site on which the scene has no data there"""


TUNING = World(name="tuning")
FINAL = World(
    name="final",
    spectra="other",
    shift_days=7.0,
    year_shift_days=8.0,
    first_year=2017,
    site_px=(7.5, 13.0),
    noise=0.003,
    noise_share=0.025,
    haze=0.014,
    gain=0.035,
    tint=0.02,
    spectral_spread=0.12,
    texture=0.13,
    patchiness=0.22,
    shading=0.15,
    psf_px=0.55,
    jitter=0.40,
    wet_days=0.3,
    cloud_patch=0.40,
    veiled=0.10,
    cloud_leak=0.05,
    false_cloud=0.03,
    shadow_leak=0.30,
    snow_leak=0.12,
)
"""Another world, to check on what was chosen on the first; figures are taken from `drawing.UNSEEN`."""
