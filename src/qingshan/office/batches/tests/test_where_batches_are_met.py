"""Does whoever meets a batch elsewhere come to its page: at project, site, workbench, a matter's address?"""

from __future__ import annotations

from dataclasses import replace

import time_machine

from qingshan.office.batches import actions
from qingshan.office.batches.actions import NewBatch
from qingshan.office.batches.tests.factories import (
    NOW,
    World,
    a_batch,
    chosen,
    opening,
    some_sites,
)
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import turns_of
from qingshan.office.restoration.tests.factories import a_project
from qingshan.office.restoration.tests.factories import led_to as project_led_to


def test_project_site_and_address_lead_to_the_batch(world: World) -> None:
    [site] = some_sites(world, 1)
    project = project_led_to(world, a_project(world, site), "self_checked")
    [behind] = project.restoration.sites.all()
    new = NewBatch(opening(world), [replace(chosen(site)[0], project_site=behind)])
    batch = actions.form_batch(new, **world.by("county_clerk"))
    link = f'href="/batches/{batch.pk}/"'
    with time_machine.travel(NOW, tick=False):
        clerk, stranger = world.people.enter("county_clerk"), world.people.enter("other_county_clerk")
        assert link in clerk.get(f"/restoration/{project.pk}/").content.decode()
        assert link in clerk.get(f"/sites/{site.pk}/").content.decode()
        assert stranger.get(f"/batches/{batch.pk}/").status_code == 404
        answer = clerk.get(f"/cases/{batch.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/batches/{batch.pk}/")


def test_a_project_behind_a_site_is_named_to_whoever_may_see_it_only(world: World) -> None:
    [site] = some_sites(world, 1)
    project = project_led_to(world, a_project(world, site), "self_checked")
    [behind] = project.restoration.sites.all()
    batch = actions.form_batch(
        NewBatch(opening(world), [replace(chosen(site)[0], project_site=behind)]), **world.by("county_clerk")
    )
    clerk = world.people.enter("county_clerk")
    with time_machine.travel(NOW, tick=False):
        assert project.title in clerk.get(f"/batches/{batch.pk}/").content.decode()
        Matter.objects.filter(pk=project.pk).update(
            region=world.people.regions["990102"], enterprise=None, recorded_by=None
        )
        assert project.title not in clerk.get(f"/batches/{batch.pk}/").content.decode()


def test_the_workbench_of_whoever_has_the_turn_leads_to_the_batch(world: World) -> None:
    matter = a_batch(world)
    with time_machine.travel(NOW, tick=False):
        [waiting] = turns_of(world.actor("enterprise_manager"))
        assert waiting.get_absolute_url() == f"/batches/{matter.pk}/"
        page = world.people.enter("enterprise_manager").get("/").content.decode()
    assert f'href="/batches/{matter.pk}/"' in page


def test_experts_can_be_drawn_for_a_batch(world: World) -> None:
    matter = a_batch(world)
    page = world.people.enter("city_reviewer").get(f"/experts/about/matters.matter/{matter.pk}/")
    assert page.status_code == 200
