"""Jobs for tests: kinds that do what a test wants, and owners who want them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qingshan.jobs import actions, timetable, work
from qingshan.jobs.models import Job

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


@dataclass(frozen=True)
class Clerk:
    kind: str = "person"
    id: int = 7
    name: str = "周敏"


@contextmanager
def declared(
    function: Callable[..., Any], *, given_up: Any = None, code: str = "tests.work"
) -> Iterator[str]:
    """A kind of job that exists only inside this block."""
    work.declare_job(code, function, given_up=given_up)
    try:
        yield code
    finally:
        del work._KINDS[code]


@contextmanager
def declared_daily(at: Any, function: Callable[..., Any], *, name: str = "tests.daily") -> Iterator[str]:
    """Daily work that exists only inside this block, and no other beside it."""
    others, timetable._DAILY = timetable._DAILY, {}
    timetable.declare_daily(name, at, function)
    try:
        yield name
    finally:
        timetable._DAILY = others


def start(kind: str, payload: dict[str, Any] | None = None, **changed: Any) -> Job:
    options = {"owner": Clerk(), "organisation_id": 3, "now": NOW, **changed}
    return actions.start(kind, payload or {}, **options)
