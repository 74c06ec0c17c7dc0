"""Is a paper about a case one of those that its file lacks (缺件), and which one?

A paper that was drafted because it is missing is that paper. One that was drafted for a step which is still to come,
or was taken here, may be another of the same kind: whoever brings it back is asked.
"""

from __future__ import annotations

from datetime import datetime

from qingshan.office.cases import actions
from qingshan.office.cases.routes import act_on
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_matter
from qingshan.office.papers.lacking import Lacking, Supplier
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import late_entries
from qingshan.rules.flows.rectification import CaseAct, CaseState

WHICH = {
    "plan_opinion": late_entries.Paper.PLAN_APPROVAL,
    "acceptance": late_entries.Paper.ACCEPTANCE,
    "notice": late_entries.Paper.NOTICE,
    "closing_opinion": late_entries.Paper.CLOSING,
}
"""By the code of the kind of paper."""
_NAMED = frozenset(paper.zh for paper in late_entries.Paper)


def supplying_act(matter: Matter) -> str:
    """The act by which this matter gets a paper that it lacks."""
    return CaseAct.SUPPLY_PAPER if matter.state_name == CaseState.CLOSED else act_on(matter, "add_evidence")


def lacks(matter: Matter, kind: str) -> bool:
    """Whether the file of the matter lacks what a paper of this kind is."""
    return kind in WHICH and WHICH[kind].zh in (matter.missing_papers or ())


def lacking(paper: Paper, actor: ActorLike) -> Lacking:
    """What the paper may be of what its matter lacks."""
    matter = _matter_of(paper, actor)
    missing = list(matter.missing_papers or ()) if matter else []
    if matter is None or not missing:
        return Lacking()
    own_words = [word for word in missing if word not in _NAMED]
    if not lacks(matter, paper.kind):
        return Lacking(choices=tuple(own_words))
    word = WHICH[paper.kind].zh
    return Lacking(word) if _is_for_the_file(paper, matter) else Lacking(choices=(word, *own_words))


def _is_for_the_file(paper: Paper, matter: Matter) -> bool:
    """Whether it was drafted for what is missing, and not for a step that comes or came."""
    if paper.for_act == supplying_act(matter):
        return True
    to_come = {line.act for line in kind_named(matter.kind).flow.acts_from(matter.state_name)}
    return paper.for_act not in to_come and not matter.steps.filter(act=paper.for_act).exists()


def _matter_of(paper: Paper, actor: ActorLike) -> Matter | None:
    return visible_to(Matter.objects.filter(pk=paper.subject_id or 0), actor).select_related("state").first()


def supply(copy: SignedCopy, word: str, actor: ActorLike, now: datetime) -> object:
    """补齐缺件 by the signed copy. Raises what the act refuses, and NotFound for a matter that may not be seen."""
    matter = one_matter(copy.paper.subject_id or 0, actor=actor)
    return actions.supply_by_signed_copy(matter, copy, supplies=word, actor=actor, now=now)


SUPPLIER = Supplier(lacking, supply)
