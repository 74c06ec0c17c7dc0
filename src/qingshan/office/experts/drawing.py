"""What does a draw rest on, what came of it, and how can anybody compute it again?

The rows hold the closed list, the number and who was excused; everything else is computed from them at each look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from qingshan.office.experts.models import DrawnExpert, Expert, ExpertDraw, ExpertTie
from qingshan.rules.draw import Candidate, Drawn, DrawState, digest_of_list, seed_of
from qingshan.rules.draw import draw as lots_of
from qingshan.rules.experts import Concerned, ExpertState, Tie, TieGrounds, TieKind, must_stay_away
from qingshan.rules.reasons import Reason

LEAVE, STAYS_AWAY = "on_leave", "stays_away"
"""Why somebody who was drawn does not come."""

Listed = list[tuple[Candidate, str]]
"""Candidates with their names."""


def ties_of(expert: Expert, rows: Iterable[ExpertTie]) -> list[Tie]:
    """The employer and what was recorded, as the rules see it."""
    employer = Tie(TieKind.ORGANISATION, expert.organisation_id, expert.employer)
    return [employer, *(_as_tie(row) for row in rows)]


def _as_tie(row: ExpertTie) -> Tie:
    return Tie(TieKind(row.kind), row.object_id, row.name, TieGrounds(row.grounds), row.from_on, row.to_on)


def stays_away(expert: Expert, concerned: Iterable[Concerned], *, on: date) -> tuple[Reason, ...]:
    """Why this expert may not speak about what touches these; nothing: may."""
    return must_stay_away(ties_of(expert, expert.ties.all()), concerned, on=on)


def listed_now(draw: ExpertDraw, concerned: Iterable[Concerned], *, on: date) -> Listed:
    """Everybody in the pool who has not left, with every reason why somebody takes no part."""
    touched = tuple(concerned)
    pool = Expert.objects.filter(region_id=draw.pool_id).exclude(state=ExpertState.LEFT.value)
    return [
        (Candidate(each.key, tuple(sorted(each.fields)), _why(each, touched, on)), each.name)
        for each in pool.prefetch_related("ties").order_by("key")
    ]


def _why(expert: Expert, touched: tuple[Concerned, ...], on: date) -> tuple[Reason, ...]:
    suspended = (Reason("rules.experts.suspended"),) if expert.state == ExpertState.SUSPENDED else ()
    return (*suspended, *stays_away(expert, touched, on=on))


def frozen(listed: Listed) -> list[dict[str, Any]]:
    """The list as the draw keeps it."""
    return [
        {
            "id": one.id,
            "name": name,
            "fields": list(one.fields),
            "because": [each.as_json() for each in one.because],
        }
        for one, name in listed
    ]


def candidates_of(draw: ExpertDraw) -> list[Candidate]:
    """The closed list as the rules see it; empty while the list is open."""
    return [
        Candidate(row["id"], tuple(row["fields"]), tuple(_reasons(row["because"])))
        for row in draw.listing or []
    ]


def _reasons(rows: Iterable[dict[str, Any]]) -> Iterator[Reason]:
    for row in rows:
        yield Reason(row["code"], row["values"])


def names_in(draw: ExpertDraw) -> dict[str, str]:
    """What everybody on the closed list was called, by number."""
    return {row["id"]: row["name"] for row in draw.listing or []}


def excused_from(draw: ExpertDraw) -> dict[str, list[Reason]]:
    """Who was excused, and why, by number."""
    return {
        row["id"]: [Reason(f"rules.experts.{row['why']}", {"why": row["reason"]})]
        for row in draw.excused or []
    }


def drawn_of(draw: ExpertDraw) -> Drawn:
    """What comes out of the rows: computed, never stored."""
    return lots_of(
        candidates_of(draw),
        wanted=draw.wanted,
        seed=seed_of(draw.seed_number, draw.list_digest),
        excused=excused_from(draw),
    )


def astray() -> list[str]:
    """One line for every draw whose list, number and result do not fit; `doctor --state` asks."""
    held = ExpertDraw.objects.exclude(list_digest="").order_by("pk")
    return [line for draw in held.iterator(chunk_size=200) for line in faults_of(draw)]


def faults_of(draw: ExpertDraw) -> Iterator[str]:
    """What differs between a draw's rows and what is computed from them."""
    if digest_of_list(candidates_of(draw), draw.wanted) != draw.list_digest:
        yield f"专家抽取 {draw.pk}：名单与封存时的摘要不符"
    if draw.state == DrawState.DRAWN:
        standing = DrawnExpert.objects.filter(draw=draw, excused_on=None)
        kept = sorted(standing.values_list("expert__key", "seat", "rank"))
        computed = sorted((each.id, each.seat, each.rank or 0) for each in drawn_of(draw).chosen)
        if kept != computed:
            yield f"专家抽取 {draw.pk}：抽中名单与复算结果不符"
