"""Acts of many at once make one chain: no gap, no fork, no lost entry; a deadlock costs nobody an act."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random

import pytest
from django.db import connection

from qingshan.office.trail.actions import official_act, record, sign_checkpoint
from qingshan.office.trail.models import Entry, Head, Subject
from qingshan.office.trail.tests.factories import CLERK, NOON, Plain, create, note, rename
from qingshan.office.trail.verify import verify_trail

WRITERS, ACTS_EACH = 8, 15


def at_once(work: Callable[[int], object], people: int = WRITERS) -> list[object]:
    """Everybody does the work in a thread with a connection of their own, from the same moment on."""
    together = threading.Barrier(people)

    def begin(number: int) -> object:
        together.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(begin, range(people)))


def test_acts_of_many_make_one_chain(committed_db):
    at_once(lambda number: [note() for _ in range(ACTS_EACH)])
    seqs = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, WRITERS * ACTS_EACH + 1))
    assert Head.objects.get().seq == len(seqs)
    assert verify_trail().ok


def test_acts_and_checkpoints_go_on_together(committed_db):
    def work(number: int) -> None:
        for _ in range(ACTS_EACH):
            sign_checkpoint(now=NOON) if number == 0 else note()

    sign_checkpoint(now=NOON)
    at_once(work, people=4)
    report = verify_trail()
    assert report.ok, report.lines()
    assert report.counts.checkpoints > 1


def test_a_verification_beside_running_acts_finds_no_fault(committed_db):
    """What changes while it is being read is looked at again before anything is said."""
    things = [create(f"点位{number}") for number in range(20)]
    ended = threading.Event()

    def work(number: int) -> list[str]:
        if number == 0:
            try:
                return [line for _ in range(5) for line in _faults()]
            finally:
                ended.set()
        while not ended.is_set():
            rename(things[number], "新名")
            rename(things[number], "旧名")
        return []

    assert at_once(work, people=4)[0] == []


def _faults() -> list[str]:
    report = verify_trail()
    return [] if report.ok else report.lines()


@official_act
def rename_two(first: int, second: int, barrier: threading.Barrier) -> None:
    """Two rows in an order of the caller's choice: whoever chooses the other order can deadlock."""
    Plain.objects.filter(pk=first).update(name="甲")
    with suppress(threading.BrokenBarrierError):  # SQLite lets one writer in; a repeated act is alone
        barrier.wait(timeout=1)
    Plain.objects.filter(pk=second).update(name="乙")
    rows = list(Plain.objects.filter(pk__in=[first, second]))
    record(act="test.note", actor=CLERK, now=NOON, subjects=rows)


def test_two_who_deadlock_both_get_their_act_done(committed_db):
    one, other = _two_plain()
    barrier = threading.Barrier(2)
    orders = [(one.pk, other.pk), (other.pk, one.pk)]
    at_once(lambda number: rename_two(*orders[number], barrier), people=2)
    assert Entry.objects.filter(act="test.note").count() == 2
    assert verify_trail().ok


@official_act
def _two_plain() -> list[Plain]:
    plain = [Plain.objects.create(name=name) for name in ("甲", "乙")]
    record(act="test.create", actor=CLERK, now=NOON, subjects=plain)
    return plain


NOTES_FOR_EVER = """
import django; django.setup()
from qingshan.office.trail.acts import declare_acts
from qingshan.office.trail.tests.factories import ACTS, Plain, create, note
from qingshan.office.trail.tests import factories
from qingshan.office.trail.subjects import declare_subject
declare_acts(*ACTS)
declare_subject("test.thing", factories.Thing, without=["cached"])
declare_subject("test.plain", Plain)
print("ready", flush=True)
while True:
    create("坑口")
    note(personal={"电话": "138"})
"""


@pytest.mark.kill
@pytest.mark.parametrize("moment", range(4))
def test_a_kill_at_any_moment_leaves_whole_acts_only(committed_db, seed, moment):
    processes = [committed_db.start("-c", NOTES_FOR_EVER) for _ in range(2)]
    for process in processes:
        assert process.stdout.readline().strip() == "ready", process.stderr.read()
    time.sleep(Random(seed + moment).uniform(0.05, 0.4))
    for process in processes:
        process.kill()
        process.wait()
    if connection.vendor == "postgresql":
        time.sleep(0.3)  # the server notices that its clients are gone
    report = verify_trail()
    assert report.ok, report.lines()
    assert Subject.objects.filter(kind="test.thing").count() == report.counts.objects
    note()
    assert verify_trail().ok
