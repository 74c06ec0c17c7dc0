"""Does a signed copy that comes back tick off the paper that the file of its case lacked, or ask which one it is?"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from qingshan.office.cases.supplying import lacking
from qingshan.office.cases.tests.factories import World, a_late_case, a_world, brought_to
from qingshan.office.cases.tests.test_pages import opened, words
from qingshan.office.cases.tests.test_papers_of_a_case import issued, offered, photograph_of
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import Matter
from qingshan.office.papers import receiving
from qingshan.office.papers.lacking import Lacking
from qingshan.office.papers.models import Paper
from qingshan.office.papers.receiving import Outcome
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify import verify_trail
from qingshan.vault import Vault

pytestmark = pytest.mark.django_db
RETURN = "/papers/return/"
ON_SITE = {"attendants": "韩验，青石县自然资源局，验收岗", "visited_on": "2026-02-27", "items": "采坑回填"}


@pytest.fixture
def world() -> World:
    return a_world()


def came_back(world: World, paper: Paper, who: str = "county_clerk") -> Outcome:
    """A copy of which a person said which paper it shows."""
    stored = Vault(settings.VAULT_ROOT).put(f"signed {paper.pk} {who}".encode())
    unnamed = Outcome("签章件.jpg", receiving.UNNAMED, stored.digest, stored.size_bytes)
    return receiving.assigned(unnamed, paper, actor=world.actor(who), now=world.now)


def a_sheet(world: World, matter: Matter) -> Paper:
    return issued(world, "county_clerk", matter, "acceptance", **ON_SITE)


def under_way(world: World) -> Matter:
    """A late entry that waits for its acceptance, and whose file lacks an older one."""
    matter = brought_to(world, "applied")
    matter.missing_papers = ["验收意见", "整改方案批准文件"]
    matter.save()
    return world.fresh(matter)


def test_the_page_of_a_closed_late_entry_offers_the_papers_that_it_lacks(world: World) -> None:
    matter = a_late_case(world)
    page = opened(world, "county_clerk", f"/cases/{matter.pk}/")
    assert offered(page) == {"acceptance", "notice"}
    assert a_sheet(world, matter).for_act == "cases.supply_paper"
    complete = a_late_case(world, missing_papers=())
    assert offered(opened(world, "county_clerk", f"/cases/{complete.pk}/")) == set()


def test_what_was_drafted_because_it_is_missing_is_ticked_off_when_it_comes_back(world: World) -> None:
    matter = a_late_case(world)
    paper = a_sheet(world, matter)
    (said,) = receiving.received([photograph_of(paper)], actor=world.actor("county_clerk"), now=world.now)
    assert (said.became, said.supplied, said.asks, said.because) == ("filed", "验收意见", [], None)
    after = world.fresh(matter)
    assert after.missing_papers == ["公示证明"]
    assert (after.state_id, after.closed_on) == (matter.state_id, matter.closed_on)
    assert [entry.act for entry in Entry.objects.order_by("seq")][-2:] == [
        "papers.return_signed_copy",
        "cases.supply_paper",
    ]
    assert after.evidence.count() == 0
    page = words(opened(world, "county_clerk", f"/cases/{matter.pk}/"))
    assert "补齐缺件 · 验收意见" in page
    assert astray() == []
    assert not [fault for fault in verify_trail().faults if "matters.matter" in str(fault.values)]


def test_whoever_may_not_supply_it_files_the_copy_and_the_paper_stays_missing(world: World) -> None:
    matter = a_late_case(world)
    said = came_back(world, a_sheet(world, matter), "county_reviewer")
    assert (said.became, said.supplied) == ("filed", "验收意见")
    assert said.because is not None
    assert world.fresh(matter).missing_papers == ["公示证明", "验收意见"]
    assert not Entry.objects.filter(act="cases.supply_paper").exists()


def test_a_sheet_for_the_acceptance_that_is_to_come_is_asked_about(world: World) -> None:
    matter = under_way(world)
    paper = a_sheet(world, matter)
    assert paper.for_act == "cases.accept_at_county"
    assert lacking(paper, world.actor("county_clerk")) == Lacking(choices=("验收意见",))
    said = came_back(world, paper)
    assert (said.supplied, said.asks) == ("", ["验收意见"])
    assert world.fresh(matter).missing_papers == ["验收意见", "整改方案批准文件"]
    assert receiving.supplied(said, "", actor=world.actor("county_clerk"), now=world.now).asks == []
    assert world.fresh(matter).missing_papers == ["验收意见", "整改方案批准文件"]


def test_a_paper_of_another_kind_is_asked_about_only_where_words_of_the_office_are_missing(
    world: World,
) -> None:
    matter = under_way(world)
    notice = issued(world, "county_dispatcher", matter, "assignment")
    assert lacking(notice, world.actor("county_clerk")) == Lacking()
    matter.missing_papers = ["村民签收单", "验收意见"]
    matter.save()
    assert lacking(notice, world.actor("county_clerk")) == Lacking(choices=("村民签收单",))
    matter.missing_papers = None
    matter.save()
    assert lacking(notice, world.actor("county_clerk")) == Lacking()


def test_the_page_asks_which_one_it_is_and_ticks_it_off(world: World) -> None:
    matter = under_way(world)
    paper = a_sheet(world, matter)
    client = world.people.enter("county_clerk")
    blank = SimpleUploadedFile("签章件.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    first = client.post(RETURN, {"file": [blank], "nothing_secret": "on"}, follow=True)
    assert "请指明文书" in words(first)
    asked = client.post(f"{RETURN}1/", {"number": paper.number}, follow=True)
    assert "这是哪一件缺件" in words(asked)
    assert "不是缺件" in words(asked)
    wrong: Any = client.post(f"{RETURN}1/missing/", {"missing": "家谱"}, follow=True)
    assert "这是哪一件缺件" in words(wrong)
    done = client.post(f"{RETURN}1/missing/", {"missing": "验收意见"}, follow=True)
    assert "缺件“验收意见” ✓ 已补齐" in words(done)
    assert world.fresh(matter).missing_papers == ["整改方案批准文件"]
    assert client.post(f"{RETURN}1/missing/", {"missing": "验收意见"}).status_code == 404
