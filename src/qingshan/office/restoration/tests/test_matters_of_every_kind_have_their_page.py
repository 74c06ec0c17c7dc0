"""Does whoever meets a project elsewhere come to its page?"""

from __future__ import annotations

from qingshan.office.restoration.tests.factories import World, a_project, square


def test_the_dossier_of_the_mine_leads_to_its_projects_and_its_land(world: World) -> None:
    matter = a_project(world, world.site(square(122.2)))
    page = world.people.enter("county_clerk").get(f"/mines/{world.mine.pk}/").content.decode()
    assert f'href="/restoration/{matter.pk}/"' in page
    assert f'href="/restoration/land/mines/{world.mine.pk}/"' in page
