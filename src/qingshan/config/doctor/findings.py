"""What does one look of the doctor say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qingshan.rules.reasons import CHINESE
from qingshan.rules.words import Named


class Level(Named):
    """结论: only `BAD` makes the exit status 1."""

    GOOD = "good", "正常", "good"
    HINT = "hint", "提示", "hint"
    BAD = "bad", "需处理", "needs action"


MARKS = {Level.GOOD: "✓", Level.HINT: "△", Level.BAD: "✗"}


@dataclass(frozen=True)
class Wording:
    """The two wordings of one statement, values already in it."""

    zh: str
    en: str

    def say(self, language: str = CHINESE) -> str:
        return self.en if language.startswith("en") else self.zh


NOTHING_TO_DO = Wording("", "")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    code: str
    level: Level
    what: Wording
    do: Wording = NOTHING_TO_DO

    def say(self, language: str = CHINESE) -> str:
        line = f"{MARKS[self.level]} {self.what.say(language)}"
        return f"{line}\n    → {self.do.say(language)}" if self.do != NOTHING_TO_DO else line

    def as_json(self, language: str = CHINESE) -> dict[str, Any]:
        facts = {"code": self.code, "level": self.level.value, "what": self.what.say(language)}
        return facts if self.do == NOTHING_TO_DO else {**facts, "do": self.do.say(language)}


def good(code: str, *, zh: str, en: str) -> Finding:
    """All is well."""
    return Finding(code, Level.GOOD, Wording(zh, en))


def hint(code: str, *, zh: str, en: str, do_zh: str, do_en: str) -> Finding:
    """It works, but somebody may want to know."""
    return Finding(code, Level.HINT, Wording(zh, en), Wording(do_zh, do_en))


def bad(code: str, *, zh: str, en: str, do_zh: str, do_en: str) -> Finding:
    """Somebody has to do something."""
    return Finding(code, Level.BAD, Wording(zh, en), Wording(do_zh, do_en))
