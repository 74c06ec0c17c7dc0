"""In which part of the country does a site lie, as far as soil and plants go? Numbers by zone in rulebooks go by these.

The ten zones of TD/T 1036-2013 (土地复垦质量控制标准); its tables of numbers were not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qingshan.rules.words import Named


class Zone(Named):
    """土地复垦类型区."""

    NORTHEAST = "northeast", "东北山丘平原区", "hills and plains of the north-east"
    HUANG_HUAI_HAI = "huang_huai_hai", "黄淮海平原区", "Huang-Huai-Hai plain"
    YANGTZE = "yangtze", "长江中下游平原区", "plain of the middle and lower Yangtze"
    SOUTHWEST = "southwest", "西南山地丘陵区", "mountains and hills of the south-west"
    CENTRAL = "central", "中部山地丘陵区", "mountains and hills of the centre"
    SOUTHEAST = "southeast", "东南沿海山地丘陵区", "mountains and hills of the south-eastern coast"
    NORTHWEST = "northwest", "西北干旱区", "arid north-west"
    LOESS = "loess", "黄土高原区", "Loess Plateau"
    STEPPE = "steppe", "北方草原区", "northern steppe"
    TIBET = "tibet", "青藏高原区", "Qinghai-Tibet Plateau"


@dataclass(frozen=True)
class Ground:
    """What is known of where a site lies. None: not told, and then nothing is assumed."""

    zone: Zone | None = None
    rain_mm: Decimal | None = None
    """mean yearly precipitation"""
    is_irrigated: bool | None = None

    def is_moist(self, limit_mm: Decimal) -> bool | None:
        """Whether plants have enough water: by rain at or above a limit, or because they are watered."""
        if self.is_irrigated or (self.rain_mm is not None and self.rain_mm >= limit_mm):
            return True
        return None if self.rain_mm is None or self.is_irrigated is None else False


MOIST, DRY, ANY = "moist", "dry", "any"
"""Keys of a table in a rulebook, beside the zones: enough water, too little, wherever."""


def keys_for(ground: Ground, *, limit_mm: Decimal) -> frozenset[str]:
    """Which keys of a table may apply: one of each kind where the ground is known, all where it is not."""
    moist = ground.is_moist(limit_mm)
    water = {MOIST, DRY} if moist is None else {MOIST if moist else DRY}
    zones = set(Zone.values()) if ground.zone is None else {ground.zone.value}
    return frozenset(water | zones)
