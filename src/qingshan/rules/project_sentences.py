"""What does the law book say about restoration and land: where, why, and what to do?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

SENTENCES = {
    "rules.restoration.sites_without_area": Sentence(
        zh="另有 {sites} 处没有图形也没有填报面积，按处计入，未计入面积。",
        en="{sites} more sites have neither a shape nor a reported area: counted by site, in no area.",
    ),
    "rules.restoration.spending_partial": Sentence(
        zh="仅含已填报支出的 {known} 个项目（共 {whole} 个）。",
        en="Only the {known} projects that reported spending (of {whole}).",
    ),
    "rules.restoration.progress_partial": Sentence(
        zh="仅含已填报进度的 {known} 个项目（共 {whole} 个），权重为计划修复面积（公顷）。",
        en="Only the {known} projects that reported progress (of {whole}); weighted by planned hectares.",
    ),
    "rules.restoration.not_all_concluded": Sentence(
        zh="还有 {count} 处点位没有通过批次或单项验收办结：{sites}。办结后再转入，或按项目验收。",
        en="{count} sites were not concluded by a batch or on their own: {sites}. Conclude them first, or accept the"
        " project as such.",
    ),
    "rules.restoration.no_sites": Sentence(
        zh="项目没有修复点位。请先写明修复哪些点位。",
        en="The project works on no site. Name its sites first.",
    ),
    "rules.restoration.area_not_said": Sentence(
        zh="没有写明完成面积：{sites}。请逐处填写；没有测量的先测量，不能按 0 计。",
        en="No restored area was given for: {sites}. Give it site by site; what was not measured is not 0.",
    ),
    "rules.restoration.area_not_positive": Sentence(
        zh="完成面积须大于 0：{sites}。请改正，没有完成的点位不列入本次自验。",
        en="The restored area must be more than 0: {sites}. Correct it.",
    ),
    "rules.restoration.no_design": Sentence(
        zh="没有写明实施方案（设计）的名称。请填写后报送。",
        en="The plan of works has no title. Enter it and submit again.",
    ),
    "rules.restoration.no_funds": Sentence(
        zh="没有填写计划资金。不用资金的填 0。",
        en="No planned funds were given. Enter 0 where none are needed.",
    ),
    "rules.restoration.planned_area_unknown": Sentence(
        zh="计划修复面积不清楚：{sites}。点位没有图形的，请逐处填写计划面积。",
        en="The planned area is not known: {sites}. Enter it for sites without a shape.",
    ),
    "rules.restoration.no_aftercare": Sentence(
        zh="没有填写管护期满日期，或不在办理日期之后。请按规定的管护年限填写。",
        en="No last day of aftercare was given, or it is not after the act. Enter it by the term that holds.",
    ),
    "rules.restoration.aftercare_running": Sentence(
        zh="管护期到 {until} 才满，期满后才能移交销项。",
        en="Aftercare runs until {until}; the land is handed over after that.",
    ),
    "rules.restoration.no_receiver": Sentence(
        zh="没有写明接收单位。请写明移交给谁。", en="Nobody is named who receives the land. Name them."
    ),
    "rules.land.not_from_here": Sentence(
        zh="“{state}”的土地不能办理“{act}”。可以办理：{possible}。",
        en="“{act_en}” cannot be done with land that is {state_en}. Possible: {possible_en}.",
    ),
    "rules.land.question_open": Sentence(
        zh="没有回答：{question}？四个问题都要回答。", en="Not answered: {question_en} All four must be."
    ),
    "rules.land.mined": Sentence(
        zh="仍在开采，不是可修复土地。", en="It is still being mined, so it is not available."
    ),
    "rules.land.installations": Sentence(
        zh="有在用的生产设施，不是可修复土地。",
        en="It carries working installations, so it is not available.",
    ),
    "rules.land.ore_within_ten_years": Sentence(
        zh="地下有十年内将开采的矿体，不是可修复土地。",
        en="Ore below will be mined within ten years, so it is not available.",
    ),
    "rules.land.kept_by_agreement": Sentence(
        zh="经协议约定保留，不是可修复土地。", en="It is kept by agreement, so it is not available."
    ),
    "rules.land.area_impossible": Sentence(
        zh="面积 {asked} 平方米不可能：须大于 0，且不超过该地块现有的 {held} 平方米。",
        en="An area of {asked} m² is impossible: more than 0, and at most the {held} m² of the plot.",
    ),
    "rules.land.before_its_state": Sentence(
        zh="日期 {day} 早于该地块进入现状态的 {since}。请核对日期。",
        en="The day {day} lies before {since}, when the plot came into its state. Check it.",
    ),
}
declare(SENTENCES)
