"""What goes wrong at the mines of the demonstration, what is asked for, and by which measures is it put right?"""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.rules.matters import ProblemKind, Severity
from qingshan.rules.register import SiteKind

_K, _S = ProblemKind, SiteKind


@dataclass(frozen=True)
class Remedy:
    """One measure: what is done, how much of it on a hectare, in which unit, as which kind of work."""

    name: str
    per_hectare: float
    unit: str
    work: str = ""


@dataclass(frozen=True)
class Problem:
    """A sort of problem with its words. The target counts hectares unless `target_unit` says otherwise."""

    kind: ProblemKind
    weight: int
    title: str
    found: str
    asked: str
    target: str
    remedies: tuple[Remedy, ...]
    sites: tuple[SiteKind, ...]
    severity: tuple[tuple[Severity, int], ...] = (
        (Severity.ORDINARY, 62),
        (Severity.SERIOUS, 31),
        (Severity.GRAVE, 7),
    )
    mechanism: str = "月巡查制度"
    offence: bool = False
    """whether enforcement has something to do"""


_FILL = Remedy("回填整平采坑", 1.2, "万立方米", "earthwork")
_SHAPE = Remedy("削坡减载、平台修整", 0.6, "万立方米", "earthwork")
_SOIL = Remedy("覆土", 0.4, "万立方米", "earthwork")
_PLANT = Remedy("栽植乔灌、撒播草籽", 1.0, "公顷", "planting")
_CLEAR = Remedy("清运弃渣", 1.5, "万立方米", "earthwork")
_DRAIN = Remedy("修建截排水沟", 220.0, "米")
_COVER = Remedy("苫盖裸露堆场", 0.7, "公顷")
_SPRAY = Remedy("安装喷淋降尘设施", 2.0, "套")
_WALL = Remedy("修筑拦渣墙", 60.0, "米")
_REMOVE = Remedy("拆除地上建（构）筑物", 800.0, "平方米")

PROBLEMS = (
    Problem(
        _K.UNRESTORED, 30, "采空区域未回填复绿", "开采结束后未按方案修复，裸露面积约 {hectares} 公顷。",
        "限期完成回填、覆土和植被恢复。", "完成修复 {hectares} 公顷，植被覆盖度达到周边水平",
        (_FILL, _SOIL, _PLANT), (_S.OPEN_PIT, _S.LEGACY, _S.SUBSIDENCE),
        mechanism="修复地块三年管护制度",
    ),
    Problem(
        _K.SLAG, 16, "弃渣随意堆放", "废石弃渣沿沟坡堆放约 {hectares} 公顷，未设拦挡。",
        "清运弃渣，恢复原地貌。", "弃渣全部清运，恢复地貌 {hectares} 公顷",
        (_CLEAR, _WALL, _PLANT), (_S.WASTE_DUMP, _S.OPEN_PIT), mechanism="弃渣日清日运台账",
    ),
    Problem(
        _K.SLOPE, 12, "边坡过陡存在隐患", "终了边坡未分台阶，危岩裸露，影响范围约 {hectares} 公顷。",
        "削坡减载，消除隐患。", "治理边坡 {hectares} 公顷，经评估稳定",
        (_SHAPE, _DRAIN), (_S.OPEN_PIT, _S.WASTE_DUMP), mechanism="边坡监测巡查制度",
    ),
    Problem(
        _K.DUST, 12, "堆场未苫盖、扬尘明显", "物料露天堆放约 {hectares} 公顷，运输道路未硬化。",
        "苫盖堆场，落实喷淋抑尘。", "堆场苫盖 {hectares} 公顷，喷淋设施正常运行",
        (_COVER, _SPRAY), (_S.INDUSTRIAL_YARD, _S.OPEN_PIT), offence=True, mechanism="扬尘管控日报制度",
    ),
    Problem(
        _K.SOIL_AND_WATER, 8, "水土保持措施不到位", "排水不畅，坡面冲刷，水土流失约 {hectares} 公顷。",
        "完善截排水和拦挡措施。", "控制水土流失 {hectares} 公顷",
        (_DRAIN, _WALL, _PLANT), (_S.WASTE_DUMP, _S.OPEN_PIT),
    ),
    Problem(
        _K.WATER, 6, "矿坑废水外排", "沉淀池满溢，废水经沟渠外排，影响约 {hectares} 公顷。",
        "完善收集处理设施，废水回用。", "废水全部回用，恢复受影响土地 {hectares} 公顷",
        (_DRAIN, _SOIL), (_S.INDUSTRIAL_YARD, _S.UNDERGROUND), offence=True, mechanism="废水台账和季度监测",
    ),
    Problem(
        _K.TAILINGS, 5, "尾矿库干滩和排洪设施不符合要求", "库面裸露约 {hectares} 公顷，排洪设施淤堵。",
        "清淤并治理库面。", "治理库面 {hectares} 公顷，排洪设施畅通",
        (_COVER, _DRAIN), (_S.TAILINGS_POND,), mechanism="尾矿库“一库一策”值守制度",
    ),
    Problem(
        _K.TEMPORARY_LAND, 7, "临时用地到期未复垦还地", "批准期满未复垦，面积约 {hectares} 公顷。",
        "完成复垦并归还。", "复垦并归还临时用地 {hectares} 公顷",
        (_REMOVE, _SOIL, _PLANT), (_S.WASTE_DUMP, _S.INDUSTRIAL_YARD),
    ),
    Problem(
        _K.OUTSIDE_BOUNDARY, 5, "开采范围超出矿区边界", "影像显示边界外扰动约 {hectares} 公顷。",
        "停止越界开采，恢复土地。", "越界区域恢复 {hectares} 公顷",
        (_FILL, _PLANT), (_S.OPEN_PIT,), offence=True,
        severity=((Severity.SERIOUS, 60), (Severity.GRAVE, 40)), mechanism="边界桩和季度核查制度",
    ),
    Problem(
        _K.LAND_USE, 5, "未办理手续占用林草地", "占用林草地约 {hectares} 公顷，未见批准文件。",
        "拆除设施，恢复植被。", "恢复林草地 {hectares} 公顷",
        (_REMOVE, _PLANT), (_S.INDUSTRIAL_YARD, _S.UNDERGROUND, _S.WASTE_DUMP), offence=True,
    ),
    Problem(
        _K.PLAN_NOT_FOLLOWED, 6, "未按批准方案边开采边修复", "方案要求的修复进度滞后，欠账约 {hectares} 公顷。",
        "按方案补齐修复工程。", "补齐修复 {hectares} 公顷",
        (_SHAPE, _SOIL, _PLANT), (_S.OPEN_PIT, _S.WASTE_DUMP), mechanism="年度修复计划和验收制度",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Upkeep:
    """What is to be kept up for ever."""

    title: str
    kind: ProblemKind
    target: str
    remedy: Remedy


UPKEEPS = (
    Upkeep("修复地块常年管护", _K.UNRESTORED, "管护面积 {hectares} 公顷，成活率不低于 85%",
           Remedy("补植和抚育", 1.0, "公顷", "planting")),
    Upkeep("尾矿库安全环保常态监管", _K.TAILINGS, "监管库区 {hectares} 公顷，监测频次达标",
           Remedy("在线监测和巡坝", 4.0, "次")),
    Upkeep("运输道路扬尘常态管控", _K.DUST, "保洁范围 {hectares} 公顷，全年达标",
           Remedy("洒水清扫", 30.0, "次")),
    Upkeep("高陡边坡长期监测", _K.SLOPE, "监测边坡 {hectares} 公顷，无险情",
           Remedy("位移监测", 12.0, "次")),
)  # fmt: skip
