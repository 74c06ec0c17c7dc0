"""Which kinds of matter are there, and what does each bring? A flow table, and the facts that its needs ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from qingshan.finding.walk import Asked as Words
from qingshan.office.trail.acts import Act, declare_acts
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.words import declare_values
from qingshan.rules.flow import Flow, Transition
from qingshan.rules.independence import Unit
from qingshan.rules.reasons import Reason, Sentence

if TYPE_CHECKING:
    from qingshan.office.matters.models import Matter
    from qingshan.office.mines.models import Site

WORDING = Sentence(zh="{act}：“{about}”{note}", en="{act_en}: “{about}” {note}")
"""How the trail tells of a step that has no sentence of its own."""


@dataclass(frozen=True)
class Asked:
    """An act that somebody is about to do, with what they bring: what a need is judged by."""

    matter: Matter
    line: Transition
    actor: ActorLike
    unit: Unit | None
    """of the decider"""
    now: datetime
    on: date
    """the day on which it happens"""
    grounds: str = ""
    number: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


Need = Callable[[Asked], Iterable[Reason]]
"""Why a need is not met; nothing when it is."""


def _own_ground(matter: Matter) -> Any:
    return next((each.geom for each in (matter.site, matter.mine) if each and each.geom is not None), None)


def _one_whole(_matter: Matter) -> Sequence[Site]:
    return ()


def _nothing_else(_asked: Words, _actor: ActorLike) -> Mapping[int, str]:
    return {}


@dataclass(frozen=True)
class MatterKind:
    """One kind of matter. Its detail model, pages and columns stand in the app that declares it."""

    flow: Flow
    needs: Mapping[str, Need]
    path: Callable[[Matter], str]
    """the address of the page of one of its matters"""
    brought: frozenset[str] = frozenset()
    """Needs that are met by what the act itself brings: they are asked in its form, not listed beforehand."""
    deciding: frozenset[str] = frozenset()
    """Needs that decide which of several lines is next."""
    carries_out: frozenset[str] = frozenset()
    """Acts by which somebody takes part in the work; they never judge it afterwards."""
    begins_anew: frozenset[str] = frozenset()
    """Acts by which it is taken up again: whoever took part before may judge what is done from then on."""
    takes_up_again: tuple[str, ...] = ()
    """Acts by which accepted land is put right once more where somebody found on site that it was not kept."""
    ground: Callable[[Matter], Any] = _own_ground
    """The land on which a photograph of the work must have been taken; None where nobody knows it."""
    sites: Callable[[Matter], Sequence[Site]] = _one_whole
    """The sites of which a piece of evidence may be said to show one; none: it shows the matter as a whole."""
    found_through: Callable[[Words, ActorLike], Mapping[int, str]] = _nothing_else
    """Its matters that are found by what belongs to them, each with the name of that; no more than some hundred, and
    only by what the actor may see."""
    late_acts: frozenset[str] = frozenset()
    """Acts by which a ledger in use enters late, and is corrected until somebody acts on the matter: they lead from
    any state to any other, by no line of the table."""
    sentences: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        asked = {need for line in self.flow.transitions for need in line.needs}
        if missing := asked - set(self.needs):
            raise LookupError(f"{self.flow.kind}: nobody knows how to judge {', '.join(sorted(missing))}")

    @property
    def kind(self) -> str:
        return self.flow.kind

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts of the table, as the trail and the permissions know them."""
        duties = {line.act: line.duty for line in self.flow.transitions}
        return tuple(
            Act(code, duty, self.flow.act_names[code], self.sentences.get(code, _told(self.flow, code)))
            for code, duty in duties.items()
        )


def _told(flow: Flow, code: str) -> Sentence:
    name = flow.act_names[code]
    return Sentence(
        zh=WORDING.zh.replace("{act}", name.zh), en=WORDING.en.replace("{act_en}", name.en.capitalize())
    )


_KINDS: dict[str, MatterKind] = {}


def declare_kind(kind: MatterKind) -> None:
    """Add a kind with its acts. The same kind with another table is a mistake and raises ValueError."""
    known = _KINDS.setdefault(kind.kind, kind)
    if known is not kind and known.flow != kind.flow:
        raise ValueError(f"kind {kind.kind!r} is declared twice with different tables")
    declare_acts(*kind.acts)
    declare_values("state", {f"{kind.kind}.{state}": name for state, name in kind.flow.names.items()})


def kind_named(kind: str) -> MatterKind:
    """The declared kind; KeyError for one that no app declares."""
    return _KINDS[kind]


def kinds() -> tuple[MatterKind, ...]:
    """All kinds, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))
