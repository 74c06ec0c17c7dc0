"""What does the closing file of a matter tell of images: what was claimed, what was found, what was answered?"""

from __future__ import annotations

from datetime import date

from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.models import Matter
from qingshan.office.observations.access import CLAIM_READERS, claims_visible_to
from qingshan.office.observations.models import Answer, Claim
from qingshan.office.observations.showing import shown, told
from qingshan.office.papers.closing_file import Part, note, table

COLUMNS = (
    ("核验编号", 1.6),
    ("点位", 2.4),
    ("申报日期", 1.5),
    ("结论", 1.6),
    ("依据", 4),
    ("书面回应和核定", 3.4),
)


def findings_of(matter: Matter, *, actor: Actor, on: date) -> Part:
    """影像核验, as far as this reader may know it yet."""
    if not actor.duties & frozenset(CLAIM_READERS):
        return Part("影像核验", [note("由监管部门查看。")])
    claims = claims_visible_to(actor).filter(matter=matter).defer("geom").select_related("newest")
    rows = [_row(each, actor, on) for each in claims.prefetch_related("answers").order_by("id")]
    return Part("影像核验", table(COLUMNS, rows), "没有申报过影像核验。")


def _row(claim: Claim, actor: Actor, on: date) -> list[str]:
    seen = shown(claim, actor=actor, on=on)
    finding = told(claim.newest) if claim.newest and seen.is_known else None
    answers = sorted(claim.answers.all(), key=lambda each: each.pk) if seen.is_known else []
    return [
        claim.number,
        claim.about,
        claim.claimed_on.isoformat(),
        seen.word,
        finding.sentence if finding else "—",
        "；".join(map(_answered, answers)) or "—",
    ]


def _answered(answer: Answer) -> str:
    outcome = answer.outcome_named
    decided = (
        f"核定（{answer.decided_on} {answer.decided_by}）：{outcome.zh} {answer.opinion}" if outcome else ""
    )
    given = f"{answer.answered_on} {answer.answered_by}：{answer.text}"
    return "。".join(filter(None, (given, decided.strip())))
