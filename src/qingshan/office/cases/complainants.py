"""Who complained, and who may ask?"""

from __future__ import annotations

from qingshan.office.cases.access import SEES_COMPLAINANTS, visible_to
from qingshan.office.cases.models import Complainant
from qingshan.office.matters.models import Matter
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.parties import ActorLike


def complainant_of(matter: Matter, *, actor: ActorLike) -> Complainant | None:
    """Who complained; None where nobody stands on record, or the actor may not ask."""
    if not may_ask(matter, actor=actor):
        return None
    return visible_to(Complainant.objects.filter(petition__matter=matter), actor).first()


def may_ask(matter: Matter, *, actor: ActorLike) -> bool:
    """Whether the duty and the area of the post let the actor ask at all."""
    return bool(actor.duties & frozenset(SEES_COMPLAINANTS)) and inside(matter.region_id, actor.region_ranges)
