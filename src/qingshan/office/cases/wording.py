"""What are the facts that a step keeps called on the screen?"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingshan.rules.matters import EnforcementState
from qingshan.rules.reasons import CHINESE

FACTS: dict[str, Promise] = {
    "answering": lazy("责任单位"),
    "enterprise_duty": lazy("企业主体责任"),
    "sector_duty": lazy("行业部门监管责任"),
    "territorial_duty": lazy("党委政府属地责任"),
    "from_region": lazy("移出地区"),
    "to_region": lazy("接收地区"),
    "into": lazy("并入"),
    "parts": lazy("拆分为"),
    "text": lazy("催办文字"),
    "plan": lazy("方案"),
    "new_due_on": lazy("新的完成时限"),
    "old_target": lazy("原目标"),
    "target": lazy("新目标"),
    "quantity": lazy("目标数量"),
    "unit": lazy("目标单位"),
    "evidence": lazy("佐证"),
    "visitors": lazy("到场人员"),
    "visited_on": lazy("到场日期"),
    "from_on": lazy("公示开始"),
    "to_on": lazy("公示结束"),
    "objection": lazy("异议内容"),
    "outcome": lazy("处理结果"),
    "enforcement": lazy("查处追责情况"),
    "decided_on": lazy("处理决定日期"),
    "mechanism": lazy("长效机制"),
    "target_reached": lazy("整改目标是否达到"),
    "mine_state": lazy("矿山状态"),
    "since_on": lazy("自何时起"),
    "performer": lazy("代履行单位"),
    "determination": lazy("认定文号"),
    "government": lazy("承担责任的政府"),
    "finding": lazy("是否属实"),
    "case": lazy("转为整改问题"),
    "stage": lazy("完成的阶段"),
}
"""By the name in `Step.facts`."""


def fact_value(name: str, value: Any) -> Any:
    """A stored value as people read it."""
    if name == "enforcement":
        return EnforcementState(value).say(get_language() or CHINESE)
    if isinstance(value, bool):
        return _("已经达到") if value else _("没有达到")
    return value
