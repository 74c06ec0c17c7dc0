"""Who holds the duty when a mine stops, closes or goes bankrupt (防止以关代治、以停代治)?

Mineral Resources Law 2024: art. 45 the duty to restore outlives the right; only where the holder is extinct does the
government answer; art. 71 performance may be ordered at the holder's cost (代履行).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.rules.reasons import Reason
from qingshan.rules.register import Circumstance


@dataclass(frozen=True)
class Determination:
    """责任主体认定: which decision on the holder is the newest."""

    circumstance: Circumstance
    number: str
    decided_on: date


def passes_to_government(determination: Determination | None) -> tuple[Reason, ...]:
    """Why the duty does not pass to the government; empty when it does. The case stays open either way."""
    if determination is None:
        return (Reason("rules.holding.undetermined"),)
    if determination.circumstance != Circumstance.HOLDER_EXTINCT:
        return (
            Reason(
                "rules.holding.has_holder",
                {
                    "number": determination.number,
                    "circumstance": determination.circumstance.zh,
                    "circumstance_en": determination.circumstance.en,
                },
            ),
        )
    return ()


def may_order_performance(determination: Determination | None) -> tuple[Reason, ...]:
    """Why performance cannot be ordered at a holder's cost: there is no holder any more."""
    if determination is not None and determination.circumstance == Circumstance.HOLDER_EXTINCT:
        return (Reason("rules.holding.nobody_to_charge", {"number": determination.number}),)
    return ()


def same_measure_for_many(mines: int, reasons: int) -> tuple[Reason, ...]:
    """一刀切: an order to stop that is drafted for several mines at once asks for a reason mine by mine."""
    if mines > 1 and reasons < mines:
        return (Reason("rules.holding.one_for_all", {"mines": mines, "missing": mines - reasons}),)
    return ()
