"""Which files does the registry officer of the demonstration bring? Mines, sites and patches as GeoJSON.

They go through the same door as any other file: kept in the vault, read, previewed, applied by one act.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.conf import settings
from django.db.models import Model

from qingshan.demo.mines import MineFacts
from qingshan.demo.province import LABEL, Province
from qingshan.demo.sites import PatchFacts, SiteFacts
from qingshan.exchange import preview
from qingshan.exchange.kinds import kind as import_kind
from qingshan.office.accounts.actors import Actor
from qingshan.office.desk import actions
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.vault import Vault

Properties = dict[str, Any]


class NotAllGood(RuntimeError):
    """The demonstration's own file was refused: the program and its example have parted."""


def bring(kind: str, facts: Province, *, actor: Actor, now: datetime) -> int:
    """Import what is missing of a kind; the number of objects written."""
    file = FILES[kind]
    known = set(file.model._default_manager.values_list("key", flat=True))
    missing = [row for row in file.rows(facts) if row.key not in known]
    if not missing:
        return 0
    stream = io.BytesIO(geojson((row, file.properties(row)) for row in missing))
    name = f"{LABEL}_{import_kind(kind).title.zh}.geojson"
    import_ = actions.receive(kind, file_name=name, stream=stream, options={}, actor=actor, now=now)
    preview.stage(import_, path=Vault(settings.VAULT_ROOT).path(import_.file_digest), actor=actor)
    if import_.created != len(missing):
        raise NotAllGood(f"{kind}: {import_.created} of {len(missing)} rows are good")
    actions.apply(import_, good_rows_only=False, actor=actor, now=now)
    return len(missing)


def geojson(rows: Iterable[tuple[Any, Properties]]) -> bytes:
    """A FeatureCollection of facts with their columns."""
    rows = list(rows)
    shapes = shapely.to_geojson([row.geometry for row, _ in rows])
    features = (
        f'{{"type":"Feature","properties":{json.dumps(properties, ensure_ascii=False)},"geometry":{shape}}}'
        for (_, properties), shape in zip(rows, shapes, strict=True)
    )
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def _mine(mine: MineFacts) -> Properties:
    return {
        "矿山编号": mine.key,
        "矿山名称": mine.name,
        "行政区划代码": mine.county,
        "统一社会信用代码": mine.enterprise.uscc if mine.enterprise else None,
        "矿种": mine.mineral.name,
        "开采方式": mine.method.zh,
        "生产规模": mine.scale.zh,
        "生产状态": mine.state.zh,
        "采矿许可证号": mine.licence_no or None,
        "备注": LABEL,
    }


def _site(site: SiteFacts) -> Properties:
    hectares = None if site.reported_area_m2 is None else round(site.reported_area_m2 / 10_000, 3)
    return {
        "点位编号": site.key,
        "点位名称": site.name,
        "行政区划代码": site.county,
        "点位类型": site.kind.zh,
        "所属矿山编号": site.mine.key if site.mine else None,
        "面积（公顷）": hectares,
        "发现日期": site.found_on.isoformat(),
        "来源": site.source,
        "备注": LABEL,
    }


def _patch(patch: PatchFacts) -> Properties:
    return {
        "图斑编号": patch.key,
        "所属点位编号": patch.site_key,
        "图斑类型": patch.kind.zh,
        "起始日期": patch.from_on.isoformat(),
        "终止日期": patch.to_on.isoformat() if patch.to_on else None,
        "备注": LABEL,
    }


@dataclass(frozen=True)
class _File:
    """Where the rows of a file come from, what columns they have, and which model they end in."""

    model: type[Model]
    rows: Callable[[Province], Sequence[Any]]
    properties: Callable[[Any], Properties]


FILES = {
    "mines": _File(Mine, lambda facts: facts.mines, _mine),
    "sites": _File(Site, lambda facts: facts.sites, _site),
    "patches": _File(Patch, lambda facts: facts.patches, _patch),
}
"""By kind of import, in the order in which they refer to each other."""
