"""Is what was remembered right at once after an act, and never longer than until then?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from qingshan.office.trail import remembering
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM
from qingshan.office.trail.remembering import holds_until_next_act, remembers, until_next_act
from qingshan.office.trail.tests.factories import Thing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


@official_act
def name_a_thing(name: str, ask: Callable[[], list[str]] = list) -> list[str]:
    """An act that may read before it ends."""
    thing = Thing.objects.create(name=name)
    seen = ask()
    record(act="test.note", actor=THE_SYSTEM, now=NOW, subjects=[thing])
    return seen


@holds_until_next_act
def names() -> list[str]:
    return list(Thing.objects.order_by("id").values_list("name", flat=True))


def read() -> list[str]:
    with until_next_act():
        return names()


def test_an_answer_is_found_once_until_the_next_act(django_assert_num_queries) -> None:
    name_a_thing("first")
    with django_assert_num_queries(2 + 1):
        assert read() == ["first"]
        assert read() == ["first"]


def test_the_page_after_an_act_asks_anew() -> None:
    name_a_thing("first")
    assert read() == ["first"]
    name_a_thing("second")
    assert read() == ["first", "second"]


def test_whoever_acts_in_a_page_reads_what_they_wrote() -> None:
    with until_next_act():
        assert names() == []
        assert name_a_thing("first", names) == ["first"]
        assert names() == ["first"]


def test_nothing_is_remembered_outside_of_a_page(django_assert_num_queries) -> None:
    assert not remembers()
    with django_assert_num_queries(2):
        names()
        names()


def test_what_was_changed_past_the_acts_shows_within_a_minute(monkeypatch) -> None:
    assert read() == []
    Thing.objects.create(name="behind the program")
    assert read() == []
    monkeypatch.setattr(remembering, "_minute", lambda: 1)
    assert read() == ["behind the program"]


def test_no_more_answers_are_kept_than_there_is_room_for(monkeypatch) -> None:
    monkeypatch.setattr(remembering, "MOST_ANSWERS", 3)
    doubled = holds_until_next_act(lambda n: 2 * n)
    with until_next_act():
        assert [doubled(n) for n in range(10)] == [2 * n for n in range(10)]
    assert len(remembering._answers) <= 3
