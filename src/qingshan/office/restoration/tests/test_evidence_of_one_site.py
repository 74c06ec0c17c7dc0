"""Can a photograph or a paper be said to show one site of a project or batch, and is it found again by that site?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.matters.actions import Brought
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.matters.doubting import examine
from qingshan.office.matters.models import Doubt, Evidence, Matter
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.papers.tests.bound import text_of
from qingshan.office.restoration import actions
from qingshan.office.restoration.closing_file import ProjectFile
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.tests.factories import World, a_project, led_to, rows_of, square, step
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import (
    a_photograph,
    opened,
    words,
)
from qingshan.rules.matters import EvidenceKind, Phase


@pytest.fixture
def project(world: World) -> Matter:
    """Two sites far from each other, at work."""
    return led_to(world, a_project(world, world.site(square(122.2)), world.site(square(122.4))), "working")


def bring(world: World, matter: Matter, *, site: object, title: str = "覆土", **more: object) -> Evidence:
    new = NewEvidence(EvidenceKind.PHOTOGRAPH, title, phase=Phase.AFTER, site=site, **more)  # type: ignore[arg-type]
    [made] = actions.add_evidence(world.fresh(matter), [new], Brought(), **world.by("enterprise_manager"))
    return made


def card(world: World, path: str) -> str:
    page = opened(world, "county_clerk", path).content.decode()
    return page.partition('id="evidence"')[2].partition("</section>")[0]


def test_a_photograph_is_brought_for_one_site_and_found_by_it(world: World, project: Matter) -> None:
    near, far = (row.site for row in rows_of(project))
    path = f"/restoration/{project.pk}/"
    form = opened(world, "enterprise_manager", f"{path}add_evidence/").content.decode()
    assert str(near) in form
    assert "不分点位" in form
    sent = a_photograph() | {"site": str(far.pk)}
    assert opened(world, "enterprise_manager", f"{path}add_evidence/", sent).status_code == 302
    assert Evidence.objects.get().site == far
    bring(world, project, site=near, title="近处回填")
    bring(world, project, site=None, title="全貌航拍")
    page = words(opened(world, "county_clerk", path))
    assert f"全部 3 {near} 1 {far} 1" in page
    only = card(world, f"{path}?site={near.pk}")
    assert "近处回填" in only
    assert "全貌航拍" not in only
    for typed in ("x", "999999", "", "%00"):
        assert "全貌航拍" in card(world, f"{path}?site={typed}")


def test_a_matter_of_one_site_is_not_asked_which(world: World) -> None:
    matter = led_to(world, a_project(world), "working")
    page = opened(world, "enterprise_manager", f"/restoration/{matter.pk}/add_evidence/").content.decode()
    assert "不分点位" not in page


def test_a_site_of_another_project_is_refused_with_its_name(world: World, project: Matter) -> None:
    stranger = world.site(square(122.6))
    with pytest.raises(MatterRefused) as refused:
        bring(world, project, site=stranger)
    assert refused.value.code == "matters.site_not_of_it"
    assert not Evidence.objects.exists()
    sent = a_photograph() | {"site": str(stranger.pk)}
    answer = opened(world, "enterprise_manager", f"/restoration/{project.pk}/add_evidence/", sent)
    assert answer.status_code == 422


def test_a_photograph_from_the_other_site_is_doubted(world: World, project: Matter) -> None:
    near, far = (row.site for row in rows_of(project))
    content = a_photograph()["uploads"][0].read()
    found = examine(content)
    assert found is not None
    at_far = replace(found, facts=replace(found.facts, longitude_deg=122.401, latitude_deg=33.101))
    for site, doubts in ((far, 0), (None, 0), (near, 1)):
        Doubt.objects.all().delete()
        made = bring(world, project, site=site, examined=at_far)
        assert Doubt.objects.filter(evidence=made, code__contains="outside").count() == doubts, site


def test_the_acceptance_sheet_counts_what_shows_each_site(world: World, project: Matter) -> None:
    near, _far = (row.site for row in rows_of(project))
    bring(world, project, site=near)
    matter = led_to_applied(world, project)
    sheet = opened(world, "city_reviewer", f"/restoration/{matter.pk}/papers/acceptance/").content.decode()
    assert sheet.count("佐证 1 件（整改后 1）") == 1


def led_to_applied(world: World, matter: Matter) -> Matter:
    for state in ("self_checked", "applied"):
        matter = step(world, world.fresh(matter), state)
    return matter


def test_the_closing_file_names_the_site_of_a_paper(world: World, project: Matter) -> None:
    near, _far = (row.site for row in rows_of(project))
    new = NewEvidence(
        EvidenceKind.DOCUMENT, "竣工测量", file_name="测量.pdf", file_digest="ab" * 32, site=near
    )
    actions.add_evidence(world.fresh(project), [new], Brought(), **world.by("enterprise_manager"))
    made = ProjectFile(world.fresh(project), actor=world.actor("county_clerk"), made_at=world.now)
    assert f"{near}：竣工测量".replace(" ", "") in text_of(made)


def test_the_page_asks_no_more_for_evidence_of_more_sites(world: World, project: Matter) -> None:
    near, far = (row.site for row in rows_of(project))
    asked = []
    for site in (near, far):
        bring(world, project, site=site)
        folder = Folder(world.fresh(project), actor=world.actor("county_clerk"), now=world.now)
        with CaptureQueriesContext(connection) as queries:
            assert folder.evidence_views
            assert [str(site) for site, _rows in folder.evidence_shown if site]
        asked.append(len(queries))
    assert asked[0] == asked[1]
