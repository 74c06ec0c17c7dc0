"""Which sentences do the acts of the register answer with?"""

from qingshan.rules.reasons import Sentence, declare

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
    "mines.number_taken": Sentence(
        zh=_WHERE_ZH + "编号“{value}”已被其他地区使用。请改用其他编号，或请上级登记人员处理。",
        en=_WHERE_EN + "the number “{value}” is in use elsewhere. Use another one,"
        " or ask the registry of the level above.",
    ),
    "mines.dates_reversed": Sentence(
        zh=_WHERE_ZH + "“{value}”早于起始日期。请改正其中一个日期。",
        en=_WHERE_EN + "“{value}” is before the first date. Correct one of the two.",
    ),
}
declare(SENTENCES)
