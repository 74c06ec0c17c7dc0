"""What must a person be asked before a file can be read?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.exchange.errors import ExchangeError
from qingshan.rules.reasons import Reason, Sentence

ANSWERS = ("layer", "crs", "rows", "coordinates")
"""The options of an import that answer a question."""


@dataclass(frozen=True)
class Answer:
    """One possible answer to a question."""

    value: str
    label: Sentence


class Question(ExchangeError):
    """The reader must be told something before it can go on; it never guesses."""

    def __init__(self, reason: Reason, *, option: str, answers: Sequence[Answer]) -> None:
        super().__init__(reason)
        self.option = option
        """Which entry of the import's options answers it."""
        self.answers = tuple(answers)

    def as_json(self) -> dict[str, Any]:
        return {
            "reason": self.reasons[0].as_json(),
            "option": self.option,
            "choices": [
                {"value": answer.value, "zh": answer.label.zh, "en": answer.label.en}
                for answer in self.answers
            ],
        }
