"""Does a problem that was closed on paper get the papers that its file lacked, and nothing else?"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingshan.office.cases import actions
from qingshan.office.cases.tests.factories import World, a_late_case, a_world, evidence
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.trail.models import Entry
from qingshan.rules.errors import QingshanError

pytestmark = pytest.mark.django_db
PAGE = "/cases/{}/supply_paper/"


@pytest.fixture
def world() -> World:
    return a_world()


def supplied(world: World, matter: Matter, who: str, paper: str) -> Matter:
    actions.supply_paper(
        world.fresh(matter), evidence(), Brought(), supplies=paper, actor=world.actor(who), now=world.now
    )
    return world.fresh(matter)


def test_a_paper_that_is_found_later_is_no_longer_missing_and_nothing_else_changes(world: World) -> None:
    matter = a_late_case(world)
    after = supplied(world, matter, "county_clerk", "公示证明")
    assert after.missing_papers == ["验收意见"]
    assert (after.state_id, after.closed_on) == (matter.state_id, matter.closed_on)
    assert after.evidence.count() == 1
    assert Entry.objects.latest("seq").act == "cases.supply_paper"
    assert supplied(world, matter, "county_clerk", "验收意见").missing_papers is None
    assert astray() == []


@pytest.mark.parametrize(
    ("who", "paper"),
    [("county_clerk", "家谱"), ("enterprise_manager", "公示证明"), ("other_county_clerk", "公示证明")],
)
def test_who_may_not_or_what_is_not_missing_is_refused(world: World, who: str, paper: str) -> None:
    matter = a_late_case(world)
    with pytest.raises(QingshanError):
        supplied(world, matter, who, paper)
    assert world.fresh(matter).missing_papers == ["公示证明", "验收意见"]


def test_a_file_that_lacks_nothing_is_told_so(world: World) -> None:
    matter = a_late_case(world, missing_papers=())
    with pytest.raises(QingshanError, match="paper_not_missing"):
        supplied(world, matter, "county_clerk", "公示证明")


def test_the_clerk_supplies_it_by_the_page(world: World) -> None:
    matter = a_late_case(world)
    client = world.people.enter("county_clerk")
    page = client.get(f"/cases/{matter.pk}/").content.decode()
    assert PAGE.format(matter.pk) in page
    form = client.get(PAGE.format(matter.pk)).content.decode()
    assert "公示证明" in form
    assert "测量数量" not in form
    proof = SimpleUploadedFile("公示截图.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    sent = {
        "version": matter.version,
        "uploads": [proof],
        "supplies": "公示证明",
        "nothing_secret_in_files": "on",
    }
    answer = client.post(PAGE.format(matter.pk), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert world.fresh(matter).missing_papers == ["验收意见"]


def test_the_note_of_a_late_entry_asks_for_nothing_once_it_is_closed_and_whole(world: World) -> None:
    note, calm = '<div class="note"><p>补录', '<div class="note sky"><p>补录'
    client = world.people.enter("county_clerk")
    for more, wanted in (
        ({}, note),
        ({"missing_papers": ()}, calm),
        ({"missing_papers": (), "state": "rectifying", "closed_on": None}, note),
    ):
        page = client.get(f"/cases/{a_late_case(world, **more).pk}/").content.decode()
        assert wanted in page
        assert (note in page) != (calm in page)
