"""Which acts does a kind of matter allow from which state, and where do they lead?

A flow is one table. Buttons, permissions, the database's states, the diagram in the documents and the
random-walk tests are all derived from it; nothing else in the program decides about states.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from qingshan.rules.duties import Duty
from qingshan.rules.errors import RuleBroken, RuleError
from qingshan.rules.reasons import CHINESE, Reason, Sentence
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move

STAYS = "*"
"""As the state that a line leads to: the act changes nothing about how the matter stands."""
ANYWHERE = "*"
"""As the only state that a line starts from: every state of the flow."""


@dataclass(frozen=True)
class Deadline:
    """Where the law book says how long the new state may last: a value of a rulebook."""

    rulebook: str
    value: str


@dataclass(frozen=True)
class Transition:
    """One line of a flow table."""

    act: str
    """Code of the act, `room.verb`."""
    from_states: tuple[str, ...]
    to_state: str
    duty: Duty | None
    """Duty that the decider must carry; None: whoever may see the object."""
    needs: tuple[str, ...] = ()
    """Codes of the reasons that are given while a need is not met."""
    deadline: Deadline | None = None
    """How long the new state may last; None: no limit in law."""
    by: tuple[Role, ...] = ()
    """Only a unit that has one of these parts in the matter; empty: whoever has the duty."""
    level: RegionLevel | None = None
    """Only an organisation of this level; None: any."""
    moves: tuple[Move, ...] = ()
    """What the act does to the stock (A5)."""

    @property
    def stays(self) -> bool:
        """Whether the act leaves the state as it is."""
        return self.to_state == STAYS


@dataclass(frozen=True)
class Flow:
    """The table of one kind. Building one that contradicts itself raises RuleError with every fault."""

    kind: str
    title: Sentence
    initial: str
    final: frozenset[str]
    """States where the matter rests. Acts may lead out of them again (reopening)."""
    names: Mapping[str, Sentence]
    """Both names of every state; its keys are the states, in the order of the work."""
    transitions: tuple[Transition, ...]
    act_names: Mapping[str, Sentence]
    """Both names of every act."""
    lasting: bool = False
    """长期坚持: a flow that need not end; then not every state must lead to a final one."""

    def __post_init__(self) -> None:
        if any(line.from_states == (ANYWHERE,) for line in self.transitions):
            object.__setattr__(self, "transitions", tuple(_spelt_out(self)))
        faults = tuple(_faults(self))
        if faults:
            raise RuleError(*faults)

    @property
    def states(self) -> tuple[str, ...]:
        """All states in the order of the work."""
        return tuple(str(state) for state in self.names)

    @property
    def acts(self) -> tuple[str, ...]:
        """All acts, each once, in the order of the table."""
        return tuple(dict.fromkeys(line.act for line in self.transitions))

    def acts_from(self, state: str) -> tuple[Transition, ...]:
        """The lines that can be taken from a state, in the order of the table."""
        self._known(state)
        return tuple(line for line in self.transitions if state in line.from_states)

    def steps_from(self, state: str) -> tuple[Transition, ...]:
        """The lines that lead out of a state. The first one is what should happen next."""
        return tuple(line for line in self.acts_from(state) if not line.stays)

    def side_acts_from(self, state: str) -> tuple[Transition, ...]:
        """The acts that can be done in a state and leave it as it is."""
        return tuple(line for line in self.acts_from(state) if line.stays)

    def line(self, state: str, act: str) -> Transition:
        """The one line for an act from a state. RuleBroken names the state and what is possible instead."""
        possible = self.acts_from(state)
        for line in possible:
            if line.act == act:
                return line
        raise RuleBroken.because(
            "rules.flow.not_from_here",
            act=self._act_name(act).zh,
            act_en=self._act_name(act).en,
            state=self.names[state].zh,
            state_en=self.names[state].en,
            possible="、".join(self._act_name(line.act).zh for line in possible) or None,
            possible_en=", ".join(self._act_name(line.act).en for line in possible) or None,
        )

    def after(self, state: str, act: str, *, met: Collection[str] = ()) -> str:
        """The state after an act. What is not shown to be met is not met: RuleBroken lists each open need."""
        line = self.line(state, act)
        unmet = [Reason(need) for need in line.needs if need not in met]
        if unmet:
            raise RuleBroken.of(unmet)
        return state if line.stays else str(line.to_state)

    def _known(self, state: str) -> None:
        if state not in self.names:
            raise RuleError.because("rules.flow.unknown_state", state=state, kind=self.kind)

    def _act_name(self, act: str) -> Sentence:
        return self.act_names.get(act, Sentence(zh=act, en=act))


def _spelt_out(flow: Flow) -> Iterator[Transition]:
    """The lines with every state named."""
    for line in flow.transitions:
        yield replace(line, from_states=flow.states) if line.from_states == (ANYWHERE,) else line


def _faults(flow: Flow) -> Iterator[Reason]:
    """Everything that is wrong with a table. Reachability is judged only once the names are right."""
    faults = list(chain(_unnamed(flow), _repeated(flow)))
    yield from faults or chain(_unreached(flow), _stuck(flow))


def _unnamed(flow: Flow) -> Iterator[Reason]:
    used = {flow.initial, *flow.final}
    for line in flow.transitions:
        used |= {*line.from_states, *([] if line.stays else [line.to_state])}
        if line.act not in flow.act_names:
            yield Reason("rules.flow.unnamed_act", {"kind": flow.kind, "act": line.act})
        if not line.from_states:
            yield Reason("rules.flow.from_nowhere", {"kind": flow.kind, "act": line.act})
    for state in sorted(used - set(flow.names)):
        yield Reason("rules.flow.unknown_state", {"kind": flow.kind, "state": str(state)})


def _repeated(flow: Flow) -> Iterator[Reason]:
    seen: set[tuple[str, str]] = set()
    for line in flow.transitions:
        for state in line.from_states:
            if (state, line.act) in seen:
                values = {"kind": flow.kind, "state": str(state), "act": line.act}
                yield Reason("rules.flow.act_twice", values)
            seen.add((state, line.act))


def _unreached(flow: Flow) -> Iterator[Reason]:
    reached = _closure({flow.initial}, _edges(flow))
    for state in flow.states:
        if state not in reached:
            yield Reason("rules.flow.unreached", {"kind": flow.kind, "state": state})


def _stuck(flow: Flow) -> Iterator[Reason]:
    left = {
        state
        for line in flow.transitions
        for state in line.from_states
        if not line.stays and line.to_state != state
    }
    ending = _closure(set(flow.final), [(to, come_from) for come_from, to in _edges(flow)])
    if not flow.final and not flow.lasting:
        yield Reason("rules.flow.no_end", {"kind": flow.kind})
    for state in flow.states:
        if state not in flow.final and state not in left:
            yield Reason("rules.flow.never_left", {"kind": flow.kind, "state": state})
        elif state not in ending and not flow.lasting:
            yield Reason("rules.flow.never_ends", {"kind": flow.kind, "state": state})


def _edges(flow: Flow) -> list[tuple[str, str]]:
    return [
        (state, line.to_state) for line in flow.transitions if not line.stays for state in line.from_states
    ]


def _closure(start: set[str], edges: list[tuple[str, str]]) -> set[str]:
    """All states that can be reached from `start` along the edges, `start` included."""
    reached = set(start)
    while grown := {to for come_from, to in edges if come_from in reached} - reached:
        reached |= grown
    return reached


def diagram(flow: Flow, language: str = CHINESE) -> str:
    """The table as a Mermaid state diagram. Not drawn by hand, so it cannot differ."""
    number = {state: f"s{place}" for place, state in enumerate(flow.states)}
    lines = ["stateDiagram-v2"]
    lines += [
        f'    state "{_quoted(flow.names[state], language)}" as {number[state]}' for state in flow.states
    ]
    lines.append(f"    [*] --> {number[flow.initial]}")
    for line in flow.transitions:
        if line.stays:
            continue  # a page lists them; drawn, they would bury the way through
        label = _label(flow, line, language)
        lines += [f"    {number[state]} --> {number[line.to_state]} : {label}" for state in line.from_states]
    lines += [f"    {number[state]} --> [*]" for state in flow.states if state in flow.final]
    return "\n".join(lines) + "\n"


def _label(flow: Flow, line: Transition, language: str) -> str:
    name = _quoted(flow.act_names[line.act], language)
    if line.duty is None:
        return name
    duty = line.duty.say(language)
    return f"{name} ({duty})" if language.lower().startswith("en") else f"{name}（{duty}）"


def _quoted(words: Sentence, language: str) -> str:
    """Mermaid ends a label at a quote, a colon or a semicolon; line breaks would start a new statement."""
    text = words.say({}, language).replace('"', "”").replace(":", "：").replace(";", "；")
    return " ".join(text.split())


def diagrams(flows: Iterable[Flow], language: str = CHINESE) -> str:
    """Several flows as one Markdown text."""
    return "\n".join(
        f"## {flow.title.say({}, language)}\n\n```mermaid\n{diagram(flow, language)}```\n" for flow in flows
    )


def main(language: str) -> None:
    """`python -m qingshan.rules.flow [en]` prints the diagrams of all flows."""
    from qingshan.rules.flows import all_flows

    sys.stdout.write(diagrams(all_flows(), language))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else CHINESE)
