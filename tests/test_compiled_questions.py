"""A question written down once: does it answer as the object layer would, in every thread and on every connection?"""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Count, QuerySet

from qingshan.office.accounts.models import Holding, in_force
from qingshan.office.compiled import compiled
from qingshan.office.matters.models import FlowState, Matter
from qingshan.office.trail.models import Head

THREADS, TIMES = 4, 50


@compiled
def heads(head_id: int) -> QuerySet[Head]:
    return Head.objects.filter(pk=head_id)


@compiled
def states(*codes: str) -> QuerySet[FlowState]:
    return FlowState.objects.filter(code__in=codes).order_by("code")


@compiled
def held(person_id: int, on: Any) -> QuerySet[Holding]:
    return Holding.objects.filter(in_force(on), person_id=person_id)


@compiled
def counted(matter_id: int) -> QuerySet[Matter]:
    return Matter.objects.filter(pk=matter_id).annotate(many=Count("steps"))


@compiled
def fetched_along(matter_id: int) -> QuerySet[Matter]:
    return Matter.objects.filter(pk=matter_id).prefetch_related("parties")


@compiled
def flat(matter_id: int) -> QuerySet[Matter, int]:
    return Matter.objects.filter(pk=matter_id).values_list("pk", flat=True)


def in_threads(work: Callable[[], None], number: int = THREADS) -> list[BaseException]:
    """What went wrong in any of the threads; each closes its connection."""
    failed: list[BaseException] = []

    def one() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return failed


def test_threads_that_ask_at_once_get_what_the_object_layer_finds(committed_db: Any) -> None:
    codes = list(FlowState.objects.order_by("code").values_list("code", flat=True)[:5])

    def ask() -> None:
        for turn in range(TIMES):
            some = codes[: turn % len(codes) + 1]
            assert [each.code for each in states(*some)] == some
            assert heads(1) == [Head.objects.get(pk=1)]

    assert not in_threads(ask)


def test_a_thread_that_asked_first_leaves_no_connection_behind(committed_db: Any) -> None:
    """Or its session on the server would stay as long as the program runs."""
    of_threads: list[weakref.ref[Any]] = []

    @compiled
    def matters(matter_id: int) -> QuerySet[Matter]:
        return Matter.objects.filter(pk=matter_id)

    def ask() -> None:
        matters(1)
        of_threads.append(weakref.ref(connections["default"]))

    assert not in_threads(ask, 2)
    gc.collect()
    assert [each() for each in of_threads] == [None, None]


def test_another_database_is_asked_as_soon_as_it_is_connected(committed_db: Any) -> None:
    Head.objects.update(seq=7)
    assert heads(1)[0].seq == 7
    Head.objects.update(seq=8)
    assert heads(1)[0].seq == 8
    connection.close()
    assert heads(1)[0].seq == 8


def test_the_next_test_is_answered_from_its_own_database(db: None) -> None:
    assert heads(1)[0].seq == 0


def test_nothing_equals_a_missing_value(db: None) -> None:
    assert not held(None, date(2026, 1, 1).isoformat())  # type: ignore[arg-type]
    assert not states(None)  # type: ignore[arg-type]


def test_text_travels_as_an_argument_and_never_as_sql(db: None) -> None:
    for text in ("'; DROP TABLE x; --", "%s", "100%", "\\", '"', "甲"):
        assert states(text) == []


@pytest.mark.parametrize("question", [counted, fetched_along, flat])
def test_a_question_that_would_bring_less_than_its_queryset_is_refused(
    db: None, question: Callable[[int], Any]
) -> None:
    with pytest.raises(TypeError):
        question(1)
