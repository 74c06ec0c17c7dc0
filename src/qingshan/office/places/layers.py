"""Which layers lie on the one map, for whom, and what do their rows tell?

Apps declare their layers at start (`declare_layer`), the lowest first. The layers that people register
(`MapLayer`) come to them from the database, as far as the reader may see them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.office.errors import NotFound
from qingshan.office.places.access import features_of, layers_visible_to
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import row_id
from qingshan.rules.layers import LayerKind, LayerState, Openness
from qingshan.rules.matters import DueStanding
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import Named

Query: TypeAlias = Mapping[str, str]
"""How a layer is narrowed: `region`, `category` and `q` of a tile's address, and the names that it declares itself."""
Rows: TypeAlias = Callable[[ActorLike, Query], Sequence[QuerySet[Any]]]
"""The branches whose union the actor may see."""

PINE = "#0b5d50"
RING, BY_LOOK, BY_USE = "ring", "look", "use"
"""How the points of a layer are drawn where they are no plain dots."""
PLANNED, DIFFERS = "planned", "differs"
"""What a tile tells as `stands` beside its use: only planned, or other than planned; else it is so."""
REGISTERED = "layer-"
"""With the id of a MapLayer: the code of its layer on the map."""
COLOURS = {
    LayerKind.ECOLOGICAL_REDLINE: "#1f7a1f",
    LayerKind.BASIC_FARMLAND: "#96750a",
    LayerKind.URBAN_BOUNDARY: "#8a3a86",
    LayerKind.NATURE_RESERVE: "#1b7480",
    LayerKind.MINING_ZONE: "#7a4a2b",
    LayerKind.OTHER: "#56706b",
}
DASHES = {
    LayerKind.ECOLOGICAL_REDLINE: "8 3",
    LayerKind.BASIC_FARMLAND: "2 2",
    LayerKind.URBAN_BOUNDARY: "10 3 2 3",
    LayerKind.NATURE_RESERVE: "5 4",
    LayerKind.MINING_ZONE: "12 4",
    LayerKind.OTHER: "",
}
"""Control lines differ by dashes too, so that a black-and-white print can be read."""


STANDINGS = (
    ("late", DueStanding.OVERDUE.sentence),
    ("due", DueStanding.SOON.sentence),
    ("good", DueStanding.IN_TIME.sentence),
    ("note", DueStanding.UNDATED.sentence),
    ("none", DueStanding.ENDED.sentence),
)
"""What the signs of deadlines mean."""


@dataclass(frozen=True)
class Layer:
    """A layer of the map. `outline`: quiet lines that cannot be opened."""

    code: str
    title: str | Promise
    source: str | Promise
    rows: Rows
    properties: tuple[str, ...] = ()
    """fields told of each shape; the first that holds something names it"""
    sum_of: str = ""
    outline: bool = False
    shown: bool = True
    openness: Openness = Openness.INTERNAL
    data_on: date | None = None
    approval_no: str = ""
    colour: str = PINE
    dash: str = ""
    mark: str = ""
    """`ring`: points are drawn as rings; `look`: by the `look` that is told of each, in colour and shape; `use`: in the
    colour of the `use` that is told, filled as it is, hollow and dashed where it is only planned (`stands`)"""
    looks: tuple[tuple[str, Sentence], ...] = ()
    """what each look means here, for the legend; empty: how a matter stands to its deadline"""
    palette: tuple[tuple[str, str, Named], ...] = ()
    """of a layer by use: the code that a tile tells, its colour, its name for the legend"""
    panel: str = ""
    """template of an object in the side panel; it gets `object`"""
    page: str = ""
    """address of an object's page, with {id}"""
    one: Callable[[int, ActorLike], Any] | None = None
    """the object for the panel; NotFound for what may not be seen"""
    terms: type[Named] | None = None
    """the categories that it can be narrowed to"""
    terms_title: str | Promise = ""
    narrows: tuple[str, ...] = ()
    """further names of its query; in the address of the map each stands as `code.name`"""
    words_of: Callable[[ActorLike, Query], Sequence[tuple[str, str]]] | None = None
    """what those say: name and words of each that narrows the layer"""

    @property
    def legend(self) -> tuple[tuple[str, Sentence], ...]:
        """What its signs mean; nothing where all of it looks alike."""
        return (self.looks or STANDINGS) if self.mark == BY_LOOK else ()

    @property
    def colours(self) -> dict[str, str]:
        """The colour of each use."""
        return {code: colour for code, colour, _name in self.palette}

    @property
    def opens(self) -> bool:
        """Whether its objects can be clicked."""
        return self.one is not None


_DECLARED: dict[str, Layer] = {}


def declare_layer(layer: Layer) -> None:
    """Add an app's layer. The same code twice is a mistake and raises ValueError."""
    if _DECLARED.setdefault(layer.code, layer) is not layer:
        raise ValueError(f"layer {layer.code!r} is declared twice")


def layers_for(actor: ActorLike) -> list[Layer]:
    """All layers that the actor may see, from the bottom to the top: outlines, registered, declared."""
    declared = list(_DECLARED.values())
    outlines = [layer for layer in declared if layer.outline]
    held = layers_visible_to(actor).filter(state=LayerState.IN_FORCE.value).order_by("kind", "id")
    return [
        *outlines,
        *(_of_registered(layer) for layer in held),
        *(layer for layer in declared if not layer.outline),
    ]


def layer_for(code: str, actor: ActorLike) -> Layer:
    """One layer; NotFound for what does not exist or may not be seen."""
    layer = _DECLARED.get(code)
    number = row_id(code.removeprefix(REGISTERED)) if code.startswith(REGISTERED) else None
    if layer is None and number is not None:
        held = layers_visible_to(actor).filter(state=LayerState.IN_FORCE.value, pk=number).first()
        layer = _of_registered(held) if held else None
    if layer is None:
        raise NotFound.because("office.not_found", what=code)
    return layer


def chosen(layers: Iterable[Layer], codes: Iterable[str] | None) -> list[Layer]:
    """The layers of these codes; those shown at first where none are named."""
    if codes is None:
        return [layer for layer in layers if layer.shown]
    wanted = set(codes)
    return [layer for layer in layers if layer.code in wanted]


def _of_registered(layer: MapLayer) -> Layer:
    kind = LayerKind(layer.kind)
    return Layer(
        code=f"{REGISTERED}{layer.pk}",
        title=layer.title,
        source=layer.source,
        rows=lambda _actor, _query: [MapFeature.objects.filter(layer_id=layer.pk)],
        properties=("name", "code"),
        openness=Openness(layer.openness),
        data_on=layer.data_on,
        approval_no=layer.approval_no,
        colour=COLOURS[kind],
        dash=DASHES[kind],
        panel="places/panel_feature.html",
        one=one_feature,
    )


def one_feature(pk: int, actor: ActorLike) -> MapFeature:
    """A feature of a layer that the actor may see."""
    found = features_of(layers_visible_to(actor)).select_related("layer").filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(MapFeature._meta.verbose_name))
    return found


def regions_with_outlines(_actor: ActorLike, _query: Query) -> Sequence[QuerySet[Region]]:
    """Outlines of counties are on every map of the country: they are not narrowed."""
    return [Region.objects.filter(level="county", geom__isnull=False)]


declare_layer(
    Layer(
        "regions",
        _("县区界"),
        _("行政区划"),
        regions_with_outlines,
        ("name",),
        outline=True,
        openness=Openness.PUBLIC,
        colour="#8aa09a",
        dash="5 3",
    )
)
