"""Do matters stand where their steps lead, and is every count what a recount gives? `doctor --state` asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count

from qingshan.office.matters.kinds import kind_named, kinds
from qingshan.office.matters.models import DeadlineTally, Matter, Movement, MovementTally, StandingTally, Step
from qingshan.office.matters.seeding import state_code
from qingshan.rules.stock import Move

AT_ONCE = 5_000


def astray() -> list[str]:
    """One line for every matter, movement or tally that differs from what the steps say."""
    return [*_states(), *_stock(), *_standing_tallies(), *_movement_tallies()]


def _states() -> Iterator[str]:
    """Fold the steps: each begins where the last one ended, by a line of the table, and the last is the state."""
    held: dict[int, tuple[str | None, int]] = dict.fromkeys(
        Matter.objects.values_list("pk", flat=True), (None, 0)
    )
    steps = Step.objects.order_by("matter_id", "matter_version").values_list(
        "matter_id", "matter__kind", "act", "from_state_id", "to_state_id", "matter_version"
    )
    for matter_id, kind, act, from_state, to_state, version in steps.iterator(chunk_size=AT_ONCE):
        state, last = held[matter_id]
        if from_state != state:
            yield f"事项 {matter_id} 第 {version} 步起始状态 {from_state} 与上一步 {state} 不符"
        if from_state is not None and not _allowed(kind, act, from_state, to_state):
            yield f"事项 {matter_id} 第 {version} 步“{act}”不能由 {from_state} 到 {to_state}"
        if version != last + 1:
            yield f"事项 {matter_id} 缺第 {last + 1} 步"
        held[matter_id] = (to_state, version)
    rows = Matter.objects.values_list("pk", "state_id", "version", "closed_on", "kind", "late_entry")
    for pk, state, version, closed_on, kind, late in rows.iterator(chunk_size=AT_ONCE):
        if held[pk] != (state, version):
            yield f"事项 {pk} 状态 {state}（第 {version} 版）与步骤 {held[pk]} 不符"
        ended = state.partition(".")[2] in kind_named(kind).flow.final
        if (ended and closed_on is None and not late) or (not ended and closed_on is not None):
            yield f"事项 {pk} 状态 {state} 与了结日期 {closed_on} 不符"


def _allowed(kind: str, act: str, from_state: str, to_state: str) -> bool:
    flow = kind_named(kind).flow
    if act in kind_named(kind).late_acts:
        return True
    for line in flow.transitions:
        if line.act == act and from_state.partition(".")[2] in line.from_states:
            return to_state == (from_state if line.stays else state_code(kind, line.to_state))
    return False


def _stock() -> Iterator[str]:
    """What moved in less what moved out is what stands, for each region and kind, to the item."""
    moved: Counter[tuple[str, int]] = Counter()
    for kind, region_id, move, n in (
        Movement.objects.values_list("kind", "region_id", "move").annotate(n=Count("pk")).order_by()
    ):
        moved[kind, region_id] += n * Move(move).sign
    standing: Counter[tuple[str, int]] = Counter()
    for kind in kinds():
        final = [state_code(kind.kind, state) for state in kind.flow.final]
        rows = Matter.objects.filter(kind=kind.kind).exclude(state_id__in=final)
        for region_id, n in rows.values_list("region_id").annotate(n=Count("pk")).order_by():
            standing[kind.kind, region_id] = n
    for place in sorted(set(moved) | set(standing)):
        if moved[place] != standing[place]:
            yield f"{place[0]} {place[1]}：按变动存量 {moved[place]}，实有 {standing[place]}"


def _standing_tallies() -> Iterator[str]:
    states: Counter[tuple[str, int, str]] = Counter()
    deadlines: Counter[tuple[str, int, str]] = Counter()
    rows = Matter.objects.values_list("kind", "region_id", "state_id", "due_on", "closed_on")
    for kind, region_id, state, due_on, closed_on in rows.iterator(chunk_size=AT_ONCE):
        states[kind, region_id, state] += 1
        if closed_on is None:
            deadlines[kind, region_id, due_on.isoformat() if due_on else ""] += 1
    kept = {(row.kind, row.region_id, row.state): row.rows for row in StandingTally.objects.exclude(rows=0)}
    yield from _differences("台账合计", states, kept)
    kept = {(row.kind, row.region_id, row.due_on): row.rows for row in DeadlineTally.objects.exclude(rows=0)}
    yield from _differences("时限合计", deadlines, kept)


def _movement_tallies() -> Iterator[str]:
    rows = Movement.objects.values_list("kind", "region_id", "recorded_on", "move")
    counted = Counter({tuple(row): n for *row, n in rows.annotate(n=Count("pk")).order_by()})
    kept = {
        (row.kind, row.region_id, row.recorded_on, row.move): row.rows
        for row in MovementTally.objects.exclude(rows=0)
    }
    yield from _differences("变动合计", counted, kept)


def _differences(what: str, counted: Mapping[Any, int], kept: Mapping[Any, int]) -> Iterator[str]:
    for place in sorted(set(counted) | set(kept), key=str):
        if counted.get(place, 0) != kept.get(place, 0):
            yield f"{what} {' '.join(map(str, place))}：记为 {kept.get(place, 0)}，清点 {counted.get(place, 0)}"
