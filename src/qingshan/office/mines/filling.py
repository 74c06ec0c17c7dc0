"""What can the register put into a superior's table, beyond the columns that are imported?

A kind of its own adds its fill-only columns here: a column, and the path behind it or, for what is worked out, a
function of some thousand rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import shapely
from django.db.models import Model
from django.http import QueryDict
from django.utils.http import urlencode

from qingshan.exchange.columns import REGION_CODE, Column, Integer, Number
from qingshan.exchange.filling.doing import ROWS_AT_MOST
from qingshan.exchange.filling.kinds import Choice, FillKind, Values, declare_filling
from qingshan.exchange.outlines import LATITUDE, LONGITUDE
from qingshan.exchange.units import HECTARE, M2
from qingshan.office.mines import queries
from qingshan.office.mines.access import CATEGORY_FIELD
from qingshan.office.mines.columns import KIND_OF, exported_rows, value_at
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.forms.narrowing import narrowed_by, region_from
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.terms import TERMS
from qingshan.office.regions.queries import names_above
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import MineState, RegionLevel

CHUNK_ROWS = 2000
EXAMPLE_ROWS = 5

PREFECTURE = Column(
    "prefecture_name", "市州", "Prefecture",
    aliases=("市", "地市", "设区市", "市（州）", "所在市", "所属市", "地级市", "市名称", "所在市州"),
)  # fmt: skip
COUNTY = Column(
    "county_name", "县区", "County",
    aliases=(
        "县", "区县", "县市区", "县（市、区）", "县（区）", "所在县", "所在县区", "所属县区", "行政区", "行政区划",
        "行政区划名称", "行政区域", "所在地", "区域", "地区", "县区名称", "所在区县", "旗县区",
        "县（市、区、旗）", "属地",
    ),
)  # fmt: skip
TOWNSHIP = Column(
    "township_name",
    "乡镇",
    "Township",
    aliases=("乡", "镇", "乡（镇）", "乡镇街道", "所在乡镇", "乡镇（街道）"),
)
ENTERPRISE = Column(
    "enterprise_name", "企业名称", "Enterprise",
    aliases=(
        "矿山企业", "矿山企业名称", "企业", "单位名称", "采矿权人", "采矿权人名称", "矿业权人", "建设单位", "业主单位",
        "责任单位", "开采企业", "生产企业", "责任主体名称", "权利人",
    ),
)  # fmt: skip
MINE_NAME = Column("mine_name", "矿山名称", "Mine name", aliases=("所属矿山名称", "矿名", "矿山"))
SITE_NAME = Column("site_name", "点位名称", "Site name", aliases=("所属点位名称", "矿点名称"))
SHAPE_AREA = Column(
    "area_m2", "图形面积", "Area of the shape",
    aliases=("量算面积", "测量面积", "计算面积", "矢量面积", "椭球面积", "实测面积"),
    type=Number(unit=M2, written=HECTARE, minimum=0),
)  # fmt: skip
PATCH_AREA = replace(SHAPE_AREA, aliases=(*SHAPE_AREA.aliases, "面积", "图斑面积", "占地面积"))
MIDDLE = (
    replace(
        LONGITUDE,
        aliases=(*LONGITUDE.aliases, "中心点经度", "中心坐标经度", "坐标经度", "中心坐标X", "经度坐标"),
    ),
    replace(
        LATITUDE,
        aliases=(*LATITUDE.aliases, "中心点纬度", "中心坐标纬度", "坐标纬度", "中心坐标Y", "纬度坐标"),
    ),
)

_PLACED = (PREFECTURE, COUNTY, TOWNSHIP)
_OF_A_MINE = (MINE_NAME, ENTERPRISE, *_PLACED, SHAPE_AREA, *MIDDLE)
FILL_COLUMNS: dict[type[Model], tuple[Column, ...]] = {
    Mine: (ENTERPRISE, *_PLACED, *MIDDLE),
    Site: _OF_A_MINE,
    Patch: (SITE_NAME, MINE_NAME, ENTERPRISE, *_PLACED, PATCH_AREA, *MIDDLE),
    MiningRight: _OF_A_MINE,
    LandUse: _OF_A_MINE,
    Facility: _OF_A_MINE,
}
"""What a table may ask for and no import brings."""
_PATHS_OF_A_MINE = {"mine_name": "mine.name", "enterprise_name": "enterprise.name", "area_m2": "area_m2"}
FILL_PATHS: dict[type[Model], dict[str, str]] = {
    Mine: {"enterprise_name": "enterprise.name"},
    Patch: {
        "site_name": "site.name", "mine_name": "site.mine.name", "enterprise_name": "site.enterprise.name",
        "area_m2": "area_m2",
    },
    Site: _PATHS_OF_A_MINE,
    MiningRight: _PATHS_OF_A_MINE,
    LandUse: _PATHS_OF_A_MINE,
    Facility: _PATHS_OF_A_MINE,
}  # fmt: skip
"""Where each of them stands; place and middle are worked out."""
_IDENTIFYING = ("key", "name", "holder_name")


def filled_rows(model: type[Model], actor: ActorLike, choice: Choice) -> Iterator[Values]:
    """What the actor may see of the choice, by region and number, with everything that a table may ask for."""
    filters = _filters(model, choice)
    rows = iter(queries.filled_from(model, actor=actor, filters=filters, at_most=ROWS_AT_MOST + 1))
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield from _with_more(model, chunk)


def _filters(model: type[Model], choice: Choice) -> Filters:
    """The choice read as the address of the list is."""
    return narrowed_by(QueryDict(urlencode(choice)), model).filters


def example(model: type[Model], actor: ActorLike, choice: Choice) -> Values:
    """For each column what the first object that has it says."""
    rows = queries.first_in_ledger(model, actor=actor, filters=_filters(model, choice), rows=EXAMPLE_ROWS)
    said: dict[str, Any] = {}
    for values in _with_more(model, rows):
        said |= {name: value for name, value in values.items() if said.get(name) in (None, "")}
    return said


def _with_more(model: type[Model], rows: Sequence[Any]) -> Iterator[Values]:
    names = names_above(row.region_id for row in rows)
    paths = FILL_PATHS[model]
    for row, exported, middle in zip(rows, exported_rows(rows), _middles(rows), strict=True):
        more = {name: value_at(row, path) for name, path in paths.items()}
        yield {**exported.values, **more, **_place(names[row.region_id]), "lon": middle[0], "lat": middle[1]}


def _place(names: Mapping[RegionLevel, str]) -> dict[str, str | None]:
    return {
        PREFECTURE.name: names.get(RegionLevel.PREFECTURE),
        COUNTY.name: names.get(RegionLevel.COUNTY),
        TOWNSHIP.name: names.get(RegionLevel.TOWNSHIP),
    }


def _middles(rows: Sequence[Any]) -> Iterator[tuple[float | None, float | None]]:
    """A point that lies within each shape, however bent it is."""
    for point in shapely.point_on_surface([row.geom for row in rows]):
        yield (None, None) if point is None or point.is_empty else (point.x, point.y)


def _filling_of(model: type[Model]) -> FillKind:
    kind = KIND_OF[model]
    terms = TERMS[model, CATEGORY_FIELD[model]]
    names = {column.name for column in kind.columns}
    return FillKind(
        code=kind.code,
        title=kind.title,
        columns=(*kind.columns, *FILL_COLUMNS[model]),
        identifying=tuple(name for name in _IDENTIFYING if name in names),
        rows=partial(filled_rows, model),
        example=partial(example, model),
        categories=tuple((term.value, term.sentence) for term in terms),
    )


# --- one row for each county ---------------------------------------------------------------------


def _count(name: str, zh: str, en: str, *aliases: str) -> Column:
    return Column(name, zh, en, aliases=aliases, type=Integer(minimum=0))


def _area(name: str, zh: str, en: str, *aliases: str) -> Column:
    return Column(name, zh, en, aliases=aliases, type=Number(unit=M2, written=HECTARE, minimum=0))


COUNTY_COLUMNS = (
    COUNTY,
    PREFECTURE,
    Column("region", "行政区划代码", "Region code", aliases=("区划代码", "县区代码"), type=REGION_CODE),
    _count("mine", "矿山数", "Mines", "矿山数量", "矿山个数", "矿山总数", "矿山座数", "矿山（座）", "矿山数（座）"),
    *(
        _count(f"mine:{state}", f"{state.zh}矿山数", f"Mines {state.en}", f"{state.zh}矿山", f"{state.zh}数", state.zh)
        for state in MineState
    ),
    _count("site", "点位数", "Sites", "点位数量", "点位个数", "点位总数", "矿点数", "点位（处）", "点位数（处）"),
    _area("site_area", "点位图形面积", "Area of sites", "点位面积", "矿点面积", "面积"),
    _count("patch", "图斑数", "Patches", "图斑数量", "图斑个数", "图斑总数", "图斑（个）"),
    _area("patch_area", "图斑图形面积", "Area of patches", "图斑面积", "图斑总面积"),
    _count("right", "采矿权数", "Mining rights", "采矿权数量", "采矿权个数", "采矿权总数"),
    _count("land_use", "临时用地数", "Temporary land", "临时用地宗数"),
    _count("facility", "矿山设施数", "Facilities", "设施数量"),
)  # fmt: skip


def counties(actor: ActorLike, choice: Choice) -> Iterator[Values]:
    """Each county of the actor's regions with its tallies; nothing of it is counted anew."""
    regions = queries.counties_in(
        actor, within=region_from(choice.get("region", "")), text=choice.get("q", "")
    )
    counted = queries.tallied_by_county(actor)
    names = names_above(region.pk for region in regions)
    for region in regions:
        figures: dict[str, Any] = defaultdict(int, counted.get(region.pk, {}))
        yield {
            **{column.name: figures[column.name] for column in COUNTY_COLUMNS[3:]},
            **_place(names[region.pk]),
            "region": region.code,
        }


def _all_kinds() -> Iterable[FillKind]:
    yield from map(_filling_of, KIND_OF)
    yield FillKind(
        code="counties",
        title=Sentence(zh="分县区汇总", en="Totals by county"),
        columns=COUNTY_COLUMNS,
        identifying=(COUNTY.name, "region"),
        rows=counties,
    )


for _kind in _all_kinds():
    declare_filling(_kind)
