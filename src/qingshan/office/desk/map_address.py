"""What does the address of the map say: which place, layers, base map, filters, paper?

`bounds=w,s,e,n`, `object=sites:12`, `layers=regions,sites`, `base=code`, `region=…`, `q=…`, and for each layer that has
categories its code: `sites=open_pit`; what else it can be narrowed by stands behind its code: `cases.state=closed`.
What cannot be read is left out, so an old link still opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from qingshan.office.desk import one_map
from qingshan.office.desk.one_map import Bounds
from qingshan.office.places.layers import Layer, Query, chosen, layer_for, layers_for
from qingshan.office.places.services import Service, services_for
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import row_id

NARROWING = ("region", "q")
REGION_DIGITS = 12
LEAST_DEGREES = 1e-5


@dataclass(frozen=True)
class Told:
    """One thing by which a layer is narrowed, and the address without it."""

    layer: Layer
    words: str
    without: str


@dataclass(frozen=True)
class MapAddress:
    """The address, read for one actor."""

    actor: ActorLike
    given: Mapping[str, str]
    bounds: Bounds
    layers: list[Layer]
    """all that there are for the actor, from the bottom to the top"""
    services: list[Service]

    @property
    def codes(self) -> list[str] | None:
        """The layers and services that are on; None where the address does not say."""
        said = self.given.get("layers")
        return None if said is None else said.split(",")

    @property
    def shown(self) -> list[Layer]:
        return chosen(self.layers, self.codes)

    @property
    def base(self) -> Service | None:
        wanted = self.given.get("base", "")
        return next((each for each in self.services if each.is_base and each.code == wanted), None)

    def is_on(self, code: str) -> bool:
        """Whether a service that lies over the base map is on."""
        return code in (self.codes or ())

    def query_of(self, layer: Layer) -> Query:
        """How the layer is narrowed, as its tiles and lists are asked."""
        query = {name: self.given[name] for name in NARROWING if self.given.get(name)}
        category = self.given.get(layer.code, "")
        if layer.terms is not None and category in layer.terms.values():
            query["category"] = category
        own = {name: self.given.get(f"{layer.code}.{name}", "") for name in layer.narrows}
        return query | {name: value for name, value in own.items() if value}

    @property
    def own_names(self) -> list[str]:
        """Names of this address by which single layers are narrowed."""
        names = [f"{layer.code}.{name}" for layer in self.layers for name in layer.narrows]
        return [name for name in names if self.given.get(name)]

    @property
    def told(self) -> list[Told]:
        """In words what the layers that are on are narrowed by, beside what the form of the map shows."""
        return [
            Told(layer, words, self._without(f"{layer.code}.{name}"))
            for layer in self.shown
            if layer.words_of is not None
            for name, words in layer.words_of(self.actor, self.query_of(layer))
        ]

    def _without(self, name: str) -> str:
        changed: dict[str, Any] = {name: None, "object": None}
        return self.link(**changed)

    def tiles_of(self, layer: Layer) -> str:
        """The address of the layer's tiles, with {z}, {x} and {y} to be filled in."""
        query = self.query_of(layer)
        suffix = f"?{urlencode(query)}" if query else ""
        return f"/tiles/{layer.code}/{{z}}/{{x}}/{{y}}.mvt{suffix}"

    def link(self, path: str = "/map/", **changed: str | None) -> str:
        """The same map at another address."""
        kept = {name: value for name, value in self.given.items() if value}
        both = {name: value for name, value in {**kept, **changed}.items() if value is not None}
        return f"{path}?{urlencode(both)}" if both else path

    def at(self, bounds: Bounds, path: str = "/map/") -> str:
        """The same map over another place."""
        return self.link(path, bounds=as_text(bounds), object=None)


def read_address(given: Mapping[str, str], *, actor: ActorLike) -> MapAddress:
    """The map that an address means, for this actor; NotFound for an object that may not be seen."""
    plain = {name: given[name] for name in given}
    return MapAddress(
        actor=actor,
        given=plain,
        bounds=_bounds(plain, actor),
        layers=layers_for(actor),
        services=services_for(actor),
    )


def _bounds(given: Mapping[str, str], actor: ActorLike) -> Bounds:
    code, _colon, number = given.get("object", "").partition(":")
    pk = row_id(number)
    if pk is not None and (one := layer_for(code, actor).one):
        shape = one(pk, actor).geom
        if bounds := one_map.bounds_of(shape):
            return bounds
    return read_bounds(given.get("bounds", "")) or one_map.bounds_for(actor, region_id=region_in(given))


def region_in(given: Mapping[str, str]) -> int | None:
    """The region that the address is narrowed to."""
    said = given.get("region", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) == REGION_DIGITS else None


def read_bounds(text: str) -> Bounds | None:
    """`w,s,e,n` in degrees; None for anything else."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = west >= -180 and east <= 180 and south >= -90 and north <= 90
    wide = east - west >= LEAST_DEGREES and north - south >= LEAST_DEGREES
    return (west, south, east, north) if inside and wide else None


def as_text(bounds: Bounds) -> str:
    return ",".join(f"{edge:.5f}" for edge in bounds)
