"""Which papers may not enter at all? What is secret (涉密) is refused at the door; it has its own network.

The program cannot know what a paper holds. It asks the person, and refuses what calls itself secret.
"""

from __future__ import annotations

import re
import unicodedata

from qingshan.rules.errors import RuleBroken

MARKS = ("绝密", "机密", "秘密")
"""Law on Guarding State Secrets (2024), art. 18: the three grades."""
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}
_BETWEEN = re.compile(r"[-_.·・,，、*★]")


def check_not_marked_secret(*texts: str) -> None:
    """RuleBroken where a name or title bears the mark of a secret, even spelt with gaps: 机 密★1 年."""
    for text in texts:
        if found := next((mark for mark in MARKS if mark in _closed_up(text)), None):
            raise RuleBroken.because("rules.secrecy.marked", text=text[:120], mark=found)


def check_declared_open(*, declared: bool) -> None:
    """RuleBroken unless the person has declared that the paper holds nothing secret."""
    if not declared:
        raise RuleBroken.because("rules.secrecy.not_declared")


def _closed_up(text: str) -> str:
    """Full-width made narrow; gaps, invisible characters and marks between characters left out."""
    plain = unicodedata.normalize("NFKC", text)
    return _BETWEEN.sub("", "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE))
