"""What does `maps.toml` in QINGSHAN_HOME declare, and what is wrong with it? See docs/howto/maps.md."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from qingshan.office.places.services.sentences import ServiceRefused
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.layers import LayerKind, Openness
from qingshan.rules.reasons import Reason
from qingshan.rules.words import Named

FILE = "maps.toml"
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TYPES = ("xyz", "wmts", "wms", "ogc_features")
GRIDS = ("mercator", "degrees")
LONGEST_WAIT_S = 10.0
DEEPEST = 22


class Role(Named):
    """服务用途: below everything, or over it."""

    BASE = "base", "底图", "base map"
    OVERLAY = "overlay", "叠加图层", "overlay"


@dataclass(frozen=True)
class Service:
    """One map of somebody else."""

    code: str
    title: str
    type: str
    url: str
    openness: str
    role: str = Role.OVERLAY.value
    layer: str = ""
    style: str = ""
    matrix_set: str = ""
    grid: str = "mercator"
    """`degrees`: a WMTS in CGCS2000 longitude and latitude, which is bent to the map's own grid here"""
    format: str = "image/png"
    version: str = ""
    attribution: str = ""
    approval_no: str = ""
    data_on: str = ""
    kind: str = LayerKind.OTHER.value
    name_field: str = "name"
    key_env: str = ""
    """name of the environment variable that holds the key"""
    key_name: str = ""
    """query parameter that carries the key"""
    proxy: str = ""
    min_zoom: int = 0
    max_zoom: int = 18
    timeout_s: float = 4.0
    keep_days: int = 1
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_base(self) -> bool:
        return self.role == Role.BASE

    @property
    def is_vector(self) -> bool:
        return self.type == "ogc_features"

    @property
    def openness_named(self) -> Openness:
        return Openness(self.openness)

    @property
    def key(self) -> str:
        """The key, read from the environment at every use; it stands in no file and no page."""
        return os.environ.get(self.key_env, "") if self.key_env else ""

    def faults(self) -> Iterator[Reason]:
        """What has to be put right before it can be used."""
        terms = {
            "type": TYPES,
            "grid": GRIDS,
            "role": Role.values(),
            "openness": Openness.values(),
            "kind": LayerKind.values(),
        }
        for name, allowed in terms.items():
            if getattr(self, name) not in allowed:
                yield self._fault("places.service_word_unknown", field=name, allowed=", ".join(allowed))
        if not CODE.fullmatch(self.code):
            yield self._fault("places.service_code_bad")
        yield from self._faults_of_the_address()
        if self.is_base and self.openness == Openness.PUBLIC and not self.approval_no:
            yield self._fault("places.service_without_approval")
        if self.key_env and not self.key:
            yield self._fault("places.service_without_key", variable=self.key_env)

    def _faults_of_the_address(self) -> Iterator[Reason]:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            yield self._fault("places.service_address_bad")
        if self.type == "xyz" and not all(mark in self.url for mark in ("{z}", "{x}", "{y}")):
            yield self._fault("places.service_address_bad")
        if self.type != "xyz" and not self.layer:
            yield self._fault("places.service_word_unknown", field="layer", allowed="…")
        if self.grid == "degrees" and self.type != "wmts":
            yield self._fault("places.service_word_unknown", field="grid", allowed="mercator")
        if not (0 <= self.min_zoom <= self.max_zoom <= DEEPEST and 0 < self.timeout_s <= LONGEST_WAIT_S):
            yield self._fault("places.service_limits_bad")

    def _fault(self, code: str, **values: Any) -> Reason:
        return Reason(code, {"service": self.code, **values})


@dataclass(frozen=True)
class Declared:
    """The services that can be used, and what keeps the others from it."""

    services: tuple[Service, ...] = ()
    faults: tuple[Reason, ...] = ()


def declared() -> Declared:
    """What the file says now; nothing where there is none."""
    path = Path(settings.HOME) / FILE
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return Declared()
    known = _KNOWN.get(path)
    if known is None or known[0] != stamp:
        known = _KNOWN[path] = (stamp, _read(path))
    return known[1]


_KNOWN: dict[Path, tuple[int, Declared]] = {}


def _read(path: Path) -> Declared:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("service", [])
        made = [_service(row) for row in rows]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        return Declared(faults=(Reason("places.services_unreadable", {"fault": str(error)}),))
    faults = {service.code: tuple(service.faults()) for service in made}
    codes = [service.code for service in made]
    twice = tuple(
        Reason("places.service_twice", {"service": code})
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    )
    good = tuple(s for s in made if not faults[s.code] and codes.count(s.code) == 1)
    return Declared(good, (*twice, *(fault for found in faults.values() for fault in found)))


def _service(row: Mapping[str, Any]) -> Service:
    unknown = set(row) - {each.name for each in fields(Service)}
    if unknown:
        raise TypeError(f"{row.get('code', '?')}: {', '.join(sorted(unknown))}")
    return Service(**row)


def services_for(actor: ActorLike) -> list[Service]:
    """The services that the actor may see: public ones when signed in, internal ones as an authority."""
    if actor.person_id is None and not actor.region_ranges:
        return []
    internal = bool(actor.region_ranges)
    return [each for each in declared().services if internal or each.openness == Openness.PUBLIC]


def service_for(code: str, actor: ActorLike) -> Service:
    """One of them; refused where it does not exist or may not be seen."""
    for service in services_for(actor):
        if service.code == code:
            return service
    raise ServiceRefused.because("office.not_found", what=code)
