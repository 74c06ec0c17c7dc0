"""Which columns do tables of mines, sites and patches have, and what do their cells refer to?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db.models import Model

from qingshan.exchange.columns import LICENCE_NO, REGION_CODE, USCC, Choice, Code, Column, Date, Number, Text
from qingshan.exchange.kinds import Context, Draft, Kind
from qingshan.exchange.units import HECTARE, M2
from qingshan.finding.fields import words_beforehand
from qingshan.office.mines import actions
from qingshan.office.mines.columns.doubles import remark_doubles, take_as_answered
from qingshan.office.mines.columns.looking_up import (
    by_key,
    check_days,
    existing,
    known_by_licence,
    numbered,
    place,
    put_enterprises,
    put_mines,
    said,
)
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import MineScale, MineState, MiningMethod, PatchKind, SiteKind

SCALE = Choice(MineScale, {"large": ("大",), "medium": ("中",), "small": ("小", "小矿")})
REGION = Column(
    "region",
    "行政区划代码",
    "Region code",
    aliases=("区划代码", "县区代码", "县级行政区划代码", "所在县代码", "adcode"),
    type=REGION_CODE,
    help_zh="6 位县级代码；留空时按图形所在县区填写",
    help_en="6-digit county code; where empty, the county in which the shape lies",
)
METHOD = Choice(
    MiningMethod,
    also={
        "open_pit": ("露天开采", "露采"),
        "underground": ("地下开采", "井下开采", "井工", "坑采"),
        "open_pit_to_underground": ("露天转地下开采",),
    },
)
"""Licences write it in more words than the list."""
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
    Column("method", "开采方式", "Mining method", type=METHOD),
    Column("scale", "生产规模", "Scale", aliases=("规模", "矿山规模"), type=SCALE),
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
    known = numbered(Site, context, drafts)
    place(context, drafts, known)
    put_mines(context, drafts)


def resolve_mines(context: Context, drafts: Sequence[Draft]) -> None:
    """Where a mine lies, which enterprise runs it, and whether it is one that is registered already."""
    known_by_licence(context, drafts)
    take_as_answered(context, drafts)
    known = numbered(Mine, context, drafts)
    refuse_merged(context, drafts)
    place(context, drafts, known)
    put_enterprises(drafts)
    remark_doubles(context, drafts, known)


def refuse_merged(context: Context, drafts: Sequence[Draft]) -> None:
    """The entry behind a merged number is closed: what is to change stands under the kept one."""
    merged = {
        key: mine for key, mine in by_key(Mine, context, said(drafts, "key")).items() if mine.merged_into_id
    }
    kept = Mine.objects.in_bulk([mine.merged_into_id for mine in merged.values()])
    for draft in drafts:
        if mine := merged.get(draft.values.get("key") or ""):
            into = kept[mine.merged_into_id]
            draft.refuse(
                "mines.merged", field="key", column="矿山编号", value=mine.key, into=into.key, name=into.name
            )


def resolve_patches(context: Context, drafts: Sequence[Draft]) -> None:
    """To which site a patch belongs; it lies in the region of its site."""
    numbered(Patch, context, drafts)
    sites = by_key(Site, context, said(drafts, "site"))
    for draft in drafts:
        wanted = draft.values.get("site") or ""
        if site := sites.get(wanted):
            draft.values.update(site_id=site.pk, region_id=site.region_id)
        elif wanted:
            draft.refuse("mines.no_such_site", field="site", column="所属点位编号", value=wanted)
    check_days(drafts, column="终止日期")


REFERRED: dict[type[Model], dict[str, str]] = {
    Mine: {"region": "region.code", "uscc": "enterprise.uscc"},
    Site: {"region": "region.code", "mine": "mine.key"},
    Patch: {"site": "site.key"},
}
"""Where the cells that refer to other objects come from."""

SITES = Kind(
    code="sites",
    title=Sentence(zh="点位", en="Sites"),
    columns=SITE_COLUMNS,
    key=("key",),
    known_by=("name",),
    geometry="any",
    resolve=resolve_sites,
    existing=partial(existing, Site, SITE_COLUMNS, REFERRED[Site]),
    words=partial(words_beforehand, Site),
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
    existing=partial(existing, Mine, MINE_COLUMNS, REFERRED[Mine]),
    words=partial(words_beforehand, Mine),
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
    existing=partial(existing, Patch, PATCH_COLUMNS, REFERRED[Patch]),
    words=partial(words_beforehand, Patch),
    apply=actions.import_patches,
)
