"""Which columns does a table of layer features have, and to which layer does a row belong?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qingshan.exchange.columns import Code, Column, Text
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known, declare_kind
from qingshan.exchange.known import known_behind
from qingshan.exchange.writers import Exported
from qingshan.office.places import actions
from qingshan.office.places.access import features_visible_to, layers_visible_to
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.regions.ranges import inside
from qingshan.rules.layers import LayerState
from qingshan.rules.reasons import Sentence

COLUMNS = (
    Column(
        "layer",
        "图层代码",
        "Layer code",
        aliases=("图层", "所属图层", "layer_code"),
        type=Code(limit=40),
        help_zh="已登记图层的代码；留空时，文件中的图层或工作表名与图层代码或名称相同的，归入该图层",
        help_en="Code of a registered layer; where empty, the layer whose code or title the sheet is named by",
    ),
    Column(
        "code",
        "要素代码",
        "Feature code",
        aliases=("标识码", "BSM", "编号", "要素编号", "红线编码", "图斑编号"),
        type=Code(limit=100),
        help_zh="在图层内唯一；矢量文件没有代码时，以图层与图形识别",
        help_en="Unique in its layer; a vector file without codes is recognised by layer and shape",
    ),
    Column("name", "名称", "Name", aliases=("要素名称", "红线名称", "MC", "name"), type=Text(limit=120)),
    Column("type", "类型", "Type", aliases=("要素类型", "红线类型", "LX", "type"), type=Text(limit=80)),
)
PATHS = {"layer": "layer.code", "code": "code", "name": "name", "type": "type"}


def resolve_features(context: Context, drafts: Sequence[Draft]) -> None:
    """To which layer each row belongs; refused where there is none, or it lies outside the actor's area."""
    layers = _layers(context, drafts)
    for draft in drafts:
        said = draft.values.get("layer") or draft.sheet
        layer = layers.get(said)
        if layer is None:
            draft.refuse("places.no_such_layer", field="layer", column="图层代码", value=said)
        elif not inside(layer.region_id, context.actor.region_ranges):
            draft.refuse("places.layer_out_of_area", field="layer", column="图层代码", value=layer.title)
        else:
            _belongs(draft, layer)


def _belongs(draft: Draft, layer: MapLayer) -> None:
    """The row's number is unique over all layers: that of its layer with its own."""
    draft.values.update(layer=layer.code, layer_id=layer.pk)
    if draft.key:
        draft.key = (f"{layer.code}/{draft.key[0]}",)
        draft.values["key"] = draft.key[0]


def _layers(context: Context, drafts: Sequence[Draft]) -> dict[str, MapLayer]:
    """Layers in force that the actor may see, by code and, where only one is called so, by title."""
    said = {draft.values.get("layer") or draft.sheet for draft in drafts}
    held = layers_visible_to(context.actor).filter(state=LayerState.IN_FORCE.value)
    by_code = {layer.code: layer for layer in held.filter(code__in=sorted(said))}
    titled = list(held.filter(title__in=sorted(said - by_code.keys())))
    titles = [layer.title for layer in titled]
    return {layer.title: layer for layer in titled if titles.count(layer.title) == 1} | by_code


def existing_features(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    seen = features_visible_to(context.actor)
    return known_behind(drafts, lambda keys: seen.filter(key__in=keys), context, PATHS)


LAYER_FEATURES = Kind(
    code="layer_features",
    title=Sentence(zh="图层要素", en="Layer features"),
    columns=COLUMNS,
    key=("code",),
    geometry="any",
    geometry_required=True,
    resolve=resolve_features,
    existing=existing_features,
    apply=actions.import_layer_features,
)
declare_kind(LAYER_FEATURES)


def exported_features(rows: Iterable[MapFeature]) -> Iterator[Exported]:
    """Features as the values and the shape of their table."""
    for row in rows:
        values = {"layer": row.layer.code, "code": row.code, "name": row.name, "type": row.type}
        yield Exported(values={name: value or None for name, value in values.items()}, geom=row.geom)
