"""May this person and unit judge that work? Nobody accepts, approves or closes what they carried out.

Basis: 整改销号“谁验收、谁负责”的地方规则; the acceptance of a government bureau's own work goes one level up. A
clerk who holds several posts stays one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qingshan.rules.reasons import Reason
from qingshan.rules.register import OrganisationKind, RegionLevel

LADDER = (RegionLevel.COUNTY, RegionLevel.PREFECTURE, RegionLevel.PROVINCE)
"""The levels that judge, lowest first."""
_HEIGHT = {RegionLevel.VILLAGE: 0, RegionLevel.TOWNSHIP: 1, RegionLevel.COUNTY: 2, RegionLevel.PREFECTURE: 3,
           RegionLevel.PROVINCE: 4}  # fmt: skip
_OF_GOVERNMENT = frozenset({OrganisationKind.AUTHORITY, OrganisationKind.GOVERNMENT})


@dataclass(frozen=True)
class Unit:
    """An organisation as a rule sees it; a division counts as the unit that it belongs to."""

    id: int
    name: str
    kind: OrganisationKind
    level: RegionLevel | None = None

    @property
    def is_of_government(self) -> bool:
        """Whether it is an office of the government, whose own level does not judge it."""
        return self.kind in _OF_GOVERNMENT


@dataclass(frozen=True)
class Judge:
    """Who is about to judge."""

    unit: Unit | None
    persons: frozenset[int] = frozenset()
    """The decider and, where somebody else enters the decision, the recorder too."""


@dataclass(frozen=True)
class DoneBy:
    """Who carried the work out."""

    units: tuple[Unit, ...] = ()
    persons: frozenset[int] = frozenset()
    """Who reported, checked and applied for it, at whichever post."""
    names: dict[int, str] = field(default_factory=dict)


def faults(judge: Judge, work: DoneBy) -> tuple[Reason, ...]:
    """Why this judge may not judge this work; empty when they may."""
    return (*took_part(judge, work), *_not_above(judge, work.units))


def took_part(judge: Judge, work: DoneBy) -> tuple[Reason, ...]:
    """Whether unit or person had a hand in the work: all that is asked of experts and residents, who have no level."""
    return (*_same_unit(judge, work.units), *_same_person(judge, work))


def _same_unit(judge: Judge, units: Iterable[Unit]) -> Iterator[Reason]:
    for unit in units:
        if judge.unit is not None and unit.id == judge.unit.id:
            yield Reason("rules.independence.same_unit", {"unit": unit.name})


def _same_person(judge: Judge, work: DoneBy) -> Iterator[Reason]:
    for person in sorted(judge.persons & work.persons):
        yield Reason("rules.independence.same_person", {"person": work.names.get(person)})


def _not_above(judge: Judge, units: Iterable[Unit]) -> Iterator[Reason]:
    """Where an office of the government did the work, its own level cannot judge it; above a province's there is
    none here, so another office of the province may.
    """
    own = height(judge.unit.level if judge.unit else None)
    for unit in units:
        same = judge.unit is not None and unit.id == judge.unit.id
        has_above = height(unit.level) < height(RegionLevel.PROVINCE)
        if unit.is_of_government and has_above and not same and own <= height(unit.level):
            yield Reason(
                "rules.independence.one_level_up",
                {"unit": unit.name, "judge": judge.unit.name if judge.unit else None},
            )


def height(level: RegionLevel | None) -> int:
    """How high a level stands; without one it stands below all."""
    return _HEIGHT.get(level, -1) if level is not None else -1
