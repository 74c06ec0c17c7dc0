"""Who may have approved something on paper near a place? For whoever enters it (代录)."""

from __future__ import annotations

from typing import Any

from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.accounts.models import Holding
from qingshan.office.matters.deciders import MOST_DECIDERS
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import path_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.acts import Act
from qingshan.rules.duties import ADMINISTRATORS


def directly(actor: Any, act: Act, region_id: int) -> bool:
    """Whether the actor may do the act themselves."""
    return act.duty in actor.duties and inside(region_id, actor.region_ranges)


def may_record(actor: Any, region_id: int) -> bool:
    """Whether the actor may enter what others decided on paper."""
    return bool(actor.duties & RECORDS_FOR_OTHERS) and inside(region_id, actor.region_ranges)


def deciders(region: Region, act: Act) -> list[Holding]:
    """Whoever has the duty in the region or above it; whether they held the post that day is asked when recorded."""
    held = Holding.objects.filter(post__organisation__region__in=path_of(region))
    rows = held.select_related("person", "post__organisation__unit").order_by(
        "-post__organisation__region_id", "id"
    )
    fitting = (
        each for each in rows if act.duty in each.post.duty_set and not each.post.duty_set & ADMINISTRATORS
    )
    return [each for each, _n in zip(fitting, range(MOST_DECIDERS), strict=False)]
