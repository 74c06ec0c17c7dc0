"""What is there to go by when one event of a diary is played, and how is an act called with it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.rules.dates import shanghai_date

if TYPE_CHECKING:
    from qingshan.demo.diary import Event
    from qingshan.demo.playing import Show


@dataclass(frozen=True)
class Now:
    """An event as it is being played."""

    show: Show
    of: Any
    at: datetime
    event: Event
    actor: Actor

    @property
    def on(self) -> date:
        return shanghai_date(self.at)

    @property
    def matter(self) -> Matter:
        return self.show.matter(self.of.key)

    @property
    def number(self) -> str:
        return str(self.event.number).format(year=self.on.year)

    def day(self, days: int) -> date:
        """A day that was counted back from today."""
        return self.show.today + timedelta(days=days)


Doing = Callable[[Now], Any]


def brought(now: Now) -> Brought:
    return Brought(grounds=now.event.said, number=now.number)


def done_by(now: Now) -> dict[str, Any]:
    return {"actor": now.actor, "now": now.at}


def plain(function: Callable[..., Any]) -> Doing:
    """An act that brings nothing but words and a number."""
    return lambda now: function(now.matter, brought(now), **done_by(now))


def bringing(function: Callable[..., Any], values: Callable[[Now], dict[str, Any]]) -> Doing:
    """An act that brings more."""
    return lambda now: function(now.matter, brought(now), **values(now), **done_by(now))


def given(*names: str) -> Callable[[Now], dict[str, Any]]:
    """What stands in the event under these names."""
    return lambda now: {name: now.event.value(name) for name in names}
