"""How is a row of the access table written? See `tests/test_access_table.py` for how it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qingshan.office.accounts.tests.people import EVERYBODY, People, nine_people

EVERYBODY_ELSE = "*"


@dataclass
class World:
    """What the table is tried on: the people, and whatever the apps' `prepare(world)` added by name."""

    people: People
    things: dict[str, Any] = field(default_factory=dict)


class Row(NamedTuple):
    """One request and the status that each person gets; `*` stands for everybody who is not named."""

    method: str
    path: str | Callable[[World], str]
    expected: Mapping[str, int]
    data: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None
    """of HTTP, such as {"HX-Request": "true"}"""

    def address(self, world: World) -> str:
        return self.path if isinstance(self.path, str) else self.path(world)

    def status_for(self, name: str) -> int:
        return self.expected[name] if name in self.expected else self.expected[EVERYBODY_ELSE]


def a_world() -> World:
    """The people and nothing else."""
    return World(nine_people())


# What the doors give by themselves; combine with | and add what differs.
ANYBODY: dict[str, int] = {EVERYBODY_ELSE: 200}
SIGNED_IN: dict[str, int] = {EVERYBODY_ELSE: 200, "anonymous": 302}


def only(*names: str, status: int = 200) -> dict[str, int]:
    """Open to these; all others who are signed in get 403, the public is sent to log in."""
    return {EVERYBODY_ELSE: 403, "anonymous": 302} | dict.fromkeys(names, status)


def found_by(*names: str, status: int = 200) -> dict[str, int]:
    """An object that these may see; for all others who are signed in it does not exist."""
    return {EVERYBODY_ELSE: 404, "anonymous": 302} | dict.fromkeys(names, status)


__all__ = ["ANYBODY", "EVERYBODY", "SIGNED_IN", "Row", "World", "a_world", "found_by", "only"]
