"""What does the law book say about batches, acceptance, planting and afteruse: where, why, and what to do?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

SENTENCES = {
    # why a site weighs in the sample
    "rules.sampling.base_weight": Sentence(zh="基础权重 {points}", en="base weight {points}"),
    "rules.sampling.earlier_failure_weight": Sentence(
        zh="曾验收退回 {count} 次，加 {points}", en="sent back {count} time(s) before, +{points}"
    ),
    "rules.sampling.unsupported_weight": Sentence(
        zh="影像不支持（待核实）{count} 次，加 {points}",
        en="not supported by images (to be checked) {count} time(s), +{points}",
    ),
    "rules.sampling.late_weight": Sentence(
        zh="逾期 {count} 天完成，加 {points}", en="finished {count} day(s) late, +{points}"
    ),
    "rules.sampling.negative_fact": Sentence(
        zh="退回次数、影像核查次数、逾期天数不能为负。请核对。",
        en="Counts of failures, findings and days late cannot be negative. Check them.",
    ),
    "rules.sampling.rulebook_number": Sentence(
        zh="抽查规则中的“{name}”为 {number}，应为 1 以上的整数。请更正规则。",
        en="“{name}” is {number} in the rules of sampling; it must be 1 or more. Correct the rules.",
    ),
    # the closed list
    "rules.batch.empty": Sentence(
        zh="批次中没有点位。请先列入点位。", en="The batch holds no site. List some first."
    ),
    "rules.sampling.twice": Sentence(
        zh="编号 {id} 在名单中出现两次。请先更正。",
        en="The number {id} stands in the list twice. Correct it first.",
    ),
    "rules.sampling.strata": Sentence(
        zh="名单中各点位的分层（区划、方式、规模）不齐。请补齐后再封存。",
        en="The sites of the list are not all told apart by the same strata. Complete them, then close the list.",
    ),
    "rules.sampling.weight": Sentence(
        zh="抽查权重应为 1 以上的整数。请核对名单。",
        en="A weight in the sample is a whole number of 1 or more. Check the list.",
    ),
    "rules.sampling.size": Sentence(
        zh="抽查处数为 {size}，名单共 {count} 处。抽查处数应在 1 到名单处数之间。",
        en="The sample is {size} of {count} sites. It must be at least one and at most all.",
    ),
    # sealed numbers
    "rules.sampling.secret_form": Sentence(
        zh="封存的号码应为 32 到 128 位十六进制数字，太短可以被试出。请由系统生成，或用多枚骰子等方式产生。",
        en="A sealed number has 32 to 128 hexadecimal digits; a shorter one can be found by trying. Let the program"
        " make one.",
    ),
    "rules.sampling.no_seal": Sentence(
        zh="没有先公布号码的封签，不能封存名单或抽取。请先公布封签。",
        en="No seal of a number was published beforehand. Publish one before the list is closed.",
    ),
    "rules.sampling.side_twice": Sentence(
        zh="同一方封存了两个号码。每一方只封存一个。", en="One side sealed two numbers. Each side seals one."
    ),
    "rules.sampling.not_opened": Sentence(
        zh="{by}的号码还没有公开。名单封存后请公开号码。",
        en="The number of {by} is not opened yet. Open it now that the list is closed.",
    ),
    "rules.sampling.other_number": Sentence(
        zh="{by}公开的号码与先公布的封签不符，不能用于抽取。请公开封存时的号码；确已遗失的，"
        "作废本次封存后重新封存名单。",
        en="The number opened by {by} is not the one that was sealed. Open that one; if it is lost, cancel and close"
        " the list anew.",
    ),
    "rules.sampling.not_listed": Sentence(
        zh="名单中没有：{ids}。请核对编号。", en="Not on the list: {ids}. Check the numbers."
    ),
    "rules.sampling.drawn_twice": Sentence(
        zh="同一点位在两轮抽查中都有结果：{ids}。请更正。",
        en="The same site has results in two rounds: {ids}. Correct them.",
    ),
    "rules.sampling.rounds_out_of_order": Sentence(
        zh="抽查轮次应依次为首次、加倍、全数。请按顺序办理。",
        en="Rounds go in order: first sample, double sample, whole batch.",
    ),
    # what follows
    "rules.sampling.draw_first": Sentence(
        zh="名单共 {count} 处，首次抽查 {size} 处。",
        en="{count} sites are listed; the first sample takes {size}.",
    ),
    "rules.sampling.checks_open": Sentence(
        zh="样本中还有 {count} 处没有查完。请查完后再作结论。",
        en="{count} site(s) of the sample are not checked yet. Finish them first.",
    ),
    "rules.sampling.draw_double": Sentence(
        zh="首次抽查有 {failed} 处不合格，超过允许的 {allowed} 处：不合格的退回整改，其余加倍抽查 {size} 处。",
        en="{failed} of the first sample failed, more than the {allowed} allowed: they go back, and {size} of the rest"
        " are checked in a double sample.",
    ),
    "rules.sampling.check_whole": Sentence(
        zh="加倍抽查仍有 {failed} 处不合格，超过允许的 {allowed} 处：不合格的退回整改，其余 {size} 处全数核查。",
        en="{failed} of the double sample failed too, more than the {allowed} allowed: they go back, and all the other"
        " {size} are checked.",
    ),
    "rules.sampling.conclude": Sentence(
        zh="共查 {checked} 处，不合格 {failed} 处退回整改；{accepted} 处通过，其中 {unseen} 处未到现场，由样本推定。",
        en="{checked} checked, {failed} failed and go back; {accepted} pass, {unseen} of them unseen, on the strength"
        " of the sample.",
    ),
    # acceptance
    "rules.acceptance.met": Sentence(
        zh="{criterion}：实测 {value}，要求 {limit}，符合。",
        en="{criterion_en}: measured {value}, asked {limit}: met.",
    ),
    "rules.acceptance.not_met": Sentence(
        zh="{criterion}：实测 {value}，要求 {limit}，不符合。请整改后重新申请。",
        en="{criterion_en}: measured {value}, asked {limit}: not met. Mend it and apply again.",
    ),
    "rules.acceptance.not_measured": Sentence(
        zh="{criterion}：没有实测，要求 {limit}，结论未知。请补测。",
        en="{criterion_en}: not measured, asked {limit}: not known. Measure it.",
    ),
    "rules.acceptance.no_limit": Sentence(
        zh="{criterion}：实测 {value}，规则库没有适用的数值，结论未知。请按本点位方案填写要求。",
        en="{criterion_en}: measured {value}; the rulebook has no number that applies, so it is not known. Enter what"
        " the site's plan asks for.",
    ),
    "rules.acceptance.place_unknown": Sentence(
        zh="{criterion}：实测 {value}，因所在类型区或水分条件不明，可能适用 {limit}，结论未知。请先补填。",
        en="{criterion_en}: measured {value}; zone or water are not known, so {limit} may apply: not known. Fill them"
        " in.",
    ),
    "rules.acceptance.within_error": Sentence(
        zh="{criterion}：抽样误差范围 {low}～{high} 包含要求 {limit}，样本不足以分清。请扩大样本。",
        en="{criterion_en}: the error of sampling, {low} to {high}, holds the {limit} asked. Take a larger sample.",
    ),
    "rules.acceptance.too_steep": Sentence(
        zh="坡度 {value} 度，{limit} 度以上的陡坡地禁止开垦种植农作物（《水土保持法》第二十条）。请改为林草等方向。",
        en="The slope is {value} degrees; from {limit} degrees on crops are forbidden (Law on Water and Soil"
        " Conservation, art. 20). Choose another use, such as trees or grass.",
    ),
    "rules.acceptance.plan_stricter": Sentence(
        zh="{criterion}：按方案要求 {limit}（{source}），严于规则库的 {book}。",
        en="{criterion_en}: the plan asks {limit} ({source}), stricter than {book} in the rulebook.",
    ),
    "rules.acceptance.plan_looser": Sentence(
        zh="{criterion}：按方案要求 {limit}（{source}），宽于规则库的 {book}。请核对方案批准时的依据。",
        en="{criterion_en}: the plan asks {limit} ({source}), looser than {book} in the rulebook. Check on what"
        " ground it was approved.",
    ),
    "rules.acceptance.plan_same": Sentence(
        zh="{criterion}：按方案要求 {limit}（{source}），与规则库的 {book} 一致。",
        en="{criterion_en}: the plan asks {limit} ({source}), the same as {book} in the rulebook.",
    ),
    "rules.acceptance.plan_alone": Sentence(
        zh="{criterion}：按方案要求 {limit}（{source}），规则库没有可比的数值。",
        en="{criterion_en}: the plan asks {limit} ({source}); the rulebook has nothing to compare it with.",
    ),
    "rules.acceptance.plan_unclear": Sentence(
        zh="{criterion}：按方案要求 {limit}（{source}），规则库可能适用 {book}，因类型区或水分条件不明，无从比较。",
        en="{criterion_en}: the plan asks {limit} ({source}); {book} may apply by the rulebook, zone or water are not"
        " known.",
    ),
    "rules.acceptance.plan_twice": Sentence(
        zh="方案对“{criterion}”有两个要求。请只保留经批准的一个。",
        en="The plan asks two things of “{criterion_en}”. Keep the one that was approved.",
    ),
    "rules.acceptance.wrong_kind": Sentence(
        zh="“{criterion}”的值“{value}”类型不对：数值类填数字，是否类选是或否。",
        en="“{value}” is no value of “{criterion_en}”: a number is needed, or yes or no.",
    ),
    "rules.acceptance.out_of_range": Sentence(
        zh="“{criterion}”的值 {value} 超出可能范围。请核对单位。",
        en="{value} cannot be a value of “{criterion_en}”. Check the unit.",
    ),
    "rules.acceptance.part_missing": Sentence(
        zh="验收组缺少{part}。请邀请参加后再作结论。", en="The panel lacks: {part_en}. Invite them first."
    ),
    "rules.acceptance.nameless": Sentence(
        zh="验收组中的{part}没有姓名。请填写。",
        en="Somebody on the panel ({part_en}) has no name. Fill it in.",
    ),
    "rules.acceptance.not_signed": Sentence(
        zh="{part}{name}没有签字，或没有登记签章件。请在纸质验收意见上签字后归入。",
        en="{name} ({part_en}) has not signed, or the signed copy is not on file. File the signed paper.",
    ),
    "rules.acceptance.signed_later": Sentence(
        zh="{part}{name}的签字日期 {day} 在办理日期之后。请核对。",
        en="{name} ({part_en}) signed on {day}, after this act. Check it.",
    ),
    "rules.acceptance.absent": Sentence(
        zh="已邀请的{part}{name}没有参加：{why}。",
        en="{name} ({part_en}) was invited and did not come: {why}.",
    ),
    "rules.acceptance.period": Sentence(
        zh="自 {from_on} 接到申请起 {days} 个工作日内完成验收，{due} 届满，已用 {used} 个工作日"
        "（《土地复垦条例》第二十九条）。",
        en="To be finished within {days} working days of the application of {from_on}, by {due}; {used} are gone (Land"
        " Reclamation Regulation, art. 29).",
    ),
    "rules.acceptance.no_period": Sentence(
        zh="{payer}的项目，条例第三十条只要求及时组织验收，没有规定期限；申请后已过 {used} 个工作日。",
        en="For projects of this kind ({payer_en}) art. 30 sets no period, only that acceptance be in time; {used}"
        " working days are gone since the application.",
    ),
    "rules.acceptance.payer_not_said": Sentence(
        zh="没有写明谁来复垦，不知道第二十九条的 60 个工作日是否适用；申请后已过 {used} 个工作日。请更正登记补上。",
        en="Nobody has said whose works they are, so it is not known whether the 60 working days of art. 29 apply;"
        " {used} working days are gone since the application. Correct the entry to say it.",
    ),
    # afteruse
    "rules.afteruse.not_planned": Sentence(
        zh="没有规划利用方向。请按批准的方案填写。",
        en="No afteruse is planned. Enter what the approved plan says.",
    ),
    "rules.afteruse.no_target": Sentence(
        zh="“{use}”没有固定的地表特征，影像无法判定，请现场核查。",
        en="“{use_en}” has no ground cover of its own; images cannot tell. Look on site.",
    ),
    "rules.afteruse.not_seen": Sentence(
        zh="实际利用情况未知。请现场核实后填写。",
        en="The actual use is not known. Look on site and enter it.",
    ),
    "rules.afteruse.differs": Sentence(
        zh="存疑待核：规划利用方向为“{planned}”，{on} {by}所见为“{actual}”。请核实是否经批准变更。",
        en="To be checked: “{planned_en}” was planned, “{actual_en}” was found on {on} ({by_en}). Check whether the"
        " change was approved.",
    ),
    "rules.afteruse.mode_does_not_lead_there": Sentence(
        zh="存疑待核：修复方式为“{mode}”，规划利用方向为“{use}”，两者不相应。请核对方案。",
        en="To be checked: the way of restoring is “{mode_en}”, the planned use “{use_en}”. They do not fit; check"
        " the plan.",
    ),
    # what an act on a batch must bring
    "rules.batch.sites_unfinished": Sentence(
        zh="还有 {count} 处没有完工：{names}。请完工后再办理，或移出批次。",
        en="{count} site(s) are not finished: {names}. Finish them or take them out of the batch.",
    ),
    "rules.batch.works_open": Sentence(
        zh="还有 {count} 项工程没有完成：{names}。请先完成并填报。",
        en="{count} work(s) are not done: {names}. Finish and report them first.",
    ),
    "rules.batch.numbers_not_open": Sentence(
        zh="还有 {count} 方的号码没有公开。各方公开后才能抽取。",
        en="{count} side(s) have not opened their number. Draw once all have.",
    ),
    "rules.batch.checks_open": Sentence(
        zh="样本中还有 {count} 处没有登记结果。请查完后再办理。",
        en="{count} site(s) of the sample have no result yet. Finish them first.",
    ),
    "rules.batch.double_not_asked": Sentence(
        zh="按规则不需要加倍抽查：首次抽查不合格 {failed} 处，允许 {allowed} 处，或已无未查点位。",
        en="The rules ask for no double sample: {failed} failed, {allowed} are allowed, or no site is left.",
    ),
    "rules.batch.whole_not_asked": Sentence(
        zh="按规则不需要全数核查：加倍抽查不合格 {failed} 处，允许 {allowed} 处，或已无未查点位。",
        en="The rules ask for no check of the whole batch: {failed} failed, {allowed} are allowed, or no site is left.",
    ),
    "rules.batch.more_to_check": Sentence(
        zh="不合格数超过允许，按规则应先{next}。",
        en="More failed than is allowed; by the rules comes first: {next_en}.",
    ),
    "rules.batch.nothing_passed": Sentence(
        zh="没有点位通过，不能作出通过结论。请整批退回整改。",
        en="No site passed, so the batch cannot be accepted. Send it back.",
    ),
    "rules.batch.failures_not_back": Sentence(
        zh="不合格的 {count} 处还没有退回：{names}。请先逐处退回并写明需要整改的事项。",
        en="{count} site(s) that failed are not sent back: {names}. Send each back, with what is to be mended.",
    ),
    "rules.batch.panel_incomplete": Sentence(
        zh="验收组不齐或签字不全。请补齐后再作结论（《矿产资源法》第四十八条）。",
        en="The panel or its signatures are not complete (Mineral Resources Law, art. 48). Complete them first.",
    ),
    "rules.batch.criteria_not_met": Sentence(
        zh="有 {count} 项验收指标不符合或未知：{names}。请整改、补测后再作结论。",
        en="{count} criteria are not met or not known: {names}. Mend or measure first.",
    ),
    "rules.batch.finding_unanswered": Sentence(
        zh="{count} 处影像不支持（待核实），还没有书面回应：{names}。请先回应再签字。",
        en="{count} site(s) are not supported by images (to be checked) and not answered in writing: {names}. Answer"
        " first.",
    ),
    "rules.batch.notice_without_basis": Sentence(
        zh="公示期没有依据，或短于依据的 {days} 个工作日。国家没有规定期限，请按地方规定填写依据和起止日期。",
        en="The notice has no basis for its length, or is shorter than its {days} working days. Enter basis and days.",
    ),
    "rules.batch.notice_running": Sentence(
        zh="公示到 {day} 才结束，或还没有公示。",
        en="The notice runs until {day}, or was not given yet.",
    ),
    "rules.batch.objections_open": Sentence(
        zh="有 {count} 件异议没有答复。请先答复。",
        en="{count} objection(s) are not answered. Answer them first.",
    ),
    "rules.batch.counts_differ": Sentence(
        zh="批次各阶段数字不能对上：{details}请先核对。",
        en="The numbers of the batch do not add up: {details_en} Check them first.",
    ),
    # whether the numbers add up
    "rules.batch.count_does_not_add_up": Sentence(
        zh="{whole} {count} 处，{parts} 合计 {sum} 处，相差 {difference} 处。",
        en="{whole_en} {count}, but {parts_en} is {sum}: {difference} apart.",
    ),
    "rules.batch.area_does_not_add_up": Sentence(
        zh="{whole}面积 {area} 平方米，{parts} 合计 {sum} 平方米，相差 {difference} 平方米。",
        en="The area {whole_en} is {area} m², but of {parts_en} it is {sum} m²: {difference} m² apart.",
    ),
    "rules.batch.stated_differs": Sentence(
        zh="“{stage}”填报 {stated} 处，系统按点位统计 {computed} 处。请说明差异。",
        en="“{stage_en}”: {stated} were filled in, {computed} are computed from the sites. Say why.",
    ),
    "rules.batch.site_twice": Sentence(
        zh="点位 {id} 在批次中出现两次。请更正。",
        en="The site {id} stands in the batch twice. Correct it.",
    ),
    "rules.batch.check_without_draw": Sentence(
        zh="点位 {id} 有抽查结果而没有抽中，或抽中而没有结果栏。请核对抽查记录。",
        en="The site {id} has a result without having been drawn, or was drawn without one. Check the record.",
    ),
    "rules.batch.accepted_without_passing": Sentence(
        zh="点位 {id} 抽查不合格或没有查完，不能列为验收通过。请核对。",
        en="The site {id} failed or was not checked to the end; it cannot count as accepted. Check it.",
    ),
    "rules.batch.negative_area": Sentence(
        zh="点位 {id} 的面积为负。请核对。",
        en="The area of the site {id} is negative. Check it.",
    ),
    "rules.batch.site_vanished": Sentence(
        zh="点位 {id} 不见了，没有移出记录。请核对。",
        en="The site {id} is gone, and no act took it out. Check it.",
    ),
    "rules.batch.site_appeared": Sentence(
        zh="点位 {id} 没有列入记录。请核对。",
        en="The site {id} is there, and no act listed it. Check it.",
    ),
    "rules.batch.area_changed": Sentence(
        zh="点位 {id} 的面积由 {before} 变为 {after} 平方米。请核对图斑变更依据。",
        en="The area of the site {id} changed from {before} to {after} m². Check on what ground.",
    ),
    # planting
    "rules.planting.zone_unknown": Sentence(
        zh="不知道点位所在的土地复垦类型区，无法判断{name}（{form}）是否适宜。请先填写。",
        en="The zone of the site is not known, so whether {name} ({form_en}) fits is not either. Fill it in.",
    ),
    "rules.planting.listed": Sentence(
        zh="{name}（{form}）列入{zone}的适宜名录。",
        en="{name} ({form_en}) is listed for the zone: {zone_en}.",
    ),
    "rules.planting.not_listed": Sentence(
        zh="{name}（{form}）未列入{zone}的适宜名录。请核对名称；确需使用的，写明理由。",
        en="{name} ({form_en}) is not listed for the zone: {zone_en}. Check the name, or say why it is used.",
    ),
    "rules.planting.nothing_entered": Sentence(
        zh="{zone}的{form}名录还没有填写，无法判断{name}是否适宜。请按当地林草主管部门的意见填写。",
        en="No list ({form_en}) is entered for the zone {zone_en}, so whether {name} fits is not known. Enter the"
        " local one.",
    ),
    "rules.planting.too_dry_for_trees": Sentence(
        zh="存疑待核：{zone}点位年降水量 {rain} 毫米，不足 {limit} 毫米且无灌溉，种植{form}{name}难以成活"
        "（适林适草）。请改用灌草，或写明水源。",
        en="To be checked: {rain} mm of rain a year, less than {limit} mm, and no irrigation ({zone_en}): {name}"
        " ({form_en}) will hardly live. Use shrubs and grass, or say where the water comes from.",
    ),
    "rules.planting.in_a_stop": Sentence(
        zh="存疑待核：{day} 在停工时段“{season}”内。请核对种植日期。",
        en="To be checked: {day} lies in the stop “{season_en}”. Check the day of planting.",
    ),
    "rules.planting.out_of_season": Sentence(
        zh="存疑待核：{day} 不在种植季节（{seasons}）内。请核对日期，或写明保活措施。",
        en="To be checked: {day} lies outside the planting seasons ({seasons_en}). Check the day, or say how the"
        " plants were kept alive.",
    ),
    "rules.planting.no_season_known": Sentence(
        zh="当地没有填写种植季节，{day} 是否适宜未知。",
        en="No planting season is entered for the place; whether {day} fits is not known.",
    ),
    "rules.planting.confidence": Sentence(
        zh="置信水平 {percent}% 不在 0 与 100 之间。请更正规则。",
        en="A confidence of {percent} % is not between 0 and 100. Correct the rules.",
    ),
    "rules.planting.nothing_planted": Sentence(
        zh="地块 {plot} 还没有种植。",
        en="Nothing is planted in the plot {plot} yet.",
    ),
    "rules.planting.not_observed": Sentence(
        zh="地块 {plot} 种植后没有观测，成活率未知。请到现场清点。",
        en="The plot {plot} was not observed since it was planted; survival is not known. Count on site.",
    ),
    "rules.planting.replanted_since": Sentence(
        zh="地块 {plot} 在 {on} 观测之后又补植，现在的成活率未知。请重新清点。",
        en="The plot {plot} was replanted after it was observed on {on}; survival is not known now. Count again.",
    ),
    "rules.planting.plot_survival": Sentence(
        zh="地块 {plot}：{on} 查 {examined} 株，活 {living} 株，成活率 {rate}"
        "（{confidence}% 置信区间 {low}～{high}）；累计栽植 {planted} 株。",
        en="Plot {plot}: {examined} plants looked at on {on}, {living} alive, survival {rate} ({confidence} %"
        " interval {low} to {high}); {planted} planted in all.",
    ),
    "rules.planting.survival": Sentence(
        zh="成活率 {rate}（{confidence}% 置信区间 {low}～{high}），按栽植株数加权；{plots} 个地块全部观测"
        "（{observed} 个），栽植 {planted} 株。",
        en="Survival {rate} ({confidence} % interval {low} to {high}), weighted by plants; all {plots} plots observed"
        " ({observed}), {planted} planted.",
    ),
    "rules.planting.partial_survival": Sentence(
        zh="成活率未知：{plots} 个地块只观测 {observed} 个；已观测部分为 {rate}"
        "（{confidence}% 置信区间 {low}～{high}），占栽植 {planted} 株中的 {planted_observed} 株。",
        en="Survival is not known: {observed} of {plots} plots observed. Of those {rate} ({confidence} % interval"
        " {low} to {high}), standing for {planted_observed} of {planted} planted.",
    ),
    "rules.planting.no_plot_observed": Sentence(
        zh="成活率未知：{plots} 个地块都没有观测，栽植 {planted} 株。请到现场清点。",
        en="Survival is not known: none of {plots} plots was observed, {planted} planted. Count on site.",
    ),
    "rules.planting.no_plot": Sentence(
        zh="没有种植地块。",
        en="No plot is planted.",
    ),
    "rules.planting.rate_unknown": Sentence(
        zh="成活率未知，无法判断是否补植（合格线 {line}）。请先观测。",
        en="Survival is not known, so neither is whether to replant (line {line}). Observe first.",
    ),
    "rules.planting.no_replanting": Sentence(
        zh="成活率 {rate}，达到 {line}，不需补植（约缺 {missing} 株）。",
        en="Survival {rate} reaches {line}: no replanting (about {missing} missing).",
    ),
    "rules.planting.replant": Sentence(
        zh="成活率 {rate}，不足 {line}：需要补植，约缺 {missing} 株。",
        en="Survival {rate} is below {line}: replant, about {missing} are missing.",
    ),
    "rules.planting.plant_anew": Sentence(
        zh="成活率 {rate}，不足 {lower}：应当重新种植，约缺 {missing} 株。",
        en="Survival {rate} is below {lower}: plant anew, about {missing} are missing.",
    ),
    "rules.planting.line_unknown": Sentence(
        zh="成活率 {rate}，因降水量或灌溉不明，可能适用 {line}，是否补植未知。请先补填。",
        en="Survival {rate}; rain or irrigation are not known, so {line} may apply and whether to replant is not"
        " known.",
    ),
    "rules.planting.count": Sentence(
        zh="地块 {plot} 的栽植株数应为 1 以上。请核对。",
        en="Plants planted in the plot {plot} must be 1 or more. Check them.",
    ),
    "rules.planting.observed_twice": Sentence(
        zh="地块 {plot} 同一天有两次观测。请只保留一次。",
        en="The plot {plot} was observed twice on one day. Keep one.",
    ),
    "rules.planting.more_than_planted": Sentence(
        zh="地块 {plot} 查 {examined} 株，多于当时累计栽植的 {planted} 株。请核对。",
        en="{examined} plants were looked at in the plot {plot}, more than the {planted} planted by then. Check it.",
    ),
    "rules.planting.living": Sentence(
        zh="地块 {plot}：查 {examined} 株，活 {living} 株，数字不可能。请核对；没有观测的不要填 0。",
        en="Plot {plot}: {living} alive of {examined} cannot be. Check it; leave out what was not observed.",
    ),
    "rules.aftercare.period": Sentence(
        zh="管护期 {years} 年、每 {months} 个月检查一次，超出可能范围。请核对。",
        en="Aftercare of {years} years with a visit every {months} months cannot be. Check it.",
    ),
    "rules.aftercare.next": Sentence(
        zh="第 {number} 次管护检查（共 {of} 次）应在 {day} 前完成，管护期至 {end}。",
        en="Visit {number} of {of} is due by {day}; aftercare lasts until {end}.",
    ),
    "rules.aftercare.overdue": Sentence(
        zh="第 {number} 次管护检查（共 {of} 次）应在 {day} 前完成，已逾期；管护期至 {end}。",
        en="Visit {number} of {of} was due by {day} and is overdue; aftercare lasts until {end}.",
    ),
    "rules.aftercare.all_made": Sentence(
        zh="共 {of} 次管护检查已全部完成，管护期至 {end}。",
        en="All {of} visits were made; aftercare lasts until {end}.",
    ),
    "rules.aftercare.follow_up": Sentence(
        zh="复垦为农用地，{accepted} 验收合格后 {years} 年内（{day} 前）应当跟踪评价（《土地复垦条例》第三十一条）。",
        en="Reclaimed as farmland: its effect is evaluated within {years} years of acceptance on {accepted}, by {day}"
        " (Land Reclamation Regulation, art. 31).",
    ),
    "rules.aftercare.no_follow_up": Sentence(
        zh="不是农用地，条例没有规定跟踪评价。",
        en="Not agricultural land: the regulation asks for no evaluation.",
    ),
    "rules.land_return.no_area": Sentence(
        zh="没有填写还地面积。请填写大于 0 的面积。",
        en="No area is given. Enter how much was handed back.",
    ),
    "rules.land_return.no_receiver": Sentence(
        zh="没有填写接收人。请写明土地还给谁。",
        en="No receiver is named. Say to whom the land was handed back.",
    ),
    "rules.land_return.no_paper": Sentence(
        zh="没有登记接收人签字的还地单。请归入后办理。",
        en="No signed receipt is on file. File it first.",
    ),
    "rules.land_return.day_to_come": Sentence(
        zh="还地日期 {day} 还没有到。请核对。",
        en="The day {day} has not come yet. Check it.",
    ),
    "rules.land_return.more_than_lent": Sentence(
        zh="累计还地 {total} 平方米，多于批准的临时用地 {lent} 平方米。请核对面积。",
        en="{total} m² handed back in all, more than the {lent} m² lent. Check the areas.",
    ),
    "rules.land_return.lent_unknown": Sentence(
        zh="没有登记临时用地批准面积，尚未还地面积未知。请先登记。",
        en="How much was lent is not on record, so what is still out is not known. Record it.",
    ),
    "rules.land_return.not_back": Sentence(
        zh="存疑待核：临时用地 {until} 到期，还有 {area} 平方米没有还地记录。请核实。",
        en="To be checked: the term of the land ended on {until}, {area} m² have no record of being handed back."
        " Check it.",
    ),
    # temporary land
    "rules.temporary_land.beyond_usual": Sentence(
        zh="存疑待核：{from_on} 至 {to_on} 超过一般的 {years} 年期限。请核对批准文件。",
        en="To be checked: {from_on} to {to_on} is more than the usual {years} years. Check the approval.",
    ),
    "rules.temporary_land.beyond_longest": Sentence(
        zh="存疑待核：{from_on} 至 {to_on} 超过最长的 {years} 年期限。请核对批准文件。",
        en="To be checked: {from_on} to {to_on} is more than the longest term of {years} years. Check the approval.",
    ),
    "rules.temporary_land.not_longer": Sentence(
        zh="延期后的使用期止 {new} 不晚于现在的 {to_on}。请核对日期。",
        en="The extended term ends on {new}, no later than now ({to_on}). Check the day.",
    ),
}
declare(SENTENCES)
