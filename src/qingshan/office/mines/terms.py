"""Which list of fixed terms (rules.register) does each field of the register take its values from?"""

from __future__ import annotations

from django.db.models import Model

from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.rules.register import (
    FacilityKind,
    FacilityState,
    LandPurpose,
    MineScale,
    MineState,
    MiningMethod,
    PatchKind,
    RightState,
    SiteKind,
)
from qingshan.rules.words import Named

TERMS: dict[tuple[type[Model], str], type[Named]] = {
    (Mine, "state"): MineState,
    (Mine, "method"): MiningMethod,
    (Mine, "scale"): MineScale,
    (Site, "kind"): SiteKind,
    (Patch, "kind"): PatchKind,
    (MiningRight, "state"): RightState,
    (MiningRight, "method"): MiningMethod,
    (MiningRight, "scale"): MineScale,
    (LandUse, "purpose"): LandPurpose,
    (Facility, "kind"): FacilityKind,
    (Facility, "state"): FacilityState,
}
