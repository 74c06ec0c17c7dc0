"""A job is seen by its owner and the owner's organisation, with honest figures of progress."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from qingshan.jobs.models import Job, JobState
from qingshan.jobs.queries import percent_done, seconds_left, visible_to
from qingshan.jobs.tests.factories import NOW, Clerk, declared, start


@dataclass(frozen=True)
class Seer:
    person_id: int | None
    organisation_ids: frozenset[int] = field(default_factory=frozenset)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seer", "sees"),
    [
        (Seer(7), True),
        (Seer(8, frozenset({3})), True),
        (Seer(8, frozenset({4})), False),
        (Seer(None), False),
    ],
)
def test_owner_and_organisation_see_a_job_and_nobody_else(seer: Seer, sees: bool) -> None:
    with declared(lambda payload, progress: None) as kind:
        start(kind)
        start(kind, owner=Clerk(kind="system", id=7), organisation_id=None)
    assert visible_to(seer).count() == (1 if sees else 0)


def running(**figures: int) -> Job:
    return Job(state=JobState.RUNNING, claimed_at=NOW - timedelta(seconds=60), **figures)


def test_time_left_comes_from_the_speed_of_this_run_only() -> None:
    resumed = running(done=600, total=1000, done_before=500)
    assert seconds_left(resumed, now=NOW) == 240


def test_nothing_is_said_about_time_before_anything_was_done() -> None:
    assert seconds_left(running(done=0, total=10), now=NOW) is None
    assert seconds_left(running(done=5), now=NOW) is None


def test_a_hundred_percent_is_said_only_of_what_is_done() -> None:
    assert percent_done(running(done=1000, total=1000)) == 99
    assert percent_done(Job(state=JobState.DONE)) == 100
    assert percent_done(running(done=4)) is None
