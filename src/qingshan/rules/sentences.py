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
    "rules.validity.over": Sentence(zh="已过期 {days} 天", en="{days} day{plural} past its term"),
    # what is secret
    "rules.secrecy.marked": Sentence(
        zh="“{text}”带有“{mark}”字样，本系统不接收涉密文件。涉密的，请按保密规定在涉密网络办理；"
        "不涉密的，请改正文件名和标题后再归入。",
        en="“{text}” bears the mark “{mark}”; secret papers are not taken in here. Handle a secret paper on the network"
        " for secrets; if it is none, correct its name and title and file it again.",
    ),
    "rules.secrecy.not_declared": Sentence(
        zh="没有勾选“不含涉密内容”，文件没有归入。请核对文件后勾选；涉密的，请按保密规定在涉密网络办理。",
        en="It was not declared that nothing in the paper is secret, so it was not filed. Check the paper and tick the"
        " declaration; handle a secret paper on the network for secrets.",
    ),
    # evidence
    "rules.evidence.used_before": Sentence(
        zh="存疑待核：这张照片与事项 {number} 于 {on} 提交的照片相似（{kind}，相似度 {percent}%）。"
        "请对照两张照片，核实后写明情况。",
        en="To be checked: this photograph resembles one handed in with the matter {number} on {on_en} ({kind_en},"
        " likeness {percent} %). Compare the two and write down what you find.",
    ),
    "rules.evidence.outside": Sentence(
        zh="存疑待核：拍摄地点在点位范围外 {outside_m} 米，超过容许的 {most_m} 米"
        "（已按 WGS 84 和 GCJ-02 分别换算，取较近的 {datum}）。请核实拍摄地点或点位范围。",
        en="To be checked: the photograph was taken {outside_m} m outside the site, more than the {most_m} m allowed"
        " (WGS 84 and GCJ-02 were both tried; nearer: {datum_en}). Check the place or the outline of the site.",
    ),
    "rules.evidence.before_work": Sentence(
        zh="存疑待核：照片记录的拍摄日期为 {taken_on}，早于开工日期 {began_on} {days} 天。"
        "请核实相机时钟，或确认是否为整治前照片。",
        en="To be checked: the photograph says it was taken on {taken_on_en}, {days} day{plural} before work began on"
        " {began_on_en}. Check the clock of the camera, or whether it is to show the state before the work.",
    ),
    "rules.evidence.after_handed_in": Sentence(
        zh="存疑待核：照片记录的拍摄日期为 {taken_on}，晚于提交日期 {handed_in_on} {days} 天。请核实相机时钟。",
        en="To be checked: the photograph says it was taken on {taken_on_en}, {days} day{plural} after it was handed in"
        " on {handed_in_on_en}. Check the clock of the camera.",
    ),
    "rules.evidence.jump_to_end": Sentence(
        zh="存疑待核：进度在最后一次填报（{on}）由 {percent}%（{before}）到 {last}%，增幅超过 {most} 个百分点。"
        "请核实现场完成情况。",
        en="To be checked: in the last report ({on_en}) progress rose from {percent} % ({before_en}) to {last} %, by"
        " more than {most} percentage points. Check on site what was done.",
    ),
    "rules.evidence.target_lowered": Sentence(
        zh="存疑待核：目标“{target}”于 {approved_on} 批准为 {approved}{unit}，{changed_on} 改为 {now}{unit}，"
        "未见批准变更。请补充批准文件，或恢复批准的目标。",
        en="To be checked: the target “{target}” was approved on {approved_on_en} as {approved} {unit} and changed on"
        " {changed_on_en} to {now} {unit}; no approval of the change is known. Add the approval or restore the target.",
    ),
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
    "rules.number.impossible": Sentence(
        zh="{year} 年第 {serial} 号不能编号：年份应为四位，序号从 1 起。请核对日期。",
        en="No. {serial} of {year} cannot be given: a year has four digits, serials begin at 1. Check the date.",
    ),
    "rules.number.region": Sentence(
        zh="“{place}”不是 6 位区划代码，不能编号。请填写县级以上区划代码。",
        en="“{place}” is no region code of six digits, so no number can be given. Use that of a county or above.",
    ),
    "rules.number.prefix": Sentence(
        zh="“{place}”不能作为机关代字。机关代字只用文字，不含数字、空格和括号，如“青石自然资”。",
        en="“{place}” is no document prefix. It has letters only, no digits, spaces or brackets.",
    ),
    "rules.number.document_form": Sentence(
        zh="“{number}”不是发文字号。请按文件原样填写，如“青石自然资〔2026〕12号”。",
        en="“{number}” is no document number. Write it as the paper bears it: house, year in brackets, serial.",
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
    # numbers, areas, money, rates
    "rules.number.inexact": Sentence(
        zh="“{number}”不是精确数值。请使用整数或十进制数。",
        en="“{number}” is not an exact number. Use a whole number or a decimal.",
    ),
    "rules.number.not_finite": Sentence(
        zh="“{number}”不是有限数值。请检查来源数据。",
        en="“{number}” is not a finite number. Check where it comes from.",
    ),
    "rules.area.negative": Sentence(
        zh="面积为 {area} 平方米，不能为负。请检查图形或填报数。",
        en="The area is {area} m² and cannot be negative. Check the shape or the reported figure.",
    ),
    "rules.money.not_a_number": Sentence(
        zh="金额“{amount}”不是数字。请只填数字，单位写在表头。",
        en="The amount “{amount}” is not a number. Enter digits only; the unit belongs in the header.",
    ),
    "rules.money.not_whole_fen": Sentence(
        zh="金额“{amount}”不足以精确到分。请核对小数位数和单位。",
        en="The amount “{amount}” is not a whole number of fen. Check its decimals and its unit.",
    ),
    "rules.rate.denominator_missing": Sentence(
        zh="比率（{basis}）没有分母，不能计算。请先确定任务总量。",
        en="The rate ({basis_en}) has no denominator. Settle the total first.",
    ),
    "rules.rate.denominator_negative": Sentence(
        zh="比率（{basis}）的分母为负，不能计算。请检查任务总量。",
        en="The denominator of the rate ({basis_en}) is negative. Check the total.",
    ),
    "rules.rate.unit_does_not_fit": Sentence(
        zh="比率的单位与口径（{basis}）不符。请核对单位。",
        en="The unit of the rate does not fit its basis ({basis_en}). Check the unit.",
    ),
    "rules.rate.count_not_whole": Sentence(
        zh="比率（{basis}）的分子和分母应为整数。请核对数据。",
        en="Numerator and denominator of the rate ({basis_en}) should be whole numbers. Check the data.",
    ),
    "rules.rate.nothing_observed": Sentence(
        zh="尚无观测或填报数据，比率未知。",
        en="Nothing has been observed or reported yet; the rate is unknown.",
    ),
    "rules.rate.nothing_to_do": Sentence(
        zh="任务总量为 0，没有比率可言。", en="The total is 0, so there is no rate."
    ),
    # working days
    "rules.calendar.unknown_year": Sentence(
        zh="{year} 年放假安排尚未录入，只按周一至周五计算，结果可能有出入。请录入国务院放假通知后复核。",
        en="The holidays of {year} have not been entered; only Monday to Friday were counted, so the"
        " result may differ. Enter the announcement and check again.",
    ),
    "rules.calendar.both": Sentence(
        zh="{day} 同时列为放假和调休上班。请按国务院放假通知改正。",
        en="{day} is listed both as a holiday and as a make-up day. Correct it by the announcement.",
    ),
    "rules.calendar.make_up_on_weekday": Sentence(
        zh="{day} 列为调休上班，但它本是周一至周五。请按国务院放假通知改正。",
        en="{day} is listed as a make-up day but is a weekday. Correct it by the announcement.",
    ),
    "rules.calendar.too_long": Sentence(
        zh="期限为 {days} 个工作日，超过可计算的 {longest} 个。请核对期限。",
        en="A term of {days} working days is more than can be counted ({longest}). Check the term.",
    ),
    "rules.calendar.out_of_range": Sentence(
        zh="从 {start} 起 {days} 个工作日超出可表示的日期。请核对起始日期。",
        en="{days} working days from {start} lie outside the calendar. Check the first day.",
    ),
    # seasons, timetables and their slip
    "rules.season.backward": Sentence(
        zh="时段的结束日 {to_on} 早于开始日 {from_on}。请核对日期。",
        en="The span ends on {to_on}, before it begins on {from_on}. Check the days.",
    ),
    "rules.season.no_such_day": Sentence(
        zh="“{day}”不是每年的某一天。请按“月-日”填写，如 03-01。",
        en="“{day}” is no day of the year. Write month and day, such as 03-01.",
    ),
    "rules.season.no_kind": Sentence(
        zh="时段“{season}”没有写明适用哪类工作。请写上种植、土方或其他。",
        en="The season “{season_en}” names no kind of work. Add planting, earthwork or other work.",
    ),
    "rules.season.not_entered": Sentence(
        zh="规则“{book}”中的“{season}”没有填写，排期时未考虑。请由有权人员按当地规定填写后重新排期。",
        en="“{season_en}” of the rulebook “{book_en}” has not been entered and was left out of account. An authorised"
        " person must enter it by the rules of the place; then make the timetable again.",
    ),
    "rules.schedule.days_out_of_range": Sentence(
        zh="“{work}”的工期为 {days} 天，应在 1 至 {longest} 天之间。请核对工期。",
        en="“{work}” takes {days} days instead of 1 to {longest}. Check how long it takes.",
    ),
    "rules.schedule.lag_out_of_range": Sentence(
        zh="“{work}”的间隔为 {lag} 天，应在 0 至 {longest} 天之间。请核对间隔。",
        en="“{work}” waits for {lag} days instead of 0 to {longest}. Check the wait.",
    ),
    "rules.schedule.fixed_backward": Sentence(
        zh="“{work}”定死的完成日早于开始日。请改正其中一个。",
        en="The fixed last day of “{work}” lies before its fixed first day. Correct one of them.",
    ),
    "rules.schedule.twice": Sentence(
        zh="编号“{id}”的工作出现了两次。请只保留一项，或另编号。",
        en="The work “{id}” stands there twice. Keep one, or give the other another id.",
    ),
    "rules.schedule.unknown_dependency": Sentence(
        zh="“{work}”要等“{id}”完成，但方案中没有这项工作。请补上该项，或删去这一前置关系。",
        en="“{work}” waits for “{id}”, which is not in the plan. Add that work, or drop the dependency.",
    ),
    "rules.schedule.cycle": Sentence(
        zh="工作互相等待，无法排期：{works}。请删去其中一个前置关系。",
        en="These works wait for one another and cannot be dated: {works}. Drop one of the dependencies.",
    ),
    "rules.schedule.too_early": Sentence(
        zh="“{work}”须在 {from_on} 开工才能按期完成，比最早可开工的 {not_before} 早 {early} 天。"
        "请压缩工期、让工作同时进行，或申请延期。",
        en="“{work}” would have to begin on {from_on}, {early} days before the first possible day {not_before}."
        " Shorten the works, do some at the same time, or apply for an extension.",
    ),
    "rules.schedule.soonest_end": Sentence(
        zh="按现有工期，最早可在 {day} 全部完成。请据此调整方案，或申请延期到这一天。",
        en="As planned, everything can be done by {day} at the earliest. Adjust the plan, or apply for an extension"
        " to that day.",
    ),
    "rules.schedule.fixed_not_possible": Sentence(
        zh="“{work}”定在 {from_on} 开始、{to_on} 完成，需 {days} 天，这样无法施工："
        "遇休息日、停工时段、不在种植季节，或天数不够。请改定日期。",
        en="“{work}” is fixed from {from_on} to {to_on} and takes {days} days, which is not possible: a day off,"
        " a stop, no planting season, or too few days. Fix other days.",
    ),
    "rules.schedule.fixed_too_late": Sentence(
        zh="“{work}”定在 {to_on} 完成，但最迟须在 {until} 完成，晚了 {late} 天。"
        "请把定死的日期提前，或调整后续工作和期限。",
        en="“{work}” is fixed to end on {to_on} but must end by {until}: {late} days too late. Fix an earlier day, or"
        " change what follows or the deadline.",
    ),
    "rules.schedule.never_possible": Sentence(
        zh="“{work}”需 {days} 天，但停工时段占满或几乎占满全年，排不进去。请核对停工时段和工作类别。",
        en="“{work}” takes {days} days, but stops take all or nearly all of the year."
        " Check the stops and the kind of work.",
    ),
    "rules.schedule.season_never_comes": Sentence(
        zh="“{work}”（{kind}）没有可施工的时段：各时段都被停工时段或休息日占去。请核对时段设置。",
        en="There is no season in which “{work}” ({kind_en}) can be done: stops or days off take them all."
        " Check the seasons.",
    ),
    "rules.schedule.longer_than_season": Sentence(
        zh="“{work}”需 {days} 天，最长的时段也只有 {longest} 天可施工。请分成几期，或增加力量缩短工期。",
        en="“{work}” takes {days} days, but the longest season has only {longest} to work on. Divide it into parts,"
        " or shorten it with more hands.",
    ),
    "rules.schedule.unknown_work": Sentence(
        zh="填报了“{id}”的进度，但方案中没有这项工作。请核对编号。",
        en="Progress was reported of “{id}”, which is not in the plan. Check the id.",
    ),
    "rules.schedule.reported_twice": Sentence(
        zh="“{id}”的进度填报了两次。请只保留最新的一次。",
        en="The progress of “{id}” was reported twice. Keep the newest.",
    ),
    "rules.schedule.reported_ahead": Sentence(
        zh="“{work}”的开工日 {begun_on} 或完成日 {finished_on} 晚于填报日 {day}。请填写实际发生的日期。",
        en="“{work}” is reported as begun on {begun_on} and finished on {finished_on}, after the day of the report"
        " {day}. Enter days that have come.",
    ),
    "rules.schedule.finished_before_begun": Sentence(
        zh="“{work}”的完成日 {finished_on} 早于开工日 {begun_on}。请改正其中一个。",
        en="“{work}” is reported as finished on {finished_on}, before it began on {begun_on}. Correct one of them.",
    ),
    "rules.schedule.percent_out_of_range": Sentence(
        zh="“{work}”的完成比例为 {percent}%，应在 0 至 100 之间。请核对。",
        en="“{work}” is reported as {percent} % done instead of 0 to 100. Check it.",
    ),
    "rules.schedule.no_season_known": Sentence(
        zh="没有录入当地的种植季节，种植按全年都可进行排期。请由有权人员录入后重新排期。",
        en="No planting season of this place has been entered; planting was dated as if it could be done all year."
        " An authorised person must enter the seasons; then make the timetable again.",
    ),
    "rules.schedule.before_end": Sentence(
        zh="最迟须在 {day} 前（含当日）完成。", en="It must be done by {day} at the latest."
    ),
    "rules.schedule.before_work": Sentence(
        zh="须在“{other}”（{day} 开始）之前完成。", en="It must be done before “{other}” begins on {day}."
    ),
    "rules.schedule.from_day": Sentence(
        zh="最早可从 {day} 开始。", en="It can begin on {day} at the earliest."
    ),
    "rules.schedule.as_planned": Sentence(zh="按计划自 {day} 开始。", en="It begins on {day}, as planned."),
    "rules.schedule.after_work": Sentence(
        zh="须等“{other}”（{day} 完成）之后开始。", en="It begins after “{other}”, which ends on {day}."
    ),
    "rules.schedule.fixed": Sentence(zh="日期是定死的。", en="Its day is fixed."),
    "rules.schedule.fixed_missed": Sentence(
        zh="定死的日期已错过或无法施工，按最早可行的日期排。请重新商定日期。",
        en="Its fixed day has been missed or is not possible; the earliest day that is was taken. Agree on a new one.",
    ),
    "rules.schedule.finished": Sentence(zh="已完成。", en="It is finished."),
    "rules.schedule.goes_on": Sentence(
        zh="已开工，自 {day} 起还需 {left} 天。", en="It has begun; from {day} on it takes {left} more days."
    ),
    "rules.schedule.begin_not_reported": Sentence(
        zh="没有填报开工日，开始日期不准。请补报。",
        en="The day on which it began was not reported, so its beginning is a guess. Report it.",
    ),
    "rules.schedule.percent_not_reported": Sentence(
        zh="没有填报完成比例，按计划进度推算。请补报。",
        en="How much is done was not reported; it was taken to go on as planned. Report it.",
    ),
    "rules.schedule.in_season": Sentence(
        zh="在{season}时段（{from_on} 至 {to_on}）内。",
        en="It lies in the season of {season_en} ({from_on} to {to_on}).",
    ),
    "rules.schedule.waits_for_season": Sentence(
        zh="须等到下一个{season}时段（{from_on} 至 {to_on}），等 {days} 天。",
        en="It waits {days} days for the next season of {season_en} ({from_on} to {to_on}).",
    ),
    "rules.schedule.paused": Sentence(
        zh="其间因{season}停 {days} 天。", en="Meanwhile it pauses for {days} days: {season_en}."
    ),
    "rules.slip.not_known": Sentence(
        zh="原计划或预测中没有这项工作，无法比较。请核对方案版本。",
        en="It stands only in the baseline or only in the forecast and cannot be compared. Check the plan's version.",
    ),
    "rules.slip.in_time": Sentence(zh="按计划。", en="On plan."),
    "rules.slip.ahead": Sentence(zh="比计划提前 {days} 天。", en="{days} days ahead of the plan."),
    "rules.slip.by_itself": Sentence(
        zh="比计划推迟 {days} 天，由本项引起。请查明原因，督促赶工。",
        en="{days} days behind the plan, of its own. Find out why, and press for speed.",
    ),
    "rules.slip.by_another": Sentence(
        zh="比计划推迟 {days} 天，由“{cause}”引起。请先解决“{cause}”。",
        en="{days} days behind the plan, because of “{cause}”. Settle “{cause}” first.",
    ),
    "rules.slip.end_late": Sentence(
        zh="预计 {to_on} 全部完成，超过期限 {days} 天。请赶工，或在到期前申请延期。",
        en="Everything will be done by {to_on}, {days} days after the deadline. Speed up, or apply for an extension"
        " before the deadline.",
    ),
    "rules.slip.end_in_time": Sentence(
        zh="预计 {to_on} 全部完成，距期限还有 {days} 天。",
        en="Everything will be done by {to_on}, {days} days before the deadline.",
    ),
    # rulebooks
    "rules.rulebook.none_in_force": Sentence(
        zh="{day} 没有生效的规则“{book}”。请核对办理日期，或补录当时的规则。",
        en="No rulebook “{book}” is in force on {day}. Check the day, or add the rules of that time.",
    ),
    "rules.rulebook.no_such_version": Sentence(
        zh="没有规则“{book}”的版本“{version}”。请核对版本号。",
        en="The rulebook “{book}” has no version “{version}”. Check the version.",
    ),
    "rules.rulebook.no_such_value": Sentence(
        zh="规则“{book}”没有“{name}”这一项。请核对名称。",
        en="The rulebook “{book}” has no value “{name}”. Check the name.",
    ),
    "rules.rulebook.must_be_entered": Sentence(
        zh="规则“{book}”中的“{value}”待填写：{source}。请由有权人员按现行文件填写后再办理。",
        en="The value “{value_en}” of the rulebook “{book_en}” has not been entered. An authorised person"
        " must enter it from the document in force.",
    ),
    "rules.rulebook.unverified": Sentence(
        zh="规则“{book}”中的“{value}”待核：来源尚未核对原文。",
        en="The value “{value_en}” of the rulebook “{book_en}” is unverified: its source has not been read.",
    ),
    "rules.rulebook.other_type": Sentence(
        zh="规则“{book}”中的“{name}”不是所需类型的数值。请核对规则文件。",
        en="The value “{name}” of the rulebook “{book}” is not of the type that is needed. Check the file.",
    ),
    "rules.rulebook.region_does_not_fit": Sentence(
        zh="规则“{book}”{version} 版的适用地区与层级不符。请核对规则文件。",
        en="The region of the rulebook “{book}” {version} does not fit its layer. Check the file.",
    ),
    "rules.rulebook.dates": Sentence(
        zh="规则“{book}”{version} 版的失效日期早于生效日期。请核对规则文件。",
        en="The rulebook “{book}” {version} ends before it begins. Check the file.",
    ),
    "rules.rulebook.verified_too_early": Sentence(
        zh="规则“{book}”{version} 版列为已核实，但其中有待核的数值。请改为待核，或先逐项核实。",
        en="The rulebook “{book}” {version} is marked verified although some of its values are not."
        " Mark it unverified or verify them.",
    ),
    "rules.rulebook.empty_but_verified": Sentence(
        zh="规则“{book}”{version} 版中有未填写却列为已核实的数值。请改为待核。",
        en="The rulebook “{book}” {version} marks an empty value as verified. Mark it unverified.",
    ),
    "rules.rulebook.two_in_force": Sentence(
        zh="规则“{book}”的 {version} 版与 {other} 版同时生效。请为旧版写明失效日期，或注明由新版更正。",
        en="The versions {version} and {other} of the rulebook “{book}” are in force together."
        " End the old one, or say that the new one corrects it.",
    ),
    "rules.rulebook.edited": Sentence(
        zh="规则文件“{file}”发布后被改动，不予使用。请恢复原文件，另发新版本。",
        en="The rulebook file “{file}” was changed after its release and is not used."
        " Restore it and release a new version.",
    ),
    "rules.rulebook.not_released": Sentence(
        zh="规则文件“{file}”尚未发布，不予使用。请先登记其摘要。",
        en="The rulebook file “{file}” has not been released and is not used. Record its digest first.",
    ),
    "rules.rulebook.own_nation": Sentence(
        zh="本机规则库“{book}”（{version}）写成了国家层级。本机只能放本省、本市的规则，请改为省级或市级并写明区划。",
        en="The local rulebook {book} ({version}) says that it is the nation's. Only rules of your province or city may"
        " stand here: say which, with the region.",
    ),
    "rules.rulebook.own_lacks": Sentence(
        zh="本机规则库“{book}”缺少“{value}”（{name}）。地方规则整本替代国家规则，请补上这一项；没有规定的留空并标待核。",
        en="The local rulebook {book} lacks “{value_en}” ({name}). It takes the place of the national one as a whole:"
        " add it, without a value and unverified where nobody has set one.",
    ),
    "rules.rulebook.gone": Sentence(
        zh="已发布的规则文件“{file}”不见了。请从安装包恢复。",
        en="The released rulebook file “{file}” is gone. Restore it from the package.",
    ),
    "rules.rulebook.unreadable": Sentence(
        zh="规则文件“{file}”无法读取：{fault}。请核对文件格式。",
        en="The rulebook file “{file}” cannot be read: {fault}. Check its form.",
    ),
    "rules.rulebook.wrong_place": Sentence(
        zh="规则文件“{file}”的位置与内容不符，应为“层级/编号/版本.toml”。请移动文件或改正内容。",
        en="The rulebook file “{file}” is not where its content says: layer/id/version.toml."
        " Move it or correct it.",
    ),
    "rules.scale.by_output": Sentence(
        zh="{mineral}年产 {output}（{unit}），大型 ≥ {large}、中型 ≥ {medium}，属{scale}（{number}）。",
        en="{mineral_en}: {output} ({unit_en}); large from {large}, medium from {medium}:"
        " {scale_en} ({number}).",
    ),
    # likeness of mines
    "rules.likeness.identical": Sentence(
        zh="各项内容完全相同。", en="Everything said of the two is the same."
    ),
    "rules.likeness.same_licence": Sentence(
        zh="采矿许可证号相同（{licence_no}）。", en="The licence number is the same ({licence_no})."
    ),
    "rules.likeness.licence_slip": Sentence(
        zh="采矿许可证号只差一处（{licence_no_1}、{licence_no_2}），可能是抄写差错。",
        en="The licence numbers differ in one place ({licence_no_1}, {licence_no_2}), perhaps a slip.",
    ),
    "rules.likeness.other_licence": Sentence(
        zh="采矿许可证号不同（{licence_no_1}、{licence_no_2}）。",
        en="The licence numbers differ ({licence_no_1}, {licence_no_2}).",
    ),
    "rules.likeness.same_uscc": Sentence(
        zh="企业的统一社会信用代码相同（{uscc}）。", en="The enterprise's uscc is the same ({uscc})."
    ),
    "rules.likeness.uscc_slip": Sentence(
        zh="统一社会信用代码只差一处（{uscc_1}、{uscc_2}），可能是抄写差错。",
        en="The usccs differ in one place ({uscc_1}, {uscc_2}), perhaps a slip.",
    ),
    "rules.likeness.other_uscc": Sentence(
        zh="企业不同（{uscc_1}、{uscc_2}）。", en="The enterprises are different ({uscc_1}, {uscc_2})."
    ),
    "rules.likeness.same_enterprise": Sentence(
        zh="企业名称相同（{enterprise}）。", en="The enterprise's name is the same ({enterprise})."
    ),
    "rules.likeness.former_enterprise": Sentence(
        zh="一方的企业曾用另一方的企业名称（{enterprise_1}、{enterprise_2}）。",
        en="One enterprise bore the name of the other before ({enterprise_1}, {enterprise_2}).",
    ),
    "rules.likeness.other_enterprise": Sentence(
        zh="企业名称不同（{enterprise_1}、{enterprise_2}）。",
        en="The enterprises' names differ ({enterprise_1}, {enterprise_2}).",
    ),
    "rules.likeness.same_name": Sentence(zh="名称相同（{name}）。", en="The name is the same ({name})."),
    "rules.likeness.same_bare_name": Sentence(
        zh="名称去掉区划、企业和公司后缀后相同（{name_1}、{name_2}）。",
        en="The names are the same without region, enterprise and legal form ({name_1}, {name_2}).",
    ),
    "rules.likeness.former_name": Sentence(
        zh="一方的曾用名与另一方的名称相同（{name_1}、{name_2}）。",
        en="A former name of one is a name of the other ({name_1}, {name_2}).",
    ),
    "rules.likeness.name_slip": Sentence(
        zh="名称相近（{name_1}、{name_2}）。", en="The names are close ({name_1}, {name_2})."
    ),
    "rules.likeness.other_name": Sentence(
        zh="名称不同（{name_1}、{name_2}）。", en="The names differ ({name_1}, {name_2})."
    ),
    "rules.likeness.other_part": Sentence(
        zh="编号或方位不同（{part_1}、{part_2}），应为不同的井、区。",
        en="Numbers or directions differ ({part_1}, {part_2}): different pits.",
    ),
    "rules.likeness.part_of_one_only": Sentence(
        zh="只有一方的名称带有编号或方位（{part}）。",
        en="Only one name has a number or a direction ({part}).",
    ),
    "rules.likeness.same_ground": Sentence(
        zh="位置相距 {distance_m} 米，面积相当，应为同一处地面。",
        en="{distance_m} m apart and equally large: the same ground.",
    ),
    "rules.likeness.near": Sentence(zh="位置相距 {distance_m} 米。", en="{distance_m} m apart."),
    "rules.likeness.not_near": Sentence(zh="位置相距 {distance_km} 公里。", en="{distance_km} km apart."),
    "rules.likeness.far": Sentence(
        zh="位置相距 {distance_km} 公里，相距较远。", en="{distance_km} km apart, which is far."
    ),
    "rules.likeness.same_county": Sentence(zh="在同一县区。", en="In the same county."),
    "rules.likeness.other_county": Sentence(zh="不在同一县区。", en="In different counties."),
    "rules.likeness.same_area": Sentence(
        zh="面积相当（{area_m2_1}、{area_m2_2} 平方米）。",
        en="Equally large ({area_m2_1}, {area_m2_2} m²).",
    ),
    "rules.likeness.other_area": Sentence(
        zh="面积相差较大（{area_m2_1}、{area_m2_2} 平方米）。",
        en="Very different areas ({area_m2_1}, {area_m2_2} m²).",
    ),
    "rules.likeness.same_mineral": Sentence(
        zh="矿种相同（{mineral}）。", en="The mineral is the same ({mineral})."
    ),
    "rules.likeness.other_mineral": Sentence(
        zh="矿种不同（{mineral_1}、{mineral_2}）。", en="The minerals differ ({mineral_1}, {mineral_2})."
    ),
    # plans, and who answers for a mine
    "rules.plan.not_a_number": Sentence(
        zh="方案指标“{figure}”：读到“{value}”，不是数字。请只写数字，单位已在名称中。",
        en="Plan figure “{figure_en}”: “{value}” is not a number. Write the number only; the unit stands in the name.",
    ),
    "rules.plan.out_of_range": Sentence(
        zh="方案指标“{figure}”：{value} 不可能。请核对后改正。",
        en="Plan figure “{figure_en}”: {value} is not possible. Check it and correct it.",
    ),
    "rules.responsible.wrong_kind": Sentence(
        zh="认定情形为“{circumstance}”时，责任主体应为{wanted}，“{name}”不是。请改选责任主体或认定情形"
        "（《矿产资源法》第四十五条）。",
        en="Where the circumstance is “{circumstance_en}”, a {wanted_en} must answer; “{name}” is none. Choose another"
        " party or circumstance (Mineral Resources Law, art. 45).",
    ),
}
declare(SENTENCES)
