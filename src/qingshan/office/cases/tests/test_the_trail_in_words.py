"""Does the trail tell of a case in words that its readers know, and in none of the program's?"""

from __future__ import annotations

import re

import pytest

from qingshan.office.cases.tests.factories import World, a_world, brought_to
from qingshan.office.trail import telling
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db
OF_THE_PROGRAM = re.compile(r"[a-z]+_[a-z]+|\b[a-z]+\.[a-z]+|^[a-z]+$")


@pytest.fixture
def world() -> World:
    made = a_world()
    brought_to(made, "closed")
    return made


def test_every_name_and_state_that_a_step_records_is_told_in_words(world: World) -> None:
    lines = [line for entry in Entry.objects.all() for line in telling.changes(entry)]
    strange = {each for line in lines for each in (line.name, line.new or "") if OF_THE_PROGRAM.search(each)}
    assert strange == set()
    assert "已销号" in {line.new for line in lines if line.name == "状态"}


def test_a_step_without_a_note_ends_with_the_matter(world: World) -> None:
    told = [telling.sentence(entry) for entry in Entry.objects.order_by("seq")]
    assert told[-1].endswith("”")
    assert not [each for each in told if each.endswith("—")]


def test_the_page_of_an_entry_names_what_it_touched_in_words(world: World) -> None:
    closed = Entry.objects.latest("seq")
    page = world.people.enter("auditor").get(f"/trail/{closed.seq}/").content.decode()
    assert "步骤 销号" in page
    assert "cases.close" not in page
    assert "rectification.closed" not in page
