"""Sixteen people take numbers of one series at once: is none given twice, and none left out?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from qingshan.office.papers.models import NumberCounter
from qingshan.office.papers.numbers import next_number
from qingshan.office.trail.actions import OutsideAnAct
from qingshan.rules.numbering import RECTIFICATION

WRITERS, EACH = 16, 12
COUNTY = 990101000000
DAY = date(2026, 3, 1)


class Undone(Exception):
    """The act thought better of it."""


def taken() -> str:
    return next_number(RECTIFICATION, holder=COUNTY, on=DAY)


def at_once(work: Callable[[int], None]) -> list[BaseException]:
    """What went wrong in any of the threads, which begin together."""
    failed: list[BaseException] = []
    begin = threading.Barrier(WRITERS)

    def one(writer: int) -> None:
        begin.wait()
        try:
            work(writer)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(writer,)) for writer in range(WRITERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return failed


def test_sixteen_writers_get_every_number_once_though_acts_are_undone(committed_db: Any) -> None:
    got: list[str] = []

    def work(writer: int) -> None:
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    number = taken()
                    if (writer + turn) % 3 == 0:
                        raise Undone
            except Undone:
                continue
            got.append(number)  # committed

    assert at_once(work) == []
    assert len(got) == len(set(got))
    assert sorted(got) == [f"整改-990101-2026-{serial:04}" for serial in range(1, len(got) + 1)]
    assert NumberCounter.objects.get().last == len(got)


def test_the_first_number_of_a_year_is_given_once(committed_db: Any) -> None:
    got: list[str] = []

    def work(writer: int) -> None:
        with transaction.atomic():
            number = taken()
        got.append(number)

    assert at_once(work) == []
    assert sorted(got) == [f"整改-990101-2026-{serial:04}" for serial in range(1, WRITERS + 1)]


def test_a_number_is_taken_inside_an_act_only(committed_db: Any) -> None:
    with pytest.raises(OutsideAnAct):
        taken()
    assert not NumberCounter.objects.exists()
