"""From the page of a case a paper is drafted, issued, signed, photographed, and is found there again."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from docx import Document

from qingshan.office.cases import actions
from qingshan.office.cases.closing_file import CaseFile
from qingshan.office.cases.printing import USUAL
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world, brought_to
from qingshan.office.cases.tests.test_pages import opened, words
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.papers import actions as papers
from qingshan.office.papers import receiving
from qingshan.office.papers.forms import FORMS
from qingshan.office.papers.kinds import paper_kind
from qingshan.office.papers.models import Paper
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.verify import verify_trail
from qingshan.typesetting.tests.photographing import photographed
from qingshan.vault import Vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def at(matter: Matter, kind: str) -> str:
    return f"/cases/{matter.pk}/papers/{kind}/"


def suggested(world: World, who: str, matter: Matter, kind: str) -> dict[str, Any]:
    """The form as the page fills it in."""
    page = opened(world, who, at(matter, kind))
    assert page.status_code == 200
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def drafted(world: World, who: str, matter: Matter, kind: str, **more: Any) -> Paper:
    given = {name: value or "" for name, value in suggested(world, who, matter, kind).items()}
    answer = opened(world, who, at(matter, kind), {**given, **more})
    assert answer.status_code == 302, words(answer)
    return Paper.objects.latest("pk")


def issued(world: World, who: str, matter: Matter, kind: str, **more: Any) -> Paper:
    paper = drafted(world, who, matter, kind, **more)
    return papers.issue(paper, version=paper.version, actor=world.actor(who), now=world.now)


def offered(page: HttpResponse) -> set[str]:
    return {each.kind for each in USUAL if f"/papers/{each.kind}/" in page.content.decode()}


def text_of(paper: Paper) -> str:
    with Vault(settings.VAULT_ROOT).open(paper.docx_digest) as file:
        document = Document(io.BytesIO(file.read()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_each_usual_paper_has_a_form_and_none_is_usual_for_an_act_that_no_flow_knows() -> None:
    from qingshan.office.matters.kinds import kinds

    known = {act for kind in kinds() for act in kind.flow.acts}
    for usual in USUAL:
        assert usual.kind in FORMS
        assert set(usual.acts) <= known


def test_a_notice_of_assignment_says_what_is_known_of_the_case(world: World) -> None:
    matter = brought_to(world, "assigned")
    paper = issued(world, "county_dispatcher", matter, "assignment")
    assert (paper.subject_kind, paper.subject_id) == ("matters.matter", matter.pk)
    assert (paper.for_act, paper.enterprise_id) == ("cases.assign", matter.enterprise_id)
    assert paper.number == "交办-990101-2026-0001"
    said = text_of(paper)
    for known in (
        matter.number,
        "采坑未回填",
        "老虎沟铁矿",
        "回填并复绿",
        "青石矿业有限公司：",
        "2026年5月31日",
    ):
        assert known in said


def test_an_opinion_on_a_plan_says_what_the_plan_wants_and_by_whom(world: World) -> None:
    matter = brought_to(world, "planned")
    facts = suggested(world, "city_reviewer", matter, "plan_opinion")["facts"]
    for known in (
        "回填采坑并复绿 3.2 公顷",
        "回填采坑，1.5 万立方米，青石矿业有限公司 李企",
        "2026年5月21日",
    ):
        assert known in facts


def test_an_acceptance_sheet_is_taken_along_and_afterwards_names_who_went_on_site(world: World) -> None:
    before = suggested(world, "county_reviewer", brought_to(world, "applied"), "acceptance")
    assert before["attendants"] == "韩验，青石县自然资源局，验收岗"
    assert "整改目标：回填采坑并复绿 3.2 公顷" in before["items"]
    assert "回填采坑 1.5 万立方米，填报完成 1.5 万立方米" in before["items"]
    accepted = brought_to(world, "county_accepted", a_case(world, title="排土场滑塌"))
    after = suggested(world, "county_reviewer", accepted, "acceptance")
    assert after["attendants"] == "韩验，\n专家周专，"
    assert after["visited_on"] == world.today
    sheet = drafted(world, "county_reviewer", accepted, "acceptance")
    assert [each["name"] for each in sheet.data["attendants"]] == ["韩验", "专家周专"]
    assert sheet.for_act == "cases.accept_at_county"


def test_a_public_notice_runs_as_long_as_the_act_said(world: World) -> None:
    matter = brought_to(world, "in_notice")
    running = matter.notices.get()
    given = suggested(world, "county_clerk", matter, "notice")
    assert (given["notice_from"], given["notice_to"]) == (running.from_on, running.to_on)
    assert given["objection_phone"] == "0000-0000000"
    assert given["target"] == "回填采坑并复绿 3.2 公顷"
    assert issued(world, "county_clerk", matter, "notice").state == "issued"


def test_an_opinion_on_closing_says_who_accepted_and_how_long_notice_was_given(world: World) -> None:
    matter = brought_to(world, "in_notice")
    facts = suggested(world, "county_leader", matter, "closing_opinion")["facts"]
    for known in ("韩验、专家周专", "异议 0 件", "回填采坑并复绿 3.2 公顷"):
        assert known in facts


def test_a_petition_is_passed_on_with_what_was_complained_of_but_never_by_whom(world: World) -> None:
    matter = a_petition(world)
    given = suggested(world, "county_clerk", matter, "assignment")
    assert "举报矿山扬尘扰民" in given["facts"]
    paper = issued(world, "county_clerk", matter, "assignment")
    assert paper.for_act == "cases.pass_on"
    assert "某居民" not in text_of(paper)
    assert "13900000000" not in text_of(paper)


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("verified", {"assignment"}),
        ("planned", {"assignment", "plan_opinion"}),
        ("applied", {"assignment", "plan_opinion", "acceptance"}),
        ("in_notice", {"assignment", "plan_opinion", "acceptance", "notice", "closing_opinion"}),
    ],
)
def test_what_is_offered_follows_from_how_the_case_stands(world: World, state: str, kinds: set[str]) -> None:
    matter = brought_to(world, state)
    assert offered(opened(world, "county_clerk", f"/cases/{matter.pk}/")) == kinds
    for usual in USUAL:
        status = opened(world, "county_clerk", at(matter, usual.kind)).status_code
        assert status == (200 if usual.kind in kinds else 404)


def test_the_page_of_an_act_offers_the_paper_that_is_signed_for_it(world: World) -> None:
    matter = brought_to(world, "applied")
    path = f"/cases/{matter.pk}/"
    accepting = opened(world, "county_reviewer", f"{path}accept_at_county/")
    assert offered(accepting) == {"acceptance"}
    assert offered(opened(world, "county_reviewer", f"{path}return_acceptance/")) == set()


def test_who_may_draft_follows_from_the_kind_and_the_region(world: World) -> None:
    matter = brought_to(world, "in_notice")
    for who in ("county_clerk", "county_leader", "county_dispatcher", "county_reviewer", "city_reviewer"):
        page = opened(world, who, f"/cases/{matter.pk}/")
        duties = world.actor(who).duties
        may = {each.kind for each in USUAL if duties & set(paper_kind(each.kind).duties)}
        assert offered(page) == may
        for usual in USUAL:
            assert opened(world, who, at(matter, usual.kind)).status_code == (
                200 if usual.kind in may else 403
            )
    for who, status in (
        ("enterprise_manager", 403),
        ("expert", 403),
        ("auditor", 403),
        ("other_county_clerk", 404),
    ):
        assert opened(world, who, at(matter, "assignment")).status_code == status
        assert opened(world, who, at(matter, "assignment"), {"title": "x"}).status_code == status
    assert offered(opened(world, "enterprise_manager", f"/cases/{matter.pk}/")) == set()
    assert not Paper.objects.exists()


def test_a_draft_stands_in_the_trail_of_the_case_and_the_trail_still_proves_it(world: World) -> None:
    matter = brought_to(world, "assigned")
    drafted(world, "county_dispatcher", matter, "assignment")
    entry = Entry.objects.get(act="papers.draft")
    subjects = Subject.objects.filter(entry_seq=entry.seq).values_list("kind", flat=True)
    assert set(subjects) == {"papers.paper", "matters.matter"}
    assert "cases.assign" in entry.new_json
    actions.urge(
        world.fresh(matter), Brought(), text="请认领", actor=world.actor("county_dispatcher"), now=world.now
    )
    assert not [fault for fault in verify_trail().faults if "matters.matter" in str(fault.values)]


def test_an_enterprise_finds_issued_papers_on_its_case_and_no_drafts(world: World) -> None:
    matter = brought_to(world, "assigned")
    paper = drafted(world, "county_dispatcher", matter, "assignment")
    path = f"/cases/{matter.pk}/"
    assert paper.title not in words(opened(world, "enterprise_manager", path))
    papers.issue(paper, version=1, actor=world.actor("county_dispatcher"), now=world.now)
    shown = opened(world, "enterprise_manager", path)
    assert "交办-990101-2026-0001" in words(shown)
    assert "上传签章件" in words(shown)


def test_a_draft_from_a_case_can_be_revised_and_nothing_of_it_is_lost(world: World) -> None:
    matter = brought_to(world, "county_accepted")
    for kind, who in (("assignment", "county_clerk"), ("acceptance", "county_clerk")):
        paper = drafted(world, who, matter, kind)
        address = f"/papers/{paper.pk}/revise/"
        form = opened(world, who, address).context["form"]
        given = {name: form[name].value() or "" for name in form.fields}
        same = opened(world, who, address, given)
        assert "内容没有变化" in words(same)
        assert opened(world, who, address, {**given, "title": "改过的标题"}).status_code == 302


def test_the_paper_leads_back_to_its_case_for_whoever_may_see_it(world: World) -> None:
    matter = brought_to(world, "assigned")
    paper = drafted(world, "county_dispatcher", matter, "assignment")
    page = opened(world, "county_clerk", f"/papers/{paper.pk}/").content.decode()
    assert f'href="/cases/{matter.pk}/"' in page
    assert matter.number in page
    assert opened(world, "other_county_clerk", f"/papers/{paper.pk}/").status_code == 404


def photograph_of(paper: Paper) -> SimpleUploadedFile:
    with Vault(settings.VAULT_ROOT).open(paper.pdf_digest) as file:
        page = pypdfium2.PdfDocument(file.read())[0].render(scale=200 / 72).to_pil().convert("RGB")
    out = io.BytesIO()
    photographed(page, chance=random.Random(3), longest_px=2000, blur_px=0.8).save(out, "JPEG", quality=60)
    return SimpleUploadedFile("签收照片.jpg", out.getvalue())


def test_a_signed_copy_finds_the_case_by_its_code(world: World) -> None:
    matter = brought_to(world, "in_notice")
    paper = issued(world, "county_dispatcher", matter, "assignment")
    path = f"/cases/{matter.pk}/"
    assert "签收照片" not in words(opened(world, "county_clerk", path))
    (said,) = receiving.received(
        [photograph_of(paper)], actor=world.actor("enterprise_manager"), now=world.now
    )
    assert (said.became, said.paper_id) == ("filed", paper.pk)
    page = opened(world, "county_clerk", path)
    assert "签收照片.jpg" in words(page)
    assert "已收回签章件" in words(page)
    copy = paper.copies.get()
    assert f'href="/papers/copies/{copy.pk}/file"' in page.content.decode()
    assert opened(world, "county_clerk", f"/papers/copies/{copy.pk}/file").status_code == 200
    bound = pypdfium2.PdfDocument(
        CaseFile(world.fresh(matter), actor=world.actor("county_clerk"), made_at=world.now).pdf()
    )
    assert any("签收照片.jpg" in sheet.get_textpage().get_text_range() for sheet in bound)


def test_the_page_of_a_case_costs_the_same_however_many_papers_it_has(world: World) -> None:
    matter = brought_to(world, "assigned")
    path, counts = f"/cases/{matter.pk}/", []
    for more in (1, 6):
        for _each in range(more):
            paper = drafted(world, "county_dispatcher", matter, "assignment")
            paper.state, paper.number, paper.pdf_digest = "issued", f"交办-{paper.pk}", "ab" * 32
            paper.issued_at = world.now
            paper.save()
            paper.copies.create(
                file_name="件.jpg", file_digest="cd" * 32, file_size_bytes=1, by_code=True,
                returned_at=world.now, returned_by="某人",
            )  # fmt: skip
        opened(world, "county_clerk", path)  # what holds until the next act is asked once
        with CaptureQueriesContext(connection) as caught:
            opened(world, "county_clerk", path)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_time_that_passes_moves_no_paper_that_was_issued(world: World) -> None:
    matter = brought_to(world, "assigned")
    paper = issued(world, "county_dispatcher", matter, "assignment")
    before = dict(paper.data)
    world.now += timedelta(days=30)
    actions.urge(
        world.fresh(matter), Brought(), text="请认领", actor=world.actor("county_dispatcher"), now=world.now
    )
    paper.refresh_from_db()
    assert paper.data == before
