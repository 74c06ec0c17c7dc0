"""Which sentences do the acts on matters answer with?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class MatterRefused(OfficeError):
    """An act on a matter that cannot be done as it was asked for."""


SENTENCES = {
    "matters.no_part": Sentence(
        zh="不能办理“{act}”：只有本事项的{roles}可以办理，您的单位不是。",
        en="“{act_en}” is for the {roles_en} of this matter only, and your unit is none.",
    ),
    "matters.other_level": Sentence(
        zh="不能办理“{act}”：须由{level}单位办理。", en="“{act_en}” is for a unit at {level_en} level."
    ),
    "matters.day_in_the_future": Sentence(
        zh="办理日期 {day} 还没有到。请核对日期。", en="The day {day} has not come yet. Check it."
    ),
    "matters.before_the_last_step": Sentence(
        zh="办理日期 {day} 早于上一步“{last}”的日期 {last_day}。请核对日期。",
        en="The day {day} lies before the last step “{last_en}” of {last_day}. Check it.",
    ),
    "matters.title_missing": Sentence(
        zh="没有填写问题摘要。请用一句话写明问题。", en="There is no title. Say the problem in one sentence."
    ),
    "matters.number_taken": Sentence(
        zh="编号 {number} 已经用过。请核对编号。", en="The number {number} is taken. Check it."
    ),
    "matters.no_plan_to_change": Sentence(
        zh="没有可以修改的方案：已报送或批准的方案不能改，请另编一版。",
        en="There is no plan to change: one that was submitted or approved stays; draw up another version.",
    ),
    "matters.site_not_of_it": Sentence(
        zh="“{site}”不是本事项的点位。请选本事项现有的点位，或选“不分点位”。",
        en="“{site}” is no site of this matter. Choose one of its present sites, or the matter as a whole.",
    ),
    "matters.measure_unknown": Sentence(
        zh="方案中没有这项措施。请刷新后再试。", en="The plan holds no such measure. Reload and try again."
    ),
    "matters.paper_not_missing": Sentence(
        zh="“{paper}”不在缺件之内。请刷新后再试。", en="“{paper}” is not missing. Reload and try again."
    ),
    "matters.stage_unknown": Sentence(
        zh="方案中没有这个节点。请刷新后再试。", en="The plan holds no such stage. Reload and try again."
    ),
    "matters.percent": Sentence(
        zh="进度 {value} 不在 0 到 100 之间。请改正。",
        en="A progress of {value} is not within 0 to 100. Correct it.",
    ),
    "matters.doubt_answered": Sentence(zh="这条存疑已经核实过。", en="This doubt was answered already."),
}
declare(SENTENCES)
