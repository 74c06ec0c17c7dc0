"""Which needs ask the same of every kind of matter? Worded and judged where problems first asked for them."""

from __future__ import annotations

from qingshan.rules.flows.rectification import EVIDENCE, GROUNDS, INDEPENDENT, NUMBER, ON_SITE
from qingshan.rules.rectification import (
    NO_DEADLINE,
    NO_NEW_DEADLINE,
    need_deadline,
    need_later,
    need_number,
    need_text,
    need_visit,
)

DEADLINE, NEW_DEADLINE = NO_DEADLINE, NO_NEW_DEADLINE
LATER = "rules.rectification.not_later"

__all__ = [
    "DEADLINE",
    "EVIDENCE",
    "GROUNDS",
    "INDEPENDENT",
    "LATER",
    "NEW_DEADLINE",
    "NUMBER",
    "ON_SITE",
    "need_deadline",
    "need_later",
    "need_number",
    "need_text",
    "need_visit",
]
