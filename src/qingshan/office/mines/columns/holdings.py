"""Which columns do tables of mining rights, temporary land and facilities have?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.db.models import Model

from qingshan.exchange.columns import LICENCE_NO, USCC, Choice, Code, Column, Date, Number, Text
from qingshan.exchange.kinds import Context, Draft, Kind, Resolve
from qingshan.exchange.units import HECTARE, KM2, M2, M3, METRE, T_PER_DAY, T_PER_YEAR
from qingshan.finding.fields import words_beforehand
from qingshan.office.mines import actions
from qingshan.office.mines.columns.looking_up import (
    check_days,
    existing,
    lie_with_their_mines,
    numbered,
    place,
    put_enterprises,
    put_mines,
)
from qingshan.office.mines.columns.register import METHOD, NOTE, REGION, SCALE
from qingshan.office.mines.models import Facility, LandUse, MiningRight
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import (
    FacilityKind,
    FacilityState,
    LandPurpose,
    RightState,
)

MINE = Column(
    "mine", "所属矿山编号", "Mine number", aliases=("矿山编号", "所属矿山"), type=Code(limit=64)
)  # fmt: skip
HOLDER = Column("uscc", "统一社会信用代码", "Enterprise's uscc", aliases=("信用代码", "企业代码"), type=USCC)

RIGHT_COLUMNS = (
    Column(
        "key",
        "采矿许可证号",
        "Licence number",
        aliases=("许可证号", "采矿证号", "证号"),
        type=LICENCE_NO,
        required=True,
        help_zh="采矿许可证上的证号，用来识别同一采矿权",
        help_en="The number on the licence; by it the same right is recognised",
    ),
    MINE,
    Column("holder_name", "采矿权人", "Holder", aliases=("权利人", "采矿权人名称"), type=Text(limit=120)),
    HOLDER,
    REGION,
    Column("mineral", "开采矿种", "Mineral", aliases=("矿种", "主矿种"), type=Text(limit=60)),
    Column("method", "开采方式", "Mining method", type=METHOD),
    Column("scale", "规模等级", "Scale", aliases=("矿山规模",), type=SCALE),
    Column(
        "capacity_t_per_year",
        "生产规模",
        "Capacity",
        aliases=("设计生产规模", "核定生产规模", "年生产规模"),
        type=Number(unit=T_PER_YEAR, minimum=0),
        help_zh="按年产矿石量填写，可写 30 万吨/年",
        help_en="Ore a year, e.g. 300,000 t/a",
    ),
    Column(
        "reported_area_m2",
        "矿区面积",
        "Licensed area",
        aliases=("面积",),
        type=Number(unit=M2, written=KM2, minimum=0, places=6),
        help_zh="许可证上的矿区面积，平方千米；图形面积另由系统计算",
        help_en="The area on the licence in km²; that of the shape is computed beside it",
    ),
    Column("top_level_m", "开采上限标高", "Upper level", aliases=("上限标高",), type=Number(unit=METRE)),
    Column("bottom_level_m", "开采下限标高", "Lower level", aliases=("下限标高",), type=Number(unit=METRE)),
    Column("issued_by", "发证机关", "Issued by", aliases=("发证单位",), type=Text(limit=120)),
    Column("from_on", "有效期起", "Valid from", aliases=("有效期限起", "有效期始", "起始日期"), type=Date()),
    Column("to_on", "有效期止", "Valid to", aliases=("有效期限止", "有效期至", "终止日期"), type=Date()),
    Column("state", "状态", "State", aliases=("采矿权状态", "许可证状态"), type=Choice(RightState)),
    NOTE,
)

LAND_USE_COLUMNS = (
    Column(
        "key",
        "批准文号",
        "Approval number",
        aliases=("用地批准文号", "批文号", "临时用地编号", "编号"),
        type=Code(limit=120),
        required=True,
        help_zh="临时用地批准文号，用来识别同一宗用地",
        help_en="The number of the approval; by it the same land is recognised",
    ),
    Column("name", "用地名称", "Name", aliases=("项目名称", "名称"), type=Text(limit=120)),
    MINE,
    HOLDER,
    REGION,
    Column("purpose", "用途", "Purpose", aliases=("用地用途",), type=Choice(LandPurpose)),
    Column("land_class", "原地类", "Former land class", aliases=("地类", "占用地类"), type=Text(limit=60)),
    Column(
        "reported_area_m2",
        "批准面积",
        "Approved area",
        aliases=("用地面积", "面积"),
        type=Number(unit=M2, written=HECTARE, minimum=0),
    ),
    Column("approved_by", "批准机关", "Approved by", aliases=("批准单位",), type=Text(limit=120)),
    Column("from_on", "使用期起", "From", aliases=("起始日期", "使用期限起"), type=Date()),
    Column("to_on", "使用期止", "To", aliases=("到期日期", "终止日期", "使用期限止"), type=Date()),
    Column("returned_on", "还地日期", "Handed back on", aliases=("归还日期",), type=Date()),
    NOTE,
)

FACILITY_COLUMNS = (
    Column(
        "key",
        "设施编号",
        "Facility number",
        aliases=("编号",),
        type=Code(limit=120),
        required=True,
        help_zh="全省唯一，用来识别同一设施",
        help_en="Unique; by it the same facility is recognised",
    ),
    Column("name", "设施名称", "Name", aliases=("名称",), type=Text(limit=120)),
    Column("kind", "设施类型", "Kind", aliases=("类型",), type=Choice(FacilityKind)),
    MINE,
    HOLDER,
    REGION,
    Column("state", "运行状态", "State", aliases=("状态",), type=Choice(FacilityState)),
    Column(
        "throughput_t_per_day",
        "处理能力",
        "Throughput",
        aliases=("选矿能力", "日处理能力"),
        type=Number(unit=T_PER_DAY, minimum=0),
    ),
    Column(
        "capacity_m3",
        "设计容量",
        "Design capacity",
        aliases=("设计库容", "总库容", "库容", "容量"),
        type=Number(unit=M3, minimum=0),
    ),
    Column("stock_m3", "现存量", "In stock", aliases=("堆存量", "现状库容"), type=Number(unit=M3, minimum=0)),
    Column("height_m", "高度", "Height", aliases=("坝高", "堆高"), type=Number(unit=METRE, minimum=0)),
    NOTE,
)


def _resolver(model: type[Model], *, last_day: str = "") -> Resolve:
    """What all three look up: the holder, the mine, the place, and whether the days are in order."""

    def resolve(context: Context, drafts: Sequence[Draft]) -> None:
        known = numbered(model, context, drafts)
        lie_with_their_mines(context, drafts)
        place(context, drafts, known)
        put_enterprises(drafts)
        put_mines(context, drafts)
        if last_day:
            check_days(drafts, column=last_day)

    return resolve


REFERRED: dict[type[Model], dict[str, str]] = {
    model: {"region": "region.code", "mine": "mine.key", "uscc": "enterprise.uscc"}
    for model in (MiningRight, LandUse, Facility)
}


def _kind(
    code: str,
    title: Sentence,
    model: type[Model],
    columns: tuple[Column, ...],
    apply: Callable[..., object],
    *,
    geometry: str = "polygon",
    last_day: str = "",
) -> Kind:
    return Kind(
        code=code,
        title=title,
        columns=columns,
        key=("key",),
        known_by=tuple(column.name for column in columns if column.name in {"name", "holder_name"}),
        geometry=geometry,
        resolve=_resolver(model, last_day=last_day),
        existing=partial(existing, model, columns, REFERRED[model]),
        words=partial(words_beforehand, model),
        apply=apply,
    )


RIGHTS = _kind(
    "rights",
    Sentence(zh="采矿权", en="Mining rights"),
    MiningRight,
    RIGHT_COLUMNS,
    actions.import_rights,
    last_day="有效期止",
)
LAND_USES = _kind(
    "land-uses",
    Sentence(zh="临时用地", en="Temporary land"),
    LandUse,
    LAND_USE_COLUMNS,
    actions.import_land_uses,
    last_day="使用期止",
)
FACILITIES = _kind(
    "facilities",
    Sentence(zh="矿山设施", en="Facilities"),
    Facility,
    FACILITY_COLUMNS,
    actions.import_facilities,
    geometry="any",
)
