"""How is a paper issued under its number, and how is it withdrawn?"""

from __future__ import annotations

from datetime import datetime

from qingshan.office.papers.access import ISSUE, WITHDRAW, require_one_of
from qingshan.office.papers.actions.drafting import locked, told
from qingshan.office.papers.kinds import paper_kind
from qingshan.office.papers.models import Paper
from qingshan.office.papers.numbers import coming_number, next_number
from qingshan.office.papers.rendering import Made, made
from qingshan.office.papers.sentences import PaperRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.papers import FLOW, PaperAct


def issue(paper: Paper, *, version: int, actor: ActorLike, now: datetime) -> Paper:
    """制发文书. Its files are made beforehand, under the number that will most likely be the next.

    Refused: none of the duties of the kind, a place outside the area, not a draft, changed meanwhile.
    """
    _may_issue(paper, actor)
    kind = paper_kind(paper.kind)
    number = coming_number(kind.series, holder=paper.region_id, on=shanghai_date(now))
    return _issue(paper, made(paper, number=number, now=now), version=version, actor=actor, now=now)


@official_act
def _issue(paper: Paper, files: Made, *, version: int, actor: ActorLike, now: datetime) -> Paper:
    held = locked(paper, version=version)
    _may_issue(held, actor)
    kind = paper_kind(held.kind)
    number = next_number(kind.series, holder=held.region_id, on=shanghai_date(now))
    if number != files.number:  # somebody else was first; only then are files made under the lock
        files = made(held, number=number, now=now)
    held.state = FLOW.after(held.state, PaperAct.ISSUE)
    held.number = number
    held.docx_digest, held.pdf_digest, held.pages = files.docx_digest, files.pdf_digest, files.pages
    held.template, held.template_digest = files.template, files.template_digest
    held.checkpoint = files.checkpoint
    held.issued_by, held.issued_at = who(actor), now
    held.version += 1
    held.save()
    new = told(kind, held) | {
        "number": number,
        "docx_sm3": held.docx_digest,
        "pdf_sm3": held.pdf_digest,
        "template": held.template,
        "template_sm3": held.template_digest,
        "checkpoint": held.checkpoint,
    }
    record(act=ISSUE.code, actor=actor, now=now, subjects=[held], new=new, region_id=held.region_id)
    return held


@official_act
def withdraw(paper: Paper, *, reason: str, version: int, actor: ActorLike, now: datetime) -> Paper:
    """撤回文书. Its number stays taken and its files readable.

    Refused: none of the duties of the kind, a place outside the area, withdrawn already, no reason, changed meanwhile.
    """
    held = locked(paper, version=version)
    kind = paper_kind(held.kind)
    require_one_of(actor, WITHDRAW, kind.duties, region_id=held.region_id)
    if not reason.strip():
        raise PaperRefused.because("papers.reason_missing")
    held.state = FLOW.after(held.state, PaperAct.WITHDRAW)
    held.withdrawn_because = reason.strip()
    held.version += 1
    held.save()
    new = told(kind, held) | {"number": held.number or None, "reason": held.withdrawn_because}
    record(act=WITHDRAW.code, actor=actor, now=now, subjects=[held], new=new, region_id=held.region_id)
    return held


def who(actor: ActorLike) -> str:
    """Organisation, post and name of the decider, as they are on that day."""
    party = actor.decider
    return " · ".join(filter(None, (party.organisation, party.post, party.name)))[:200]


def _may_issue(paper: Paper, actor: ActorLike) -> None:
    require_one_of(actor, ISSUE, paper_kind(paper.kind).duties, region_id=paper.region_id)
    FLOW.line(paper.state, PaperAct.ISSUE)
