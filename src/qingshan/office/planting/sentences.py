"""What can be refused about plots, aftercare, land handed back and uses, in both languages?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class PlantingRefused(OfficeError):
    """An act on planting that cannot be done as it was asked for."""


SENTENCES = {
    "planting.not_keeper": Sentence(
        zh="您的岗位不能办理“{act}”：由所在县负责登记的岗位办理，企业只能办理本企业的点位。",
        en="Your post may not do “{act_en}”: that is for who registers in the county, or for the enterprise on its own"
        " sites.",
    ),
    "planting.area_missing": Sentence(
        zh="没有图形，也没有填写面积。请至少提供一项。",
        en="There is neither a shape nor an area. Give one of them.",
    ),
    "planting.key_taken": Sentence(
        zh="地块编号 {value} 已经用过。请另编。", en="The plot number {value} is taken. Choose another."
    ),
    "planting.project_without_site": Sentence(
        zh="该修复项目不含点位“{site}”。请核对项目。",
        en="The project does not work on the site “{site}”. Check the project.",
    ),
    "planting.day_to_come": Sentence(
        zh="日期 {day} 还没有到。请核对日期。", en="The day {day} has not come yet. Check it."
    ),
    "planting.species_missing": Sentence(
        zh="没有写明树种草种。请填写。", en="The species is not named. Enter it."
    ),
    "planting.amount_missing": Sentence(
        zh="株数和播种量至少填写一项，且须大于 0。",
        en="Give a number of plants or a weight of seed, more than 0.",
    ),
    "planting.nothing_observed": Sentence(
        zh="没有填写调查株数和成活株数，也没有填写植被盖度。没有查的不要登记，系统按未知统计。",
        en="Neither plants nor cover were entered. What was not looked at is not entered: it counts as not known.",
    ),
    "planting.counts_incomplete": Sentence(
        zh="调查株数和成活株数须一起填写。", en="Plants examined and plants living must be given together."
    ),
    "planting.observer_missing": Sentence(
        zh="没有写明调查人。请填写。", en="Who looked is not named. Enter it."
    ),
    "planting.cover_not_possible": Sentence(
        zh="植被盖度 {value}% 不在 0 到 100 之间。请改正。", en="A cover of {value}% is not within 0 to 100."
    ),
    "planting.observed_before_planting": Sentence(
        zh="“{plot}”在 {day} 之前没有栽植记录。请先登记栽植，或核对日期。",
        en="Nothing was planted on “{plot}” by {day}. Enter the planting first, or check the day.",
    ),
    "planting.plot_withdrawn": Sentence(
        zh="地块“{plot}”已经撤回，不再办理。需要的请另行登记地块。",
        en="The plot “{plot}” was withdrawn; nothing is entered for it any more. Register another plot if needed.",
    ),
    "planting.plot_withdrawn_before": Sentence(
        zh="第 {row} 行“{column}”：地块 {value} 已经撤回。请另编地块编号。",
        en="Row {row}, “{column}”: the plot {value} was withdrawn. Give another plot number.",
    ),
    "planting.plot_in_use": Sentence(
        zh="地块“{plot}”还有栽植记录 {planted} 项、成活调查 {seen} 项、管护记录 {care} 项没有撤回。"
        "误登的地块请先撤回这些记录，再撤回地块。",
        en="“{plot}” still has {planted} plantings, {seen} observations and {care} entries of aftercare. Withdraw these"
        " first if the plot was entered by mistake.",
    ),
    "planting.withdrawn_already": Sentence(zh="这条记录已经撤回。", en="This record was withdrawn already."),
    "planting.reason_missing": Sentence(zh="没有写明理由。请填写。", en="No reason is given. Enter it."),
    "planting.task_outside": Sentence(
        zh="管护日期 {day} 不在管护期 {from_on} 至 {until} 内。请核对。",
        en="The date {day} lies outside the aftercare of {from_on} to {until}. Check it.",
    ),
    "planting.care_before_planting": Sentence(
        zh="管护期不能早于首次栽植日期 {day}。请核对。",
        en="Aftercare cannot begin before the first planting on {day}. Check it.",
    ),
    "planting.not_planted": Sentence(
        zh="“{plot}”还没有栽植记录，不能制定管护计划。请先登记栽植。",
        en="Nothing is planted on “{plot}” yet, so no aftercare can be planned. Enter the planting first.",
    ),
    "planting.done_by_missing": Sentence(
        zh="没有写明管护单位或人员。请填写。", en="Who did it is not named. Enter it."
    ),
    "planting.more_than_site": Sentence(
        zh="累计还地 {total} 平方米，多于点位面积 {whole} 平方米。请核对面积。",
        en="{total} m² handed back in all, more than the {whole} m² of the site. Check the areas.",
    ),
    "planting.site_area_unknown": Sentence(
        zh="点位“{site}”没有图形也没有填报面积，不知道能还多少。请先补充点位面积。",
        en="The site “{site}” has neither a shape nor an area, so how much can go back is not known. Add its area.",
    ),
    "planting.all_back": Sentence(
        zh="临时用地“{about}”已全部还地（{day}）。", en="“{about}” was handed back in full on {day}."
    ),
    "planting.end_of_the_register": Sentence(
        zh="台账另记临时用地“{about}”于 {day} 还地，与还地记录不一致，不能撤回。请先在台账中更正还地日期。",
        en="The register says otherwise that “{about}” was back on {day}, so no record of it is withdrawn. Correct the"
        " day in the register first.",
    ),
    "planting.nothing_accepted": Sentence(
        zh="“{site}”没有验收记录，不能登记跟踪评价。请先登记验收。",
        en="Nobody has accepted “{site}”: the acceptance is noted before its evaluation.",
    ),
    "planting.evaluated_before_accepted": Sentence(
        zh="评价日期 {day} 早于验收日期 {accepted}。请核对。",
        en="The evaluation on {day} lies before the acceptance on {accepted}. Check it.",
    ),
    "planting.evaluated_already": Sentence(
        zh="文书号 {number} 的跟踪评价已经登记。请核对。",
        en="The evaluation {number} is noted already. Check it.",
    ),
    "planting.result_missing": Sentence(
        zh="没有填写评价结论。请填写。", en="No result of the evaluation is given. Enter it."
    ),
    "planting.number_missing": Sentence(
        zh="没有填写文号。请填写。", en="No document number is given. Enter it."
    ),
    "planting.same_use": Sentence(
        zh="利用方向没有变化：{use}。", en="The use is the same as before: {use_en}."
    ),
    "planting.left_project": Sentence(
        zh="“{site}”已调出项目，不再变更利用方向。",
        en="“{site}” has left the project; its use is not changed.",
    ),
    "planting.no_such_site": Sentence(
        zh="第 {row} 行“{column}”：没有编号为“{value}”的点位，或您无权查看。请先导入点位，或改正编号。",
        en="Row {row}, “{column}”: there is no site “{value}”, or you may not see it. Import it or correct the number.",
    ),
    "planting.no_such_plot": Sentence(
        zh="第 {row} 行“{column}”：没有编号为“{value}”的地块，或您无权查看。请先登记地块，或改正编号。",
        en="Row {row}, “{column}”: there is no plot “{value}”, or you may not see it. Register it, or correct the"
        " number.",
    ),
    "planting.another_site": Sentence(
        zh="第 {row} 行“{column}”：地块 {value} 已登记在点位 {site}，导入不改变所属点位。",
        en="Row {row}, “{column}”: the plot {value} lies on the site {site}; an import does not move it.",
    ),
    "planting.planted_already": Sentence(
        zh="第 {row} 行“{column}”：地块 {value} 当天已登记栽植{species}，内容不同。是同一次的请先撤回原记录，"
        "是另一次的请在地块页面登记。",
        en="Row {row}, “{column}”: {species} is entered for {value} on that day already, otherwise than here. If it is"
        " the same planting withdraw the record first; if it is another one enter it on the page of the plot.",
    ),
    "planting.observed_already": Sentence(
        zh="第 {row} 行“{column}”：{value} 当天已有另一次调查，内容不同。请先撤回原记录。",
        en="Row {row}, “{column}”: another observation of {value} stands already. Withdraw it first.",
    ),
}
declare(SENTENCES)
