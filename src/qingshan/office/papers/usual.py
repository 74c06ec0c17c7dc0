"""Which papers are usual for which act on a matter, and which were issued for it?

Papers are drafted in Chinese, whatever language their reader has chosen. What is not known yet is left empty, to be
written by hand. Each app says in its `printing.py` what is usual for its kinds, and what those papers tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Evidence, Matter, Step
from qingshan.office.matters.queries import steps_of
from qingshan.office.papers.access import visible_to
from qingshan.office.papers.documents import acceptance
from qingshan.office.papers.forms import COLON, SEPARATOR, one_piece
from qingshan.office.papers.kinds import PaperKind, paper_kind
from qingshan.office.papers.models import Paper
from qingshan.office.papers.showing import look_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.parties import ActorLike, Party
from qingshan.rules.flows.papers import PaperState
from qingshan.rules.matters import Phase
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import Role

SUBJECT = "matters.matter"
LONGEST_FACT = 600


@dataclass(frozen=True)
class Told:
    """A matter as a paper tells of it."""

    matter: Matter
    issuer: str
    drafter: Party
    on: date

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.matter)

    @property
    def place(self) -> str:
        mine = self.matter.mine
        return f"{self.matter.region.name}{mine.name}" if mine else self.matter.region.name

    def units(self, *roles: Role) -> str:
        """The units with one of these parts, each named once."""
        held = [each.unit_name for each in matter_parties(self.matter) if each.role in roles]
        return "、".join(dict.fromkeys(filter(None, held)))

    def newest(self, *acts: str) -> Step | None:
        """The last time that one of these acts was done."""
        return next((step for step in reversed(self.steps) if step.act in acts), None)


@dataclass(frozen=True)
class Usual:
    """A kind of paper that is usual for some acts; it can be drafted before such an act, and afterwards."""

    kind: str
    acts: tuple[str, ...]
    filled: Callable[[Any], dict[str, Any]]
    """what stands in its form at first, of what is told"""


@dataclass(frozen=True)
class Offer:
    """A paper that this reader may draft about the matter now."""

    kind: PaperKind
    act: str
    path: str


@dataclass(frozen=True)
class Issued:
    """A paper about the matter, with what came back of it."""

    paper: Paper
    kind: Sentence
    act: Sentence | None
    look: str
    state: PaperState
    copies: tuple[Any, ...]


def _always(_act: str, _matter: Matter) -> bool:
    return True


def _nothing_lacks(_kind: str, _matter: Matter) -> str:
    return ""


@dataclass(frozen=True)
class Printing:
    """The papers that are usual for the matters of an app."""

    usual: tuple[Usual, ...]
    told: type[Told] = Told
    still_asked: Callable[[str, Matter], bool] = _always
    """whether an act that can be done is still asked for"""
    supplied_by: Callable[[str, Matter], str] = _nothing_lacks
    """the act by which the matter gets a paper of this kind that its file lacks"""

    def offers(self, matter: Matter, *, actor: ActorLike, steps: list[Step]) -> list[Offer]:
        """The papers that the actor may draft about the matter as it stands."""
        found = (self.offer_of(each.kind, matter, actor=actor, steps=steps) for each in self.usual)
        return [each for each in found if each]

    def offer_of(self, kind: str, matter: Matter, *, actor: ActorLike, steps: list[Step]) -> Offer | None:
        """This kind, where the actor may draft it and an act for which it is usual can be done or was done, or the
        file lacks such a paper.
        """
        usual = self._by_kind.get(kind)
        if usual is None or not inside(matter.region_id, actor.region_ranges):
            return None
        declared = paper_kind(kind)
        if not actor.duties & frozenset(declared.duties):
            return None
        act = self._act_of(usual, matter, steps) or self.supplied_by(kind, matter)
        return Offer(declared, act, f"{matter.get_absolute_url()}papers/{kind}/") if act else None

    @property
    def _by_kind(self) -> dict[str, Usual]:
        return {each.kind: each for each in self.usual}

    def _act_of(self, usual: Usual, matter: Matter, steps: list[Step]) -> str:
        flow = kind_named(matter.kind).flow
        possible = [line.act for line in flow.acts_from(matter.state_name) if line.act in usual.acts]
        wanted = [act for act in possible if self.still_asked(act, matter)]
        done = [step.act for step in reversed(steps) if step.act in usual.acts]
        return next(iter((*wanted, *done)), "")

    def filled(
        self, kind: str, matter: Matter, *, issuer: Organisation, actor: ActorLike, on: date
    ) -> dict[str, Any]:
        """The form of a paper with what is known of the matter."""
        return self._by_kind[kind].filled(self.told(matter, issuer.name, actor.decider, on))


def papers_about(matter: Matter, *, actor: ActorLike) -> list[Issued]:
    """The papers about a matter that the actor may see, the newest first: two queries."""
    about = Paper.objects.filter(subject_kind=SUBJECT, subject_id=matter.pk)
    rows = visible_to(about, actor).prefetch_related("copies").order_by("-id")
    return [_issued(each, matter) for each in rows]


def _issued(paper: Paper, matter: Matter) -> Issued:
    kind, names = paper_kind(paper.kind), kind_named(matter.kind).flow.act_names
    return Issued(
        paper,
        kind.title,
        names.get(paper.for_act or ""),
        look_of(paper, kind),
        PaperState(paper.state),
        tuple(paper.copies.all()),
    )


# -- what forms take -----------------------------------------------------------------------------------------


def lines_of(facts: Iterable[tuple[str, Any]]) -> str:
    """Facts as the form takes them, a line each; what is not known is left out."""
    told = ((name, " ".join(str(value or "").split())) for name, value in facts)
    return "\n".join(f"{name}{COLON}{value[:LONGEST_FACT]}" for name, value in told if value)


def attendants(told: Told, visitors: str) -> Iterator[str]:
    """Who went on site, as the acceptance says; before it, whoever drafts the sheet. Units are written by hand."""
    named = [each for each in one_piece(visitors).split("、") if each]
    if not named:
        party = told.drafter
        yield SEPARATOR.join(filter(None, map(one_piece, (party.name, told.issuer, party.post))))
    for each in named:
        yield f"{each}{SEPARATOR}"


def shown_by(evidence: Sequence[Evidence]) -> str:
    """`佐证 3 件（整改前 1、整改后 2）`, as a sheet names what was brought of one site; empty where nothing was."""
    counted = Counter(each.phase for each in evidence)
    phases = "、".join(f"{phase.zh} {counted[phase.value]}" for phase in Phase if counted[phase.value])
    return f"佐证 {len(evidence)} 件" + (f"（{phases}）" if phases else "") if evidence else ""


def accepted_sheet(told: Told, done: Step | None, *, what: str) -> dict[str, Any]:
    """现场验收表 as far as every kind of matter fills it in: the acceptance as it was done, or nothing of it yet.
    `what` is accepted, where the name of the matter does not say so.
    """
    facts = (done.facts or {}) if done else {}
    visited_on = facts.get("visited_on")
    return {
        "title": acceptance.title_about(told.matter.title, what),
        "subject": f"{told.matter.title}（{told.matter.number}）",
        "place": told.place,
        "responsible": told.units(Role.ANSWERING),
        "carried_out_by": told.units(Role.EXECUTING),
        "accepted_by": (done.unit_name if done else "") or told.issuer,
        "visited_on": date.fromisoformat(visited_on) if visited_on else None,
        "attendants": "\n".join(attendants(told, str(facts.get("visitors") or ""))),
        "opinion": done.note if done else "",
    }
