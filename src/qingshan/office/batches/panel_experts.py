"""Which experts on a panel stand in the pool, who was drawn for this work, and may they speak about it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qingshan.office.batches.models import PanelMember
from qingshan.office.experts.drawing import stays_away
from qingshan.office.experts.models import DrawnExpert, Expert
from qingshan.office.matters.experts import touches
from qingshan.office.matters.models import Matter
from qingshan.office.regions.ranges import ids_above
from qingshan.rules.acceptance import PanelPart
from qingshan.rules.experts import ExpertState
from qingshan.rules.reasons import CHINESE, ENGLISH, Reason, say_all

TIED = "batches.expert_tied"


def drawn_for(matter: Matter) -> list[Expert]:
    """Who was drawn for this matter and has not been excused, in the order of the lots."""
    rows = DrawnExpert.objects.filter(
        draw__subject_kind="matters.matter", draw__subject_id=matter.pk, excused_on=None
    )
    return [row.expert for row in rows.select_related("expert").order_by("-draw_id", "seat", "rank")]


def ties_against(matter: Matter, panel: Iterable[PanelMember], *, on: date) -> Iterator[Reason]:
    """Experts who sit there and of whom the pool says that they stay away (回避); who is not in a pool is not known."""
    concerned = tuple(touches(matter))
    for row in panel:
        if row.part_named is not PanelPart.EXPERT or row.signed_on is None:
            continue
        for expert in _in_the_pool(row, matter):
            if because := stays_away(expert, concerned, on=on):
                why, why_en = (say_all(because, language) for language in (CHINESE, ENGLISH))
                yield Reason(TIED, {"name": row.name, "why": why.rstrip("。"), "why_en": why_en.rstrip(".")})


def _in_the_pool(row: PanelMember, matter: Matter) -> list[Expert]:
    """The entries of pools over the place with this name and, where one was written, this employer."""
    rows = Expert.objects.filter(
        name=row.name, region_id__in=[matter.region_id, *ids_above(matter.region_id)]
    )
    if row.unit_name:
        rows = rows.filter(employer=row.unit_name)
    return list(rows.exclude(state=ExpertState.LEFT.value).prefetch_related("ties").order_by("pk"))
