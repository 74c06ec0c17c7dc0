"""Who may see experts, draws and opinions; which acts concern them, and whose are they?

Whoever keeps the pool (登记) does not draw from it, and whoever draws (审核) does not keep it.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from qingshan.finding.walk import Asked, Found, Range, found_in
from qingshan.office.accounts.access import scoped
from qingshan.office.experts.models import DrawnExpert, Expert, ExpertDraw, ExpertOpinion, ExpertTie
from qingshan.office.regions.ranges import EVERYWHERE, ids_above, inside, region_range
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

Row = TypeVar("Row", bound=Model)

OFFICE = (Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD)
READERS = (*OFFICE, Duty.AUDIT)
"""Who reads the pool, of their own area and of the levels above it."""
KEEPS, DRAWS = Duty.REGISTRY, Duty.REVIEW


def _act(code: str, duty: Duty | None, title: tuple[str, str], sentence: tuple[str, str]) -> Act:
    return Act(f"experts.{code}", duty, Sentence(*title), Sentence(*sentence))


ENTER = _act(
    "enter",
    KEEPS,
    ("专家入库", "Enter an expert"),
    (
        "{name}（{employer}）入{pool}专家库，依据：{entered_by}",
        "{name} ({employer}) entered the pool of {pool}, basis: {entered_by}",
    ),
)
CORRECT = _act(
    "correct",
    KEEPS,
    ("更正专家信息", "Correct an expert"),
    ("更正专家 {name} 的信息", "Corrected what is held of {name}"),
)
SUSPEND = _act(
    "suspend",
    KEEPS,
    ("暂停专家", "Suspend an expert"),
    ("暂停专家 {name} 参加抽取：{reason}", "Suspended {name} from draws: {reason}"),
)
RESUME = _act(
    "resume",
    KEEPS,
    ("恢复专家", "Resume an expert"),
    ("恢复专家 {name} 参加抽取", "{name} takes part in draws again"),
)
LEAVE = _act(
    "leave",
    KEEPS,
    ("专家出库", "An expert leaves"),
    ("专家 {name} 于 {left_on} 出库：{reason}", "{name} left the pool on {left_on}: {reason}"),
)
ADD_TIE = _act(
    "add_tie",
    None,  # the pool's keeper, or the expert of themself
    ("登记回避情形", "Record a tie"),
    (
        "登记专家 {name} 对{object}的回避情形：{grounds}",
        "Recorded that {name} has a tie to {object}: {grounds_en}",
    ),
)
END_TIE = _act(
    "end_tie",
    KEEPS,
    ("解除回避情形", "End a tie"),
    (
        "解除专家 {name} 对{object}的回避情形，截至 {to_on}：{reason}",
        "The tie of {name} to {object} ended after {to_on}: {reason}",
    ),
)
IMPORT = _act(
    "import_experts",
    KEEPS,
    ("导入专家", "Import experts"),
    (
        "从“{file}”导入专家：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        "Imported experts from “{file}”: {created} created, {changed} changed, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
ANNOUNCE = _act(
    "announce_draw",
    DRAWS,
    ("公告随机抽取", "Announce a draw"),
    (
        "公告从{pool}专家库抽取 {seats} 人：{title}；种子取{seed_source}（{seed_on}）",
        "Announced a draw of {seats} from the pool of {pool}: {title}; seed from {seed_source} ({seed_on})",
    ),
)
CLOSE_LIST = _act(
    "close_list",
    DRAWS,
    ("封存抽取名单", "Close the list of a draw"),
    (
        "封存“{title}”的名单：参加 {taking_part} 人，不参加 {excluded} 人，名单摘要 {list_digest}",
        "Closed the list of “{title}”: {taking_part} take part, {excluded} do not, digest {list_digest}",
    ),
)
DRAW = _act(
    "draw",
    DRAWS,
    ("随机抽取专家", "Draw experts"),
    (
        "按公开号码 {seed_number} 抽取“{title}”：{names}",
        "Drew “{title}” by the public number {seed_number}: {names}",
    ),
)
EXCUSE = _act(
    "excuse",
    DRAWS,
    ("抽中专家退出", "Excuse a drawn expert"),
    (
        "{name} 退出“{title}”（{why}）：{reason}；{stepped_in}递补",
        "{name} was excused from “{title}” ({why_en}): {reason}; {stepped_in} stepped in",
    ),
)
CANCEL = _act(
    "cancel_draw",
    DRAWS,
    ("作废抽取", "Cancel a draw"),
    ("作废抽取“{title}”：{reason}", "Cancelled the draw “{title}”: {reason}"),
)
INVITE = _act(
    "invite_opinion",
    DRAWS,
    ("邀请专家提出意见", "Invite an opinion"),
    ("请 {name} 就{about}提出意见", "Invited {name} to give an opinion about {about}"),
)
WITHDRAW = _act(
    "withdraw_invitation",
    DRAWS,
    ("撤回邀请", "Withdraw an invitation"),
    (
        "撤回请 {name} 就{about}提出意见的邀请：{reason}",
        "Withdrew the invitation of {name} about {about}: {reason}",
    ),
)
GIVE = _act(
    "give_opinion",
    None,  # the expert, or the office that received it on paper
    ("提出专家意见", "Give an opinion"),
    ("{name} 就{about}提出意见", "{name} gave an opinion about {about}"),
)
ANSWER = _act(
    "answer_opinion",
    DRAWS,
    ("答复专家意见", "Answer an opinion"),
    (
        "对 {name} 就{about}的意见：{outcome}。{note}",
        "The opinion of {name} about {about}: {outcome_en}. {note}",
    ),
)
ACTS = (
    ENTER,
    CORRECT,
    SUSPEND,
    RESUME,
    LEAVE,
    ADD_TIE,
    END_TIE,
    IMPORT,
    ANNOUNCE,
    CLOSE_LIST,
    DRAW,
    EXCUSE,
    CANCEL,
    INVITE,
    WITHDRAW,
    GIVE,
    ANSWER,
)


def reads_the_pool(actor: ActorLike) -> bool:
    """Whether the post lets the actor read about experts at all, beside themself."""
    return bool(actor.duties & frozenset(READERS))


def keeps(actor: ActorLike, region_id: int) -> bool:
    """Whether the actor keeps the pool of this region."""
    return KEEPS in actor.duties and inside(region_id, actor.region_ranges)


def draws(actor: ActorLike, region_id: int) -> bool:
    """Whether the actor draws, invites and answers for this region."""
    return DRAWS in actor.duties and inside(region_id, actor.region_ranges)


def pools_of(actor: ActorLike) -> tuple[Range, ...]:
    """The regions whose pools the actor reads: of the own area, and of each region that it lies in."""
    if not reads_the_pool(actor):
        return ()
    ranges: list[Range] = []
    for low, high in actor.region_ranges:
        ranges.append((low, high))
        ranges += [(up, up) for up in ids_above(low) if up != low and region_range(up)[1] >= high]
    return tuple(dict.fromkeys(ranges))


def expert_branches(
    rows: QuerySet[Expert], actor: ActorLike, asked: Asked = (), within: Range = EVERYWHERE
) -> list[Found]:
    """The experts whom the actor may see, one part for each range of regions, and the actor as an expert."""
    ranges = pools_of(actor)
    parts = [rows.filter(region_id__gte=low, region_id__lte=high) for low, high in ranges]
    parts += [rows.filter(**own) for own in _oneself(actor, "person_id")]
    return found_in(parts, asked, ranges, within) or [rows.none()]


def experts_visible_to(actor: ActorLike) -> QuerySet[Expert]:
    """The same as one queryset."""
    seen = Q(pk__in=[])
    for low, high in pools_of(actor):
        seen |= Q(region_id__gte=low, region_id__lte=high)
    for own in _oneself(actor, "person_id"):
        seen |= Q(**own)
    return Expert.objects.filter(seen)


def ties_visible_to(actor: ActorLike) -> QuerySet[ExpertTie]:
    """Ties of the experts whom the actor may see."""
    return ExpertTie.objects.filter(expert__in=experts_visible_to(actor).values("pk"))


def draws_visible_to(actor: ActorLike) -> QuerySet[ExpertDraw]:
    """Draws for the actor's regions. Experts read on their own page what they were drawn for."""
    return of_the_regions(ExpertDraw.objects.all(), actor)


def drawn_visible_to(actor: ActorLike) -> QuerySet[DrawnExpert]:
    """Who was drawn in these."""
    return DrawnExpert.objects.filter(draw__in=draws_visible_to(actor).values("pk"))


def opinions_visible_to(actor: ActorLike) -> QuerySet[ExpertOpinion]:
    """Opinions about what lies in the actor's regions, and one's own."""
    first, *others = (
        part.order_by().values("pk") for part in opinion_branches(ExpertOpinion.objects.all(), actor)
    )
    return ExpertOpinion.objects.filter(pk__in=first.union(*others) if others else first)


def opinion_branches(rows: QuerySet[ExpertOpinion], actor: ActorLike) -> list[QuerySet[ExpertOpinion]]:
    """One queryset for each reason to see an opinion."""
    own = [rows.filter(**each) for each in _oneself(actor, "expert__person_id")]
    return [*([of_the_regions(rows, actor)] if reads_the_pool(actor) else []), *own] or [rows.none()]


def of_the_regions(rows: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Rows of the actor's regions, for whoever reads the pool."""
    return scoped(rows, actor) if reads_the_pool(actor) else rows.none()


def _oneself(actor: ActorLike, path: str) -> list[dict[str, int]]:
    is_expert = Duty.EXPERT in actor.duties and actor.person_id is not None
    return [{path: actor.person_id}] if is_expert and actor.person_id is not None else []
