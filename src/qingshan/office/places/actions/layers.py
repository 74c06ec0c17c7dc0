"""How does a map layer come in, give way to a newer one, or leave the map?"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.places.models import MapLayer
from qingshan.office.places.sentences import PlaceRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.layers import SECRET, LayerState

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


@dataclass(frozen=True)
class LayerFacts:
    """What is known of a layer before its features come in."""

    code: str
    title: str
    kind: str
    openness: str
    source: str
    data_on: date
    approval_no: str = ""
    note: str = ""


@official_act
def register_layer(facts: LayerFacts, *, region: Region, actor: ActorLike, now: datetime) -> MapLayer:
    """登记图层. Refused: 涉密, an area outside the post's, no source, a day to come, a code that is bad or taken."""
    require(actor, "places.register_layer", region_id=region.pk)
    _accept(facts, now=now)
    layer = MapLayer.objects.create(
        **asdict(facts), region=region, recorded_by_id=actor.decider.organisation_id
    )
    told = {**asdict(facts), "data_on": facts.data_on.isoformat(), "region": region.name}
    record(act="places.register_layer", actor=actor, now=now, subjects=[layer], new=told)
    return layer


def _accept(facts: LayerFacts, *, now: datetime) -> None:
    if facts.openness == SECRET:
        raise PlaceRefused.because("places.secret_refused")
    if not CODE.fullmatch(facts.code):
        raise PlaceRefused.because("places.layer_code_bad", code=facts.code)
    if not facts.source.strip():
        raise PlaceRefused.because("places.layer_source_missing")
    if facts.data_on > shanghai_date(now):
        raise PlaceRefused.because("places.layer_day_to_come", day=facts.data_on.isoformat())
    if MapLayer.objects.filter(code=facts.code).exists():
        raise PlaceRefused.because("places.layer_code_taken", code=facts.code)


@official_act
def replace_layer(layer: MapLayer, *, by: MapLayer, actor: ActorLike, now: datetime) -> MapLayer:
    """替换图层. Refused: another kind of layer, the same one, a new one without features, what no longer holds."""
    for each in (layer, by):
        require(actor, "places.replace_layer", region_id=each.region_id)
        _must_hold(each)
    if by.pk == layer.pk or by.kind != layer.kind:
        raise PlaceRefused.because("places.layer_of_other_kind", code=layer.code, other=by.code)
    if not by.features.exists():
        raise PlaceRefused.because("places.layer_empty", code=by.code)
    _change(layer, state=LayerState.REPLACED.value, replaced_by=by)
    told = {"title": by.title, "code": by.code}
    old = {"title": layer.title, "code": layer.code}
    record(act="places.replace_layer", actor=actor, now=now, subjects=[layer, by], old=old, new=told)
    return layer


@official_act
def withdraw_layer(layer: MapLayer, *, reason: str, actor: ActorLike, now: datetime) -> MapLayer:
    """撤下图层. Refused: no reason, what no longer holds."""
    require(actor, "places.withdraw_layer", region_id=layer.region_id)
    _must_hold(layer)
    if not reason.strip():
        raise PlaceRefused.because("places.layer_reason_missing")
    _change(layer, state=LayerState.WITHDRAWN.value)
    told = {"title": layer.title, "code": layer.code, "reason": reason.strip()}
    record(act="places.withdraw_layer", actor=actor, now=now, subjects=[layer], new=told)
    return layer


def _must_hold(layer: MapLayer) -> None:
    if layer.state != LayerState.IN_FORCE:
        state = LayerState(layer.state)
        raise PlaceRefused.because(
            "places.layer_not_in_force", code=layer.code, state=state.zh, state_en=state.en
        )


def _change(layer: MapLayer, **values: object) -> None:
    same = MapLayer.objects.filter(pk=layer.pk, version=layer.version)
    if same.update(**values, version=layer.version + 1) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=layer.title)
    layer.refresh_from_db()
