"""What is that which the trail keeps of planting called on the screen?"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from qingshan.rules.reasons import Sentence
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.words import Named, names_of
from qingshan.rules.zones import Zone


def twins(name: str, term: Named | None) -> dict[str, str]:
    """A fixed term as an entry keeps it, in both languages; nothing for none."""
    return {} if term is None else {name: term.zh, f"{name}_en": term.en}


RECORDED: dict[str, Promise] = {
    "name": gettext_lazy("地块名称"),
    "project": gettext_lazy("修复项目"),
    "about": gettext_lazy("地块、用地或点位"),
    "site": gettext_lazy("点位"),
    "zone": gettext_lazy("土地复垦类型区"),
    "species": gettext_lazy("树种草种"),
    "plant_form": gettext_lazy("植物类型"),
    "amount": gettext_lazy("数量"),
    "suitability": gettext_lazy("适宜性"),
    "in_season": gettext_lazy("种植时间"),
    "answer": gettext_lazy("对存疑的说明"),
    "day": gettext_lazy("日期"),
    "seen": gettext_lazy("调查结果"),
    "method": gettext_lazy("调查方法"),
    "photos": gettext_lazy("照片"),
    "what": gettext_lazy("记录"),
    "note": gettext_lazy("说明"),
    "care_from_on": gettext_lazy("管护期起"),
    "care_until_on": gettext_lazy("管护期止"),
    "tasks": gettext_lazy("管护计划（项）"),
    "every_months": gettext_lazy("检查间隔（月）"),
    "care_kind": gettext_lazy("管护内容"),
    "due": gettext_lazy("应完成日期"),
    "area_ha": gettext_lazy("面积（公顷）"),
    "receiver": gettext_lazy("接收单位或个人"),
    "result": gettext_lazy("评价结论"),
    "advice": gettext_lazy("改善土地质量的建议和措施"),
    "until": gettext_lazy("延期后使用期止"),
    "until_before": gettext_lazy("原使用期止"),
    "use_before": gettext_lazy("原利用方向"),
    "use_after": gettext_lazy("利用方向"),
    "seen_by": gettext_lazy("来源"),
}
VALUES: dict[str, dict[str, Sentence]] = {"zone": names_of(Zone), "method": names_of(SurveyMethod)}
