"""How does an expert come to see what they were chosen for? By the act of `accounts`, after one look at ties."""

from __future__ import annotations

from datetime import date, datetime

from qingshan.office.accounts.actions import assign_expert
from qingshan.office.accounts.models import Assignment, in_force
from qingshan.office.experts.about import About
from qingshan.office.experts.actions.pool import holds_experts_post, in_state
from qingshan.office.experts.drawing import stays_away
from qingshan.office.experts.models import Expert
from qingshan.office.experts.sentences import ExpertRefused
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.experts import ExpertState
from qingshan.rules.reasons import ENGLISH, say, say_all


def assign(
    expert: Expert,
    about: About,
    *,
    to_on: date,
    actor: ActorLike,
    now: datetime,
    document: str = "",
) -> Assignment:
    """指派: its entry is that of `accounts.assign_expert`. Refused: who must stay away, is not in the pool, cannot log
    in or is assigned already; and whatever that act refuses.
    """
    on = shanghai_date(now)
    may_speak(expert, about, on=on)
    if expert.person is None or not holds_experts_post(expert.person, on=on):
        raise ExpertRefused.because("experts.no_login", name=expert.name)
    held = Assignment.objects.filter(in_force(on), person=expert.person, kind=about.kind, object_id=about.pk)
    if (already := held.first()) is not None:
        until = already.to_on.isoformat() if already.to_on else None
        raise ExpertRefused.because("experts.already_assigned", name=expert.name, to_on=until)
    return assign_expert(
        actor=actor,
        now=now,
        person=expert.person,
        kind=about.kind,
        object_id=about.pk,
        to_on=to_on,
        document=document,
    )


def may_speak(expert: Expert, about: About, *, on: date) -> None:
    """Refused: who is not in the pool, and who must stay away from what the object touches."""
    in_state(expert, ExpertState.IN_POOL)
    if why := stays_away(expert, about.concerned, on=on):
        raise ExpertRefused.because(
            "experts.must_stay_away",
            name=expert.name,
            why="；".join(say(each) for each in why),
            why_en=say_all(why, ENGLISH),
        )
