"""Who may see batches and what hangs on them, and which acts concern them beside those of the flow tables?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import scoped
from qingshan.office.batches.models import Batch, BatchSite, PanelMember, SealedNumber, SiteCheck
from qingshan.office.matters.access import of_matter
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

Row = TypeVar("Row", bound=Model)

FORM = Act(
    "batches.form_batch",
    Duty.REGISTRY,
    Sentence("组成批次", "Put a batch together"),
    Sentence(
        "组成修复批次“{about}”，列入点位 {sites} 处", "Put the batch “{about}” together with {sites} sites"
    ),
)
TAKE_UP = Act(
    "batches.take_up_single",
    Duty.REGISTRY,
    Sentence("登记单项", "Enter a single site"),
    Sentence("登记单项修复“{about}”", "Entered the single site “{about}”"),
)
ACTS = (FORM, TAKE_UP)


PATHS: dict[type[Model], dict[str, Any]] = {
    Batch: of_matter("matter"),
    BatchSite: of_matter("batch__matter"),
    SealedNumber: of_matter("batch__matter"),
    PanelMember: of_matter("batch__matter"),
    SiteCheck: of_matter("batch_site__batch__matter"),
}


def visible_to(queryset: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Rows that the actor may see: whoever sees the batch sees what hangs on it."""
    return scoped(queryset, actor, **PATHS[queryset.model])


def whole_of(model: type[Row]) -> Callable[[ActorLike], QuerySet[Row]]:
    """All that an actor may see of one model."""
    return lambda actor: visible_to(model._default_manager.all(), actor)
