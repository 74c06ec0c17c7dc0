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
    "rules.evidence.no_place": Sentence(
        zh="无定位：照片没有记录拍摄地点。", en="No place: the photograph does not say where it was taken."
    ),
    "rules.evidence.no_time": Sentence(
        zh="无拍摄时间：照片没有记录拍摄时间。", en="No time: the photograph does not say when it was taken."
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
