"""How does a sheet become PDF on A4?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingshan.earth.sheets.words import word
from qingshan.typesetting import typeset

if TYPE_CHECKING:
    from qingshan.earth.sheets.content import Answer, Sheet
    from qingshan.earth.sheets.pairs import Pair

TEMPLATE = Path(__file__).parent / "templates" / "sheet.typ"
NO_DAY = date(2000, 1, 1)
LABELS = (
    "person", "answers", "pictures", "no-pictures", "curve", "no-curve", "signs", "settle",
    "scenes", "day", "sensor", "scene", "clear", "used", "parameters", "page-end", "unclear",
    "provisional-row", "claim",
)  # fmt: skip


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet as PDF, dated by its newest observation so that the same sheet gives the same bytes."""
    pictures: dict[str, bytes] = {}
    data = {
        "language": sheet.language[:2],
        "head": f"{word('product', sheet.language)} · {word('title', sheet.language)}",
        "name": sheet.name,
        "facts": sheet.facts,
        "answers": [_answer(one) for one in sheet.answers],
        "pairs": [_pair(at, one, pictures) for at, one in enumerate(sheet.pairs)],
        "curve": _filed("curve.svg", sheet.curve, pictures) if sheet.curve else None,
        "curve-how": sheet.curve_how,
        "scenes": [(one.day, one.sensor, one.scene, one.clear) for one in sheet.scenes if one.has_decided],
        "more": word("more-scenes", sheet.language, count=sum(not one.has_decided for one in sheet.scenes)),
        "parameters": sheet.parameters,
        "labels": {name: word(name, sheet.language) for name in LABELS},
    }
    made_at = datetime.combine(sheet.until or NO_DAY, time(), tzinfo=UTC)
    return typeset(TEMPLATE, data, made_at=made_at, pictures=pictures)


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "look": answer.verdict.value,
        "mark": answer.mark,
        "said": answer.said,
        "question": answer.question,
        "is-provisional": answer.is_provisional,
        "sentence": answer.sentence,
        "figures": answer.figures,
        "signs": answer.signs,
        "settle": answer.settle,
    }


def _pair(at: int, pair: Pair, pictures: dict[str, bytes]) -> dict[str, Any]:
    shown = [
        {
            "title": f"{one.when} {one.day}",
            "under": f"{one.sensor} · {one.colours}",
            "picture": _filed(f"p{at}-{row}-{place}.svg", one.svg, pictures),
        }
        for row, ones in enumerate(pair.rows)
        for place, one in enumerate(ones)
    ]
    legend = [{"said": line.said, "colour": line.colour, "dashes": line.dashes} for line in pair.legend]
    return {
        "how": pair.how,
        "shown": shown,
        "legend": legend,
        "has-unclear": pair.has_unclear,
    }


def _filed(name: str, svg: str, pictures: dict[str, bytes]) -> str:
    pictures[name] = svg.encode()
    return name
