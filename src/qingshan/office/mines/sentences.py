"""Which sentences do the acts of the register answer with?"""

from qingshan.office.errors import OfficeError
from qingshan.rules.reasons import Sentence, declare


class RegisterRefused(OfficeError):
    """An act of the register that cannot be done as it was asked for."""


_WHERE_ZH = "第 {row} 行“{column}”："
_WHERE_EN = "Row {row}, “{column}”: "

SENTENCES = {
    "mines.no_such_mine": Sentence(
        zh=_WHERE_ZH + "没有编号为“{value}”的矿山，或您无权查看。请先导入矿山，或改正编号。",
        en=_WHERE_EN + "there is no mine “{value}”, or you may not see it. Import the mine first,"
        " or correct the number.",
    ),
    "mines.no_such_site": Sentence(
        zh=_WHERE_ZH + "没有编号为“{value}”的点位，或您无权查看。请先导入点位，或改正编号。",
        en=_WHERE_EN + "there is no site “{value}”, or you may not see it. Import the site first,"
        " or correct the number.",
    ),
    "mines.no_such_enterprise": Sentence(
        zh=_WHERE_ZH + "没有统一社会信用代码为“{value}”的矿山企业。请先由系统管理员登记该企业，或改正代码。",
        en=_WHERE_EN + "there is no enterprise “{value}”. Have the system administrator register it first,"
        " or correct the code.",
    ),
    "mines.no_such_region": Sentence(
        zh=_WHERE_ZH + "没有代码为“{value}”的行政区划。请按最新区划代码填写 6 位县级代码。",
        en=_WHERE_EN + "there is no region “{value}”. Give the 6-digit code of the county.",
    ),
    "mines.out_of_area": Sentence(
        zh=_WHERE_ZH + "“{value}”不在您岗位的管辖范围内，不能登记。请交由当地登记，或改正代码。",
        en=_WHERE_EN + "“{value}” lies outside the area of your post. Leave it to the region concerned,"
        " or correct the code.",
    ),
    "mines.region_needed": Sentence(
        zh=_WHERE_ZH
        + "没有填写，图形也不在任何已知县区内。请填写 6 位县级代码；确属境外的，请勾选“允许境外”。",
        en=_WHERE_EN + "it is empty, and the shape lies in no known county. Give the 6-digit code;"
        " where the place is truly abroad, tick “allow abroad”.",
    ),
    "mines.licence_of_several": Sentence(
        zh=_WHERE_ZH + "几个矿山都登记了采矿许可证号“{value}”（{mines}）。请填写矿山编号。",
        en=_WHERE_EN
        + "several mines are registered with licence “{value}” ({mines}). Give the mine's number.",
    ),
    "mines.number_taken": Sentence(
        zh=_WHERE_ZH + "编号“{value}”已被其他地区使用。请改用其他编号，或请上级登记人员处理。",
        en=_WHERE_EN + "the number “{value}” is in use elsewhere. Use another one,"
        " or ask the registry of the level above.",
    ),
    "mines.merged": Sentence(
        zh=_WHERE_ZH + "编号“{value}”已并入“{name}”。请改用编号“{into}”。",
        en=_WHERE_EN + "the number “{value}” was merged into “{name}”. Use the number “{into}”.",
    ),
    "mines.number_merged": Sentence(
        zh=_WHERE_ZH + "编号“{value}”已并入“{into}”，按“{into}”登记。",
        en=_WHERE_EN + "the number “{value}” was merged into “{into}”, which is used.",
    ),
    "mines.dates_reversed": Sentence(
        zh=_WHERE_ZH + "“{value}”早于起始日期。请改正其中一个日期。",
        en=_WHERE_EN + "“{value}” is before the first date. Correct one of the two.",
    ),
    "mines.exists_already": Sentence(
        zh="编号“{number}”已经登记。请打开该对象办理更正，或改用其他编号。",
        en="The number “{number}” is registered already. Open that entry and correct it, or use another number.",
    ),
    "mines.number_stays": Sentence(
        zh="更正不能改变编号“{number}”。编号有误的，请新登记一个对象，再办理合并。",
        en="A correction cannot change the number “{number}”. Where it is wrong, register anew, then merge.",
    ),
    "mines.nothing_differs": Sentence(
        zh="“{name}”的内容没有变化，不需要更正。",
        en="Nothing differs in “{name}”; there is nothing to correct.",
    ),
    "mines.title_missing": Sentence(
        zh="没有填写标题。请按文件原标题填写。", en="There is no title. Write the title that the paper bears."
    ),
    "mines.no_such_plan": Sentence(
        zh=_WHERE_ZH
        + "矿山“{mine}”没有批准文号为“{value}”的现行方案，或您无权查看。请先登记方案，或改正文号。",
        en=_WHERE_EN
        + "mine “{mine}” has no current plan “{value}”, or you may not see it. Register the plan first,"
        " or correct the number.",
    ),
    "mines.extent_not_degrees": Sentence(
        zh="方案范围请按 CGCS2000 经纬度填写，如 122.10,33.10。其他坐标系的，请用矢量文件或表格“导入方案范围”。",
        en="Give the extent in CGCS2000 degrees, e.g. 122.10,33.10. For other reference systems import it from a"
        " vector file or a table as “Extents of plans”.",
    ),
    "mines.document_number_missing": Sentence(
        zh="没有填写文号。请按文件原文号填写；没有文号的，请写明“无文号”和制发日期。",
        en="There is no document number. Write the one that the paper bears; where it has none, say so with its date.",
    ),
    "mines.system_missing": Sentence(
        zh="没有填写系统名称。请填写对方系统的全称。",
        en="No system is named. Write the full name of the other system.",
    ),
    "mines.number_missing": Sentence(
        zh="没有填写系统内编号。请按对方系统中的编号填写。",
        en="There is no number. Write the one of the other system.",
    ),
    "mines.reference_taken": Sentence(
        zh="“{system}”中的编号 {number} 已登记给另一个对象。请核对编号。",
        en="In “{system}” the number {number} belongs to another object already. Check the number.",
    ),
    "mines.day_in_the_future": Sentence(
        zh="日期 {day} 还没有到。请按文件上的日期填写。",
        en="{day} is still to come. Write the date on the paper.",
    ),
    "mines.days_reversed": Sentence(
        zh="终止日期 {last} 早于起始日期 {first}。请改正其中一个日期。",
        en="The last day {last} is before the first {first}. Correct one of the two.",
    ),
    "mines.document_of_another": Sentence(
        zh="文件“{title}”不属于这里的档案。请先归入文件，再引用。",
        en="“{title}” belongs to another dossier. File it here first, then refer to it.",
    ),
    "mines.plan_of_another": Sentence(
        zh="方案“{title}”与新方案不是同一对象的同类方案，不能替代。请改选被替代的方案。",
        en="“{title}” is a plan of another kind or place and cannot be replaced by this one. Choose another plan.",
    ),
    "mines.plan_replaced_already": Sentence(
        zh="方案“{title}”已被另一方案替代。请改选最新的方案。",
        en="“{title}” has been replaced already. Choose the newest plan.",
    ),
    "mines.dossier_closed": Sentence(
        zh="“{name}”已并入另一座矿山，其档案不再增加内容。请在并入的矿山办理。",
        en="“{name}” was merged into another mine and its dossier is closed. Go to the mine that was kept.",
    ),
    # the same mine from two files
    "mines.same_as_registered": Sentence(
        zh=_WHERE_ZH
        + "与已登记的“{name}”（{like}）应为同一矿山：{why}请选择“按已有矿山更新”或“确实是另一座矿山”。",
        en=_WHERE_EN
        + "this is the registered mine “{name}” ({like}): {why_en} Choose “update the registered mine”"
        " or “truly another mine”.",
    ),
    "mines.like_registered": Sentence(
        zh=_WHERE_ZH + "与已登记的“{name}”（{like}）疑似同一矿山，存疑待核：{why}",
        en=_WHERE_EN + "this may be the registered mine “{name}” ({like}), to be checked: {why_en}",
    ),
    "mines.taken_as": Sentence(
        zh=_WHERE_ZH + "“{own}”按已有矿山“{like}”更新。",
        en=_WHERE_EN + "“{own}” updates the registered mine “{like}”.",
    ),
    "mines.taken_as_another": Sentence(
        zh=_WHERE_ZH + "已确认与“{name}”（{like}）不是同一矿山，按新矿山登记。",
        en=_WHERE_EN + "confirmed to be another mine than “{name}” ({like}); it is registered anew.",
    ),
    "mines.like_another_row": Sentence(
        zh=_WHERE_ZH + "与第 {other} 行“{name}”疑似同一矿山，存疑待核：{why}",
        en=_WHERE_EN + "this may be the same mine as row {other}, “{name}”, to be checked: {why_en}",
    ),
    "mines.decision_needs_reason": Sentence(
        zh="没有填写认定说明。请写明认定的依据。", en="There is no reason. Say on what the decision rests."
    ),
    "mines.not_of_the_pair": Sentence(
        zh="要保留的矿山不在这一对之中。请在两座矿山中选择一座。",
        en="The mine to be kept is not one of the pair. Choose one of the two.",
    ),
    "mines.merged_already": Sentence(
        zh="“{name}”已并入另一座矿山，不能再合并。请在并入的矿山办理。",
        en="“{name}” was merged into another mine already. Go to the mine that was kept.",
    ),
    "mines.not_merged": Sentence(
        zh="这一对没有合并，无可撤销。请刷新后再看。",
        en="This pair is not merged; there is nothing to undo. Reload.",
    ),
    "mines.something_since": Sentence(
        zh="合并以后“{name}”或其名下内容又有变化，不能撤销。请在“{name}”上直接更正。",
        en="“{name}” or what hangs on it has changed since the merger, which cannot be undone any more."
        " Correct “{name}” instead.",
    ),
}
declare(SENTENCES)
