"""Which acts on this dossier does the reader's post allow? Buttons follow from it; the acts ask again."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty


@dataclass(frozen=True)
class May:
    """What the reader may do here."""

    file: bool
    """documents, plans, numbers elsewhere"""
    decide: bool
    """determine the responsible party at once"""
    record: bool
    """record what somebody else determined on paper"""

    @property
    def determine(self) -> bool:
        return self.decide or self.record

    @property
    def anything(self) -> bool:
        return self.file or self.determine


def may(actor: ActorLike, about: Mine | Site) -> May:
    """Within the area of the post, and never in the dossier of a mine that was merged into another."""
    closed = isinstance(about, Mine) and about.merged_into_id is not None
    here = not closed and inside(about.region_id, actor.region_ranges)
    return May(
        file=here and Duty.REGISTRY in actor.duties,
        decide=here and Duty.LEAD in actor.duties,
        record=here and bool(actor.duties & RECORDS_FOR_OTHERS),
    )
