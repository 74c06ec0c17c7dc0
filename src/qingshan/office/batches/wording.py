"""What are the facts that a step of a batch and the trail keep called on the screen?"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from qingshan.rules.acceptance import Payer
from qingshan.rules.reasons import Sentence
from qingshan.rules.sampling import Check, Round
from qingshan.rules.words import names_of

FACTS: dict[str, Promise] = {
    "sites": gettext_lazy("点位（处）"),
    "sites_back": gettext_lazy("退回点位（处）"),
    "area_ha": gettext_lazy("面积（公顷）"),
    "added": gettext_lazy("增加点位"),
    "removed": gettext_lazy("减少点位"),
    "site": gettext_lazy("点位"),
    "payer": gettext_lazy("谁来复垦"),
    "percent": gettext_lazy("进度（%）"),
    "evidence": gettext_lazy("佐证"),
    "count": gettext_lazy("件数"),
    "claim": gettext_lazy("影像核验编号"),
    "side": gettext_lazy("出号方"),
    "seal": gettext_lazy("封签"),
    "secret": gettext_lazy("号码"),
    "list_digest": gettext_lazy("名单摘要"),
    "size": gettext_lazy("首次抽查（处）"),
    "round": gettext_lazy("轮次"),
    "drawn": gettext_lazy("抽中点位"),
    "check_result": gettext_lazy("查验结果"),
    "visitors": gettext_lazy("到场人员"),
    "visited_on": gettext_lazy("到场日期"),
    "panel": gettext_lazy("验收组"),
    "accepted_unseen": gettext_lazy("由样本推定（处）"),
    "new_due_on": gettext_lazy("新的完成时限"),
    "from_on": gettext_lazy("公示开始"),
    "to_on": gettext_lazy("公示结束"),
    "working_days": gettext_lazy("工作日"),
    "basis": gettext_lazy("期限依据"),
    "objection": gettext_lazy("异议"),
    "outcome": gettext_lazy("答复结果"),
    "traced": gettext_lazy("倒查情况"),
    "accepted_by": gettext_lazy("作出验收结论"),
    "old_title": gettext_lazy("原名称"),
    "text": gettext_lazy("催办内容"),
}
"""By the name in `Step.facts`."""
TRACED = {
    "open": Sentence(zh="待核实", en="to be checked"),
    "confirmed": Sentence(zh="核实未保持", en="checked: did not last"),
}
VALUES: dict[str, dict[str, Sentence]] = {
    "payer": names_of(Payer),
    "round": names_of(Round),
    "check_result": names_of(Check),
    "traced": TRACED,
}
