"""Which list of fixed terms (rules.register) does each field of the register take its values from?"""

from __future__ import annotations

from django.db.models import Model

from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.rules.register import MineScale, MineState, MiningMethod, PatchKind, SiteKind
from qingshan.rules.words import Named

TERMS: dict[tuple[type[Model], str], type[Named]] = {
    (Mine, "state"): MineState,
    (Mine, "method"): MiningMethod,
    (Mine, "scale"): MineScale,
    (Site, "kind"): SiteKind,
    (Patch, "kind"): PatchKind,
}
