"""Of which objects do papers speak, and where do those have their pages? An app above declares its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from qingshan.office.papers.models import Paper
from qingshan.office.trail.acts import declared_acts
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.reasons import Sentence


@dataclass(frozen=True)
class Subject:
    """A kind of object that papers are about, by the name under which the trail knows it."""

    kind: str
    what: str | Promise
    """what it is called on the screen"""
    path: Callable[[Any], str]
    """the address of its page"""


@dataclass(frozen=True)
class About:
    """The object of one paper, for a reader who may see it."""

    what: str | Promise
    title: str
    path: str
    act: Sentence | None
    """the act that the paper was drafted for"""


_SUBJECTS: dict[str, Subject] = {}


def declare_about(subject: Subject) -> None:
    """Add a kind of object. The same name with another content is a mistake and raises ValueError."""
    if _SUBJECTS.setdefault(subject.kind, subject) != subject:
        raise ValueError(f"{subject.kind!r} is declared twice with different contents")


def about_of(paper: Paper, *, actor: ActorLike) -> About | None:
    """What the paper speaks of; None where it speaks of nothing that has a page, or the actor may not see it."""
    subject, kind = _SUBJECTS.get(paper.subject_kind), declared_subjects().get(paper.subject_kind)
    if subject is None or kind is None or kind.visible_to is None:
        return None
    found = kind.visible_to(actor).filter(pk=paper.subject_id).first()
    if found is None:
        return None
    act = declared_acts().get(paper.for_act or "")
    return About(subject.what, str(found), subject.path(found), act.title if act else None)
