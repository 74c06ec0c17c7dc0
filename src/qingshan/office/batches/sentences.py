"""What can be refused about batches and single sites, in both languages?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class BatchRefused(OfficeError):
    """An act on a batch that cannot be done as it was asked for."""


SENTENCES = {
    "batches.expert_tied": Sentence(
        zh="验收组的{name}按专家库登记应当回避：{why}。请改请其他专家。",
        en="By the pool of experts, {name} of the panel stays away: {why_en}. Ask another expert.",
    ),
    "batches.paper_without_sites": Sentence(
        zh="文书没有列出点位。请至少列出一处。", en="The paper names no site. Name at least one."
    ),
    "batches.opinion_without_panel": Sentence(
        zh="没有列出验收组成员。请写明由哪些部门和人员签字。",
        en="No member of the panel is named. Say which departments and persons sign.",
    ),
    "batches.one_site": Sentence(
        zh="单项只含一处点位，现选了 {count} 处。多处的请组成批次。",
        en="A single item is one site, {count} were chosen. Put several together as a batch.",
    ),
    "batches.site_twice": Sentence(
        zh="点位重复：{sites}。每个点位只列一次。", en="Sites given twice: {sites}. List each once."
    ),
    "batches.site_taken": Sentence(
        zh="“{site}”已在未办结的“{batch}”中。一处点位不能同时列入两个未办结的批次或单项。",
        en="“{site}” stands in “{batch}”, which is still open. A site cannot be in two open batches or items.",
    ),
    "batches.outside": Sentence(
        zh="“{site}”不在本批次的负责地区内。请核对，或按上一级地区另组批次。",
        en="“{site}” lies outside the region of this batch. Check it, or put a batch together one level up.",
    ),
    "batches.not_a_site_of_it": Sentence(
        zh="“{site}”不在本批次中。请刷新后再试。", en="“{site}” is no site of this batch. Reload and try again."
    ),
    "batches.area_not_possible": Sentence(
        zh="“{site}”的面积须大于 0。请改正。", en="The area of “{site}” must be more than 0. Correct it."
    ),
    "batches.finished_later": Sentence(
        zh="“{site}”的完工日期 {day} 晚于办理日期。请改正。",
        en="“{site}” was finished on {day}, after the day of this act. Correct it.",
    ),
    "batches.already_out": Sentence(zh="“{site}”已移出批次。", en="“{site}” was taken out already."),
    "batches.side_sealed": Sentence(
        zh="“{by}”已公布过封签，每方只出一个号码。", en="“{by}” has sealed a number already; each side gives one."
    ),
    "batches.seal_form": Sentence(
        zh="封签是 64 位十六进制数字。请核对。", en="A seal is 64 hexadecimal digits. Check it."
    ),
    "batches.not_your_number": Sentence(
        zh="“{by}”的号码由“{organisation}”封存，只能由该单位公开。",
        en="The number of “{by}” was sealed by “{organisation}”; only that unit opens it.",
    ),
    "batches.opened_already": Sentence(
        zh="“{by}”的号码已经公开。", en="The number of “{by}” is open already."
    ),
    "batches.not_drawn": Sentence(
        zh="“{site}”没有抽中，或已登记合格。只登记抽中待查的点位。",
        en="“{site}” was not drawn, or has passed. Results are recorded of drawn sites that wait for one.",
    ),
    "batches.check_first": Sentence(
        zh="“{site}”已抽中但还没有查验结果。请先登记抽查结果，再退回。",
        en="“{site}” was drawn and has no result yet. Record the result first, then send it back.",
    ),
    "batches.not_waiting": Sentence(
        zh="“{site}”现在是“{standing}”，不能办理。", en="“{site}” stands as “{standing_en}”; this cannot be done."
    ),
    "batches.plan_without_source": Sentence(
        zh="填写了方案指标，没有写明方案名称。请填写。",
        en="Numbers of the site's own plan were given without the plan. Name it.",
    ),
    "batches.panel_nobody": Sentence(
        zh="没有填写任何一位验收组成员。请至少填写一位。", en="Nobody is named for the panel. Name at least one."
    ),
    "batches.claim_not_of_it": Sentence(
        zh="核验 {claim} 不是本批次的，或不需要书面回应。请刷新后再试。",
        en="Test {claim} is none of this batch, or asks for no answer. Reload and try again.",
    ),
    "batches.answered_already": Sentence(
        zh="这件异议已经答复。", en="This objection was answered already."
    ),
    "batches.notice_over": Sentence(
        zh="现在没有正在进行的公示。", en="No notice is under way."
    ),
    "batches.percent": Sentence(
        zh="进度 {value} 不在 0 到 100 之间。请改正。",
        en="A progress of {value} is not within 0 to 100. Correct it.",
    ),
    "batches.measured_form": Sentence(
        zh="“{criterion}”的数值看不懂。请改正。", en="The number of “{criterion_en}” cannot be read. Correct it."
    ),
}  # fmt: skip
declare(SENTENCES)
