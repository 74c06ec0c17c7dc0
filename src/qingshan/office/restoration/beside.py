"""What do the apps above add to the page of a project? Matters in which its sites are accepted, declared at start."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qingshan.office.matters.models import Matter
from qingshan.office.trail.parties import ActorLike

Related = Callable[[Sequence[int], ActorLike], Sequence[Matter]]
"""related(sites, actor): the matters about these sites that the actor may see, the newest first."""

_DECLARED: list[Related] = []


def declare_related(related: Related) -> None:
    """Add matters to be named beside a project; declared again they stand there once."""
    if related not in _DECLARED:
        _DECLARED.append(related)


def related_to(sites: Sequence[int], *, actor: ActorLike) -> list[Matter]:
    """Every declared matter about these sites."""
    return [matter for related in _DECLARED for matter in related(sites, actor)]
