"""Which files does the registry officer of the demonstration bring? Everything of the register as GeoJSON.

They go through the same door as any other file: kept in the vault, read, previewed, applied by one act.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import shapely
from django.conf import settings
from django.db.models import Model

from qingshan.demo.control_lines import FeatureFacts
from qingshan.demo.days import Day, day_of
from qingshan.demo.holdings import WAN, FacilityFacts, LandUseFacts, RightFacts
from qingshan.demo.listed_again import TITLE, ListedFacts
from qingshan.demo.mines import MineFacts
from qingshan.demo.province import LABEL, Province
from qingshan.demo.sites import PatchFacts, SiteFacts
from qingshan.exchange import preview
from qingshan.exchange.kinds import kind as import_kind
from qingshan.office.accounts.actors import Actor
from qingshan.office.desk import actions
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.places.models import MapFeature
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import Sentence
from qingshan.vault import Vault

Properties = dict[str, Any]


class NotAllGood(RuntimeError):
    """The demonstration's own file was refused: the program and its example have parted."""


def bring(
    name: str,
    facts: Province,
    *,
    actor: Actor,
    now: datetime,
    today: date | None = None,
    only: Callable[[Any], bool] | None = None,
) -> int:
    """Import what is missing of a file; the number of objects written.

    `today` is the day from which the facts count, where it is not that of the act; `only` says which rows are
    brought.
    """
    file, today = FILES[name], today or shanghai_date(now)
    kind = file.kind or name
    known = set(file.model._default_manager.values_list("key", flat=True))
    missing = [row for row in file.rows(facts) if file.key(row) not in known and (only is None or only(row))]
    if not missing:
        return 0
    stream = io.BytesIO(geojson((row, file.properties(row, today)) for row in missing))
    title = (file.told or import_kind(kind).title).zh
    import_ = actions.receive(
        kind, file_name=f"{LABEL}_{title}.geojson", stream=stream, options={}, actor=actor, now=now
    )
    preview.stage(import_, path=Vault(settings.VAULT_ROOT).path(import_.file_digest), actor=actor)
    if import_.created != len(missing):
        raise NotAllGood(f"{name}: {import_.created} of {len(missing)} rows are good")
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


def _mine(mine: MineFacts, today: date) -> Properties:
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


def _site(site: SiteFacts, today: date) -> Properties:
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


def _patch(patch: PatchFacts, today: date) -> Properties:
    return {
        "图斑编号": patch.key,
        "所属点位编号": patch.site_key,
        "图斑类型": patch.kind.zh,
        "起始日期": patch.from_on.isoformat(),
        "终止日期": patch.to_on.isoformat() if patch.to_on else None,
        "备注": LABEL,
    }


def _right(right: RightFacts, today: date) -> Properties:
    return {
        "采矿许可证号": right.licence_no,
        "所属矿山编号": right.mine.key,
        "采矿权人": right.holder_name,
        "行政区划代码": right.mine.county,
        "开采矿种": right.mine.mineral.name,
        "开采方式": right.mine.method.zh,
        "规模等级": right.mine.scale.zh,
        "生产规模（万吨/年）": right.capacity_t_per_year / WAN,
        "矿区面积（平方千米）": right.reported_area_km2,
        "开采上限标高（米）": right.top_level_m,
        "开采下限标高（米）": right.bottom_level_m,
        "发证机关": right.issued_by,
        "有效期起": _said(right.from_on, today),
        "有效期止": _said(right.to_on, today),
        "状态": right.state.zh,
        "备注": LABEL,
    }


def _land_use(land: LandUseFacts, today: date) -> Properties:
    return {
        "批准文号": land.number,
        "用地名称": land.name,
        "所属矿山编号": land.mine.key,
        "行政区划代码": land.mine.county,
        "用途": land.purpose.zh,
        "原地类": land.land_class,
        "批准面积（公顷）": land.reported_area_m2 / 10_000,
        "批准机关": land.approved_by,
        "使用期起": _said(land.from_on, today),
        "使用期止": _said(land.to_on, today),
        "还地日期": _said(land.returned_on, today),
        "备注": LABEL,
    }


def _facility(facility: FacilityFacts, today: date) -> Properties:
    return {
        "设施编号": facility.key,
        "设施名称": facility.name,
        "设施类型": facility.kind.zh,
        "所属矿山编号": facility.mine.key,
        "行政区划代码": facility.mine.county,
        "运行状态": facility.state.zh,
        "处理能力（吨/日）": facility.throughput_t_per_day,
        "设计容量（立方米）": facility.capacity_m3,
        "现存量（立方米）": facility.stock_m3,
        "高度（米）": facility.height_m,
        "备注": LABEL,
    }


def _listed(listed: ListedFacts, today: date) -> Properties:
    return {
        "矿山编号": listed.key,
        "矿山名称": listed.name,
        "行政区划代码": listed.county,
        "统一社会信用代码": listed.uscc,
        "矿种": listed.mineral,
        "开采方式": listed.mine.method.zh,
        "生产规模": listed.mine.scale.zh,
        "生产状态": listed.mine.state.zh,
        "采矿许可证号": listed.licence_no,
        "备注": LABEL,
    }


def _feature(feature: FeatureFacts, today: date) -> Properties:
    return {
        "图层代码": feature.layer.code,
        "要素代码": feature.code,
        "名称": feature.name,
        "类型": feature.type,
    }


def _said(day: Day | None, today: date) -> str | None:
    found = day_of(day, today=today)
    return found.isoformat() if found else None


@dataclass(frozen=True)
class _File:
    """Where the rows of a file come from, what columns they have, and which model they end in."""

    model: type[Model]
    rows: Callable[[Province], Sequence[Any]]
    properties: Callable[[Any, date], Properties]
    key: Callable[[Any], str] = attrgetter("key")
    kind: str = ""
    """of import, where it is not what the file is called here"""
    told: Sentence | None = None
    """what it is called, where the kind's title does not say it"""


LISTED = Sentence(zh=TITLE, en="Mines of a city's own list")
FILES = {
    "mines": _File(Mine, lambda facts: facts.mines, _mine),
    "sites": _File(Site, lambda facts: facts.sites, _site),
    "patches": _File(Patch, lambda facts: facts.patches, _patch),
    "rights": _File(MiningRight, lambda facts: facts.rights, _right, key=attrgetter("licence_no")),
    "land-uses": _File(LandUse, lambda facts: facts.land_uses, _land_use, key=attrgetter("number")),
    "facilities": _File(Facility, lambda facts: facts.facilities, _facility),
    "layer_features": _File(MapFeature, lambda facts: facts.control_lines, _feature),
    "listed again": _File(Mine, lambda facts: facts.listed_again, _listed, kind="mines", told=LISTED),
}
"""By kind of import, in the order in which they refer to each other; a city's list of mines comes last."""
