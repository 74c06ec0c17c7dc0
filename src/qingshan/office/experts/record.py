"""What does somebody need who trusts neither us nor our program to compute a draw again?

One file with list, seed, who was excused and the result; and `recompute.py`, which reads it with Python alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qingshan.office.experts.drawing import drawn_of
from qingshan.office.experts.models import ExpertDraw
from qingshan.rules.draw import DrawState
from qingshan.rules.reasons import Reason, say

FORMAT = "qingshan-draw-1"
RECIPE = Path(__file__).parent / "recompute.py"


def record_of(draw: ExpertDraw) -> dict[str, Any]:
    """All of one draw, as far as it has come. Times are UTC."""
    return {
        "format": FORMAT,
        "how": "python3 recompute.py draw.json",
        "number": draw.pk,
        "title": draw.title,
        "about": draw.subject_name,
        "pool": draw.pool.name,
        "state": draw.state,
        "announced_at": draw.announced_at.isoformat(),
        "announced_by": draw.announced_by,
        "closes_on": draw.closes_on.isoformat(),
        "closed_at": draw.closed_at.isoformat() if draw.closed_at else None,
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None,
        "cancelled_because": draw.cancelled_because,
        "wanted": sorted(draw.wanted.items()),
        "concerned": draw.concerned,
        "candidates": [_with_words(row) for row in draw.listing or []],
        "list_digest": draw.list_digest,
        "seed_kind": draw.seed_kind,
        "seed_source": draw.seed_source,
        "seed_on": draw.seed_on.isoformat(),
        "seed_number": draw.seed_number,
        "excused": draw.excused or [],
        "result": _result(draw),
    }


def _with_words(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the closed list, its reasons in words too."""
    words = [say(Reason(each["code"], each["values"])) for each in row["because"]]
    return {**row, "because_in_words": words}


def _result(draw: ExpertDraw) -> list[dict[str, Any]]:
    if draw.state != DrawState.DRAWN:
        return []
    return [
        {
            "id": place.id,
            "lot": place.lot,
            "rank": place.rank,
            "outcome": place.outcome.value,
            "seat": place.seat,
            "reserve": place.reserve,
        }
        for place in drawn_of(draw).places
    ]
