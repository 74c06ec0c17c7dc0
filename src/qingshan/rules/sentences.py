"""The wordings of everything that the law book says: where, why, and what to do."""

from __future__ import annotations

from qingshan.rules.reasons import Sentence, declare

SENTENCES = {
    # words
    "rules.word.unknown": Sentence(
        zh="“{word}”不在可选范围内。请改为：{allowed}。",
        en="“{word}” is not one of the possible words. Use one of: {allowed_en}.",
    ),
    # dates
    "rules.date.naive": Sentence(
        zh="时刻 {instant} 没有时区，无法判断是哪一天。请提供带时区的时刻。",
        en="The instant {instant} has no time zone, so its day is unknown. Give an instant with a time zone.",
    ),
    "rules.date.days_left": Sentence(zh="余 {days} 天", en="{days} day{plural} left"),
    "rules.date.days_over": Sentence(zh="逾期 {days} 天", en="{days} day{plural} overdue"),
    "rules.date.due_today": Sentence(zh="今天到期", en="due today"),
    # flow tables
    "rules.flow.not_from_here": Sentence(
        zh="当前状态为“{state}”，不能办理“{act}”。现在可以办理：{possible}。",
        en="“{act_en}” is not possible in the state “{state_en}”. Possible now: {possible_en}.",
    ),
    "rules.flow.unknown_state": Sentence(
        zh="流程“{kind}”没有状态“{state}”。请核对流程表。",
        en="The flow “{kind}” has no state “{state}”. Check the flow table.",
    ),
    "rules.flow.unnamed_act": Sentence(
        zh="流程“{kind}”的环节“{act}”没有名称。请补上中英文名称。",
        en="The act “{act}” of the flow “{kind}” has no name. Add both names.",
    ),
    "rules.flow.from_nowhere": Sentence(
        zh="流程“{kind}”的环节“{act}”没有起始状态。请补上起始状态。",
        en="The act “{act}” of the flow “{kind}” starts from no state. Add the states it starts from.",
    ),
    "rules.flow.act_twice": Sentence(
        zh="流程“{kind}”中，状态“{state}”下的环节“{act}”出现了两次，去向不明。请只保留一行。",
        en="In the flow “{kind}” the act “{act}” stands twice for the state “{state}”. Keep one line.",
    ),
    "rules.flow.unreached": Sentence(
        zh="流程“{kind}”的状态“{state}”无法到达。请补上通向它的环节，或删去该状态。",
        en="The state “{state}” of the flow “{kind}” cannot be reached."
        " Add an act that leads to it or drop it.",
    ),
    "rules.flow.never_left": Sentence(
        zh="流程“{kind}”的状态“{state}”不是终结状态，却没有离开它的环节。请补上环节，或列为终结状态。",
        en="The state “{state}” of the flow “{kind}” is not final, yet no act leaves it."
        " Add an act or list the state as final.",
    ),
    "rules.flow.never_ends": Sentence(
        zh="流程“{kind}”从状态“{state}”出发到不了任何终结状态。请补上环节，或注明为长期坚持。",
        en="In the flow “{kind}” no final state can be reached from “{state}”."
        " Add an act or mark the flow as lasting.",
    ),
    "rules.flow.no_end": Sentence(
        zh="流程“{kind}”没有终结状态。请列出终结状态，或注明为长期坚持。",
        en="The flow “{kind}” has no final state. List one or mark the flow as lasting.",
    ),
    "rules.importing.nothing_to_apply": Sentence(
        zh="没有可以导入的行。请按错误表修改文件后重新读取。",
        en="There is no row to import. Correct the file by the table of errors and read it again.",
    ),
    # identifiers
    "rules.uscc.length": Sentence(
        zh="统一社会信用代码“{code}”有 {length} 位，应为 18 位。请对照营业执照核对。",
        en="The unified social credit code “{code}” has {length} characters instead of 18."
        " Compare it with the business licence.",
    ),
    "rules.uscc.look_alike": Sentence(
        zh="统一社会信用代码“{code}”第 {place} 位是“{found}”，代码中不使用 I、O、S、V、Z，可能是“{perhaps}”。"
        "请对照营业执照核对。",
        en="Character {place} of the unified social credit code “{code}” is “{found}”; the letters I, O, S, V"
        " and Z are never used, perhaps it is “{perhaps}”. Compare it with the business licence.",
    ),
    "rules.uscc.alphabet": Sentence(
        zh="统一社会信用代码“{code}”第 {place} 位是“{found}”，不是代码用字。请只填数字和大写字母。",
        en="Character {place} of the unified social credit code “{code}” is “{found}”, which is not used in"
        " such codes. Use digits and capital letters only.",
    ),
    "rules.uscc.region_digit": Sentence(
        zh="统一社会信用代码“{code}”第 {place} 位是“{found}”，第 3 至 8 位为区划代码，应为数字。"
        "请对照营业执照核对。",
        en="Character {place} of the unified social credit code “{code}” is “{found}”, but characters 3 to 8"
        " are a region code of digits. Compare it with the business licence.",
    ),
    "rules.uscc.check": Sentence(
        zh="统一社会信用代码“{code}”的校验位是“{found}”，按前 17 位应为“{expected}”，其中有字抄错。"
        "请对照营业执照核对。",
        en="The check character of the unified social credit code “{code}” is “{found}”; the first 17 demand"
        " “{expected}”, so some character is wrong. Compare it with the business licence.",
    ),
    "rules.uscc.organisation_check": Sentence(
        zh="统一社会信用代码“{code}”中的组织机构代码校验位应为“{expected}”。代码已按原样保留，请对照营业执照核对。",
        en="The organisation code inside the unified social credit code “{code}” should end in “{expected}”."
        " It was kept as written; compare it with the business licence.",
    ),
    "rules.region.digits": Sentence(
        zh="区划代码“{code}”应为 6、9 或 12 位数字。请对照最新区划代码表核对。",
        en="The region code “{code}” should have 6, 9 or 12 digits. Compare it with the current table.",
    ),
    "rules.region.gap": Sentence(
        zh="区划代码“{code}”缺少上级部分却有下级部分，不是有效代码。请对照最新区划代码表核对。",
        en="The region code “{code}” names a lower level without the one above. Compare it with the table.",
    ),
    "rules.licence.empty": Sentence(
        zh="采矿许可证号为空。请按许可证填写；没有许可证的，请在备注中说明。",
        en="The licence number is empty. Enter it as on the licence,"
        " or say in the remarks that there is none.",
    ),
    "rules.licence.old_form": Sentence(
        zh="采矿许可证号“{number}”不是全国统一编号（C 加 22 位数字），按历史证号保留。请对照许可证核对。",
        en="The licence number “{number}” has not the unified form (C and 22 digits) and is kept as an old"
        " number. Compare it with the licence.",
    ),
    "rules.licence.exploration": Sentence(
        zh="证号“{number}”以 T 开头，是勘查许可证号。请确认是否应填采矿许可证号。",
        en="The number “{number}” starts with T, which marks an exploration licence. Check which was meant.",
    ),
    "rules.licence.month": Sentence(
        zh="采矿许可证号“{number}”中的月份为“{month}”，应为 01 至 12。请对照许可证核对。",
        en="The month in the licence number “{number}” is “{month}” instead of 01 to 12."
        " Compare it with the licence.",
    ),
    "rules.licence.year": Sentence(
        zh="采矿许可证号“{number}”中的年份为“{year}”，超出通常范围。请对照许可证核对。",
        en="The year in the licence number “{number}” is “{year}”, which is unusual."
        " Compare it with the licence.",
    ),
    "rules.licence.authority": Sentence(
        zh="采矿许可证号“{number}”中的发证机关代码“{authority}”不是区划代码。请对照许可证核对。",
        en="The authority “{authority}” in the licence number “{number}” is no region code."
        " Compare it with the licence.",
    ),
    "rules.petition.form": Sentence(
        zh="受理编号“{number}”的格式不对，应如 D2SX202104170024（D 来电或 X 来信、地区、日期、四位序号）。"
        "请对照交办单核对。",
        en="The petition number “{number}” should look like D2SX202104170024 (D phone or X letter, place,"
        " day, four digits). Compare it with the list that was handed over.",
    ),
    "rules.petition.day": Sentence(
        zh="受理编号“{number}”中的日期“{day}”不存在。请对照交办单核对。",
        en="The day “{day}” in the petition number “{number}” does not exist."
        " Compare it with the list that was handed over.",
    ),
}
declare(SENTENCES)
