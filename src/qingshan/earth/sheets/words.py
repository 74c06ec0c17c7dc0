"""Which words stand on sheets and in reports, in both languages?"""

from __future__ import annotations

from collections.abc import Mapping

from qingshan.earth.findings import Question, Verdict
from qingshan.earth.sites import ClimateZone, TargetUse
from qingshan.rules.reasons import Sentence, Value


def _said(zh: str, en: str) -> Sentence:
    return Sentence(zh=zh, en=en)


VERDICTS: Mapping[Verdict, Sentence] = {
    Verdict.UNSUPPORTED: _said("影像不支持（待核实）", "Not supported by images (to be verified)"),
    Verdict.UNDECIDABLE: _said("无法判定", "Cannot be decided"),
    Verdict.TOO_EARLY: _said("尚早", "Too early"),
    Verdict.SUPPORTED: _said("影像支持", "Supported by images"),
}
"""In the order in which lists show them: what needs a person first."""

MARKS: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: "✓",
    Verdict.UNSUPPORTED: "▲",
    Verdict.UNDECIDABLE: "○",
    Verdict.TOO_EARLY: "◆",
}
"""A sign beside the word: it survives print in grey."""

QUESTIONS: Mapping[Question, Sentence] = {
    Question.RESTORED: _said("已修复", "Restored"),
    Question.KEPT: _said("验收后保持", "Kept as accepted"),
    Question.DISTURBED: _said("损毁起始", "Disturbed since"),
    Question.WITHIN: _said("界内开采", "Mined within the boundary"),
}

SEEN: Mapping[tuple[Question, Verdict], Sentence] = {
    (Question.RESTORED, Verdict.SUPPORTED): _said("影像所见恢复", "Seen restored"),
    (Question.RESTORED, Verdict.UNSUPPORTED): _said("影像首次不支持", "First seen otherwise"),
    (Question.KEPT, Verdict.SUPPORTED): _said("影像所见保持", "Seen kept"),
    (Question.KEPT, Verdict.UNSUPPORTED): _said("影像所见减少", "Seen lost"),
    (Question.DISTURBED, Verdict.SUPPORTED): _said("影像所见损毁", "Seen disturbed"),
    (Question.DISTURBED, Verdict.UNSUPPORTED): _said("影像首次不支持", "First seen otherwise"),
    (Question.WITHIN, Verdict.SUPPORTED): _said("影像所见界内扰动", "Seen inside"),
    (Question.WITHIN, Verdict.UNSUPPORTED): _said("影像所见界外扰动", "Seen outside"),
}
"""What the day `since` of a finding stands for on the curve."""

TARGETS: Mapping[TargetUse, Sentence] = {
    TargetUse.VEGETATION: _said("林草", "woods and grass"),
    TargetUse.CROPLAND: _said("耕地", "cropland"),
    TargetUse.BUILDING: _said("建设", "building"),
    TargetUse.WATER: _said("水面", "water"),
    TargetUse.SOLAR: _said("光伏", "solar panels"),
    TargetUse.NATURAL: _said("自然恢复", "natural recovery"),
}

ZONES: Mapping[ClimateZone, Sentence] = {
    ClimateZone.ARID: _said("干旱区", "arid"),
    ClimateZone.SEMI_ARID: _said("半干旱区", "semi-arid"),
    ClimateZone.SEMI_HUMID: _said("半湿润区", "semi-humid"),
    ClimateZone.HUMID: _said("湿润区", "humid"),
}

QUANTITIES: Mapping[str, Sentence] = {
    "fvc": _said("植被覆盖度", "Vegetation cover"),
    "green": _said("绿色地面占比", "Share of green ground"),
    "dark": _said("煤与暗色地面占比", "Share of coal and dark ground"),
    "water": _said("水面占比", "Share of water"),
    "netting": _said("疑似防尘网或草皮占比", "Share of likely netting or turf"),
    "bright": _said("硬化、建筑或光伏占比", "Share of built or sealed ground"),
    "ndvi": _said("植被指数 NDVI", "Vegetation index NDVI"),
    "nbr": _said("燃烧指数 NBR", "Burn ratio NBR"),
    "bsi": _said("裸土指数 BSI", "Bare soil index BSI"),
}

SHARES = frozenset({"fvc", "green", "dark", "water", "netting", "bright"})
"""Quantities that are told in per cent."""

SENSOR_NAMES: Mapping[str, Sentence] = {
    "sentinel-2-msi": _said("哨兵二号", "Sentinel-2"),
    "landsat-oli": _said("陆地卫星", "Landsat"),
    "gaofen-1-wfv": _said("高分一号", "Gaofen-1"),
}

WORDS: Mapping[str, Sentence] = {
    "title": _said("遥感核查单", "Verification sheet"),
    "product": _said("青山", "Qingshan"),
    "site": _said("点位", "Site"),
    "number": _said("编号", "Id"),
    "area": _said("面积", "Area"),
    "hectares": _said("{hectares} 公顷（{mu} 亩）", "{hectares} ha ({mu} mu)"),
    "of-hectares": _said("{parts} 公顷", "{parts} ha"),
    "lonlat": _said("东经 {lon}°，北纬 {lat}°", "{lon}° E, {lat}° N"),
    "days-from-to": _said("{first} 至 {last}，共 {count} 天", "{first} to {last}, {count} days"),
    "place": _said("中心位置", "Centre"),
    "target": _said("治理去向", "Target use"),
    "zone": _said("气候区", "Climate zone"),
    "until": _said("影像截至", "Images until"),
    "observed": _said("影像", "Images"),
    "observed-of": _said("{used} 期可用 / 共 {all} 期", "{used} usable of {all}"),
    "person": _said(
        "本单由程序根据卫星影像生成，只提出疑点，不作认定。是否属实，须由有职责的人员现场核实后决定（存疑待核）。",
        "A program made this sheet from satellite images. It raises doubts and decides nothing: whether they are"
        " true is decided by the persons in charge after checking on site.",
    ),
    "answers": _said("核查结论", "What the images say"),
    "claim": _said("核查：", "Claim: "),
    "no-answers": _said("没有可核查的申报。", "Nothing is claimed that could be checked."),
    "used-for": _said("用于“{questions}”。", "For: {questions}."),
    "pictures": _said("前后对照", "Before and after"),
    "pictures-how": _said(
        "前后两图用同一色彩标尺，可以直接比较。",
        "Both pictures use the same colour scale, so they can be compared.",
    ),
    "hatched": _said(
        "斜线处为云、影等看不清的像元，未参与计算。", "Hatched: clouds, shadow or no data; not counted."
    ),
    "before": _said("之前", "Before"),
    "after": _said("之后", "After"),
    "true-colour": _said("真彩色（与肉眼所见相近）", "True colour (as the eye sees it)"),
    "near-natural": _said(
        "植被突出（绿为植被，浅褐为裸地）", "Plants brought out (green: plants; light brown: bare)"
    ),
    "one-band": _said("单波段", "Single band"),
    "no-pictures": _said("没有可供对照的影像图。", "There are no pictures to compare."),
    "site-line": _said("点位范围", "Site"),
    "permitted-line": _said("许可范围", "Permitted boundary"),
    "ring-line": _said("周边参照带", "Ring for comparison"),
    "unclear": _said("看不清的像元", "Not clear"),
    "north": _said("北", "N"),
    "metres": _said("{metres} 米", "{metres} m"),
    "kilometres": _said("{kilometres} 公里", "{kilometres} km"),
    "curve": _said("逐期变化", "Over time"),
    "curve-alt": _said("{quantity}随时间的变化", "{quantity} over time"),
    "how-cover": _said(
        "点越高，绿色植物遮住的地面越多。", "The higher a dot, the more ground is hidden by green plants."
    ),
    "how-share": _said("点越高，所占地面越多。", "The higher a dot, the larger the share of the ground."),
    "how-ring": _said(
        "请与周边未扰动的土地（参照带{reach}）比较：两线一起升降，多因天气与季节；只有本点位升降，才与施工或修复有关。",
        "Compare the site with the undisturbed land around it (the ring{reach}): where both rise and fall together"
        " it is mostly weather and season; where only the site does, it is works or restoration.",
    ),
    "ring-reach": _said("，距点位 {inner} 至 {outer} 米", ", {inner} to {outer} m from the site"),
    "how-no-ring": _said(
        "周边没有未扰动的土地可作参照，天气与季节的影响不能扣除。",
        "There is no undisturbed land around to compare with, so weather and season cannot be set aside.",
    ),
    "no-curve": _said("没有可用的观测。", "There is no usable observation."),
    "per-cent": _said("{quantity}（%）", "{quantity} (%)"),
    "this-site": _said("本点位", "This site"),
    "ring": _said("周边参照带", "Ring around it"),
    "deciding": _said("据以判断的观测", "Observation that decided"),
    "not-used": _said("未采用（看不清）", "Not used (not clear)"),
    "season": _said("生长季", "Growing season"),
    "gap": _said("无清晰影像", "No clear image"),
    "provisional": _said("最新观测，暂定", "Newest, provisional"),
    "claim-disturbed": _said("申报损毁", "Claimed disturbed"),
    "claim-planted": _said("申报栽植", "Claimed planted"),
    "claim-restored": _said("申报修复", "Claimed restored"),
    "claim-accepted": _said("验收", "Accepted"),
    "figures": _said("数字", "Figures"),
    "claimed-on": _said("申报日期", "Claimed day"),
    "since": _said("影像所见起始", "Seen since"),
    "agreeing": _said("一致的观测", "Agreeing observations"),
    "k-of-n": _said("{k} / {n} 期", "{k} of {n}"),
    "weighed": _said("采用的观测", "Observations weighed"),
    "n-looks": _said("{n} 期", "{n}"),
    "concerned": _said("涉及面积占比", "Share of the site"),
    "effect": _said("所见：{quantity}", "Seen: {quantity}"),
    "in-ring": _said("同期参照带", "Ring at the same time"),
    "outside": _said("界外新增扰动", "New disturbance outside"),
    "inside": _said("界内新增扰动", "New disturbance inside"),
    "decided-on": _said("据以判断的日期", "Days that decided"),
    "provisional-row": _said("暂定", "Provisional"),
    "signs": _said("另外注意到", "Noticed besides"),
    "settle": _said("如何查清", "What would settle it"),
    "scenes": _said("采用的影像", "Images used"),
    "day": _said("日期", "Day"),
    "disturbances-tab": _said("疑似新增扰动", "Possible new disturbance"),
    "persistence": _said("持续性", "Persistence"),
    "persistent": _said("持续", "Persistent"),
    "not-yet-persistent": _said("初现", "Provisional"),
    "first-seen": _said("首见", "First seen"),
    "last-seen": _said("末见", "Last seen"),
    "looks": _said("影像可见期数", "Looks"),
    "fall-of-ndvi": _said("植被指数下降", "Fall of NDVI"),
    "longitude": _said("经度", "Longitude"),
    "latitude": _said("纬度", "Latitude"),
    "sensor": _said("卫星", "Satellite"),
    "scene": _said("景号", "Scene"),
    "clear": _said("清晰像元", "Clear pixels"),
    "used": _said("用途", "Use"),
    "use-decided": _said("据以判断", "decided"),
    "use-used": _said("采用", "used"),
    "use-not": _said("未采用", "not used"),
    "more-scenes": _said("其余 {count} 期", "{count} further images"),
    "parameters": _said("参数集", "Parameter set"),
    "unverified": _said(
        "其中 {unverified} / {all} 个数尚未核对出处（待核）。",
        "{unverified} of its {all} numbers have not been checked against their sources yet.",
    ),
    "report": _said("遥感核查报告", "Survey report"),
    "person-report": _said(
        "本报告由程序根据卫星影像生成，只提出疑点，不作认定。“影像不支持（待核实）”不等于不属实，须现场核实后由有职责的人员决定；"
        "“无法判定”“尚早”不作为任何一方的不利依据。",
        "A program made this report from satellite images. It raises doubts and decides nothing: “not supported” does"
        " not mean untrue and is checked on site by the persons in charge; “cannot be decided” and “too early” count"
        " against nobody.",
    ),
    "sites": _said("点位（处）", "Sites"),
    "of-sites": _said("共（处）", "Of sites"),
    "share-of-sites": _said("按处占比", "Share of sites"),
    "by-sites": _said("按处", "By sites"),
    "by-area": _said("按面积（公顷）", "By area (ha)"),
    "answers-count": _said("结论（条）", "Answers"),
    "period": _said("影像时段", "Period of images"),
    "question": _said("核查事项", "Claim"),
    "verdict": _said("结论", "Answer"),
    "sentence": _said("说明", "In words"),
    "site-name": _said("点位名称", "Name"),
    "k": _said("一致（期）", "Agreeing"),
    "n": _said("采用（期）", "Weighed"),
    "site-hectares": _said("点位面积（公顷）", "Area of site (ha)"),
    "share-column": _said("涉及占比", "Share concerned"),
    "concerned-hectares": _said("涉及面积（公顷）", "Area concerned (ha)"),
    "outside-hectares": _said("界外新增扰动（公顷）", "New outside (ha)"),
    "inside-hectares": _said("界内新增扰动（公顷）", "New inside (ha)"),
    "effect-of": _said("所见指标", "What was seen"),
    "effect-value": _said("所见值", "Seen value"),
    "hectares-column": _said("面积（公顷）", "Area (ha)"),
    "of-hectares-column": _said("共（公顷）", "Of (ha)"),
    "share-of-hectares": _said("按面积占比", "Share of area"),
    "use-column": _said("是否采用", "Used"),
    "reason": _said("原因", "Reason"),
    "yes": _said("是", "yes"),
    "sheet": _said("核查单", "Sheet"),
    "answers-tab": _said("核查结论", "Answers"),
    "counts-tab": _said("分类统计", "Counts"),
    "scenes-tab": _said("影像清单", "Images"),
    "sites-tab": _said("逐处结论", "Site by site"),
    "used-of": _said("采用", "Used"),
    "left-out": _said("未采用的影像", "Image left out"),
    "none-left-out": _said("所有影像均已采用。", "All images were used."),
    "warnings": _said("需要注意", "Needs attention"),
    "anywhere": _said("未注明气候区", "zone not told"),
    "parameter": _said("参数", "Parameter"),
    "value": _said("值", "Value"),
    "status": _said("状态", "Status"),
    "source": _said("出处（原文）", "Source"),
    "not-verified": _said("尚未核对出处", "Not yet checked"),
    "is-verified": _said("已核对", "checked"),
    "is-not-verified": _said("待核", "unverified"),
    "page-end": _said("存疑待核 · 以现场核实为准", "Doubts to be verified on site"),
}


def word(name: str, language: str, **values: Value) -> str:
    """A word of sheets and reports. An unknown name raises KeyError."""
    return WORDS[name].say(values, language)


def sensor_name(name: str, language: str) -> str:
    """A satellite as people know it; the technical name of one that is not known here."""
    known = SENSOR_NAMES.get(name)
    return known.say({}, language) if known else name
