"""Who decided, and who entered it? A party is stored with its names as they were at the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qingshan.rules.reasons import CHINESE, Sentence

PERSON = "person"


@dataclass(frozen=True)
class Party:
    """A person at a post, or one of the three that are nobody in particular."""

    kind: str
    """person, system, public or operator"""
    id: int | None
    name: str
    post: str = ""
    organisation: str = ""
    organisation_id: int | None = None
    region_id: int | None = None


@dataclass(frozen=True)
class PaperDecision:
    """A decision that was taken on paper and is recorded on behalf of the decider (代录)."""

    number: str
    decided_on: date
    scan_digest: str = ""
    """SM3 of the scan in the vault"""


SYSTEM = Party("system", None, "系统")
PUBLIC = Party("public", None, "公众")
OPERATOR = Party("operator", None, "本机操作员")

NAMES = {
    "system": Sentence(zh="系统", en="the system"),
    "public": Sentence(zh="公众", en="the public"),
    "operator": Sentence(zh="本机操作员", en="operator of this machine"),
}


def shown_name(*, kind: str, name: str, language: str = CHINESE) -> str:
    """A party's name for a reader: people as they were recorded, the nameless in the reader's language."""
    return NAMES[kind].say({}, language) if kind in NAMES else name


class ActorLike(Protocol):
    """What the trail and the access rules need to know of whoever acts."""

    @property
    def decider(self) -> Party: ...
    @property
    def recorder(self) -> Party: ...
    @property
    def paper(self) -> PaperDecision | None: ...
    @property
    def duties(self) -> frozenset[str]: ...
    @property
    def region_ranges(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def organisation_ids(self) -> frozenset[int]: ...
    @property
    def person_id(self) -> int | None: ...


@dataclass(frozen=True)
class Nobody:
    """An actor that is no person: the system's timetable, the public, the operator of this machine."""

    decider: Party
    duties: frozenset[str] = frozenset()
    paper: PaperDecision | None = None
    region_ranges: tuple[tuple[int, int], ...] = ()
    organisation_ids: frozenset[int] = frozenset()
    person_id: int | None = None

    @property
    def recorder(self) -> Party:
        return self.decider


THE_SYSTEM = Nobody(SYSTEM)
