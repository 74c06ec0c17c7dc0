"""How is something measured, and how is a figure kept until the page is written?"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

SMALL = os.environ.get("SMALL", "") not in {"", "0"}
"""Few rows and short loops: the same code, run in CI to see that results agree with the peers'."""


@dataclass(frozen=True)
class Line:
    """One row of a table: what was measured, ours, the peer's, in one unit."""

    what: str
    unit: str
    ours: float | None = None
    peer: float | None = None
    beside: str = ""
    """who the peer is, where a table has several"""


@dataclass
class Findings:
    """What one topic found on one database."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """sentences below the table"""
    texts: list[tuple[str, str]] = field(default_factory=list)
    """long texts with their titles: query plans"""

    def add(
        self,
        what: str,
        unit: str,
        ours: float | None = None,
        peer: float | None = None,
        *,
        beside: str = "",
    ) -> None:
        line = Line(what, unit, ours, peer, beside)
        self.lines.append(line)
        print(f"  {what}: ours {shown(ours)} · peer {shown(peer)} {unit} {beside}", flush=True)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Findings:
        kept = json.loads(path.read_text(encoding="utf-8"))
        texts = [(title, text) for title, text in kept["texts"]]
        return cls([Line(**line) for line in kept["lines"]], kept["notes"], texts)


def shown(figure: float | None) -> str:
    """Three digits that matter, thousands apart; a dash for what was not measured."""
    if figure is None:
        return "–"
    if figure == 0:
        return "0"
    places = max(0, 2 - math.floor(math.log10(abs(figure))))
    return f"{figure:,.{places}f}"


class Check(AssertionError):
    """A result differs from the peer's: no figure is worth anything then."""


def agree(what: str, ours: object, peer: object) -> None:
    """Results are compared always, times never."""
    if ours != peer:
        raise Check(f"{what}: ours {_short(ours)}, the peer's {_short(peer)}")


def hold(what: str, condition: bool) -> None:  # noqa: FBT001
    """The same for what is simply true or not."""
    if not condition:
        raise Check(f"{what}: that is not so")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < 300 else f"{text[:300]}…"


@dataclass
class Stopwatch:
    """Seconds on the wall, known after the block."""

    seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    watch, began = Stopwatch(), time.perf_counter()
    try:
        yield watch
    finally:
        watch.seconds = time.perf_counter() - began


def timed_call(function: Callable[[], Answer]) -> tuple[Answer, float]:
    """What the function answers, and its seconds."""
    began = time.perf_counter()
    answer = function()
    return answer, time.perf_counter() - began


def percentile(seconds: Sequence[float], share: float) -> float:
    """The smallest time within which this share of all were done."""
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def p50(seconds: Sequence[float]) -> float:
    return percentile(seconds, 0.50)


def p95(seconds: Sequence[float]) -> float:
    return percentile(seconds, 0.95)
