"""In which ledgers do batches and single sites stand, and how do their stock and flow of this year add up?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.office.matters import queries
from qingshan.office.matters.ledgers import Ledger
from qingshan.office.restoration.showing import language
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows import batch, single_site
from qingshan.rules.stock import Move, StockFlow

_LEAVES = gettext_lazy("导出时使用选择的列和顺序；没有选择时导出全部列。")
BATCHES = Ledger(
    path="/batches/",
    title=gettext_lazy("修复批次"),
    kinds=(batch.FLOW.kind,),
    counted=gettext_lazy("%(n)s 批"),
    empty=gettext_lazy("没有在办的批次。"),
    leaves=_LEAVES,
)
SINGLES = Ledger(
    path="/singles/",
    title=gettext_lazy("单项修复"),
    kinds=(single_site.FLOW.kind,),
    counted=gettext_lazy("%(n)s 项"),
    empty=gettext_lazy("没有在办的单项。"),
    leaves=_LEAVES,
)
LEDGER_OF = {kind: each for each in (BATCHES, SINGLES) for kind in each.kinds}
USUAL_MOVES = (Move.OPENED, Move.REOPENED, Move.CLOSED, Move.WITHDRAWN)


@dataclass(frozen=True)
class Flow:
    """存量与流量 of this year: what was there, came, and left comes to what is there."""

    stock: StockFlow

    @property
    def parts(self) -> list[tuple[str, int]]:
        """With their signs, in the order in which they are added up; usual moves also where there were none."""
        moves = [
            (move.say(language()), move.sign * count)
            for move, count in self.stock.terms
            if count or move in USUAL_MOVES
        ]
        return [(_("年初在办"), self.stock.opening), *moves]

    @property
    def closing(self) -> int:
        return self.stock.closing


def flow_of(ledger: Ledger, *, actor: ActorLike, on: date, region_id: int | None) -> Flow | None:
    """Of whoever sees whole regions; None for others."""
    if not actor.region_ranges:
        return None
    [kind] = ledger.kinds
    begins = date(on.year, 1, 1)
    return Flow(queries.stock_flow(kind, actor=actor, from_on=begins, to_on=on, region_id=region_id))
