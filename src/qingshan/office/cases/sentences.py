"""Which sentences do the acts on problems and petitions answer with?"""

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class CaseRefused(OfficeError):
    """An act on a problem or petition that cannot be done as it was asked for."""


_WHERE_ZH, _WHERE_EN = "第 {row} 行“{column}”：", "Row {row}, “{column}”: "

SENTENCES = {
    "cases.items_missing": Sentence(
        zh="没有拆出任何条目。请按编号把来文拆成一条一条的问题。",
        en="No item was found. Split the document into its numbered items.",
    ),
    "cases.item_covered": Sentence(
        zh="第 {place} 条已有对应的整改问题，不能再定为不立项。", en="Item {place} has a case already."
    ),
    "cases.item_decided": Sentence(
        zh="第 {place} 条已定为不立项，不能再对应问题。仍需整改的，请先在来文中撤销不立项。",
        en="Item {place} was decided to need no case. If it does, take that decision back in the document first.",
    ),
    "cases.item_not_decided": Sentence(
        zh="第 {place} 条没有定为不立项，不需要撤销。",
        en="Item {place} was not decided to need no case: there is nothing to take back.",
    ),
    "cases.document_known": Sentence(
        zh="来文 {number} 已经登记。请在来文清单中打开它。", en="The document {number} is registered already."
    ),
    "cases.title_missing": Sentence(
        zh="没有填写标题或文号。请补齐。", en="The title or number is missing. Fill it in."
    ),
    "cases.objection_answered": Sentence(zh="这件异议已经答复。", en="This objection is answered already."),
    "cases.notice_over": Sentence(
        zh="公示没有在进行中，不能登记异议。", en="No notice is running: no objection can be registered."
    ),
    "cases.no_department": Sentence(
        zh="没有填写参加部门。联合检查请写明由哪些部门参加。",
        en="No department was named. Say which departments inspect together.",
    ),
    "cases.nothing_recorded": Sentence(
        zh="没有填写任何检查情况，或与已登记的相同。请填写实测值或检查情况。",
        en="Nothing was entered, or nothing that differs. Enter what was measured or found.",
    ),
    "cases.finding_is_a_problem": Sentence(
        zh="第 {place} 项已转为整改问题，不能再改。请在问题中办理。",
        en="Item {place} has become a problem and stays as it is. Act on the problem.",
    ),
    "cases.too_many_photographs": Sentence(
        zh="每项最多 {most} 张照片。请选有代表性的上传。",
        en="An item takes {most} photographs at most. Choose some.",
    ),
    "cases.no_mine_chosen": Sentence(
        zh="没有选择矿山。请先查找并加入矿山。", en="No mine was chosen. Find and add the mines first."
    ),
    "cases.no_way_to_resume": Sentence(
        zh="没有写明复产条件。请写明做到什么、由谁核查后可以恢复生产。",
        en="Nothing says how a mine may go on. Say what must be done, and who checks it.",
    ),
    "cases.day_to_come": Sentence(
        zh="日期 {day} 还没有到。请核对。", en="The day {day} has not come yet. Check it."
    ),
    "cases.issued_already": Sentence(
        zh="这份停产决定已于 {day} 印发。", en="This order was issued on {day} already."
    ),
    "cases.lifted_already": Sentence(
        zh="“{mine}”已经解除停产。", en="The order was lifted for “{mine}” already."
    ),
    "cases.lifted_before": Sentence(
        zh="解除日期 {day} 早于停产决定日期 {since}。请核对。",
        en="The day {day} of lifting is before that of the order, {since}. Check it.",
    ),
    "cases.reason_missing": Sentence(
        zh="没有填写事由。请写明为什么需要知道信访人。",
        en="There is no reason. Say why you need to know who complained.",
    ),
    "cases.reason_names_complainant": Sentence(
        zh="事由中有信访人的姓名或联系方式。事由永久留痕，请改写，不要写明是谁。",
        en="The reason names the complainant. It stays in the trail for ever: say it without the name or contact.",
    ),
    "cases.no_complainant": Sentence(
        zh="本件没有登记信访人。", en="Nobody is on record as the complainant of this petition."
    ),
    "cases.levels_not_entered": Sentence(
        zh="规则库没有“{source}”的验收层级。请先由规则管理人员补充。",
        en="The rulebook gives no levels of acceptance for “{source_en}”. Have it completed first.",
    ),
}


def _cell(zh: str, en: str) -> Sentence:
    """About one cell of a ledger: where, then why, then what to do."""
    return Sentence(zh=_WHERE_ZH + zh, en=_WHERE_EN + en)


LEDGERS = {
    "cases.not_a_period": _cell(
        "读到“{value}”，不是起止日期。请按 2026-03-02至2026-03-09 的样式填写。",
        "read “{value}”, which is no period. Write it like 2026-03-02至2026-03-09.",
    ),
    "cases.period_reversed": _cell(
        "读到“{value}”，结束早于开始。请核对。", "read “{value}”, which ends before it begins. Check it."
    ),
    "cases.not_a_percentage": _cell(
        "读到“{value}”，不是 0 到 100 的百分数。请改为如 80%。",
        "read “{value}”, which is no percentage from 0 to 100. Write it like 80%.",
    ),
    "cases.problem_missing": _cell(
        "没有填写问题摘要，也没有问题描述。请用一句话写明问题。",
        "neither a title nor a description. Say the problem in one sentence.",
    ),
    "cases.not_meant": _cell("{why}", "{why_en}"),
    "cases.kind_changed": _cell(
        "“{value}”登记时不属于这一整改类型：限期整改与长期坚持不能由台账互换。请另行登记长期坚持问题，或改回原类型。",
        "“{value}” was entered on another route; a ledger cannot turn one into the other. Register the lasting task"
        " by itself, or restore the type.",
    ),
    "cases.acted_on_since": _cell(
        "“{value}”已在系统内办理，台账不再改动它，但“{columns}”与系统不同。请在系统内办理或更正，或从表中去掉这一行。",
        "“{value}” has been acted on here, and no ledger changes it any more, but differs in {columns_en}. Act on it or"
        " correct it here, or drop the row.",
    ),
    "cases.no_such_mine_or_site": _cell(
        "没有编号为“{value}”的矿山或点位，或您无权查看。请先导入矿山、点位，或改正编号。",
        "there is no mine or site “{value}”, or you may not see it. Import it first, or correct the number.",
    ),
    "cases.no_such_region": _cell(
        "“{value}”不是您管辖范围内唯一的行政区划名称或代码。请填写 6 位区划代码。",
        "“{value}” is not the name or code of exactly one region of your area. Give the 6-digit code.",
    ),
    "cases.region_needed": _cell(
        "没有填写，也没有可以确定所在地的矿山或点位。请填写行政区划名称或 6 位代码。",
        "empty, and no mine or site tells where it lies. Give the region's name or 6-digit code.",
    ),
    "cases.mine_name_of_several": _cell(
        "叫“{value}”的矿山不止一个（{mines}），没有关联矿山。请填写矿山编号。",
        "several mines are called “{value}” ({mines}), so none was tied. Give the mine's number.",
    ),
    "cases.mine_name_unknown": _cell(
        "没有登记过名为“{value}”的矿山，没有关联矿山。",
        "no mine “{value}” is registered, so none was tied.",
    ),
    "cases.person_without_unit": _cell(
        "有责任人“{value}”而没有责任单位，责任人没有登记。请补充责任单位。",
        "a person, “{value}”, without a unit: not entered. Add the answering unit.",
    ),
    "cases.serial_qualified": _cell(
        "“{value}”只是序号，不同台账会重复，按“{number}”登记。",
        "“{value}” is a running number that other ledgers use too; entered as “{number}”.",
    ),
    "cases.named_by_content": _cell(
        "没有编号，按行政区划、来源和问题摘要识别，登记为“{number}”。",
        "without a number: known by region, source and title, entered as “{number}”.",
    ),
    "cases.status_by_days": _cell(
        "没有填写状态，按日期和进度认定为“{status}”。请核对。",
        "no status: by its days and progress taken as “{status_en}”. Check it.",
    ),
    "cases.overdue_without_deadline": _cell(
        "状态为逾期，但没有完成时限，无法计算逾期天数。请补充完成时限。",
        "overdue, but without a deadline to count from. Add the deadline.",
    ),
    "cases.closed_day_taken": _cell(
        "没有填写销号日期，按{from} {day} 记。请核对。",
        "no closing day: {day}, {from_en}, stands in for it. Check it.",
    ),
    "cases.problem_kept_as_word": _cell(
        "问题类型“{value}”不在分类之内，按“其他”登记，原词保留。",
        "“{value}” is none of the kinds of problem: entered as “other”, the word is kept.",
    ),
    "cases.papers_missing": _cell(
        "缺件：{papers}。登记后可以补交。", "missing papers: {papers_en}. They can be filed later."
    ),
    "cases.unofficial_number": _cell(
        "“{value}”不是官方受理编号的格式（如 D2SX202104170024），按原样登记。",
        "“{value}” has not the form of official numbers (like D2SX202104170024); entered as it is.",
    ),
    "cases.done_day_without_end": _cell(
        "填写了办结日期 {value}，但没有办结。请改正其中一项。",
        "a day of ending, {value}, but it has not ended. Correct one of them.",
    ),
    "cases.received_later": _cell(
        "受理日期 {value} 还没有到。请核对日期或受理编号。",
        "it was received on {value}, which has not come yet. Check the day or the number.",
    ),
    "cases.closed_without_a_day": Sentence(
        zh="状态是了结的，但没有销号日期，也没有公示结束或验收日期。请补充销号日期。",
        en="It has ended, but neither the closing day nor the end of a notice or an acceptance is given. Add the day.",
    ),
}
declare(SENTENCES)
declare(LEDGERS)
