"""How do the control lines of the demonstration enter? Their layers are registered first; then their file comes in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from qingshan.demo.control_lines import LAYERS
from qingshan.demo.province import LABEL
from qingshan.demo.regions import NAMES, PROVINCE
from qingshan.office.accounts.actors import Actor
from qingshan.office.places.actions import LayerFacts, register_layer
from qingshan.office.places.models import MapLayer
from qingshan.office.regions.models import Region
from qingshan.rules.layers import Openness

DRAWN_ON = date(2025, 6, 30)
PUBLIC = frozenset({"urban"})
"""What everybody who is signed in may see; redlines and farmland stay with the authorities."""


@transaction.atomic
def register(*, actor: Actor, now: datetime) -> None:
    """Each layer, unless its code is there."""
    known = set(MapLayer.objects.values_list("code", flat=True))
    missing = [layer for layer in LAYERS if layer.code not in known]
    if not missing:
        return
    region = Region.objects.defer("geom").get(code=PROVINCE)
    for layer in missing:
        facts = LayerFacts(
            code=layer.code,
            title=layer.title,
            kind=layer.kind,
            openness=(Openness.PUBLIC if layer.code in PUBLIC else Openness.INTERNAL).value,
            source=f"{NAMES[PROVINCE]}自然资源厅（演示）",
            data_on=DRAWN_ON,
            note=LABEL,
        )
        register_layer(facts, region=region, actor=actor, now=now)
