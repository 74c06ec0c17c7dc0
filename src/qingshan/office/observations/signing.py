"""Who signed for the land of a claim since it was claimed? They do not clear the doubt that images raise about it."""

from __future__ import annotations

from django.db.models import F

from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Step
from qingshan.office.observations.models import Claim
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.verification import SIGNS


def steps_of(claim: Claim) -> list[Step]:
    """The steps that moved the matter on since the claim."""
    if claim.matter is None:
        return []
    steps = claim.matter.steps.filter(occurred_on__gte=claim.claimed_on).exclude(to_state=F("from_state"))
    return list(steps.order_by("matter_version"))


def signed(claim: Claim, actor: ActorLike) -> bool:
    """Whether the actor decided, or records for whoever decided, that the land was accepted or the matter closed."""
    if claim.matter is None:
        return False
    flow = kind_named(claim.matter.kind).flow
    signing = {line.act for line in flow.transitions if SIGNS & set(line.needs)}
    persons = {actor.decider.id, actor.recorder.id, actor.person_id} - {None}
    return any(step.act in signing and step.decider_id in persons for step in steps_of(claim))
