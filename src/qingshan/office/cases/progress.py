"""How much of what a plan promises is done? Each share with its denominator; what nobody reported is never 0."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingshan.office.matters.models import Measure
from qingshan.rules.numbers import grouped, printed_short
from qingshan.rules.rates import Rate


@dataclass(frozen=True)
class Quantity:
    """Planned and done in one unit, over all measures that have it."""

    unit: str
    planned: Decimal
    done: Decimal | None
    measures: int
    reported: int
    """of how many of them a quantity was reported"""

    @property
    def percent(self) -> str:
        """`60%`, or nothing where nobody reported."""
        if self.done is None or not self.planned:
            return ""
        return f"{printed_short(Fraction(self.done) / Fraction(self.planned) * 100, 1)}%"

    @property
    def said(self) -> str:
        """`0.9 / 1.5 万立方米`; a dash for what nobody reported."""
        done = "—" if self.done is None else grouped(self.done)
        return f"{done} / {grouped(self.planned)} {self.unit}".strip()


def quantities(measures: Iterable[Measure]) -> list[Quantity]:
    """Quantities added up by unit; nothing is added across units."""
    by_unit: dict[str, list[Measure]] = defaultdict(list)
    for each in measures:
        if each.quantity is not None:
            by_unit[each.quantity_unit.strip()].append(each)
    return [_sum(unit, rows) for unit, rows in sorted(by_unit.items())]


def _sum(unit: str, rows: Sequence[Measure]) -> Quantity:
    done = [each.done_quantity for each in rows if each.done_quantity is not None]
    planned = sum((each.quantity for each in rows if each.quantity is not None), Decimal(0))
    return Quantity(unit, planned, sum(done, Decimal(0)) if done else None, len(rows), len(done))


def each_with_quantity(measures: Iterable[Measure]) -> list[tuple[Measure, Quantity | None]]:
    """Each measure with what is planned and done of it; None where it has no quantity."""
    return [
        (each, None if each.quantity is None else _sum(each.quantity_unit.strip(), [each]))
        for each in measures
    ]


def finished(measures: Sequence[Measure]) -> Rate:
    """How many of the measures are reported as done."""
    return Rate.by_items(sum(each.done_on is not None for each in measures), len(measures))
