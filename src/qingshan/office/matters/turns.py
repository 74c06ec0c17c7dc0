"""Whose turn is it, and what comes next? The first line out of the state whose deciding needs are met."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import Matter
from qingshan.rules.flow import Transition


@dataclass(frozen=True)
class Turn:
    """Who is asked for the next step."""

    duty: str = ""
    level: str = ""
    organisation_id: int | None = None


def next_line(matter: Matter, asked: Asked) -> Transition | None:
    """What should happen next; None where the matter rests."""
    kind = kind_named(matter.kind)
    if matter.state_name in kind.flow.final:
        return None
    for line in kind.flow.steps_from(matter.state_name):
        deciding = [need for need in line.needs if need in kind.deciding]
        if not any(tuple(kind.needs[need](replace(asked, matter=matter, line=line))) for need in deciding):
            return line
    return None


def turn_after(matter: Matter, asked: Asked) -> Turn:
    """Whose turn it is now."""
    line = next_line(matter, asked)
    if line is None:
        return Turn()
    return Turn(str(line.duty or ""), str(line.level or ""), _holder(matter, line))


def _holder(matter: Matter, line: Transition) -> int | None:
    held = sorted(matter_parties(matter), key=lambda each: each.pk)
    for role in line.by:
        for party in held:
            if party.role == role and party.organisation_id is not None:
                return party.organisation_id
    return None
