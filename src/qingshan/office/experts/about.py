"""For what can experts be drawn or asked, and what does it touch? Apps above declare their own objects.

Mines, matters and whatever comes later stand above this app. Each says how one of its objects is called, where it lies,
where its page is and which organisations, mines and regions it touches; and how a mine is found by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from qingshan.office.accounts.models import Organisation
from qingshan.office.errors import NotFound
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import path_of
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.experts import Concerned, TieKind
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import OrganisationKind


@dataclass(frozen=True)
class Subject:
    """A kind of object that experts are drawn for or asked about, by the name under which the trail knows it."""

    kind: str
    what: str | Promise
    path: Callable[[Any], str]
    """the address of its page"""
    touches: Callable[[Any], Iterable[Concerned]]
    """the organisations and mines that have a part in it; its region is added here"""


@dataclass(frozen=True)
class About:
    """One object, for a reader who may see it."""

    kind: str
    pk: int
    what: str | Promise
    name: str
    path: str
    region: Region
    concerned: tuple[Concerned, ...]


FindMine = Callable[[str, ActorLike], tuple[int, str] | None]
"""The id and the name of the mine with this number, as far as the actor may see it."""

_SUBJECTS: dict[str, Subject] = {}
_FIND_MINE: list[FindMine] = []
REGION_OF = Sentence(zh="所在地区", en="region")


def declare_subject_of_experts(subject: Subject) -> None:
    """Add a kind of object. The same name with another content is a mistake and raises ValueError."""
    if _SUBJECTS.setdefault(subject.kind, subject) != subject:
        raise ValueError(f"{subject.kind!r} is declared twice with different contents")


def declare_mines(find: FindMine) -> None:
    """Say how a mine is found by its number."""
    _FIND_MINE[:] = [find]


def mine_numbered(number: str, actor: ActorLike) -> tuple[int, str] | None:
    """The mine with this number; None where there is none, or the actor may not see it."""
    return _FIND_MINE[0](number, actor) if _FIND_MINE else None


def about(kind: str, pk: int, *, actor: ActorLike) -> About:
    """The object of this kind and number with what it touches; NotFound for what the actor may not see."""
    subject, found = _SUBJECTS.get(kind), _seen(kind, pk, actor)
    if subject is None or found is None:
        raise NotFound.because("office.not_found", what=kind)
    touched = (*subject.touches(found), *regions_touched(found.region))
    return About(kind, pk, subject.what, str(found), subject.path(found), found.region, touched)


def page_of(kind: str, pk: int | None, *, actor: ActorLike) -> str:
    """Where the object has its page; empty where it has none, or the actor may not see it."""
    found = _seen(kind, pk, actor)
    return _SUBJECTS[kind].path(found) if found is not None else ""


def _seen(kind: str, pk: int | None, actor: ActorLike) -> Any:
    """The object, if it is of a kind that experts are asked about and the actor may see it."""
    declared = declared_subjects().get(kind)
    if kind not in _SUBJECTS or declared is None or declared.visible_to is None or pk is None:
        return None
    return declared.visible_to(actor).filter(pk=pk).first()


def regions_touched(region: Region) -> list[Concerned]:
    """The region of something, and each above it: a tie to the city holds for its counties."""
    return [Concerned(TieKind.REGION, each.pk, each.name, REGION_OF) for each in path_of(region)]


def organisation_touched(organisation: Organisation | None, part: Sentence) -> list[Concerned]:
    """An organisation with a part in something: a division as its unit, an enterprise with the group it belongs to."""
    if organisation is None:
        return []
    house = organisation.unit or organisation
    group = house.parent if house.kind == OrganisationKind.ENTERPRISE else None
    named = [house, *([group] if group is not None else [])]
    return [Concerned(TieKind.ORGANISATION, each.pk, each.name, part) for each in named]
