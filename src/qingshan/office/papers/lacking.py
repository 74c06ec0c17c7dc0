"""Is a signed copy that came back one of the papers that its object lacks? An app above says so for its own objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True)
class Lacking:
    """What a signed paper may be of what is missing."""

    certain: str = ""
    """the one that it is; empty where a person has to say"""
    choices: tuple[str, ...] = ()
    """those that it may be"""


@dataclass(frozen=True)
class Supplier:
    """How the objects of one kind are told of a signed copy."""

    lacking: Callable[[Paper, ActorLike], Lacking]
    supply: Callable[[SignedCopy, str, ActorLike, datetime], object]
    """an act of its own, which may refuse"""


_SUPPLIERS: dict[str, Supplier] = {}


def declare_supplier(kind: str, supplier: Supplier) -> None:
    """Add one for a kind of subject. The same kind with another content is a mistake and raises ValueError."""
    if _SUPPLIERS.setdefault(kind, supplier) != supplier:
        raise ValueError(f"{kind!r} is declared twice with different contents")


def supplier_of(paper: Paper) -> Supplier | None:
    """Whoever knows what the object of a paper lacks; None where nobody does."""
    return _SUPPLIERS.get(paper.subject_kind)
