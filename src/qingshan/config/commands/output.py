"""How does a command speak: to a person in sentences, to a program in one JSON object?"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from typing import Any

from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import CHINESE, ENGLISH


def language_from_env() -> str:
    """Chinese, unless QINGSHAN_LANGUAGE=en."""
    return ENGLISH if os.environ.get("QINGSHAN_LANGUAGE", "").lower().startswith("en") else CHINESE


@dataclass
class Output:
    """Sentences go out at once; with --json they are left out and the facts are printed at the end."""

    as_json: bool = False
    language: str = field(default_factory=language_from_env)
    facts: dict[str, Any] = field(default_factory=dict)

    def say(self, *, zh: str, en: str) -> None:
        """A sentence for the person at the terminal."""
        if not self.as_json:
            sys.stdout.write(f"{self.pick(zh=zh, en=en)}\n")
            sys.stdout.flush()

    def pick(self, *, zh: str, en: str) -> str:
        return en if self.language == ENGLISH else zh

    def add(self, **facts: Any) -> None:
        """What a program wants to know."""
        self.facts.update(facts)

    def refuse(self, error: QingshanError) -> None:
        """Why the command could not do it."""
        self.add(error={"code": error.code, "say": error.say(self.language), "reasons": reasons(error)})
        if not self.as_json:
            sys.stderr.write(f"{error.say(self.language)}\n")

    def close(self, status: int) -> int:
        """Print the JSON object where one is wanted; hands the exit status back."""
        if self.as_json:
            sys.stdout.write(json.dumps({"ok": status == 0, **self.facts}, ensure_ascii=False, default=str))
            sys.stdout.write("\n")
        return status


def reasons(error: QingshanError) -> list[dict[str, object]]:
    return [reason.as_json() for reason in error.reasons]
