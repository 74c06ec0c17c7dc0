"""Which acts concern papers, who may do them, and who may see which paper?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from qingshan.office.accounts.access import branches, require, scoped
from qingshan.office.accounts.models import Organisation
from qingshan.office.errors import NotAllowed
from qingshan.office.papers.models import Paper, PaperTemplate, SignedCopy
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

# no duty stands in the acts: a clerk gives notice, a reviewer accepts, so the kind of paper says whose it is
DRAFT = Act(
    "papers.draft",
    None,
    Sentence(zh="拟制文书", en="Draft a paper"),
    Sentence(zh="拟制{kind}“{title}”", en="Drafted “{title}” ({kind_en})"),
)
REVISE = Act(
    "papers.revise",
    None,
    Sentence(zh="修改文稿", en="Revise a draft"),
    Sentence(zh="修改{kind}“{title}”的文稿", en="Revised the draft “{title}” ({kind_en})"),
)
ISSUE = Act(
    "papers.issue",
    None,
    Sentence(zh="制发文书", en="Issue a paper"),
    Sentence(zh="制发{kind}“{title}”，编号 {number}", en="Issued “{title}” ({kind_en}), {number}"),
)
RETURN = Act(
    "papers.return_signed_copy",
    None,
    Sentence(zh="收回签章件", en="File a signed copy"),
    Sentence(zh="收回 {number} 的签章件“{file}”", en="Filed “{file}” as a signed copy of {number}"),
)
WITHDRAW = Act(
    "papers.withdraw",
    None,
    Sentence(zh="撤回文书", en="Withdraw a paper"),
    Sentence(zh="撤回“{title}”（{number}）：{reason}", en="Withdrew “{title}” ({number}): {reason}"),
)
ADOPT = Act(
    "papers.adopt_template",
    None,
    Sentence(zh="启用单位模板", en="Adopt an own template"),
    Sentence(zh="启用{kind}的单位模板“{file}”", en="Adopted “{file}” as own template of: {kind_en}"),
)
RETIRE = Act(
    "papers.retire_template",
    None,
    Sentence(zh="停用单位模板", en="Retire an own template"),
    Sentence(zh="停用{kind}的单位模板“{file}”", en="Retired the own template “{file}” of: {kind_en}"),
)
ACTS = (DRAFT, REVISE, ISSUE, RETURN, WITHDRAW, ADOPT, RETIRE)

OFFICE = (Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD)
"""Whose work papers are, in an authority."""
BRINGS_BACK = (*OFFICE, Duty.ENTERPRISE)
"""Who may photograph a signed paper: the enterprise too, of papers that concern it."""

PATHS: dict[str, Any] = {"enterprise": "enterprise_id", "assigned_kind": "papers.paper"}


def require_one_of(
    actor: ActorLike,
    act: Act,
    duties: Iterable[Duty],
    *,
    region_id: int,
    organisation_id: int | None = None,
) -> None:
    """NotAllowed where the decider has none of these duties, or the paper lies outside the area of the post."""
    wanted = tuple(duties)
    if not actor.duties & frozenset(wanted):
        raise NotAllowed.because(
            "office.not_allowed",
            act=act.title.zh,
            act_en=act.title.en,
            duty="、".join(duty.zh for duty in wanted),
            duty_en=", ".join(duty.en for duty in wanted),
        )
    require(actor, act.code, region_id=region_id, organisation_id=organisation_id)


def visible_to(papers: QuerySet[Paper], actor: ActorLike) -> QuerySet[Paper]:
    """The papers that the actor may see: those of the own area; an enterprise its own, once they are issued."""
    return scoped(_out_of_the_house(papers, actor), actor, **PATHS)


def branches_for(papers: QuerySet[Paper], actor: ActorLike) -> tuple[QuerySet[Paper], ...]:
    """The same, one queryset for each index."""
    return branches(_out_of_the_house(papers, actor), actor, **PATHS)


def papers_of(actor: ActorLike) -> QuerySet[Paper]:
    """All of them."""
    return visible_to(Paper.objects.all(), actor)


def copies_of(actor: ActorLike) -> QuerySet[SignedCopy]:
    """Signed copies of the papers that the actor may see."""
    return SignedCopy.objects.filter(paper__in=papers_of(actor).values("pk"))


def house_of(actor: ActorLike) -> Organisation | None:
    """In whose name the actor's papers go out: that of the bureau, never of its division."""
    house = actor.decider.organisation_id or 0
    own = Organisation.objects.filter(pk=house).select_related("unit").first()
    return (own.unit or own) if own else None


def templates_of(actor: ActorLike) -> QuerySet[PaperTemplate]:
    """The templates of the actor's own house."""
    house = house_of(actor)
    if house is None or not actor.duties & frozenset(OFFICE):
        return PaperTemplate.objects.none()
    return PaperTemplate.objects.filter(organisation=house)


def _out_of_the_house(papers: QuerySet[Paper], actor: ActorLike) -> QuerySet[Paper]:
    """What is still being drafted is the office's own."""
    if actor.duties & {Duty.ENTERPRISE, Duty.EXPERT}:
        return papers.exclude(issued_at=None)
    return papers
