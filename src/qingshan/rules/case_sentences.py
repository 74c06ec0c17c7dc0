"""What does the law book say about cases, petitions and plans: where, why, and what to do?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

SENTENCES = {
    # what an act must bring
    "rules.rectification.no_grounds": Sentence(
        zh="没有写明理由或情况。请写明后再办理。", en="No grounds were given. State them and try again."
    ),
    "rules.rectification.no_number": Sentence(
        zh="没有填写批准文号。请填写决定该事项的文件文号。",
        en="No document number was given. Enter the number of the document that decided it.",
    ),
    "rules.rectification.no_answering_unit": Sentence(
        zh="没有责任单位。请选择由谁负责整改（交办对象）。",
        en="There is no answering unit. Choose who must answer for it.",
    ),
    "rules.rectification.no_deadline": Sentence(
        zh="没有完成时限，或时限早于今天。请填写今天以后的日期。",
        en="There is no deadline, or it has passed. Enter a day that is still to come.",
    ),
    "rules.rectification.no_new_deadline": Sentence(
        zh="重新挂账须重新确定时限，自重新挂账之日起算，原时限不再适用。请填写今天以后的日期。",
        en="Reopening sets a new deadline from the day of reopening; the old one no longer holds. Enter a day to come.",
    ),
    "rules.rectification.duties_unnamed": Sentence(
        zh="{duty}没有落实到单位、岗位和人。请补齐后再认领（三个责任）。",
        en="The {duty_en} does not lie on a unit, a post and a person. Name them, then take it on.",
    ),
    "rules.rectification.plan_empty": Sentence(
        zh="没有待报送的整改方案草稿，或草稿中没有整改措施。请先编制方案。",
        en="There is no draft of a plan to submit, or it holds no measure. Draw up the plan first.",
    ),
    "rules.rectification.no_paper_missing": Sentence(
        zh="档案没有缺件，不需要补齐。",
        en="No paper is missing in the file; there is nothing to supply.",
    ),
    "rules.rectification.not_at_once": Sentence(
        zh="整改类型是“{route}”，不是立行立改，须先报送整改方案。",
        en="The route is “{route_en}”, not at once: submit a plan first.",
    ),
    "rules.rectification.four_questions": Sentence(
        zh="方案没有答全“四个问题”。请退回补充。", en="The plan leaves questions open. Return it."
    ),
    "rules.rectification.not_independent": Sentence(
        zh="不能由实施整改的单位或人员自己认定。请由上一级或其他人员办理。",
        en="Whoever carried out the work cannot judge it. Leave it to a higher level or other people.",
    ),
    "rules.rectification.nobody_on_site": Sentence(
        zh="没有写明到场人员或到场日期。验收须到现场：请写明谁、何时到场。",
        en="Nobody is named who went on site, or no day. Acceptance is on site: say who went, and when.",
    ),
    "rules.rectification.visited_in_the_future": Sentence(
        zh="到场日期 {day} 在办理日期之后。请核对。",
        en="The day on site, {day}, lies after the act. Check it.",
    ),
    "rules.rectification.level_not_asked": Sentence(
        zh="来源“{origin}”要求的验收层级是：{levels}；不要求“{level}”这一级，或上一道验收还没有通过。",
        en="The source “{origin_en}” asks for acceptance at: {levels_en}; not at “{level_en}”, or an earlier one is"
        " still open.",
    ),
    "rules.rectification.measures_open": Sentence(
        zh="还有 {count} 项措施没有报告完成：{names}。请先完成并填报。",
        en="{count} measure(s) are not reported as done: {names}. Finish and report them first.",
    ),
    "rules.rectification.no_evidence": Sentence(
        zh="没有任何佐证。请先上传整改后的照片、测量成果或文件。",
        en="There is no evidence. Add photographs, measurements or documents from after the work.",
    ),
    "rules.rectification.acceptance_incomplete": Sentence(
        zh="“{level}”验收还没有通过，不能公示。", en="Acceptance at “{level_en}” is open; no notice yet."
    ),
    "rules.rectification.no_notice_period": Sentence(
        zh="公示期没有依据，或短于规定的 {days} 个工作日。请按规定填写起止日期。",
        en="The notice has no basis for its length, or is shorter than {days} working days. Correct its days.",
    ),
    "rules.rectification.not_the_approving_level": Sentence(
        zh="方案由“{approved_by}”批准，延期和调整只能由同一级或上级办理；您的单位级别不够。",
        en="The plan was approved by “{approved_by}”; only that level or a higher one may extend or adjust it.",
    ),
    "rules.rectification.not_later": Sentence(
        zh="新时限应晚于现时限 {due}。请核对日期。",
        en="The new deadline must be later than {due}. Check the day.",
    ),
    "rules.rectification.same_region": Sentence(
        zh="没有选择接收地区，或接收地区与原地区相同。请选择接收地区。",
        en="No receiving region was chosen, or it is the same one. Choose where it goes.",
    ),
    "rules.rectification.merge_target": Sentence(
        zh="没有选择并入哪一件，或所选的一件就是本件、已经了结或属于其他类型。请重新选择。",
        en="It was not said into which one, or that one is itself, has ended or is of another kind. Choose again.",
    ),
    "rules.rectification.split_parts": Sentence(
        zh="拆分至少要有两件，每件都要有标题。请补齐。",
        en="A split needs at least two parts, each with a title.",
    ),
    # petitions
    "rules.petition.no_finding": Sentence(
        zh="没有填写调查核实情况或是否属实（属实、部分属实、不属实）。请填写。",
        en="It was not said what was found, or whether it is true, partly true or untrue.",
    ),
    "rules.petition.untrue": Sentence(
        zh="核实结论为“不属实”，没有需要整改的问题。", en="It was found untrue: there is nothing to rectify."
    ),
    # independence
    "rules.independence.same_unit": Sentence(
        zh="实施单位与办理单位同为{unit}，须由上一级组织（谁实施、谁回避）。",
        en="{unit} carried out the work itself; a higher level must judge it.",
    ),
    "rules.independence.same_person": Sentence(
        zh="{person}参与了该项整改的实施、自验或申请，不能再作认定，换岗也不行。请由其他人员办理。",
        en="{person} took part in the work, its self-check or its application and cannot judge it, at whichever post.",
    ),
    "rules.independence.one_level_up": Sentence(
        zh="整改由{unit}实施，属政府部门自己的工作，须由其上一级认定。",
        en="The work was done by {unit}, an office of the government; the level above must judge it.",
    ),
    # the four questions
    "rules.questions.what_target": Sentence(zh="治什么：没有整改目标。", en="What: there is no target."),
    "rules.questions.what_measurable": Sentence(
        zh="治什么：整改目标没有可核的数量和单位（如 3.2 公顷、1.5 万立方米）。",
        en="What: the target has no quantity and unit that could be measured.",
    ),
    "rules.questions.what_measures": Sentence(zh="治什么：没有整改措施。", en="What: there are no measures."),
    "rules.questions.what_no_mines": Sentence(
        zh="治什么：片区“{area}”内没有登记任何矿山。请核对片区，或先登记矿山。",
        en="What: no mine is registered in the area “{area}”. Check the area, or register its mines first.",
    ),
    "rules.questions.what_uncovered": Sentence(
        zh="治什么：片区“{area}”共 {mines} 座矿山，还有 {open} 座没有纳入方案：{names}。"
        "请逐座纳入，或写明不纳入的理由。",
        en="What: of {mines} mine(s) in the area “{area}”, {open} are not covered yet: {names}."
        " Cover each, or say why it is left out.",
    ),
    "rules.questions.what_public_land": Sentence(
        zh="治什么：没有写明片区“{area}”内矿山之间的公共区域。请写明名称和面积；没有公共区域的，写明理由。",
        en="What: the public land between the mines of “{area}” is not named. Name it with its area; where there is"
        " none, say why.",
    ),
    "rules.questions.when_deadline": Sentence(zh="何时治：没有完成时限。", en="When: there is no deadline."),
    "rules.questions.when_after_assigned": Sentence(
        zh="何时治：方案时限 {day} 晚于交办时限 {due}。",
        en="When: the plan ends on {day}, after the assigned {due}.",
    ),
    "rules.questions.when_stages": Sentence(zh="何时治：没有阶段节点。", en="When: there are no stages."),
    "rules.questions.when_measure": Sentence(
        zh="何时治：措施“{measure}”没有完成时限。", en="When: the measure “{measure}” has no deadline."
    ),
    "rules.questions.when_too_late": Sentence(
        zh="何时治：措施“{measure}”的时限 {day} 晚于方案时限 {due}。",
        en="When: the measure “{measure}” ends on {day}, after the plan's deadline {due}.",
    ),
    "rules.questions.who_leads": Sentence(zh="谁来治：没有牵头单位。", en="Who: there is no lead unit."),
    "rules.questions.who_measure": Sentence(
        zh="谁来治：措施“{measure}”没有写明{missing}。",
        en="Who: the measure “{measure}” names no {missing_en}.",
    ),
    "rules.questions.otherwise": Sentence(
        zh="治不好谁来管：{duty}没有落实到单位、岗位和人。",
        en="Who answers if it fails: the {duty_en} lies on no unit, post and person.",
    ),
    # closing
    "rules.closing.incomplete": Sentence(
        zh="销号条件还不齐全。请按清单逐项补齐。",
        en="It cannot be closed yet. See the list of what is missing.",
    ),
    "rules.closing.measure_open": Sentence(
        zh="措施“{measure}”没有完成。", en="The measure “{measure}” is not done."
    ),
    "rules.closing.mine_closed_instead": Sentence(
        zh="只有矿山关停，没有任何整改措施完成。关停不等于整改（防止以关代治、以停代治）。",
        en="The mine was closed or stopped, and no measure was done. Closing a mine does not rectify anything.",
    ),
    "rules.closing.target_not_reached": Sentence(
        zh="没有认定整改目标已经达到。", en="It was not established that the target was reached."
    ),
    "rules.closing.target_without_evidence": Sentence(
        zh="没有证明目标达到的整改后佐证。",
        en="There is no evidence from after the work that the target was reached.",
    ),
    "rules.closing.not_accepted": Sentence(
        zh="“{level}”验收没有签字通过。", en="Acceptance at “{level_en}” is not signed."
    ),
    "rules.closing.no_notice": Sentence(zh="没有公示。", en="There was no public notice."),
    "rules.closing.notice_running": Sentence(
        zh="公示到 {day} 才结束。", en="The public notice runs until {day}."
    ),
    "rules.closing.objections_open": Sentence(
        zh="有 {count} 件异议没有答复。", en="{count} objection(s) are not answered."
    ),
    "rules.closing.enforcement_unanswered": Sentence(
        zh="没有说明查处追责情况（查处追责到位，或无需查处及理由）。",
        en="It was not said what became of enforcement (done, or none needed and why).",
    ),
    "rules.closing.enforcement_open": Sentence(
        zh="查处追责还没有到位。", en="Enforcement and accountability are still under way."
    ),
    "rules.closing.no_mechanism": Sentence(zh="没有登记长效机制。", en="No lasting mechanism is recorded."),
    "rules.closing.effect_not_evaluated": Sentence(zh="没有做成效评估。", en="The effect was not evaluated."),
    "rules.closing.paper_missing": Sentence(zh="档案缺件：{paper}。", en="The archive lacks: {paper}."),
    # who holds the duty
    "rules.holding.undetermined": Sentence(
        zh="没有责任主体认定，责任不转移。矿山停产、关闭或破产，整改责任仍由原主体承担（《矿产资源法》第四十五条）；"
        "主体灭失的，请先认定并登记文号、日期。",
        en="No determination was recorded, so the duty does not pass: it outlives the mine (Mineral Resources Law,"
        " art. 45). Where the holder is extinct, record that determination first.",
    ),
    "rules.holding.has_holder": Sentence(
        zh="认定文件 {number} 的情形是“{circumstance}”，仍有责任主体，责任不转由政府承担（《矿产资源法》第四十五条）。",
        en="By {number} the circumstance is “{circumstance_en}”: there is a holder, the duty does not pass (Mineral"
        " Resources Law, art. 45).",
    ),
    "rules.holding.nobody_to_charge": Sentence(
        zh="认定文件 {number} 已认定责任主体灭失，没有可以承担费用的主体，不适用代履行（《矿产资源法》第七十一条）。",
        en="By {number} the holder is extinct: nobody is left to be charged (Mineral Resources Law, art. 71).",
    ),
    "rules.holding.one_for_all": Sentence(
        zh="同一停产决定拟用于 {mines} 座矿山，其中 {missing} 座没有单独理由。请逐矿写明理由（防止一刀切）。",
        en="The same order to stop is drafted for {mines} mines, {missing} of them without a reason of their own."
        " State the reason mine by mine.",
    ),
    # ledgers in use
    "rules.late.lasting_needs_its_route": Sentence(
        zh="状态“{status}”只用于整改类型为长期坚持的问题。请改正整改类型或状态。",
        en="“{status_en}” is for lasting tasks only. Correct the type of rectification or the status.",
    ),
    "rules.late.never_closed": Sentence(
        zh="长期坚持的问题不验收销号，不能是“{status}”。请改为“长期坚持”“反弹”等，或改正整改类型。",
        en="A lasting task is never closed, so it cannot be “{status_en}”. Correct the status or the type.",
    ),
    "rules.late.day_to_come": Sentence(
        zh="日期 {day} 还没有到。请核对登记日期和销号日期。", en="The day {day} has not come yet. Check it."
    ),
    "rules.late.ends_before_it_begins": Sentence(
        zh="销号日期 {closed} 早于登记日期 {opened}。请核对。",
        en="It was closed on {closed}, before it was opened on {opened}. Check both.",
    ),
    "rules.late.closed_day_without_closing": Sentence(
        zh="填写了销号日期 {day}，但状态不是“已销号”。请改正其中一项。",
        en="It has a closing day, {day}, but is not closed. Correct one of them.",
    ),
}
declare(SENTENCES)
