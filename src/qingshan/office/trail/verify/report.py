"""What did a verification count and find?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from qingshan.rules.reasons import CHINESE, Reason, Value, say

# after so many the rest is only counted: a trail that is wrong everywhere needs no million lines
MOST_TOLD = 1000


@dataclass
class Counts:
    """How much was looked at."""

    entries: int = 0
    subjects: int = 0
    personal: int = 0
    checkpoints: int = 0
    objects: int = 0


@dataclass
class Findings:
    """Collects what is wrong, and what a reader should know although nothing is wrong."""

    faults: list[Reason] = field(default_factory=list)
    notices: list[Reason] = field(default_factory=list)
    fault_count: int = 0

    def fault(self, code: str, **values: Value) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(Reason(f"trail.verify.{code}", values))

    def notice(self, code: str, **values: Value) -> None:
        self.notices.append(Reason(f"trail.verify.{code}", values))


@dataclass(frozen=True)
class Report:
    """The result: numbers, faults and notices, each a reason with a sentence in both languages."""

    counts: Counts
    faults: tuple[Reason, ...]
    notices: tuple[Reason, ...]
    fault_count: int
    head_seq: int
    head_hash: str
    seconds: float

    @property
    def ok(self) -> bool:
        return self.fault_count == 0

    @property
    def entries_per_second(self) -> float | None:
        """Entries with their subjects and the live objects, all in; None where there was nothing."""
        return self.counts.entries / self.seconds if self.counts.entries and self.seconds else None

    def lines(self, language: str = CHINESE) -> list[str]:
        """The report for people: numbers, what is wrong, what to know."""
        numbers = {**asdict(self.counts), "faults": self.fault_count, "seconds": round(self.seconds, 1)}
        code = "trail.verify.good" if self.ok else "trail.verify.bad"
        untold = self.fault_count - len(self.faults)
        more = [Reason("trail.verify.untold", {"count": untold})] if untold else []
        return [say(each, language) for each in [Reason(code, numbers), *self.faults, *more, *self.notices]]

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "ok": self.ok,
            **asdict(self.counts),
            "head": {"seq": self.head_seq, "hash": self.head_hash},
            "seconds": round(self.seconds, 3),
            "fault_count": self.fault_count,
            "faults": list(_told(self.faults)),
            "notices": list(_told(self.notices)),
        }


def _told(reasons: Iterable[Reason]) -> Iterable[dict[str, object]]:
    return ({**each.as_json(), "zh": say(each), "en": say(each, "en")} for each in reasons)
