"""Does the table of states hold every state of every flow? Seeded after each migration, from the flow tables."""

from __future__ import annotations

from typing import Any

from qingshan.office.matters.kinds import kinds
from qingshan.office.matters.models import FlowState
from qingshan.rules.flow import Flow

__all__ = ["seed_states", "state_code"]


def seed_states(**_signal: Any) -> None:
    """Write what is missing and what was renamed. Safe to repeat."""
    rows = [row for kind in kinds() for row in _rows(kind.flow)]
    FlowState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "zh", "en", "place", "is_final"],
    )


def _rows(flow: Flow) -> list[FlowState]:
    return [
        FlowState(
            code=state_code(flow.kind, state),
            kind=flow.kind,
            zh=names.zh,
            en=names.en,
            place=place,
            is_final=state in flow.final,
        )
        for place, (state, names) in enumerate(flow.names.items())
    ]


def state_code(kind: str, state: str) -> str:
    """`<kind>.<state>`."""
    return f"{kind}.{state}"
