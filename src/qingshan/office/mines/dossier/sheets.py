"""What do all one-page briefs share: small tables, shares with their denominators, the foot?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.trail.checkpoints import printed
from qingshan.office.trail.queries import newest_checkpoint
from qingshan.rules.areas import area_text
from qingshan.rules.dates import SHANGHAI, date_words
from qingshan.rules.reasons import CHINESE
from qingshan.rules.words import Named
from qingshan.typesetting import typeset

TEMPLATE = Path(__file__).with_name("brief.typ")
PICTURE_PX = (480, 400)


def one_page(
    data: Mapping[str, Any],
    *,
    on: date,
    picture: str | None = None,
    photo: bytes | None = None,
    photo_title: str = "",
) -> bytes:
    """A brief as PDF: what each tells, and what all have alike. The same data on the same day give the same bytes."""
    pictures = {"map.svg": picture.encode() if picture else None, "photo.jpg": photo}
    given = {name: content for name, content in pictures.items() if content}
    common = {
        "head": _("青山 · 调研一页纸 · %(day)s") % {"day": date_words(on, language())},
        "mark": _("内部资料"),
        "simulated": _("演示数据，不涉及真实单位") if data["simulated"] else "",
        "foot": checkpoint(),
        "cut": _("内容过多，其余见系统。"),
        "labels": {**data["labels"], "no-place": _("没有登记位置。")},
        "open": data["open"].as_json(),
        "sheets": [sheet.as_json() for sheet in data["sheets"]],
        "picture": "map.svg" if "map.svg" in given else None,
        "photo": "photo.jpg" if "photo.jpg" in given else None,
        "photo-title": photo_title,
    }
    made_at = datetime.combine(on, time(), tzinfo=SHANGHAI)
    return typeset(TEMPLATE, {**data, **common}, made_at=made_at, pictures=given)


@dataclass(frozen=True)
class Sheet:
    """A small table. `right`: columns of numbers; `total`: how many rows there are, if not all are shown."""

    title: str
    head: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()
    total: int = 0

    def as_json(self) -> dict[str, Any]:
        hidden = self.total - len(self.rows)
        more = _("其余 %(n)s 项见系统。") % {"n": f"{hidden:,}"} if hidden > 0 else ""
        return {
            "title": self.title,
            "head": list(self.head),
            "widths": list(self.widths),
            "rows": [list(row) for row in self.rows],
            "right": list(self.right),
            "more": more,
        }


def share(part_m2: float | None, whole_m2: float) -> str:
    """12.30 公顷（184.5 亩）/ 40.20 公顷（603.0 亩）= 30.6%; no share of nothing."""
    said = f"{area_text(part_m2, language())} / {area_text(whole_m2, language())}"
    return said if part_m2 is None or not whole_m2 else f"{said} = {part_m2 / whole_m2:.1%}"


def days(first: Any, last: Any) -> str:
    """From a first to a last day; a dash where either is not known."""
    return f"{first.isoformat() if first else '—'} ~ {last.isoformat() if last else '—'}"


def term(terms: type[Named], value: str) -> str:
    """The name of a fixed term in the reader's language."""
    return terms(value).say(language()) if value else "—"


def checkpoint() -> str:
    """The newest checkpoint, as it can be typed in again from paper."""
    newest = newest_checkpoint()
    return _("留痕检查点 %(said)s") % {"said": printed(newest)} if newest else _("还没有留痕检查点")


def language() -> str:
    """The reader's."""
    return get_language() or CHINESE
