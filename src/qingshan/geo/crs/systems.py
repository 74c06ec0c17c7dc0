"""Which reference systems do we know? CGCS2000 with its zones, WGS 84, and what a file declares of itself.

EPSG codes: 6° zones 13–23 with prefix 4491–4501, by central meridian 4502–4512; 3° zones 25–45 with prefix
4513–4533, by central meridian 4534–4554. A prefix stands before the easting: 38 500 000 is the middle of zone
38.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pyproj import CRS
from pyproj.exceptions import CRSError

from qingshan.geo.errors import CoordinatesRefused
from qingshan.rules.reasons import CHINESE, Sentence


@dataclass(frozen=True)
class Crs:
    """A reference system as this room uses it; `definition` is what pyproj reads."""

    definition: str
    title: Sentence
    epsg: int | None = None
    meridian_deg: int | None = None
    """Central meridian of a Gauss-Krüger zone of CGCS2000."""
    zone: int | None = None
    width_deg: int | None = None
    """Zone width, 3 or 6."""
    prefixed: bool = False
    """Whether the easting begins with the number of the zone."""

    @property
    def is_zone(self) -> bool:
        return self.meridian_deg is not None

    @property
    def is_degrees(self) -> bool:
        return self.epsg in (4490, 4326)

    @property
    def false_easting_m(self) -> float:
        return 500_000.0 + (1_000_000.0 * self.zone if self.prefixed and self.zone else 0.0)

    def say(self, language: str = CHINESE) -> str:
        return self.title.say({}, language)


def _zone(epsg: int, *, zone: int, width_deg: int, prefixed: bool) -> Crs:
    meridian = zone * 3 if width_deg == 3 else zone * 6 - 3
    zh = f"CGCS2000 {width_deg} 度带 第 {zone} 带（中央经线 {meridian}°，{'' if prefixed else '不'}带带号）"
    en = (
        f"CGCS2000 {width_deg}-degree zone {zone} (central meridian {meridian}°E,"
        f" {'with' if prefixed else 'without'} zone prefix)"
    )
    return Crs(f"EPSG:{epsg}", Sentence(zh, en), epsg, meridian, zone, width_deg, prefixed)


CGCS2000 = Crs("EPSG:4490", Sentence("CGCS2000 经纬度", "CGCS2000 longitude and latitude"), 4490)
WGS84 = Crs("EPSG:4326", Sentence("WGS 84 经纬度", "WGS 84 longitude and latitude"), 4326)
SIX_PREFIXED = {n: _zone(4491 + n - 13, zone=n, width_deg=6, prefixed=True) for n in range(13, 24)}
SIX_PLAIN = {n: _zone(4502 + n - 13, zone=n, width_deg=6, prefixed=False) for n in range(13, 24)}
THREE_PREFIXED = {n: _zone(4513 + n - 25, zone=n, width_deg=3, prefixed=True) for n in range(25, 46)}
THREE_PLAIN = {n: _zone(4534 + n - 25, zone=n, width_deg=3, prefixed=False) for n in range(25, 46)}

KNOWN: dict[int, Crs] = {
    crs.epsg: crs
    for crs in (
        CGCS2000,
        WGS84,
        *(crs for zones in (SIX_PREFIXED, SIX_PLAIN, THREE_PREFIXED, THREE_PLAIN) for crs in zones.values()),
    )
    if crs.epsg is not None
}

_SAME_WITHIN_CENTIMETRES = ("china 2000", "world geodetic system 1984", "wgs 84", "wgs_1984", "wgs84")
"""Datums whose longitude and latitude are CGCS2000's within a few centimetres in China."""


@lru_cache(maxsize=256)
def crs_of(declared: str | int) -> Crs:
    """The system that a file declares: an EPSG number, `EPSG:4526`, an OGC name, or the text of a .prj.

    Refuses what cannot be read, and datums whose step to CGCS2000 needs parameters that are not public
    (北京 54, 西安 80): a shift of a hundred metres must not pass for a coordinate.
    """
    if isinstance(declared, int) and declared in KNOWN:
        return KNOWN[declared]
    system = _parse(declared)
    if (epsg := system.to_epsg(min_confidence=60)) in KNOWN:
        return KNOWN[epsg]
    geodetic = system.geodetic_crs
    datum = geodetic.datum.name if geodetic is not None and geodetic.datum is not None else system.name
    if not any(
        name in datum.lower().replace("d_", "").replace("_", " ") for name in _SAME_WITHIN_CENTIMETRES
    ):
        raise CoordinatesRefused.because("geo.datum_unknown", crs=system.name, datum=datum)
    if system.is_geographic:
        return WGS84 if "china" not in datum.lower() else CGCS2000
    return Crs(f"EPSG:{epsg}" if epsg else system.to_wkt(), Sentence(system.name, system.name), epsg)


def _parse(declared: str | int) -> CRS:
    try:
        system = CRS.from_user_input(declared)
    except CRSError as error:
        raise CoordinatesRefused.because("geo.crs_unreadable", read=str(declared)[:80]) from error
    if system.is_compound:
        system = system.sub_crs_list[0]
    if system.is_geocentric or not (system.is_geographic or system.is_projected):
        raise CoordinatesRefused.because("geo.crs_unreadable", read=system.name)
    return system
