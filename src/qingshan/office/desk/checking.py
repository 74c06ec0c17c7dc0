"""What does the page of a check-up show? How many rows are good, the first faults, and how the table was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qingshan.exchange.checkup import CheckedRow, CheckUp
from qingshan.exchange.readers import Question
from qingshan.office.desk.layouts import Layout, layout_of
from qingshan.rules.reasons import Reason, Sentence, say

MOST_SHOWN = 50


@dataclass(frozen=True)
class Summary:
    """One look at a table."""

    rows: int
    good: int
    remarked: int
    faulty: int
    shown: tuple[CheckedRow, ...]
    """The first rows with faults; where there are none, those with remarks."""
    layouts: tuple[Layout, ...]
    without_headers: tuple[str, ...]


def summary_of(result: CheckUp) -> Summary:
    faulty = [row for row in result.rows if row.faults]
    remarked = [row for row in result.rows if row.remarks and not row.faults]
    return Summary(
        rows=len(result.rows),
        good=result.good,
        remarked=result.remarked,
        faulty=result.faulty,
        shown=tuple([*faulty, *remarked][:MOST_SHOWN]),
        layouts=tuple(layout_of(table.layout) for table in result.tables),
        without_headers=tuple(result.without_headers),
    )


@dataclass(frozen=True)
class Asked:
    """A question that the file leaves open, as fields of the form."""

    sentence: str
    option: str
    answers: tuple[tuple[str, str], ...]


def asked(question: Question, language: str) -> Asked:
    answers: list[dict[str, Any]] = question.as_json()["choices"]
    said = tuple((one["value"], Sentence(one["zh"], one["en"]).say({}, language)) for one in answers)
    reason: Reason = question.reasons[0]
    return Asked(say(reason, language), question.option, said)
