"""Which sentences do the acts on problems and petitions answer with?"""

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class CaseRefused(OfficeError):
    """An act on a problem or petition that cannot be done as it was asked for."""


SENTENCES = {
    "cases.items_missing": Sentence(
        zh="没有拆出任何条目。请按编号把来文拆成一条一条的问题。",
        en="No item was found. Split the document into its numbered items.",
    ),
    "cases.item_covered": Sentence(
        zh="第 {place} 条已有对应的整改问题，不能再定为不立项。", en="Item {place} has a case already."
    ),
    "cases.document_known": Sentence(
        zh="来文 {number} 已经登记。请在来文清单中打开它。", en="The document {number} is registered already."
    ),
    "cases.title_missing": Sentence(
        zh="没有填写标题或文号。请补齐。", en="The title or number is missing. Fill it in."
    ),
    "cases.objection_answered": Sentence(zh="这件异议已经答复。", en="This objection is answered already."),
    "cases.doubt_answered": Sentence(zh="这条存疑已经核实过。", en="This doubt was answered already."),
    "cases.notice_over": Sentence(
        zh="公示没有在进行中，不能登记异议。", en="No notice is running: no objection can be registered."
    ),
    "cases.levels_not_entered": Sentence(
        zh="规则库没有“{source}”的验收层级。请先由规则管理人员补充。",
        en="The rulebook gives no levels of acceptance for “{source_en}”. Have it completed first.",
    ),
}
declare(SENTENCES)
