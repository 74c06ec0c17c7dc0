"""What are the values called that acts on claims, images and runs record?"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.rules.reasons import Sentence
from qingshan.rules.verification import TargetUse, Zone
from qingshan.rules.words import names_of

RECORDED: dict[str, Promise] = {
    "about": _("地块"),
    "area_m2": _("图形面积（平方米）"),
    "claim": _("核验编号"),
    "claims": _("申报项数"),
    "merged": _("并入图斑数"),
    "new": _("新增图斑数"),
    "unseen": _("本期未见图斑数"),
    "note": _("核实情况"),
    "since": _("此日以后新增"),
    "disturbed_since": _("损毁起始"),
    "file_sm3": _("文件摘要"),
    "files": _("佐证"),
    "kinds": _("线索类型"),
    "outgrown": _("核定后继续扩大"),
    "retired_on": _("停用日期"),
    "source": _("影像来源"),
    "visited_on": _("到场日期"),
    "name": _("影像目录名称"),
    "number": _("任务编号"),
    "planned": _("方案范围内不列入处数"),
    "openness": _("公开程度"),
    "outcome": _("核定意见"),
    "path": _("路径"),
    "planted_on": _("种植日期"),
    "restored_since": _("修复完成"),
    "scenes": _("影像数"),
    "target": _("治理去向"),
    "word": _("结果"),
    "zone": _("气候区"),
}
VALUES: dict[str, Mapping[str, Sentence]] = {"target": names_of(TargetUse), "zone": names_of(Zone)}
