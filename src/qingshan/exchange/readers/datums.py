"""What do the titles of a sheet say about its coordinates?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qingshan.exchange.cells import plain
from qingshan.geo.crs.systems import SIX_PLAIN, SIX_PREFIXED, THREE_PLAIN, THREE_PREFIXED

_CGCS2000 = re.compile(r"(?i)2000\s*国家|国家\s*2000|大地\s*2000|CGCS\s*2000|2000\s*(?:大地)?坐标系")
_OLD = re.compile(
    r"(?i)(?:1980|80)?\s*西安\s*(?:1980|80)?\s*坐标|西安\s*80|北京\s*54|(?:1954|54)\s*(?:年)?\s*北京"
    r"|(?:80|54)\s*坐标系"
)
_WIDTH = re.compile(r"([36三六])\s*(?:°|度)\s*(?:分)?带")
_ZONE = re.compile(r"带号\s*[:：为]?\s*(\d{2})|第\s*(\d{2})\s*(?:分)?带")
_MERIDIAN = re.compile(r"中央(?:经线|子午线)\s*[:：为]?\s*(\d{2,3})")
_THREE, _SIX = 3, 6


@dataclass(frozen=True)
class Said:
    """What is said of coordinates; all of it may be missing."""

    text: str = ""
    is_cgcs2000: bool = False
    is_old: bool = False
    """Of a datum whose step to CGCS2000 needs parameters that are not public."""
    meridian_deg: int | None = None
    width_deg: int | None = None

    def zone(self, *, prefixed: bool) -> str | None:
        """The definition of the zone, where it is said completely."""
        if not self.is_cgcs2000 or self.meridian_deg is None or self.width_deg is None:
            return None
        zones = {
            (_THREE, False): THREE_PLAIN,
            (_THREE, True): THREE_PREFIXED,
            (_SIX, False): SIX_PLAIN,
            (_SIX, True): SIX_PREFIXED,
        }[self.width_deg, prefixed]
        found = next((zone for zone in zones.values() if zone.meridian_deg == self.meridian_deg), None)
        return found.definition if found else None


def said_of(texts: Sequence[str]) -> Said:
    """What titles, labels and notes say; CGCS2000 counts where both it and an older datum are named."""
    text = plain(" ".join(texts))
    is_cgcs2000, old = bool(_CGCS2000.search(text)), _OLD.search(text)
    width = _WIDTH.search(text)
    width_deg = (_THREE if width[1] in "3三" else _SIX) if width else None
    return Said(
        text=old[0] if old else "",
        is_cgcs2000=is_cgcs2000,
        is_old=old is not None and not is_cgcs2000,
        meridian_deg=_meridian(text, width_deg),
        width_deg=width_deg,
    )


def _meridian(text: str, width_deg: int | None) -> int | None:
    if found := _MERIDIAN.search(text):
        return int(found[1])
    zone = _ZONE.search(text)
    if zone is None or width_deg is None:
        return None
    zones = THREE_PREFIXED if width_deg == _THREE else SIX_PREFIXED
    known = zones.get(int(zone[1] or zone[2]))
    return known.meridian_deg if known else None
