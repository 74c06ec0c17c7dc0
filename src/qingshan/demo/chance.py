"""How does the demonstration draw lots so that every machine draws the same?

Only `Random.random()` seeded with a text is used: Python promises that sequence for ever. What is drawn is
rounded before it is kept, so that the last bit of a sine on another processor changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """A stream of lots of its own for each named thing: adding one thing never moves another."""

    def __init__(self, *name: object) -> None:
        self._random = Random("青山省:" + ":".join(str(part) for part in name)).random

    def between(self, low: float, high: float) -> float:
        """A number from `low` up to `high`."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends possible."""
        return low + int(self._random() * (high - low + 1))

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self._random() < share

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._random() * len(things))]

    def weighted(self, weights: Sequence[tuple[Thing, int]]) -> Thing:
        """One of several, in proportion to whole-number weights."""
        lot = self.whole(1, sum(weight for _, weight in weights))
        for thing, weight in weights:
            lot -= weight
            if lot <= 0:
                return thing
        raise ValueError("no weights")

    def shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        deck = list(things)
        for last in range(len(deck) - 1, 0, -1):
            other = self.whole(0, last)
            deck[last], deck[other] = deck[other], deck[last]
        return deck

    def bell(self) -> float:
        """Near enough a standard normal number: twelve lots less six."""
        return sum(self._random() for _ in range(12)) - 6.0

    def log_normal(self, *, median: float, spread: float, low: float, high: float) -> float:
        """Many small, few large; redrawn until inside the limits."""
        while True:
            drawn = round(median * math.exp(spread * self.bell()), 4)
            if low <= drawn <= high:
                return drawn

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.whole(0, (last - first).days))
