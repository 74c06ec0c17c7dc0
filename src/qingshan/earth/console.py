"""How does the command line of the eye speak: sentences for people, one JSON object for programs, time left?"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TextIO

from qingshan.earth.engines import Progress
from qingshan.earth.errors import EarthError
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import CHINESE, ENGLISH, Reason, Value, say

ON_SCREEN_S, IN_A_FILE_S = 0.2, 10.0
"""least pause between two lines of progress"""

FIRST_TOLD = 3
"""steps after which the time left is told"""


def language_of(wanted: str | None) -> str:
    """The wanted language; else Chinese, unless QINGSHAN_LANGUAGE=en."""
    if wanted:
        return ENGLISH if wanted.lower().startswith("en") else CHINESE
    return ENGLISH if os.environ.get("QINGSHAN_LANGUAGE", "").lower().startswith("en") else CHINESE


@dataclass
class Console:
    """Sentences go out at once; with JSON they are left out and the facts are printed at the end."""

    language: str = CHINESE
    as_json: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)

    def say(self, code: str, **values: Value) -> None:
        """A declared sentence for the person at the terminal."""
        if not self.as_json:
            self.out.write(f"{say(Reason(code, values), self.language)}\n")
            self.out.flush()

    def warn(self, code: str, **values: Value) -> None:
        """A sentence beside the output."""
        self.err.write(f"{say(Reason(code, values), self.language)}\n")
        self.err.flush()

    def refuse(self, error: QingshanError) -> None:
        """Why it could not be done."""
        reasons = [reason.as_json() for reason in error.reasons]
        self.facts["error"] = {"code": error.code, "say": error.say(self.language), "reasons": reasons}
        if not self.as_json:
            self.err.write(f"{error.say(self.language)}\n")

    def close(self, status: int) -> int:
        """Print the JSON object where one is wanted; hands the exit status back."""
        if self.as_json:
            told = {"ok": status == 0, **self.facts}
            self.out.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")
            self.out.flush()
        return status

    def watcher(self) -> Telling:
        """Something that tells how far the work is."""
        return Telling(self.err, self.language)


@dataclass
class Telling:
    """Told of each step; on a terminal one line that changes, elsewhere a line now and then."""

    stream: TextIO
    language: str
    clock: Callable[[], float] = time.monotonic
    _said_at: float = float("-inf")

    def __call__(self, progress: Progress) -> None:
        now, is_screen = self.clock(), self.stream.isatty()
        is_last = progress.done >= progress.total
        if not is_last and now - self._said_at < (ON_SCREEN_S if is_screen else IN_A_FILE_S):
            return
        self._said_at = float("-inf") if is_last else now
        told = say(
            Reason(f"earth.progress_{progress.stage}", _values(progress, self.language)), self.language
        )
        # what was written before is blotted out: a later line may be shorter
        self.stream.write(f"\r\x1b[K{told}{chr(10) if is_last else ''}" if is_screen else f"{told}\n")
        self.stream.flush()


def _values(progress: Progress, language: str) -> dict[str, Value]:
    share = f"{progress.done / progress.total * 100:.0f}%" if progress.total else "100%"
    # the first step may have compiled kernels: its pace says nothing yet
    left = time_words(progress.left_s if progress.done >= FIRST_TOLD else None, language)
    return {"done": progress.done, "total": progress.total, "share": share, "left": left}


def time_words(seconds: float | None, language: str) -> str:
    """`3 分 20 秒`; a dash while nobody can tell."""
    if seconds is None:
        return "—"
    hours, minutes, rest = round(seconds) // 3600, round(seconds) // 60 % 60, round(seconds) % 60
    units = ("h", "min", "s") if language.startswith("en") else ("时", "分", "秒")
    parts = [f"{number} {unit}" for number, unit in zip((hours, minutes, rest), units, strict=True) if number]
    return " ".join(parts[:2]) or f"0 {units[2]}"


def could_not_write(fault: OSError) -> EarthError:
    """An error of the file system, as a sentence."""
    return EarthError.because(
        "earth.file_system", file=str(fault.filename or "—"), fault=fault.strerror or str(fault)
    )
