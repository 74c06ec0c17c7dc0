"""Does the file of a project hold everything in its order, what its reader may see, and never more than fits?"""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from PIL import Image

from qingshan.office.matters.actions import Brought
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.matters.models import Matter
from qingshan.office.observations.models import Claim
from qingshan.office.papers.closing_file import attached
from qingshan.office.papers.tests.bound import text_of
from qingshan.office.restoration import actions
from qingshan.office.restoration.closing_file import ProjectFile
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.tests.factories import (
    World,
    a_list,
    a_project,
    led_to,
    moved_in,
    square,
    step,
)
from qingshan.office.trail.queries import timeline
from qingshan.rules.matters import EvidenceKind, Phase
from qingshan.rules.verification import AnswerState, ClaimState, Verdict
from qingshan.vault import Vault


def file_of(world: World, matter: Matter, who: str = "county_clerk") -> ProjectFile:
    return ProjectFile(world.fresh(matter), actor=world.actor(who), made_at=world.now)


def put(content: bytes, name: str, kind: EvidenceKind, phase: Phase | None = None) -> NewEvidence:
    stored = Vault(settings.VAULT_ROOT).put(io.BytesIO(content))
    return NewEvidence(
        kind, name, file_name=name, file_digest=stored.digest, file_size_bytes=stored.size_bytes, phase=phase,
        photo_point="东侧边坡",
    )  # fmt: skip


def a_picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def accepted(world: World) -> Matter:
    """Two sites that share land, one of them in the next county, one without a shape; on a list, with papers."""
    sites = (world.site(square(122.2)), world.site(square(122.201), county="990102"), world.site(None))
    moved_in(world, a_list(world), *sites, areas=(None, None, 9_000.0))
    matter = led_to(world, a_project(world, *sites), "approved")
    planned = {row.pk: 9_000.0 for row in matter.restoration.sites.filter(site=sites[2])}
    actions.submit_design(
        matter, Brought(), title="老虎沟修复实施方案", planned_fen=300_000_000, planned_m2=planned,
        **world.by("enterprise_manager"),
    )  # fmt: skip
    for state in ("ready", "working"):
        matter = step(world, world.fresh(matter), state)
    papers = [
        put(a_picture("gray"), "采坑.jpg", EvidenceKind.PHOTOGRAPH, Phase.BEFORE),
        put(a_picture("green"), "覆绿.jpg", EvidenceKind.PHOTOGRAPH, Phase.AFTER),
        put(file_of(world, matter).pdf(), "竣工测量.pdf", EvidenceKind.DOCUMENT),
    ]
    actions.add_evidence(world.fresh(matter), papers, Brought(), **world.by("enterprise_manager"))
    for state in ("self_checked", "applied", "aftercare"):
        matter = step(world, world.fresh(matter), state)
    return matter


@pytest.fixture
def vault(settings: object, tmp_path: object) -> None:
    settings.VAULT_ROOT = tmp_path  # type: ignore[attr-defined]


def test_the_file_of_an_accepted_project_holds_every_part_in_its_order(world: World, vault: None) -> None:
    matter = accepted(world)
    text = text_of(file_of(world, matter))
    parts = (
        "项目和责任", "修复点位和完成情况", "立项和实施方案", "施工、自验和验收申请", "影像核验", "验收意见",
        "修复前、中、后照片", "管护和移交", "全过程记录", "留痕", "附件",
    )  # fmt: skip
    assert "目录" in text
    places = [text.index(f"、{part}") for part in parts]
    assert places == sorted(places)
    for words in (
        "老虎沟修复实施方案", "钱审、周专", "东侧边坡", "竣工测量.pdf", "没有图形，无法从影像核对",
        "重叠面积，只计一次", "处数归负责地区", "按加权进度", "历史遗留矿山生态修复清单", "还没有留痕检查点",
        "还没有办理：移交销项",
    ):  # fmt: skip
        assert words in text, words
    assert file_of(world, matter).pdf() == file_of(world, matter).pdf()


def test_the_file_lists_every_act_with_its_digest_in_the_chain(world: World, vault: None) -> None:
    matter = led_to(world, a_project(world), "ready")
    text = text_of(file_of(world, matter))
    entries = list(timeline("matters.matter", matter.pk))
    assert len(entries) == 4
    assert all(entry.hash in text for entry in entries)


def test_what_would_not_fit_is_named_with_its_digest(
    world: World, vault: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = led_to(world, a_project(world), "working")
    small = file_of(world, matter).pdf()
    large = small + b"%" * 1000
    papers = [put(small, "一.pdf", EvidenceKind.DOCUMENT), put(large, "二.pdf", EvidenceKind.DOCUMENT)]
    actions.add_evidence(world.fresh(matter), papers, Brought(), **world.by("enterprise_manager"))
    monkeypatch.setattr(attached, "MOST_BOUND_BYTES", len(small) + 500)
    text = text_of(file_of(world, matter))
    assert text.count("未装订") == 1
    assert papers[1].file_digest in text


def test_its_page_leads_to_the_file_from_the_application_on(world: World, vault: None) -> None:
    matter = led_to(world, a_project(world), "self_checked")
    actor = world.actor("county_clerk")
    assert Folder(world.fresh(matter), actor=actor, now=world.now).downloads == []
    matter = step(world, matter, "applied")
    [link] = Folder(world.fresh(matter), actor=actor, now=world.now).downloads
    answer = world.people.enter("county_clerk").get(link.path)
    assert answer.content.startswith(b"%PDF-")
    assert world.people.enter("other_county_clerk").get(link.path).status_code == 404


def held_back(world: World) -> Matter:
    """Images do not support one site, and the county may answer first."""
    matter = led_to(world, a_project(world), "applied")
    Claim.objects.filter(matter=matter).update(
        state=ClaimState.OBSERVED.value, verdict=Verdict.UNSUPPORTED.value, answer_state=AnswerState.ASKED.value,
        answer_until=world.today, found_on=world.today,
    )  # fmt: skip
    return world.fresh(matter)


def test_what_the_county_may_answer_first_is_told_to_nobody_above_it(world: World, vault: None) -> None:
    matter = held_back(world)
    page = Folder(matter, actor=world.actor("city_reviewer"), now=world.now)
    [missing] = page.against_next
    assert "县级核实中" in missing.sentence
    assert missing.act is None
    mine = Folder(matter, actor=world.actor("county_clerk"), now=world.now)
    assert "影像不支持" in mine.against_next[0].sentence
    assert mine.against_next[0].act is not None
    above, below = (text_of(file_of(world, matter, who)) for who in ("city_reviewer", "county_clerk"))
    assert "影像不支持" not in above
    assert "县级核实中" in above
    assert "影像不支持" in below
