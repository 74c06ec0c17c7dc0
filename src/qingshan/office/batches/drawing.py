"""What does a sample rest on, what chance had everybody, and how can anybody compute it again?

The rows hold the closed list, the seals and the numbers; which sites were drawn is computed from them at each look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from qingshan.office.batches.facts import closed_list, numbers_of, rows_of, shares_of
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.rules.sampling import ClosedList, Drawn, Round, draw_round, record_of, seed_from


def rounds_drawn(rows: Sequence[BatchSite]) -> list[Round]:
    """Which rounds have been drawn, in their order."""
    drawn = {row.drawn_named for row in rows}
    return [which for which in Round if which in drawn]


def computed(batch: Batch, rounds: Sequence[Round]) -> list[Drawn]:
    """These rounds, computed anew from list and numbers. Raises RuleError while a number is not open."""
    closed = closed_list(batch)
    if closed is None or not rounds:
        return []
    seed = seed_from(shares_of(numbers_of(batch)), closed)
    found: list[Drawn] = []
    for which in rounds:
        before = [one for each in found for one in each.ids]
        found.append(draw_round(closed, seed=seed, which=which, before=before))
    return found


def draw(batch: Batch, closed: ClosedList, rows: Sequence[BatchSite], which: Round) -> Drawn:
    """One round among those who were not drawn before."""
    seed = seed_from(shares_of(numbers_of(batch)), closed)
    before = [row.site.key for row in rows if row.drawn_in]
    return draw_round(closed, seed=seed, which=which, before=before)


def record(batch: Batch, *, named: bool = True) -> dict[str, Any]:
    """Everything that the draw rests on, for `recompute_sample.py`; `named`: with the names of the sites."""
    closed = closed_list(batch)
    if closed is None:
        return {}
    rows = rows_of(batch)
    names = {each["id"]: each["name"] for each in batch.listing or []} if named else {}
    kept = [Drawn(which, _keys(rows, which)) for which in rounds_drawn(rows)]
    return record_of(closed, shares_of(numbers_of(batch)), kept, names=names)


def _keys(rows: Sequence[BatchSite], which: Round) -> tuple[str, ...]:
    return tuple(sorted(row.site.key for row in rows if row.drawn_named is which))


def faults_of(batch: Batch) -> Iterator[str]:
    """What differs between a batch's rows and what is computed from them."""
    closed, rows = closed_list(batch), rows_of(batch)
    if closed is None:
        return
    if closed.digest != batch.list_digest:
        yield f"批次 {batch.matter.number}：名单与封存时的摘要不符"
    for each in computed(batch, rounds_drawn(rows)):
        if _keys(rows, each.round) != each.ids:
            yield f"批次 {batch.matter.number}：{each.round.zh}的点位与复算结果不符"


def chances(batch: Batch) -> dict[str, Fraction]:
    """What chance every listed site had to be in the first sample. It does not depend on the numbers."""
    closed = closed_list(batch)
    return {} if closed is None else dict(draw_round(closed, seed="", which=Round.FIRST).chances)
