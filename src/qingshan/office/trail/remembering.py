"""What holds until the next act, so that a page that is read need not ask for it again?

Whatever the register, the organisations and the regions hold changes by official acts only, and every act moves the
head of the trail in its own transaction. An answer that was found at one head is therefore right as long as the head
stands there, in every process. A page asks for the head once; an act inside of it ends the remembering.

Decorate only what reads nothing but what acts write, for arguments that can be compared, and whose answer nobody
changes. Outside of `until_next_act` (acts, background work, the command line) everything is asked anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection

from qingshan.office.trail.models import Head

P = ParamSpec("P")
R = TypeVar("R")
Moment = tuple[int, int]
"""The head, and a minute."""

MOST_ANSWERS = 500
LONGEST_S = 60
"""What was mended past the program (`doctor --mend`) shows within a minute."""

_ASK = f"SELECT seq FROM {Head._meta.db_table} WHERE id = 1"
_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)
_answers: dict[Hashable, Any] = {}
_NOTHING = object()
_newest: list[Moment] = []


@contextmanager
def until_next_act() -> Iterator[None]:
    """Around a page that is only read."""
    token = _moment.set(_now())
    try:
        yield
    finally:
        _moment.reset(token)


def remembers() -> bool:
    """Is a page being read, so that one question more is asked once until the next act?"""
    return _moment.get() is not None


def forget_in_this_act() -> None:
    """An act has begun to write: what was remembered holds no more for whoever does it."""
    _moment.set(None)


def forget_all() -> None:
    """For tests, whose rows come and go without acts."""
    _answers.clear()


def holds_until_next_act(function: Callable[P, R]) -> Callable[P, R]:
    """Remember the answers of a function; see the module for which functions."""

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        moment = _moment.get()
        if moment is None:
            return function(*args, **kwargs)
        asked = (moment, function, args, tuple(sorted(kwargs.items())))
        known: Any = _answers.get(asked, _NOTHING)  # one look: another thread may clear between two
        if known is not _NOTHING:
            return cast("R", known)
        found = function(*args, **kwargs)
        if len(_answers) >= MOST_ANSWERS:
            _answers.clear()
        _answers[asked] = found
        return found

    return answer


def _now() -> Moment:
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        head = cursor.fetchone()
    moment = (head[0] if head else 0, _minute())
    if _newest != [moment]:
        _answers.clear()
        _newest[:] = [moment]
    return moment


def _minute() -> int:
    return int(time.monotonic() / LONGEST_S)
