"""What belongs into the closing file of every matter, in which order? Each kind adds its own parts.

It is an official paper, so it is in Chinese whatever its reader has chosen; and it holds what that reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from django.utils import translation

from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Evidence, Matter, Step
from qingshan.office.papers.access import visible_to
from qingshan.office.papers.closing_file.attached import Attached
from qingshan.office.papers.closing_file.parts import (
    Block,
    Part,
    in_text,
    lacking,
    note,
    opinions,
    pairs,
    table,
)
from qingshan.office.papers.folder import FolderWithPapers
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.papers.usual import SUBJECT
from qingshan.office.trail import telling
from qingshan.office.trail.checkpoints import printed
from qingshan.office.trail.queries import newest_checkpoint, timeline
from qingshan.rules.dates import shanghai_date, shanghai_time
from qingshan.rules.flows.papers import PaperState
from qingshan.rules.matters import EvidenceKind
from qingshan.rules.reasons import CHINESE
from qingshan.typesetting import typeset

TEMPLATE = Path(__file__).with_name("closing_file.typ")
MOST_ENTRIES = 400
"""So many acts are listed, the newest; every act has its proof on its own page."""
NUMERALS = "一二三四五六七八九十"


class ClosingFile:
    """归档卷: cover, catalogue with page numbers, and the papers in the order of the work."""

    title: ClassVar[str] = "归档卷"
    page: ClassVar[type[FolderWithPapers]]
    """what stands on the page of the matter: the file tells nothing that its reader would not see there"""
    fact_names: ClassVar[Mapping[str, Any]] = {}
    """by their name in `Step.facts`: what the blocks of decisions tell"""

    def __init__(self, matter: Matter, *, actor: Actor, made_at: datetime) -> None:
        self.matter, self.actor, self.made_at = matter, actor, made_at
        self.attached = Attached()

    def pdf(self) -> bytes:
        """The same matter at the same instant, for the same reader, gives the same bytes."""
        self.attached = Attached()
        with translation.override(CHINESE):
            return typeset(TEMPLATE, self._data(), made_at=self.made_at, pictures=self.attached.named)

    def _data(self) -> dict[str, Any]:
        matter = self.matter
        return {
            "title": matter.title,
            "number": matter.number,
            "cover": self.title,
            "head": f"{self.title} {matter.number}",
            "mark": f"生成时间 {shanghai_time(self.made_at):%Y-%m-%d %H:%M}",
            "foot": self._checkpoint,
            "simulated": "模拟数据" if matter.region.simulated else "",
            "parts": [self._laid_out(n, each) for n, each in enumerate(self._parts())],
        }

    def _laid_out(self, n: int, part: Part) -> dict[str, Any]:
        return {"title": f"{_numeral(n)}、{part.title}", "blocks": list(part.blocks) or [note(part.nothing)]}

    def _parts(self) -> Iterator[Part]:
        yield from self.parts()
        yield Part("全过程记录", self._process)
        yield Part("留痕", list(self._trail()))
        yield Part("附件", self._papers(), "没有附件。")

    # -- what each kind says of itself -----------------------------------------------------------------------

    def parts(self) -> Iterable[Part]:
        """The parts before the whole process, in the order of the work."""
        return ()

    @property
    def facts(self) -> Iterable[tuple[str, str]]:
        """What it is."""
        return ()

    @property
    def missing(self) -> Iterable[str]:
        """What the file still lacks: the stops ahead, and what stands against the next of them."""
        if self.matter.state_name in kind_named(self.matter.kind).flow.final:
            return
        if ahead := [stop.title for stop in self.folder.stops if stop.state != "ok"]:
            yield f"还没有办理：{'、'.join(ahead)}。"
        for each in self.folder.against_next:
            yield each.sentence

    def deadlines(self) -> Iterator[tuple[str, str]]:
        """The one that holds, and those that were changed: both days stay visible."""
        for change in self.matter.due_changes.order_by("id"):
            if change.old_due_on:
                yield "原时限", f"{change.old_due_on}，变更文号 {change.number or '—'}"
        yield "完成时限", in_text(self.matter.due_on)

    # -- what all of them hold -------------------------------------------------------------------------------

    @property
    def on(self) -> date:
        return self.matter.closed_on or shanghai_date(self.made_at)

    @cached_property
    def folder(self) -> Any:
        """What stands on its page, in Chinese."""
        return self.page(self.matter, actor=self.actor, now=self.made_at)

    @property
    def steps(self) -> list[Step]:
        return list(self.folder.steps)

    def answered_for(self, title: str) -> Part:
        """The first part: what it is, who answers for it, and what the file lacks."""
        duties = (
            (each.role_name, each.unit_name or "—", each.post or "—", each.person_name or "—")
            for each in matter_parties(self.matter)
        )
        heads = (("角色", 2), ("单位", 3), ("岗位", 2), ("姓名", 1.5))
        still = list(dict.fromkeys(self.missing))
        return Part(title, [pairs(self.facts), *table(heads, duties), *lacking(still)])

    def decided(self, title: str, acts: Iterable[str], nothing: str) -> Part:
        """What was decided or reported by these acts."""
        wanted = frozenset(acts)
        rows = (self._opinion(step) for step in self.steps if step.act in wanted)
        return Part(title, opinions(rows), nothing)

    def photographs(self, title: str) -> Part:
        """By their fixed points, before, during and after."""
        sets = list(self.attached.photo_sets(self.folder.evidence))
        return Part(title, [{"kind": "photos", "rows": sets}] if sets else [], "没有照片。")

    def said(self, name: str, value: Any) -> str:
        """A fact of a step in words."""
        if isinstance(value, bool):
            return "是" if value else "否"
        return "" if value is None else str(value)

    def _opinion(self, step: Step) -> dict[str, Any]:
        names = kind_named(self.matter.kind).flow.act_names
        told = step.facts or {}
        known = ((name, code) for code, name in self.fact_names.items() if code in told)
        facts = [(str(name), self.said(code, told[code])) for name, code in known]
        return {
            "title": names[step.act].zh,
            "unit": step.unit_name or "—",
            "who": f"{step.decider_name} {step.decider_post}".strip(),
            "on": step.occurred_on.isoformat(),
            "number": step.number or "—",
            "note": step.note or "—",
            "facts": [(name, value) for name, value in facts if value],
        }

    @property
    def _process(self) -> list[Block]:
        heads = (("日期", 1.4), ("环节", 1.6), ("状态", 2), ("办理", 2.6), ("说明", 4))
        return table(heads, map(self._step, self.steps))

    def _step(self, step: Step) -> list[str]:
        names = kind_named(self.matter.kind).flow.act_names
        return [
            step.occurred_on.isoformat(),
            names[step.act].zh if step.act in names else "登记",
            step.to_state.zh,
            f"{step.unit_name} {step.decider_name}".strip(),
            step.note,
        ]

    def _trail(self) -> Iterator[Block]:
        """Every act over the matter with its place in the chain: whoever holds this paper can ask for its proof."""
        entries = list(timeline(SUBJECT, self.matter.pk)[: MOST_ENTRIES + 1])
        heads = (("序号", 1), ("录入时间", 2), ("环节", 2.4), ("经办", 3), ("留痕摘要（SM3）", 4.2))
        rows = (
            (
                str(entry.seq),
                f"{shanghai_time(entry.recorded_at):%Y-%m-%d %H:%M}",
                telling.title(entry),
                telling.who(entry),
                entry.hash,
            )
            for entry in reversed(entries[:MOST_ENTRIES])
        )
        yield from table(heads, rows)
        if len(entries) > MOST_ENTRIES:
            yield note(f"只列最近 {MOST_ENTRIES} 条。")
        yield note(f"{self._checkpoint}。凭序号可在“留痕”中下载每一条的证明，不联网也能核验。")

    @cached_property
    def _checkpoint(self) -> str:
        newest = newest_checkpoint()
        return f"留痕检查点 {printed(newest)}" if newest else "还没有留痕检查点"

    def _papers(self) -> list[Block]:
        """Documents: those in PDF are bound in, others are named with their digest."""
        evidence: list[Evidence] = self.folder.evidence
        files = [each for each in evidence if each.kind != EvidenceKind.PHOTOGRAPH and each.file_digest]
        rows = [self.attached.paper(_titled(each), each) for each in files]
        rows += [self.attached.paper(_signed(each), each) for each in self._signed_copies()]
        return [{"kind": "bound", "rows": rows}] if rows else []

    def _signed_copies(self) -> list[SignedCopy]:
        """What was issued for the matter and came back signed."""
        about = Paper.objects.filter(subject_kind=SUBJECT, subject_id=self.matter.pk)
        seen = visible_to(about.exclude(state=PaperState.WITHDRAWN), self.actor)
        copies = SignedCopy.objects.filter(paper__in=seen.values("pk")).select_related("paper")
        return list(copies.order_by("paper_id", "id"))


def _titled(each: Evidence) -> str:
    return f"{each.site}：{each.title}" if each.site else each.title


def _signed(copy: SignedCopy) -> str:
    return f"{copy.paper.title}（{copy.paper.number}）签章件"


def _numeral(n: int) -> str:
    """一 … 十, 十一 …"""
    tens, ones = divmod(n + 1, 10)
    return ("十" if tens and ones else "") + NUMERALS[(ones or 10) - 1]
