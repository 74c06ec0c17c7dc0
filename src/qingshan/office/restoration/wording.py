"""What are the facts that a step of a project and the trail keep called on the screen?"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.land import LandState
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import names_of

UNDONE = gettext_lazy("核实确未保持的，在入账点位页凭文号办理“撤销完成认定”，或登记修复项目重新修复。")
"""How land of a list is dealt with that was not kept as it was accepted before."""
FACTS: dict[str, Promise] = {
    "design": gettext_lazy("实施方案"),
    "planned_wan": gettext_lazy("计划资金（万元）"),
    "spent_wan": gettext_lazy("已支出（万元）"),
    "percent": gettext_lazy("施工进度（%）"),
    "sites": gettext_lazy("点位（处）"),
    "uses": gettext_lazy("计划利用方向"),
    "area_ha": gettext_lazy("面积（公顷）"),
    "new_due_on": gettext_lazy("新的完成时限"),
    "visitors": gettext_lazy("到场人员"),
    "visited_on": gettext_lazy("到场日期"),
    "aftercare_until": gettext_lazy("管护期满"),
    "receiver": gettext_lazy("接收单位"),
    "payer": gettext_lazy("谁来复垦"),
    "added": gettext_lazy("增加点位"),
    "removed": gettext_lazy("减少点位"),
    "mode": gettext_lazy("修复方式"),
    "old_title": gettext_lazy("原名称"),
    "title": gettext_lazy("名称"),
    "old_mode": gettext_lazy("原修复方式"),
    "old_payer": gettext_lazy("原登记：谁来复垦"),
    "old_planned_wan": gettext_lazy("原计划资金（万元）"),
    "programme": gettext_lazy("资金或工程来源"),
    "old_programme": gettext_lazy("原资金或工程来源"),
    "source_number": gettext_lazy("来源文号"),
    "old_source_number": gettext_lazy("原来源文号"),
    "old_executing": gettext_lazy("原实施单位"),
    "answering": gettext_lazy("责任单位"),
    "executing": gettext_lazy("实施单位"),
    "evidence": gettext_lazy("佐证"),
    "site": gettext_lazy("点位"),
}
"""By the name in `Step.facts`."""
RECORDED: dict[str, Promise] = {
    **FACTS,
    "count": gettext_lazy("件数"),
    "decided_on": gettext_lazy("下达日期"),
    "about": gettext_lazy("项目、清单或地块"),
    "mine": gettext_lazy("矿山"),
    "land_state": gettext_lazy("土地状态"),
    "from_land_state": gettext_lazy("原土地状态"),
    "overlaps": gettext_lazy("重叠，只计一次"),
    "mined": gettext_lazy("是否仍在开采"),
    "installations": gettext_lazy("是否有在用的生产设施"),
    "ore_within_ten_years": gettext_lazy("地下是否有十年内将开采的矿体"),
    "kept_by_agreement": gettext_lazy("是否经协议约定保留"),
}
VALUES: dict[str, dict[str, Sentence]] = {
    "mode": names_of(RestorationMode),
    "payer": names_of(Payer),
    "old_mode": names_of(RestorationMode),
    "old_payer": names_of(Payer),
    "land_state": names_of(LandState),
    "from_land_state": names_of(LandState),
}
