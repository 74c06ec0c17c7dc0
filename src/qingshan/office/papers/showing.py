"""How does a page tell how a paper stands, and what is still missing?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.papers.kinds import PaperKind
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.rules.flows.papers import PaperState
from qingshan.rules.reasons import CHINESE


def look_of(paper: Paper, kind: PaperKind) -> str:
    """The look of its status: what is to come back is still open."""
    if paper.state == PaperState.ISSUED:
        return "due" if kind.comes_back else "good"
    return {PaperState.DRAFTED: "note", PaperState.RETURNED: "good"}.get(PaperState(paper.state), "none")


def facts_of(paper: Paper, kind: PaperKind) -> list[tuple[str, Any]]:
    """What is known of a paper."""
    issued = timezone.localtime(paper.issued_at).strftime("%Y-%m-%d %H:%M") if paper.issued_at else None
    return [
        (_("文书类型"), kind.title.say({}, get_language() or CHINESE)),
        (_("编号"), paper.number or None),
        (_("制发单位"), paper.organisation.name),
        (_("制发人"), paper.issued_by or None),
        (_("制发时间"), issued),
        (_("页数"), paper.pages),
        (_("模板"), f"{paper.template} {paper.template_digest[:16]}" if paper.template else None),
        (_("留痕检查点"), paper.checkpoint or None),
    ]


def steps_of(paper: Paper, kind: PaperKind) -> list[dict[str, str]]:
    """拟稿 → 制发 → 收回签章件, as far as the kind goes."""
    language = get_language() or CHINESE
    way = [PaperState.DRAFTED, PaperState.ISSUED, *([PaperState.RETURNED] if kind.comes_back else [])]
    if paper.state == PaperState.RETURNED and PaperState.RETURNED not in way:
        way.append(PaperState.RETURNED)
    reached = way.index(PaperState(paper.state)) if paper.state in way else -1
    ended = len(way) - 1
    return [
        {
            "title": state.say(language),
            "note": "",
            "state": "ok"
            if place < reached or place == reached == ended
            else "now"
            if place == reached
            else "",
        }
        for place, state in enumerate(way)
    ]


def missing_pages(paper: Paper, kind: PaperKind, copies: Iterable[SignedCopy]) -> list[int]:
    """Pages that have not come back; nothing where somebody brought a copy without a code, who knows what it holds."""
    brought = list(copies)
    if not kind.comes_back or not paper.pages or any(not copy.pages for copy in brought):
        return []
    there = {page for copy in brought for page in copy.pages}
    return [page for page in range(1, paper.pages + 1) if page not in there]
