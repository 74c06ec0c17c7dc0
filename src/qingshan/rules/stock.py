"""How do matters enter and leave the stock (遏制增量、消化存量), and does the sum come out?

opening + opened + in by transfer or split + reopened - closed - dismissed - merged - withdrawn - out by
transfer or split = closing: for any region, kind and period, to the item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingshan.rules.words import Named


class Move(Named):
    """存量变动."""

    OPENED = "opened", "新增", "opened"
    SPLIT_IN = "split_in", "拆分转入", "in by split"
    TRANSFERRED_IN = "transferred_in", "移交转入", "transferred in"
    REOPENED = "reopened", "重新挂账", "reopened"
    CLOSED = "closed", "销号", "closed"
    DISMISSED = "dismissed", "不予立项", "dismissed"
    MERGED = "merged", "合并", "merged"
    WITHDRAWN = "withdrawn", "撤销", "withdrawn"
    SPLIT_OUT = "split_out", "拆分转出", "out by split"
    TRANSFERRED_OUT = "transferred_out", "移交转出", "transferred out"

    @property
    def sign(self) -> int:
        """1 for what adds to the stock, -1 for what takes from it."""
        return 1 if self in _IN else -1


_IN = frozenset({Move.OPENED, Move.SPLIT_IN, Move.TRANSFERRED_IN, Move.REOPENED})


@dataclass(frozen=True)
class StockFlow:
    """存量与流量 of one region, kind and period: how many matters."""

    opening: int
    counts: Mapping[Move, int]

    @property
    def closing(self) -> int:
        """期末存量, by the identity."""
        return self.opening + sum(move.sign * self.counts.get(move, 0) for move in Move)

    @property
    def terms(self) -> tuple[tuple[Move, int], ...]:
        """Every term of the sum in its order, the zeros too: what is not listed cannot be checked."""
        return tuple((move, self.counts.get(move, 0)) for move in Move)
