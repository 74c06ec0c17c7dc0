"""In which ledger do projects stand?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from qingshan.office.matters.ledgers import Ledger
from qingshan.office.restoration.kinds import KIND

PROJECTS = Ledger(
    path="/restoration/",
    title=gettext_lazy("修复项目"),
    kinds=(KIND,),
    counted=gettext_lazy("%(n)s 个"),
    empty=gettext_lazy("还没有登记修复项目。"),
    leaves=gettext_lazy("导出时使用选择的列和顺序；没有选择时导出全部列。"),
)
