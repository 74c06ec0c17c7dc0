"""What can be refused about projects, lists and land, in both languages?"""

from __future__ import annotations

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class RestorationRefused(OfficeError):
    """An act on restoration that cannot be done as it was asked for."""


SENTENCES = {
    "restoration.sites_unknown": Sentence(
        zh="没有这些点位，或不在您的管理范围内：{sites}。请核对点位编号。",
        en="There are no such sites, or they lie outside your area: {sites}. Check their numbers.",
    ),
    "restoration.site_twice": Sentence(
        zh="点位重复：{sites}。每个点位只写一次。", en="Sites given twice: {sites}. Give each once."
    ),
    "restoration.area_not_possible": Sentence(
        zh="“{site}”的面积须大于 0。请改正。", en="The area of “{site}” must be more than 0. Correct it."
    ),
    "restoration.not_a_site_of_it": Sentence(
        zh="“{site}”不是这个项目的修复点位。请刷新后再试。",
        en="“{site}” is no site of this project. Reload and try again.",
    ),
    "restoration.unit_out_of_reach": Sentence(
        zh="“{unit}”的管辖范围不含负责地区“{region}”，看不到也办不了这个项目。请改选管辖“{region}”的单位，"
        "或者把负责地区填为“{own}”。",
        en="The area of “{unit}” does not hold the region “{region}”: it would neither see the project nor act on it."
        " Choose a unit of “{region}”, or enter “{own}” as the answering region.",
    ),
    "restoration.percent": Sentence(
        zh="施工进度 {value} 不在 0 到 100 之间。请改正。",
        en="A progress of {value} is not within 0 to 100. Correct it.",
    ),
    "restoration.money_negative": Sentence(
        zh="资金不能是负数。请改正。", en="Money cannot be negative. Correct it."
    ),
    "restoration.list_code_taken": Sentence(
        zh="清单编号 {code} 已经用过。请另编。", en="The list number {code} is taken. Choose another."
    ),
    "restoration.list_incomplete": Sentence(
        zh="没有写明清单编号、名称或下达文号。请填写。",
        en="The list has no number, title or document. Enter them.",
    ),
    "restoration.no_such_list": Sentence(
        zh="没有编号为“{value}”的修复清单，或您不能查看。请核对清单编号。",
        en="There is no list of targets “{value}”, or you may not see it. Check its number.",
    ),
    "restoration.list_not_said": Sentence(
        zh="没有写明清单编号，而且现有多个清单。请填写“清单编号”。",
        en="The list is not named and there are several. Enter its number.",
    ),
    "restoration.due_before_decided": Sentence(
        zh="完成时限 {due} 早于下达日期 {day}。请核对。",
        en="The deadline {due} lies before {day}, the day of the document. Check it.",
    ),
    "restoration.area_negative": Sentence(
        zh="“{site}”的面积不能小于 0。请改正；没有损毁的填 0。",
        en="The area of “{site}” cannot be below 0. Correct it; enter 0 where nothing was disturbed.",
    ),
    "restoration.nothing_to_correct": Sentence(
        zh="填写的内容与登记的相同，没有更正。请填写正确的内容。",
        en="What you entered is what is on record; nothing was corrected. Enter what is right.",
    ),
    "restoration.listed_already": Sentence(zh="“{site}”已在清单内。", en="“{site}” is on the list already."),
    "restoration.listed_already_unchanged": Sentence(
        zh="“{value}”已在清单内，本行不作变动；入账面积只能凭批准文号调出后重新调入。",
        en="“{value}” is on the list already and this row changes nothing; its area changes only by approved moves.",
    ),
    "restoration.listed_before": Sentence(
        zh="“{value}”曾经调出清单，须凭批准文号办理调入，不能由导入恢复。",
        en="“{value}” was moved out before; it comes back by an approved move, never by an import.",
    ),
    "restoration.import_needs_review": Sentence(
        zh="“{value}”：清单已有点位，此后调入点位或计入验收须有审核职责。请由审核岗位办理，或由其代为导入。",
        en="“{value}”: the list has sites already; from now on sites come in and acceptances count by review. Have a"
        " post with that duty do it.",
    ),
    "restoration.acceptance_without_number": Sentence(
        zh="填写了验收日期，没有填写验收文号。请填写验收意见的文号；没有验收的，清空验收日期。",
        en="A day of acceptance is given without its document. Enter its number, or clear the day.",
    ),
    "restoration.acceptance_without_area": Sentence(
        zh="补录验收须填写验收面积（公顷）。请按验收意见填写。",
        en="The accepted area is missing. Enter it as the acceptance gives it.",
    ),
    "restoration.less_than_counted": Sentence(
        zh="验收面积小于已计入的 {counted} 公顷。请核对；已计入的不由导入减少。",
        en="The accepted area is less than the {counted} ha that count already. Check it: a file takes nothing back.",
    ),
    "restoration.not_listed": Sentence(
        zh="“{site}”不在清单内，不能调出或撤销完成。", en="“{site}” is not on the list: nothing of it counts."
    ),
    "restoration.outside_the_list": Sentence(
        zh="“{site}”不在该清单的地区内。请核对。",
        en="“{site}” lies outside the region of the list. Check it.",
    ),
    "restoration.no_approval": Sentence(
        zh="没有填写批准文号。调入、调出清单须有批准文号和日期。",
        en="No approval was given. Moves in and out of a list need the number and day of an approval.",
    ),
    "restoration.day_to_come": Sentence(
        zh="日期 {day} 还没有到。请核对日期。", en="The day {day} has not come yet. Check it."
    ),
    "restoration.complete_after_accepted": Sentence(
        zh="修复完成日期 {day} 晚于验收日期 {accepted}。请核对。",
        en="The works were complete on {day}, after the acceptance on {accepted}. Check it.",
    ),
    "restoration.planted_after_complete": Sentence(
        zh="种植日期 {day} 晚于修复完成日期 {complete}。请核对。",
        en="It was planted on {day}, after the works were complete on {complete}. Check it.",
    ),
    "restoration.part_is_not_tested": Sentence(
        zh="只完成一部分，图形是整处的，不作为影像核验项；整处完成后再核验。",
        en="Only a part is done and the shape is that of the whole site: images are asked once all of it is done.",
    ),
    "restoration.nothing_counted": Sentence(
        zh="“{site}”还没有计入完成，没有可以撤销的。",
        en="Nothing of “{site}” counts as restored, so there is nothing to take back.",
    ),
    "restoration.counted_by_a_matter": Sentence(
        zh="“{site}”的完成由 {number} 验收计入，请在该事项办理返工或重新列入，清单随之变动。",
        en="“{site}” counts by the acceptance of {number}: take that matter up again, and the list follows.",
    ),
    "restoration.back_before_accepted": Sentence(
        zh="撤销日期 {day} 早于验收日期 {accepted}。请核对。",
        en="The day {day} lies before the acceptance of {accepted}. Check it.",
    ),
    "restoration.out_before_in": Sentence(
        zh="调出日期 {day} 早于调入日期 {since}。请核对。",
        en="The day {day} of moving out lies before {since}, when it came in. Check it.",
    ),
    "restoration.restored_before_in": Sentence(
        zh="验收日期 {day} 早于调入日期 {since}。请核对。",
        en="The day of acceptance {day} lies before {since}, when it came in. Check it.",
    ),
    "restoration.land_name_missing": Sentence(
        zh="没有写明地块名称。请填写。", en="The plot has no name. Enter it."
    ),
    "restoration.land_area_missing": Sentence(
        zh="没有图形，也没有填写面积。请至少提供一项。",
        en="There is neither a shape nor an area. Give one of them.",
    ),
    "restoration.land_counted_already": Sentence(
        zh="这块土地已全部登记在：{names}。不重复登记。",
        en="All of this land is counted already: {names}. It is not counted twice.",
    ),
}
declare(SENTENCES)
