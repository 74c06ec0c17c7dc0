"""Which columns do tables of mines, sites and patches have, and what do their cells refer to?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import shapely
from django.db.models import Model

from qingshan.exchange.columns import LICENCE_NO, REGION_CODE, USCC, Choice, Code, Column, Date, Number, Text
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known, declare_kind
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.geo.fields import StoredGeometry, decode_many
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines import actions
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.regions.queries import regions_at, regions_by_code
from qingshan.office.regions.ranges import inside
from qingshan.rules.identifiers import ABROAD_ID
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import (
    MineScale,
    MineState,
    MiningMethod,
    OrganisationKind,
    PatchKind,
    RegionLevel,
    SiteKind,
)

REGION = Column(
    "region",
    "行政区划代码",
    "Region code",
    aliases=("区划代码", "县区代码", "县级行政区划代码", "所在县代码", "adcode"),
    type=REGION_CODE,
    help_zh="6 位县级代码；留空时按图形所在县区填写",
    help_en="6-digit county code; where empty, the county in which the shape lies",
)
NOTE = Column("note", "备注", "Note", aliases=("说明",), type=Text(limit=500))

SITE_COLUMNS = (
    Column(
        "key",
        "点位编号",
        "Site number",
        aliases=("点位号", "矿点编号", "图斑编号", "编号", "site_id"),
        type=Code(limit=120),
        help_zh="全省唯一；矢量文件没有编号时，以图层与图形识别",
        help_en="Unique; a vector file without numbers is recognised by layer and shape",
    ),
    Column("name", "点位名称", "Site name", aliases=("名称", "矿点名称", "name"), type=Text(limit=120)),
    REGION,
    Column("kind", "点位类型", "Site kind", aliases=("类型", "矿点类型"), type=Choice(SiteKind)),
    Column("mine", "所属矿山编号", "Mine number", aliases=("矿山编号", "所属矿山"), type=Code(limit=64)),
    Column(
        "reported_area_m2",
        "面积",
        "Area",
        aliases=("填报面积", "占地面积", "图斑面积", "损毁面积", "Mined area"),
        type=Number(unit=M2, written=HECTARE, minimum=0),
        help_zh="填报的面积；图形面积另由系统按椭球面计算，两者并存",
        help_en="The area as reported; the area of the shape is computed beside it",
    ),
    Column("found_on", "发现日期", "Found on", aliases=("发现时间", "核查日期"), type=Date()),
    Column("source", "来源", "Source", aliases=("数据来源", "线索来源"), type=Text(limit=120)),
    NOTE,
)

MINE_COLUMNS = (
    Column(
        "key",
        "矿山编号",
        "Mine number",
        aliases=("编号", "矿山号"),
        type=Code(limit=64),
        required=True,
        help_zh="全省唯一，用来识别同一矿山",
        help_en="Unique; by it the same mine is recognised",
    ),
    Column("name", "矿山名称", "Mine name", aliases=("名称",), type=Text(limit=120), required=True),
    REGION,
    Column("uscc", "统一社会信用代码", "Enterprise's uscc", aliases=("信用代码", "企业代码"), type=USCC),
    Column("mineral", "矿种", "Mineral", aliases=("开采矿种", "主矿种"), type=Text(limit=60)),
    Column("method", "开采方式", "Mining method", type=Choice(MiningMethod)),
    Column("scale", "生产规模", "Scale", aliases=("规模", "矿山规模"), type=Choice(MineScale)),
    Column("state", "生产状态", "State", aliases=("状态", "矿山状态"), type=Choice(MineState)),
    Column("licence_no", "采矿许可证号", "Licence number", aliases=("许可证号", "采矿证号"), type=LICENCE_NO),
    NOTE,
)

PATCH_COLUMNS = (
    Column(
        "key",
        "图斑编号",
        "Patch number",
        aliases=("图斑号", "编号"),
        type=Code(limit=120),
        help_zh="全省唯一；没有编号时，以图层与图形识别",
        help_en="Unique; without numbers, recognised by layer and shape",
    ),
    Column("site", "所属点位编号", "Site number", aliases=("点位编号",), type=Code(limit=120), required=True),
    Column("kind", "图斑类型", "Patch kind", aliases=("类型",), type=Choice(PatchKind)),
    Column("from_on", "起始日期", "From", aliases=("开始日期",), type=Date()),
    Column("to_on", "终止日期", "To", aliases=("结束日期",), type=Date()),
    NOTE,
)


def resolve_sites(context: Context, drafts: Sequence[Draft]) -> None:
    """Where a site lies, to which mine it belongs, and whether the actor may register it."""
    known = _numbered(Site, context, drafts)
    _place(context, drafts, known)
    mines = _by_key(Mine, context, _said(drafts, "mine"))
    for draft in drafts:
        wanted = draft.values.get("mine") or ""
        if mine := mines.get(wanted):
            draft.values.update(mine_id=mine.pk, enterprise_id=mine.enterprise_id)
        elif wanted:
            draft.refuse("mines.no_such_mine", field="mine", column="所属矿山编号", value=wanted)


def resolve_mines(context: Context, drafts: Sequence[Draft]) -> None:
    """Where a mine lies and which enterprise runs it."""
    known = _numbered(Mine, context, drafts)
    _place(context, drafts, known)
    holders = Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE, uscc__in=_said(drafts, "uscc"))
    by_uscc = {holder.uscc: holder.pk for holder in holders}
    for draft in drafts:
        wanted = draft.values.get("uscc")
        if wanted and wanted not in by_uscc:
            draft.refuse("mines.no_such_enterprise", field="uscc", column="统一社会信用代码", value=wanted)
        elif wanted:
            draft.values["enterprise_id"] = by_uscc[wanted]


def resolve_patches(context: Context, drafts: Sequence[Draft]) -> None:
    """To which site a patch belongs; it lies in the region of its site."""
    _numbered(Patch, context, drafts)
    sites = _by_key(Site, context, _said(drafts, "site"))
    for draft in drafts:
        wanted = draft.values.get("site") or ""
        if site := sites.get(wanted):
            draft.values.update(site_id=site.pk, region_id=site.region_id)
        elif wanted:
            draft.refuse("mines.no_such_site", field="site", column="所属点位编号", value=wanted)
        started, ended = draft.values.get("from_on"), draft.values.get("to_on")
        if started and ended and ended < started:
            draft.refuse("mines.dates_reversed", field="to_on", column="终止日期", value=str(ended))


def _numbered(model: type[Model], context: Context, drafts: Sequence[Draft]) -> set[str]:
    """Give every row its number, and say which numbers are known to the actor.

    A row without one is numbered by its layer and shape, as exchange has keyed it. A number that belongs to
    an object which the actor may not see can be neither read nor taken.
    """
    for draft in drafts:
        if not draft.values.get("key") and draft.key:
            draft.values["key"] = ":".join(draft.key)
    keys = _said(drafts, "key")
    named = model._default_manager.filter(key__in=keys)
    taken = set(named.values_list("key", flat=True))
    seen = set(visible_to(named, context.actor).values_list("key", flat=True)) if taken else set()
    hidden = taken - seen
    for draft in drafts:
        if draft.values.get("key") in hidden:
            draft.refuse("mines.number_taken", field="key", column="编号", value=draft.values["key"])
    return seen


def _place(context: Context, drafts: Sequence[Draft], known: set[str]) -> None:
    """The region of each row: as written; for a new row without it, where the shape lies.

    Refused outside the actor's area. What is known already keeps its region unless the file names another.
    """
    new = [d for d in drafts if d.values.get("key") not in known and not d.values.get("region")]
    _locate(context, new)
    by_code = regions_by_code(_said(drafts, "region"))
    for draft in drafts:
        code = draft.values.get("region")
        if not code:
            continue
        region = by_code.get(code)
        if region is None:
            draft.refuse("mines.no_such_region", field="region", column="行政区划代码", value=code)
        elif region.pk != ABROAD_ID and not inside(region.pk, context.actor.region_ranges):
            draft.refuse("mines.out_of_area", field="region", column="行政区划代码", value=region.name)
        else:
            draft.values.update(region=region.code, region_id=region.pk)


def _locate(context: Context, drafts: Sequence[Draft]) -> None:
    """Write the region in which each shape lies; refuse what has neither region nor a place in one."""
    with_shape = [draft for draft in drafts if draft.geom is not None]
    points = shapely.point_on_surface([draft.geom for draft in with_shape])
    found = dict(zip(map(id, with_shape), regions_at(points), strict=True))
    for draft in drafts:
        region = found.get(id(draft))
        if region is not None:
            draft.values["region"] = region.code
        elif draft.geom is not None and context.allow_abroad:
            draft.values["region"] = RegionLevel.ABROAD.zh
        elif not draft.faults:
            draft.refuse("mines.region_needed", field="region", column="行政区划代码")


def _by_key(model: type[Model], context: Context, keys: Sequence[str]) -> dict[str, Any]:
    """What the actor may see of these numbers."""
    rows: Iterable[Any] = visible_to(model._default_manager.filter(key__in=keys), context.actor)
    return {row.key: row for row in rows}


def _said(drafts: Iterable[Draft], name: str) -> list[Any]:
    return sorted({draft.values[name] for draft in drafts if draft.values.get(name)})


REFERRED: dict[type[Model], dict[str, str]] = {
    Mine: {"region": "region.code", "uscc": "enterprise.uscc"},
    Site: {"region": "region.code", "mine": "mine.key"},
    Patch: {"site": "site.key"},
}
"""Where the cells that refer to other objects come from."""


def existing_sites(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    return _existing(Site, context, drafts, SITE_COLUMNS)


def existing_mines(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    return _existing(Mine, context, drafts, MINE_COLUMNS)


def existing_patches(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    return _existing(Patch, context, drafts, PATCH_COLUMNS)


def _existing(
    model: type[Model],
    context: Context,
    drafts: Sequence[Draft],
    columns: Iterable[Column],
) -> dict[Key, Known]:
    """The objects behind these rows, with the values that a file of the kind can change.

    Plain values, not objects: a whole province is compared in this way.
    """
    by_key = {draft.key[0]: draft.key for draft in drafts if draft.key}
    rows = visible_to(model._default_manager.filter(key__in=sorted(by_key)), context.actor)
    if context.only_versions:
        versions = rows.values_list("key", "pk", "version")
        return {by_key[key]: Known(pk, version, {}) for key, pk, version in versions}
    names = [column.name for column in columns]
    paths = [REFERRED[model].get(name, name).replace(".", "__") for name in names]
    found = list(rows.values_list("key", "pk", "version", StoredGeometry("geom"), *paths))
    shapes = decode_many(row[3] for row in found)
    return {
        by_key[key]: Known(pk, version, dict(zip(names, map(_empty_as_none, values), strict=True)), shape)
        for (key, pk, version, _, *values), shape in zip(found, shapes, strict=True)
    }


def _empty_as_none(value: Any) -> Any:
    """An empty text is no value."""
    return None if value == "" else value


def value_at(row: Any, path: str) -> Any:
    """The value behind a dotted path; None where a link on the way is empty, or the text is."""
    for name in path.split("."):
        row = getattr(row, name)
        if row is None:
            return None
    return row if row != "" else None


SITES = Kind(
    code="sites",
    title=Sentence(zh="点位", en="Sites"),
    columns=SITE_COLUMNS,
    key=("key",),
    known_by=("name",),
    geometry="any",
    resolve=resolve_sites,
    existing=existing_sites,
    apply=actions.import_sites,
)
MINES = Kind(
    code="mines",
    title=Sentence(zh="矿山", en="Mines"),
    columns=MINE_COLUMNS,
    key=("key",),
    known_by=("licence_no", "name"),
    geometry="any",
    resolve=resolve_mines,
    existing=existing_mines,
    apply=actions.import_mines,
)
PATCHES = Kind(
    code="patches",
    title=Sentence(zh="图斑", en="Patches"),
    columns=PATCH_COLUMNS,
    key=("key",),
    geometry="polygon",
    geometry_required=True,
    resolve=resolve_patches,
    existing=existing_patches,
    apply=actions.import_patches,
)
for _kind in (MINES, SITES, PATCHES):
    declare_kind(_kind)

KIND_OF: dict[type[Model], Kind] = {Mine: MINES, Site: SITES, Patch: PATCHES}


def exported_rows(rows: Iterable[Any]) -> Iterator[Exported]:
    """Objects of the register as the values and the shape of their kind's table."""
    for row in rows:
        referred = REFERRED[type(row)]
        names = [column.name for column in KIND_OF[type(row)].columns]
        values = {name: value_at(row, referred.get(name, name)) for name in names}
        yield Exported(values=values, geom=row.geom)
