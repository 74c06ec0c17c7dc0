from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from PIL import Image

from qingshan.office.cases import actions
from qingshan.office.cases.actions.working import NewEvidence
from qingshan.office.cases.closing_file import CaseFile
from qingshan.office.cases.tests.factories import World, a_case, a_world, brought_to
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.rules.matters import EvidenceKind, Phase
from qingshan.vault import Vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: object, tmp_path: object) -> World:
    settings.VAULT_ROOT = tmp_path  # type: ignore[attr-defined]
    return a_world()


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return out.getvalue()


def put(
    world: World, content: bytes, name: str, kind: EvidenceKind, phase: Phase | None = None
) -> NewEvidence:
    from django.conf import settings

    stored = Vault(settings.VAULT_ROOT).put(io.BytesIO(content))
    return NewEvidence(
        kind,
        name,
        file_name=name,
        file_digest=stored.digest,
        file_size_bytes=stored.size_bytes,
        phase=phase,
        photo_point="东侧边坡",
    )


def with_papers(world: World) -> Matter:
    matter = brought_to(world, "rectifying")
    colours = {Phase.BEFORE: "gray", Phase.DURING: "brown", Phase.AFTER: "green"}
    papers = [
        put(world, picture(colour), f"{phase.zh}.jpg", EvidenceKind.PHOTOGRAPH, phase)
        for phase, colour in colours.items()
    ]
    papers.append(put(world, closing_file(world, world.fresh(matter)), "旧卷.pdf", EvidenceKind.DOCUMENT))
    manager = world.actor("enterprise_manager")
    actions.add_evidence(world.fresh(matter), papers, Brought(), actor=manager, now=world.now)
    for state in ("self_checked", "applied", "county_accepted", "in_notice", "closed"):
        from qingshan.office.cases.tests.factories import _STEPS

        _STEPS[state](world, world.fresh(matter))
    return world.fresh(matter)


def closing_file(world: World, matter: Matter) -> bytes:
    return CaseFile(matter, actor=world.actor("county_clerk"), made_at=world.now).pdf()


def text_of(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: install poppler-utils to read the file back")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_the_file_of_a_closed_case_holds_every_paper_in_its_order(world: World) -> None:
    text = text_of(closing_file(world, with_papers(world)))
    parts = ("整改方案和措施", "验收意见", "公示证明", "全过程记录", "附件")
    begins = text.index("登记日期")  # after the catalogue
    places = [text.index(part, begins) for part in parts]
    assert places == sorted(places)
    assert "目录" in text
    for words in ("韩验、专家周专", "县政府网站", "东侧边坡", "月巡查制度", "旧卷.pdf", "留痕检查点"):
        assert words in text
    assert text.count("尚缺") == 1  # on the page of the earlier file that is bound in


def test_the_same_case_at_the_same_instant_gives_the_same_bytes(world: World) -> None:
    matter = with_papers(world)
    assert closing_file(world, matter) == closing_file(world, world.fresh(matter))


def test_a_file_made_too_early_says_what_is_missing(world: World) -> None:
    text = text_of(closing_file(world, brought_to(world, "applied")))
    assert "尚缺" in text
    assert "没有公示" in text


def test_a_case_with_nothing_in_it_has_a_file_too(world: World) -> None:
    assert closing_file(world, a_case(world, title="#set page(width: 1pt) $x$ ]")).startswith(b"%PDF")
