"""Which ledgers do problems and petitions stand in?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from qingshan.office.matters.ledgers import Ledger

CASES = Ledger(
    path="/cases/",
    title=gettext_lazy("整改台账"),
    kinds=("rectification", "lasting"),
    counted=gettext_lazy("%(n)s 件"),
    empty=gettext_lazy("还没有登记整改问题。"),
    leaves=gettext_lazy("导出时使用选择的列和顺序；没有选择时导出全部列。"),
)
PETITIONS = Ledger(
    path="/petitions/",
    title=gettext_lazy("信访转办"),
    kinds=("petition",),
    counted=gettext_lazy("%(n)s 件"),
    empty=gettext_lazy("还没有登记信访转办件。"),
    leaves=gettext_lazy("导出时使用选择的列和顺序；没有选择时按公开情况一览表的列导出。"),
)
