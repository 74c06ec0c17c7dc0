"""Do lists and land stand where their moves lead? `doctor --state` asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Sum

from qingshan.office.restoration.models import LandMove, LandParcel, ListedSite, ListMove


def astray() -> list[str]:
    """One line for every listed site, and every mine and state, that differs from the sum of its moves."""
    return [*_listed(), *_land()]


def _listed() -> Iterator[str]:
    names = ("sites", "target_cm2", "done_sites", "done_cm2")
    sums = ListMove.objects.order_by().values_list("listed_id").annotate(**{f"n_{n}": Sum(n) for n in names})
    told = {pk: tuple(values) for pk, *values in sums}
    for row in ListedSite.objects.order_by("pk").iterator():
        held = (
            int(row.is_on_list),
            row.target_cm2 or 0,
            int(row.restored_on is not None),
            row.done_cm2,
        )
        if told.get(row.pk, (0, 0, 0, 0)) != held:
            yield f"入账点位 {row.key}：记为 {held}，按变动 {told.get(row.pk)}"


def _land() -> Iterator[str]:
    told: dict[tuple[int, str], int] = defaultdict(int)
    for mine_id, before, after, area in LandMove.objects.values_list(
        "mine_id", "from_state", "to_state", "area_cm2"
    ):
        if after:
            told[mine_id, after] += area
        if before:
            told[mine_id, before] -= area
    sums = LandParcel.objects.order_by().values_list("mine_id", "state").annotate(n=Sum("area_cm2"))
    held = {(mine_id, state): area for mine_id, state, area in sums}
    for place in sorted({*told, *held}):
        if told.get(place, 0) != held.get(place, 0):
            yield f"土地 矿山 {place[0]} {place[1]}：记为 {held.get(place, 0)}，按变动 {told.get(place, 0)}"
