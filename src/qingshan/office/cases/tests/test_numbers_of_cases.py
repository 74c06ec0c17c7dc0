"""A new problem gets the next number of its county and year, also where a ledger of before brought one of its own."""

from __future__ import annotations

import pytest

from qingshan.office.cases.tests.factories import a_case, a_petition, a_world
from qingshan.office.papers.models import NumberCounter

pytestmark = pytest.mark.django_db


def test_problems_and_petitions_count_apart() -> None:
    world = a_world()
    numbers = [make(world).number for make in (a_case, a_petition, a_case, a_petition)]
    assert numbers == [
        "整改-990101-2026-0001",
        "信转-990101-2026-0001",
        "整改-990101-2026-0002",
        "信转-990101-2026-0002",
    ]
    assert NumberCounter.objects.count() == 2


def test_a_number_that_a_ledger_brought_is_passed_over() -> None:
    world = a_world()
    brought = a_case(world, number="整改-990101-2026-0001")
    assert brought.number == "整改-990101-2026-0001"
    assert a_case(world).number == "整改-990101-2026-0002"
