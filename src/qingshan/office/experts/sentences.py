"""Which acts on experts, draws and opinions are refused, and why?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class ExpertRefused(OfficeError):
    """The act on an expert, a draw or an opinion is not possible; the reasons say why."""


SENTENCES = {
    "experts.key_missing": Sentence(
        zh="没有填写专家编号。请填写库内唯一的编号。",
        en="The expert's number is missing. Give one that is used once.",
    ),
    "experts.key_taken": Sentence(
        zh="专家编号“{value}”已被使用。请换一个编号。",
        en="The number “{value}” is taken. Choose another one.",
    ),
    "experts.name_missing": Sentence(
        zh="没有填写姓名或所在单位。所在单位用于回避核对，请填写。",
        en="Name or employer is missing. The employer is needed to see from what an expert stays away.",
    ),
    "experts.field_missing": Sentence(
        zh="没有选择专业领域。请至少选择一项。", en="No field was chosen. Choose at least one."
    ),
    "experts.no_such_field": Sentence(
        zh="“{value}”不是已知的专业领域。可以填写：{allowed}。",
        en="“{value}” is no known field. You may write: {allowed_en}.",
    ),
    "experts.basis_missing": Sentence(
        zh="没有填写依据或理由。请写明文件或情况。",
        en="The basis or reason is missing. Say the document or what happened.",
    ),
    "experts.day_to_come": Sentence(
        zh="日期 {day} 晚于今天。请改正。", en="{day} is a day to come. Correct it."
    ),
    "experts.days_reversed": Sentence(
        zh="截止日期 {to_on} 早于起始日期 {from_on}。请改正。",
        en="{to_on} lies before {from_on}. Correct the days.",
    ),
    "experts.person_in_pool": Sentence(
        zh="登录人员 {name} 已在库，专家编号 {key}。请更正原有记录。",
        en="{name} is in a pool already, under the number {key}. Correct that entry.",
    ),
    "experts.person_no_expert": Sentence(
        zh="{name} 没有专家岗位，不能与专家记录关联。请先由安全管理员任命专家岗位。",
        en="{name} holds no expert's post and cannot be linked. The security administrator appoints first.",
    ),
    "experts.pool_level": Sentence(
        zh="“{value}”没有专家库。专家库设在省、市、县三级。",
        en="“{value}” has no pool. Pools are kept by provinces, cities and counties.",
    ),
    "experts.not_in_state": Sentence(
        zh="{name} 现为“{state}”，不能这样办理。", en="{name} is now “{state_en}”: this is not possible."
    ),
    "experts.tie_missing": Sentence(
        zh="没有写明回避对象。请填写单位名称、矿山编号或行政区划代码。",
        en="It is not said to what the tie is. Name an organisation, a mine by number or a region by code.",
    ),
    "experts.no_such_mine": Sentence(
        zh="没有找到编号为“{value}”的矿山，或您无权查看。请填写矿山编号。",
        en="No mine with the number “{value}” was found, or you may not see it. Give the mine's number.",
    ),
    "experts.no_such_region": Sentence(
        zh="没有找到代码为“{value}”的行政区划。请填写 6 位以上代码。",
        en="No region with the code “{value}” was found. Give a code of six digits or more.",
    ),
    "experts.out_of_area": Sentence(
        zh="“{value}”不在您岗位的管辖范围内。", en="“{value}” lies outside the area of your post."
    ),
    "experts.tie_ended": Sentence(zh="这条回避情形已经解除。", en="This tie has ended already."),
    "experts.seed_missing": Sentence(
        zh="没有写明公开号码的来源。请写明取哪一个公开号码，任何人都能查到。",
        en="The source of the public number is missing. Name one that anybody can look up.",
    ),
    "experts.seed_needs_number": Sentence(
        zh="公告须写明号码本身。请填写公开号码，或改选“待公布的公开号码”。",
        en="The announcement has to state the number itself. Fill it in, or choose a number that is still to come.",
    ),
    "experts.seed_known_too_early": Sentence(
        zh="名单须在号码公布之前封存：封存日期 {closes_on} 不早于公布日期 {seed_on}。请把公布日期定在封存日期之后。",
        en="The list has to be closed before the number is known, but {closes_on} is not before {seed_on}."
        " Choose a number of a later day.",
    ),
    "experts.closed_too_late": Sentence(
        zh="号码已于 {seed_on} 公布，名单不能再封存。请作废本次抽取，重新公告。",
        en="The number was made known on {seed_on}, so the list can no longer be closed. Cancel and announce anew.",
    ),
    "experts.day_is_over": Sentence(zh="日期 {day} 已过。请改正。", en="{day} is over. Correct it."),
    "experts.draw_not_in_state": Sentence(
        zh="“{title}”现为“{state}”，不能这样办理。", en="“{title}” is now “{state_en}”: this is not possible."
    ),
    "experts.too_few": Sentence(
        zh="{field}需要 {wanted} 人，名单里还差 {lacking} 人。请补充专家后再封存，或作废后减少人数重新公告。",
        en="{wanted} of {field_en} are wanted, and the list lacks {lacking}. Enter more experts before you close it, or"
        " cancel and announce fewer.",
    ),
    "experts.number_not_out": Sentence(
        zh="公开号码要到 {seed_on} 才公布。请届时再抽取。",
        en="The public number is made known on {seed_on}. Draw then.",
    ),
    "experts.number_differs": Sentence(
        zh="公告写明的号码是 {stated}，不能改用 {given}。",
        en="The announcement states {stated}; {given} cannot be used.",
    ),
    "experts.not_drawn": Sentence(
        zh="{name} 不在本次抽中名单内。", en="{name} was not drawn, or has been excused already."
    ),
    "experts.must_stay_away": Sentence(
        zh="不能指派或邀请 {name}：{why}。", en="{name} cannot be assigned or invited: {why_en}."
    ),
    "experts.no_login": Sentence(
        zh="{name} 没有登录岗位，不能在系统内指派。意见可以书面提出，由您代为登记。",
        en="{name} has no post to log in with and cannot be assigned here. Their opinion can come on paper.",
    ),
    "experts.already_assigned": Sentence(
        zh="{name} 已被指派，截至 {to_on}。", en="{name} has been assigned already, until {to_on}."
    ),
    "experts.question_missing": Sentence(
        zh="没有写明请专家就什么提出意见。", en="It is not said about what the opinion is asked."
    ),
    "experts.opinion_empty": Sentence(
        zh="没有填写意见，也没有上传意见原件。请至少提供一项。",
        en="Neither an opinion nor its paper was given. Give one of them.",
    ),
    "experts.opinion_not_in_state": Sentence(
        zh="这份意见现为“{state}”，不能这样办理。",
        en="The opinion is now “{state_en}”: this is not possible.",
    ),
    "experts.not_yours": Sentence(
        zh="只有该专家本人或登记单位可以办理。",
        en="Only the expert, or the office that records it, may do this.",
    ),
    "experts.answer_needs_reason": Sentence(
        zh="“{outcome}”须说明理由。", en="“{outcome_en}” needs a reason."
    ),
}
declare(SENTENCES)
