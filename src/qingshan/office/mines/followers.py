"""What hangs on a mine, and goes along when two entries become one?

A higher app that refers to mines declares its model here, so that a merger forgets nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    Facility,
    LandUse,
    Mine,
    MiningRight,
    ResponsibleParty,
    Site,
)


@dataclass(frozen=True)
class Follower:
    """Rows that refer to a mine: `path` holds its id, `version` rises with every change."""

    model: type[Model]
    path: str = "mine_id"

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    def locked(self) -> QuerySet[Any]:
        return self.model._default_manager.select_for_update().order_by("pk")

    def of(self, mine_ids: Iterable[int]) -> QuerySet[Any]:
        return self.locked().filter(**{f"{self.path}__in": list(mine_ids)})

    def changes(self, row: Any, *, kept: Mine, firms: Mapping[int, int | None]) -> dict[str, Any]:
        """What of a row has to become new. `firms` are the enterprises of the two entries before."""
        fresh: dict[str, Any] = {self.path: kept.pk}
        if hasattr(row, "enterprise_id") and self.path == "mine_id":
            follows = row.enterprise_id in (None, firms[row.mine_id])
            fresh["enterprise_id"] = kept.enterprise_id if follows else row.enterprise_id
        if getattr(row, "site_id", 0) is None:
            # a paper about the mine itself lies where the mine lies
            fresh["region_id"] = kept.region_id
        return {name: value for name, value in fresh.items() if getattr(row, name) != value}


FOLLOWERS: list[Follower] = [
    Follower(Site),
    Follower(MiningRight),
    Follower(LandUse),
    Follower(Facility),
    Follower(Document),
    Follower(ApprovedPlan),
    Follower(ResponsibleParty),
    # what was merged into the absorbed entry before
    Follower(Mine, path="merged_into_id"),
]


STAYING: set[tuple[type[Model], str]] = set()
"""Rows that go on pointing to the absorbed entry: what was done and decided about it under its own name. Whoever lists
them for a mine asks for the entries that were merged into it too."""


def declare_staying(model: type[Model], path: str = "mine_id") -> None:
    """Let rows of a higher app stay where they are, once, from its `AppConfig.ready`."""
    STAYING.add((model, path))


def declare_follower(follower: Follower) -> None:
    """Let rows of a higher app go along, once, from its `AppConfig.ready`."""
    if follower not in FOLLOWERS:
        FOLLOWERS.append(follower)
