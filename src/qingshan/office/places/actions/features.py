"""How do the shapes of a layer come in? From a file that was previewed, as everything does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from qingshan.exchange import staging
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of, held, write_new, write_over
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.layers import LayerState

FEATURE_FIELDS = ("layer_id", "code", "name", "type")
ACT = "places.import_layer_features"


@official_act
@fewer_collections()
def import_layer_features(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入图层要素. Refused: no registry duty, a layer outside the post's area or no longer in force, what moved."""
    require(actor, ACT)
    staging.claim(import_, actor=actor)
    written: list[Model] = []
    layers: dict[int, MapLayer] = {}
    for batch in staging.rows(import_):
        layers |= _layers_that_hold(batch, actor)
        new = [row for row in batch if row.outcome == Outcome.CREATED]
        changed = [row for row in batch if row.outcome == Outcome.CHANGED]
        written += write_new(MapFeature, new, _as_new)
        written += write_over(held(MapFeature, changed), changed, _said)
    told = account_of(import_)
    entry = record(act=ACT, actor=actor, now=now, subjects=[*layers.values(), *written], new=told)
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def _layers_that_hold(rows: Sequence[Any], actor: ActorLike) -> dict[int, MapLayer]:
    """Who applies an import need not be who previewed it, and the layer may have been replaced meanwhile."""
    ids = {row.values["layer_id"] for row in rows}
    layers = MapLayer.objects.in_bulk(ids)
    for layer in layers.values():
        require(actor, ACT, region_id=layer.region_id)
        if layer.state != LayerState.IN_FORCE:
            raise ChangedMeanwhile.because("office.changed_meanwhile", what=layer.title)
    return layers


def _as_new(row: Any) -> dict[str, Any]:
    return {
        name: value for name, value in {"key": row.values["key"], **_said(row)}.items() if value is not None
    }


def _said(row: Any) -> dict[str, Any]:
    """The fields that the file has, and the shape where it has one."""
    said = {name: row.values[name] for name in FEATURE_FIELDS if name in row.values}
    return said if row.geom is None else {**said, "geom": row.geom, "area_m2": row.area_m2}
