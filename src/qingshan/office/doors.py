"""Who may knock at a page? Every view says so here; a view that says nothing is shut.

The declaration is read by the accounts middleware, which knows the actor; it stands this low so that
every app can use it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Door:
    """`anybody`: no login needed. Otherwise a login, and one of `duties` where any are named."""

    anybody: bool = False
    duties: frozenset[str] = frozenset()


def open_to_anybody(view: View) -> View:
    """Needs no login: the login page itself, public boards, health."""
    view.door = Door(anybody=True)  # type: ignore[attr-defined]
    return view


def open_to_signed_in(view: View) -> View:
    """Needs a login; what is shown is then narrowed by `visible_to(actor)`."""
    view.door = Door()  # type: ignore[attr-defined]
    return view


def open_to(*duties: str) -> Callable[[View], View]:
    """Needs a login and one of these duties; anybody else gets 403 with the reason."""
    if not duties:
        raise TypeError("name at least one duty, or use open_to_signed_in")

    def declare(view: View) -> View:
        view.door = Door(duties=frozenset(duties))  # type: ignore[attr-defined]
        return view

    return declare


def door_of(view: Callable[..., Any]) -> Door | None:
    """What the view declared, or None: then nobody may enter."""
    return getattr(view, "door", None)
