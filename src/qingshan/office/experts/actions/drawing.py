"""How are experts drawn? Announced with its seed, the list closed, drawn by a number that nobody could choose.

Everything that decides stands in the rows of the draw; who is chosen is computed by `rules.draw` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.errors import NotFound
from qingshan.office.experts.about import About, regions_touched
from qingshan.office.experts.access import ANNOUNCE, CANCEL, CLOSE_LIST, DRAW, EXCUSE, pools_of
from qingshan.office.experts.actions.pool import check_field, said
from qingshan.office.experts.drawing import (
    LEAVE,
    STAYS_AWAY,
    drawn_of,
    frozen,
    listed_now,
)
from qingshan.office.experts.models import ANY_FIELD, DrawnExpert, Expert, ExpertDraw
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.draw import ANY, Drawn, DrawState, SeedKind, digest_of_list, lacking, seed_of
from qingshan.rules.errors import RuleError
from qingshan.rules.experts import Speciality
from qingshan.rules.reasons import Reason, Sentence
from qingshan.rules.words import normalised


@dataclass(frozen=True)
class Announcement:
    """What is made known before anything is drawn."""

    title: str
    pool: Region
    wanted: Mapping[str, int]
    closes_on: date
    seed_source: str
    seed_on: date
    seed_kind: SeedKind = SeedKind.AWAITED
    seed_number: str = ""


@official_act
def announce_draw(
    facts: Announcement, *, region: Region, actor: ActorLike, now: datetime, about: About | None = None
) -> ExpertDraw:
    """公告随机抽取. Refused: no review duty, out of area, a pool not to be seen, nobody wanted, a seed that is known
    before the list is closed.
    """
    require(actor, ANNOUNCE.code, region_id=region.pk)
    if not inside(facts.pool.pk, pools_of(actor)):
        raise NotFound.because("office.not_found", what=facts.pool.name)
    _accept(facts, today=shanghai_date(now))
    draw = ExpertDraw.objects.create(
        title=said(facts.title),
        region=region,
        pool=facts.pool,
        subject_kind=about.kind if about else "",
        subject_id=about.pk if about else None,
        subject_name=about.name if about else "",
        wanted=dict(facts.wanted),
        seed_kind=facts.seed_kind.value,
        seed_source=facts.seed_source.strip(),
        seed_on=facts.seed_on,
        seed_number=normalised(facts.seed_number) if facts.seed_kind == SeedKind.STATED else "",
        closes_on=facts.closes_on,
        announced_at=now,
        announced_by=actor.decider.organisation or actor.decider.name,
    )
    told = {
        "title": draw.title,
        "pool": facts.pool.name,
        "seats": draw.seats,
        "wanted": dict(facts.wanted),
        "seed_kind": draw.seed_kind,
        "seed_source": draw.seed_source,
        "seed_on": facts.seed_on.isoformat(),
        "seed_number": draw.seed_number,
        "closes_on": facts.closes_on.isoformat(),
        "about": draw.subject_name,
    }
    _record(ANNOUNCE.code, draw, told, actor=actor, now=now)
    return draw


def _accept(facts: Announcement, *, today: date) -> None:
    if not facts.wanted or any(count < 1 for count in facts.wanted.values()):
        raise RuleError.because("rules.draw.nothing_wanted")
    for each in facts.wanted:
        if each != ANY:
            check_field(each)
    if not facts.seed_source.strip():
        raise ExpertRefused.because("experts.seed_missing")
    if facts.closes_on < today:
        raise ExpertRefused.because("experts.day_is_over", day=facts.closes_on.isoformat())
    _accept_seed(facts)


def _accept_seed(facts: Announcement) -> None:
    """A number that is stated stands in the announcement; one that is awaited comes after the list is closed."""
    if facts.seed_kind == SeedKind.STATED:
        if not normalised(facts.seed_number):
            raise ExpertRefused.because("experts.seed_needs_number")
    elif facts.seed_on <= facts.closes_on:
        raise ExpertRefused.because(
            "experts.seed_known_too_early",
            closes_on=facts.closes_on.isoformat(),
            seed_on=facts.seed_on.isoformat(),
        )


@official_act
def close_list(
    draw: ExpertDraw, *, about: About | None, version: int, actor: ActorLike, now: datetime
) -> ExpertDraw:
    """封存抽取名单: who takes part and who does not, each with the reason, under one digest.

    `about` is what the draw is for, as it stands now. Refused: no review duty, out of area, not announced, a number
    that is known already, too few of some field.
    """
    require(actor, CLOSE_LIST.code, region_id=draw.region_id)
    _in_state(draw, version, DrawState.ANNOUNCED)
    if draw.seed_kind == SeedKind.AWAITED and shanghai_date(now) >= draw.seed_on:
        raise ExpertRefused.because("experts.closed_too_late", seed_on=draw.seed_on.isoformat())
    concerned = about.concerned if about else tuple(regions_touched(draw.region))
    listed = listed_now(draw, concerned, on=shanghai_date(now))
    people = [candidate for candidate, _name in listed]
    _enough(people, draw.wanted)
    change(
        draw,
        state=DrawState.CLOSED.value,
        closed_at=now,
        listing=frozen(listed),
        list_digest=digest_of_list(people, draw.wanted),
        concerned=[
            {"kind": each.kind.value, "id": each.id, "name": each.name, "part": each.part.zh}
            for each in concerned
        ],
    )
    excluded = sum(1 for each in people if each.because)
    told = {
        "title": draw.title,
        "taking_part": len(people) - excluded,
        "excluded": excluded,
        "list_digest": draw.list_digest,
    }
    _record(CLOSE_LIST.code, draw, told, actor=actor, now=now)
    return draw


def _enough(people: Sequence[Any], wanted: Mapping[str, int]) -> None:
    missing = lacking(people, wanted)
    if missing:
        reasons = [
            Reason(
                "experts.too_few",
                {"field": word.zh, "field_en": word.en, "wanted": wanted[field], "lacking": count},
            )
            for field, count in sorted(missing.items())
            for word in [ANY_FIELD if field == ANY else Speciality(field).sentence]
        ]
        raise ExpertRefused(*reasons)


@official_act
def draw(held: ExpertDraw, *, number: str, version: int, actor: ActorLike, now: datetime) -> ExpertDraw:
    """随机抽取专家. Refused: no review duty, out of area, a list not closed, a number not yet out or another."""
    require(actor, DRAW.code, region_id=held.region_id)
    _in_state(held, version, DrawState.CLOSED)
    said_number = _number(held, number, today=shanghai_date(now))
    seed_of(said_number, held.list_digest)
    change(held, state=DrawState.DRAWN.value, drawn_at=now, seed_number=said_number)
    chosen = _seated(held, drawn_of(held), stepped_in=False)
    told = {
        "title": held.title,
        "seed_number": said_number,
        "list_digest": held.list_digest,
        "names": [each.expert.name for each in chosen],
        "keys": [each.expert.key for each in chosen],
    }
    _record(DRAW.code, held, told, actor=actor, now=now, more=chosen)
    return held


def _number(held: ExpertDraw, number: str, *, today: date) -> str:
    given = normalised(number)
    if held.seed_kind == SeedKind.STATED:
        if given and given != held.seed_number:
            raise ExpertRefused.because("experts.number_differs", stated=held.seed_number, given=given)
        return held.seed_number
    if today < held.seed_on:
        raise ExpertRefused.because("experts.number_not_out", seed_on=held.seed_on.isoformat())
    return given


@official_act
def excuse(
    held: ExpertDraw,
    expert: Expert,
    *,
    why: str,
    reason: str,
    version: int,
    actor: ActorLike,
    now: datetime,
) -> DrawnExpert | None:
    """抽中专家退出: the next of the reserve steps in, or nobody where none is left. Gives who stepped in.

    `why` is LEAVE or STAYS_AWAY. Refused: no review duty, out of area, nothing drawn, who was not drawn, no reason.
    """
    require(actor, EXCUSE.code, region_id=held.region_id)
    _in_state(held, version, DrawState.DRAWN)
    rows = {each.expert.key: each for each in held.drawn.filter(excused_on=None).select_related("expert")}
    if expert.key not in rows:
        raise ExpertRefused.because("experts.not_drawn", name=expert.name)
    on = shanghai_date(now)
    gone = {"id": expert.key, "why": why, "reason": said(reason), "on": on.isoformat()}
    change(held, excused=[*(held.excused or []), gone])
    left = change(rows.pop(expert.key), excused_on=on)
    after = drawn_of(held)
    moved = [
        change(rows[place.id], seat=place.seat)
        for place in after.chosen
        if place.id in rows and rows[place.id].seat != place.seat
    ]
    came = _seated(held, after, stepped_in=True, but=rows.keys())
    word = WHY[why]
    told = {
        "title": held.title,
        "name": expert.name,
        "key": expert.key,
        "why": word.zh,
        "why_en": word.en,
        "reason": gone["reason"],
        "stepped_in": came[0].expert.name if came else None,
    }
    _record(EXCUSE.code, held, told, actor=actor, now=now, more=[left, *moved, *came])
    return came[0] if came else None


WHY = {LEAVE: Sentence(zh="请假", en="on leave"), STAYS_AWAY: Sentence(zh="回避", en="has to stay away")}


def _seated(held: ExpertDraw, drawn: Drawn, *, stepped_in: bool, but: Any = ()) -> list[DrawnExpert]:
    """A row for everybody who is chosen and has none yet."""
    wanted = [place for place in drawn.chosen if place.id not in but]
    experts = {each.key: each for each in Expert.objects.filter(key__in=[place.id for place in wanted])}
    return [
        DrawnExpert.objects.create(
            draw=held,
            expert=experts[place.id],
            seat=place.seat,
            rank=place.rank or 0,
            stepped_in=stepped_in,
        )
        for place in wanted
    ]


@official_act
def cancel_draw(
    held: ExpertDraw, *, reason: str, version: int, actor: ActorLike, now: datetime
) -> ExpertDraw:
    """作废抽取: it stays on record for ever. Refused: no review duty, out of area, no reason, cancelled already."""
    require(actor, CANCEL.code, region_id=held.region_id)
    _in_state(held, version, DrawState.ANNOUNCED, DrawState.CLOSED, DrawState.DRAWN)
    old = {"draw_state": held.state}
    change(held, state=DrawState.CANCELLED.value, cancelled_because=said(reason))
    told = {"title": held.title, "reason": held.cancelled_because, "draw_state": held.state}
    record(
        act=CANCEL.code,
        actor=actor,
        now=now,
        subjects=[held],
        old=old,
        new=told,
        region_id=held.region_id,
    )
    return held


def _in_state(held: ExpertDraw, version: int, *states: DrawState) -> None:
    """Locked, as the page showed it, and in a state that allows the act."""
    held.refresh_from_db()
    state = DrawState(held.state)
    if state not in states:
        raise ExpertRefused.because(
            "experts.draw_not_in_state", title=held.title, state=state.zh, state_en=state.en
        )
    held.version = version


def _record(
    act: str,
    held: ExpertDraw,
    told: dict[str, Any],
    *,
    actor: ActorLike,
    now: datetime,
    more: Sequence[DrawnExpert] = (),
) -> None:
    record(act=act, actor=actor, now=now, subjects=[held, *more], new=told, region_id=held.region_id)


__all__ = ["Announcement", "announce_draw", "cancel_draw", "close_list", "draw", "excuse"]
