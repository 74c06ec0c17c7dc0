"""What belongs into a closing file (销号卷宗), in which order, and what is still missing in it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from pypdfium2 import PdfDocument, PdfiumError

from qingshan.office.cases.closing import closing_facts
from qingshan.office.cases.facts import ACCEPTING, current_plan
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Evidence, Matter, Plan, Step
from qingshan.office.matters.queries import steps_of
from qingshan.office.papers.models import SignedCopy
from qingshan.office.papers.usual import SUBJECT
from qingshan.office.trail.checkpoints import printed
from qingshan.office.trail.queries import newest_checkpoint
from qingshan.rules import closing
from qingshan.rules.dates import shanghai_date, shanghai_time
from qingshan.rules.flows.papers import PaperState
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import EnforcementState, ObjectionState, Phase, ProblemKind, Route
from qingshan.rules.numbers import plainly
from qingshan.rules.reasons import CHINESE, say
from qingshan.typesetting import for_print, typeset
from qingshan.vault import Vault, VaultError

TEMPLATE = Path(__file__).with_name("closing_file.typ")
PICTURE_PX = 900
MOST_PICTURES = 60
MOST_PAGES_BYTES = 30_000_000
"""An attachment larger than this is named in the catalogue, and lies in the vault."""


@dataclass
class _Files:
    """Pictures and attachments as the template finds them."""

    named: dict[str, bytes] = field(default_factory=dict)

    def add(self, content: bytes | None, ending: str) -> str | None:
        if content is None:
            return None
        name = f"file-{len(self.named)}.{ending}"
        self.named[name] = content
        return name


def closing_file(matter: Matter, *, made_at: datetime) -> bytes:
    """The file as PDF, in Chinese: it is an official paper. The same case at the same instant gives the same bytes."""
    files = _Files()
    data = _data(matter, files, made_at)
    return typeset(TEMPLATE, data, made_at=made_at, pictures=files.named)


def _data(matter: Matter, files: _Files, made_at: datetime) -> dict[str, Any]:
    steps, plan = steps_of(matter), current_plan(matter)
    evidence = list(matter.evidence.filter(withdrawn_on=None).order_by("photo_point", "id"))
    on = matter.closed_on or shanghai_date(made_at)
    return {
        "title": matter.title,
        "number": matter.number,
        "head": f"整改销号卷宗 {matter.number}",
        "mark": f"生成时间 {shanghai_time(made_at):%Y-%m-%d %H:%M}",
        "foot": _checkpoint(),
        "simulated": "模拟数据" if matter.region.simulated else "",
        "facts": list(_facts(matter)),
        "duties": [
            [each.role_name, each.unit_name, each.post or "—", each.person_name or "—"]
            for each in matter_parties(matter)
        ],
        "plan": _plan(plan) if plan else None,
        "applied": [_opinion(step) for step in steps if step.act in _APPLYING],
        "accepted": [_opinion(step) for step in steps if step.act in ACCEPTING],
        "notices": [_notice(each) for each in matter.notices.order_by("id")],
        "photos": list(_photo_sets(evidence, files)),
        "after": [_opinion(step) for step in steps if step.act in _AFTERWARDS],
        "steps": [_step(matter, step) for step in steps],
        "papers": [*_papers(evidence, files), *_signed_papers(matter, files)],
        "missing": [say(reason, CHINESE) for reason in closing.missing(closing_facts(matter, on=on))],
    }


def _checkpoint() -> str:
    newest = newest_checkpoint()
    return f"留痕检查点 {printed(newest)}" if newest else "还没有留痕检查点"


_APPLYING = frozenset({CaseAct.SELF_CHECK, CaseAct.APPLY})
_AFTERWARDS = frozenset({CaseAct.NOTE_ENFORCEMENT, CaseAct.NOTE_MECHANISM, CaseAct.EVALUATE, CaseAct.CLOSE})


def _facts(matter: Matter) -> Iterator[tuple[str, str]]:
    case = matter.case
    yield "编号", matter.number
    yield "问题摘要", matter.title
    yield "行政区划", matter.region.name
    yield "矿山", str(matter.mine) if matter.mine else "—"
    yield "来源", _term(matter.get_source_display(), matter.source_number)
    yield "问题类型", ProblemKind(case.problem).zh
    yield "整改类型", Route(case.route).zh
    yield "整改要求", case.requirement or "—"
    yield "登记日期", matter.opened_on.isoformat()
    for change in matter.due_changes.order_by("id"):
        if change.old_due_on:
            yield "原时限", f"{change.old_due_on}，变更文号 {change.number or '—'}"
    yield "完成时限", matter.due_on.isoformat() if matter.due_on else "—"
    yield "销号日期", matter.closed_on.isoformat() if matter.closed_on else "尚未销号"


def _term(name: str, number: str) -> str:
    return f"{name}（{number}）" if number else name


def _plan(plan: Plan) -> dict[str, Any]:
    approved = plan.approved_by.name if plan.approved_by else "—"
    return {
        "title": str(plan),
        "target": plan.target or "—",
        "approved": f"{approved}，{plan.approved_number or '无文号'}，{plan.approved_on or '—'}",
        "measures": [
            [
                str(each.place),
                each.name,
                _quantity(each.quantity, each.quantity_unit),
                _quantity(each.done_quantity, each.quantity_unit),
                f"{each.unit_name} {each.person_name}".strip() or "—",
                each.done_on.isoformat() if each.done_on else "未完成",
            ]
            for each in plan.measures.order_by("place")
        ],
    }


def _quantity(value: Any, unit: str) -> str:
    return "—" if value is None else f"{plainly(value)} {unit}".strip()


_FACT_NAMES = {
    "visitors": "到场人员",
    "visited_on": "到场日期",
    "target_reached": "目标达到",
    "enforcement": "查处追责",
    "outcome": "处理结果",
    "decided_on": "决定日期",
    "mechanism": "长效机制",
}


def _opinion(step: Step) -> dict[str, Any]:
    flow = kind_named(step.to_state.kind).flow
    facts = [
        (_FACT_NAMES[name], _said(name, value))
        for name, value in (step.facts or {}).items()
        if name in _FACT_NAMES
    ]
    return {
        "title": flow.act_names[step.act].zh,
        "unit": step.unit_name or "—",
        "who": f"{step.decider_name} {step.decider_post}".strip(),
        "on": step.occurred_on.isoformat(),
        "number": step.number or "—",
        "note": step.note or "—",
        "facts": [(name, value) for name, value in facts if value],
    }


def _said(name: str, value: Any) -> str:
    if name == "enforcement":
        return EnforcementState(value).zh
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _notice(notice: Any) -> dict[str, Any]:
    return {
        "days": f"{notice.from_on} 至 {notice.to_on}（不少于 {notice.working_days} 个工作日）",
        "where": notice.where or "—",
        "contact": notice.contact or "—",
        "stopped": f"{notice.stopped_on} 中止" if notice.stopped_on else "",
        "objections": [
            [str(each.received_on), each.text, ObjectionState(each.state).zh, each.answer or "—"]
            for each in notice.objections.order_by("id")
        ],
    }


def _photo_sets(evidence: Iterable[Evidence], files: _Files) -> Iterator[dict[str, Any]]:
    """前/中/后 of one photo point beside each other; what has no point stands alone."""
    sets: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for each in evidence:
        if each.kind == "photograph" and each.file_digest:
            sets[each.photo_point][each.phase].append(each)
    shown = 0
    for point, phases in sorted(sets.items(), key=lambda one: (not one[0], one[0])):
        rows = []
        for phase in (*(each.value for each in Phase), ""):
            for each in phases.get(phase, ()):
                picture = _picture(each, files) if shown < MOST_PICTURES else None
                shown += 1
                rows.append({"picture": picture, "words": _picture_words(each, phase)})
        yield {"point": point or "未设固定拍摄点", "pictures": rows}


def _picture(each: Evidence, files: _Files) -> str | None:
    try:
        with Vault(settings.VAULT_ROOT).open(each.file_digest) as stream:
            return files.add(for_print(stream, longest_px=PICTURE_PX), "jpg")
    except VaultError:
        return None


def _picture_words(each: Evidence, phase: str) -> str:
    taken = f"{shanghai_time(each.taken_at):%Y-%m-%d %H:%M}" if each.taken_at else "无拍摄时间"
    placed = "有定位" if each.longitude_deg is not None else "无定位"
    return " · ".join([Phase(phase).zh if phase else "未注明时段", each.title, taken, placed])


def _papers(evidence: Iterable[Evidence], files: _Files) -> Iterator[dict[str, Any]]:
    """Documents: those in PDF are bound in, others are named with their digest."""
    for each in evidence:
        if each.kind == "photograph" or not each.file_digest:
            continue
        yield _paper(each.title, each, files)


def _paper(title: str, each: Evidence | SignedCopy, files: _Files) -> dict[str, Any]:
    pdf = _pdf(each)
    pages = _pages_of(pdf) if pdf else 0
    return {
        "title": title,
        "file": each.file_name,
        "sm3": each.file_digest,
        "pages": pages,
        "bound": files.add(pdf, "pdf") if pages else None,
    }


def _signed_papers(matter: Matter, files: _Files) -> Iterator[dict[str, Any]]:
    """What was issued for the matter and came back signed."""
    about = SignedCopy.objects.filter(paper__subject_kind=SUBJECT, paper__subject_id=matter.pk)
    standing = about.exclude(paper__state=PaperState.WITHDRAWN)
    for each in standing.select_related("paper").order_by("paper_id", "id"):
        yield _paper(f"{each.paper.title}（{each.paper.number}）签章件", each, files)


def _pdf(each: Evidence | SignedCopy) -> bytes | None:
    if not each.file_name.lower().endswith(".pdf") or (each.file_size_bytes or 0) > MOST_PAGES_BYTES:
        return None
    try:
        with Vault(settings.VAULT_ROOT).open(each.file_digest) as stream:
            content = stream.read()
    except VaultError:
        return None
    return content if content.startswith(b"%PDF-") else None


def _pages_of(pdf: bytes) -> int:
    """0 for what claims to be a PDF and cannot be read: then it is named, not bound in."""
    try:
        return len(PdfDocument(pdf))
    except PdfiumError:
        return 0


def _step(matter: Matter, step: Step) -> list[str]:
    flow = kind_named(matter.kind).flow
    name = flow.act_names[step.act].zh if step.act in flow.act_names else "登记"
    return [
        step.occurred_on.isoformat(),
        name,
        step.to_state.zh,
        f"{step.unit_name} {step.decider_name}".strip(),
        step.note,
    ]
