"""Does the workbench lead to the page of a project whose turn it is?"""

from __future__ import annotations

import pytest
import time_machine

from qingshan.office.desk.workbench import matters_whose_turn_it_is
from qingshan.office.restoration.tests.factories import NOW, a_project, a_world, led_to, square

pytestmark = pytest.mark.django_db


def test_the_workbench_leads_to_the_page_of_the_project() -> None:
    world = a_world()
    matter = led_to(world, a_project(world, world.site(square(122.2))), "approved")
    with time_machine.travel(NOW, tick=False):
        waiting = list(matters_whose_turn_it_is(world.actor("enterprise_manager")))
    assert [each.url for each in waiting] == [f"/restoration/{matter.pk}/"]
