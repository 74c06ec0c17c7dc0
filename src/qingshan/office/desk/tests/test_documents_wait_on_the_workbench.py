"""Does a document stand on the workbench of whoever registers until each of its items is answered?"""

from __future__ import annotations

import pytest

from qingshan.office.cases import actions
from qingshan.office.cases.tests.factories import a_world
from qingshan.office.cases.tests.test_documents_are_taken_in_item_by_item import a_document
from qingshan.office.desk.workbench import documents_not_answered, how_many_wait_for

pytestmark = pytest.mark.django_db


def test_a_document_waits_until_its_last_item_is_answered() -> None:
    world = a_world()
    document, clerk = a_document(world), world.actor("county_clerk")
    assert how_many_wait_for(clerk) == 1
    for item in document.items.order_by("place"):
        assert [each.title for each in documents_not_answered(clerk)] == ["逐条落实来文：反馈意见"]
        actions.decide_item(item, "属工作要求", actor=clerk, now=world.now)
    assert list(documents_not_answered(clerk)) == []
    assert how_many_wait_for(clerk) == 0


def test_nobody_else_is_asked() -> None:
    world = a_world()
    a_document(world)
    for who in ("other_county_clerk", "city_reviewer", "enterprise_manager"):
        assert list(documents_not_answered(world.actor(who))) == []
