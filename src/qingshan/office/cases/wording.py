"""What are the facts that a step keeps called on the screen?"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.rules.matters import EnforcementState
from qingshan.rules.reasons import CHINESE
from qingshan.rules.verification import TargetUse

FACTS: dict[str, Promise] = {
    "answering": gettext_lazy("责任单位"),
    "enterprise_duty": gettext_lazy("企业主体责任"),
    "sector_duty": gettext_lazy("行业部门监管责任"),
    "territorial_duty": gettext_lazy("党委政府属地责任"),
    "from_region": gettext_lazy("移出地区"),
    "to_region": gettext_lazy("接收地区"),
    "into": gettext_lazy("并入"),
    "parts": gettext_lazy("拆分为"),
    "text": gettext_lazy("催办文字"),
    "plan": gettext_lazy("方案"),
    "new_due_on": gettext_lazy("新的完成时限"),
    "old_target": gettext_lazy("原目标"),
    "target": gettext_lazy("新目标"),
    "quantity": gettext_lazy("目标数量"),
    "unit": gettext_lazy("目标单位"),
    "evidence": gettext_lazy("佐证"),
    "supplies": gettext_lazy("补齐缺件"),
    "paper": gettext_lazy("文书编号"),
    "target_use": gettext_lazy("治理去向"),
    "visitors": gettext_lazy("到场人员"),
    "visited_on": gettext_lazy("到场日期"),
    "from_on": gettext_lazy("公示开始"),
    "to_on": gettext_lazy("公示结束"),
    "objection": gettext_lazy("异议内容"),
    "outcome": gettext_lazy("处理结果"),
    "enforcement": gettext_lazy("查处追责情况"),
    "decided_on": gettext_lazy("处理决定日期"),
    "mechanism": gettext_lazy("长效机制"),
    "target_reached": gettext_lazy("整改目标是否达到"),
    "mine_state": gettext_lazy("矿山状态"),
    "since_on": gettext_lazy("自何时起"),
    "performer": gettext_lazy("代履行单位"),
    "determination": gettext_lazy("认定文号"),
    "government": gettext_lazy("承担责任的政府"),
    "finding": gettext_lazy("是否属实"),
    "case": gettext_lazy("转为整改问题"),
    "stage": gettext_lazy("完成的阶段"),
}
"""By the name in `Step.facts`."""
RECORDED: dict[str, Promise] = {
    **FACTS,
    "count": gettext_lazy("件数"),
    "measures": gettext_lazy("整改措施（项）"),
    "stages": gettext_lazy("节点（个）"),
    "working_days": gettext_lazy("公示工作日"),
}
"""By the name in the trail: the facts, and what only the trail keeps."""


def fact_value(name: str, value: Any) -> Any:
    """A stored value as people read it."""
    if name == "enforcement":
        return EnforcementState(value).say(get_language() or CHINESE)
    if name == "target_use":
        return TargetUse(value).say(get_language() or CHINESE)
    if isinstance(value, bool):
        return _("已经达到") if value else _("没有达到")
    return value
