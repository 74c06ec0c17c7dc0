"""Are the opinion of the panel and the notice of the result drafted from a batch, issued, signed and brought back?"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from docx import Document

from qingshan.office.batches.documents import opinion, result
from qingshan.office.batches.facts import batch_of, numbers_of
from qingshan.office.batches.forms.papers import BAR, OpinionForm, ResultNoticeForm
from qingshan.office.batches.models import PanelMember
from qingshan.office.batches.tests.factories import (
    FAILS,
    SECRETS,
    World,
    a_batch,
    a_single,
    a_world,
    led_to,
    look_at,
    rows,
    some_sites,
)
from qingshan.office.errors import OfficeError
from qingshan.office.matters.models import Matter
from qingshan.office.papers import actions as papers
from qingshan.office.papers.documents.plain import plain, rebuilt
from qingshan.office.papers.models import Paper, SignedCopy
from qingshan.typesetting.tests.photographing import photographed
from qingshan.vault import Vault

NOTICE, OPINION = result.KIND.code, opinion.KIND.code


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, Matter]]:
    """A batch of twelve sites in notice, and its papers as each test drafts them; undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = a_world()
        matter = led_to(world, a_batch(world, *some_sites(world, 12)), "in_notice")
        yield world, matter
        transaction.set_rollback(True)


@pytest.fixture
def batch(ground: tuple[World, Matter], db: None) -> tuple[World, Matter]:
    """The same batch; what a test writes is undone after it."""
    return ground


def at(matter: Matter, kind: str) -> str:
    return f"/batches/{matter.pk}/papers/{kind}/"


def opened(world: World, who: str, path: str, given: dict[str, Any] | None = None) -> Any:
    browser = world.people.enter(who)
    with time_machine.travel(world.now, tick=False):
        return browser.get(path) if given is None else browser.post(path, given)


def suggested(world: World, who: str, path: str) -> dict[str, Any]:
    """The form as its page fills it in."""
    form = opened(world, who, path).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def drafted(world: World, who: str, matter: Matter, kind: str, **more: Any) -> Paper:
    answer = opened(world, who, at(matter, kind), {**suggested(world, who, at(matter, kind)), **more})
    assert answer.status_code == 302, answer.content.decode()
    return Paper.objects.latest("pk")


def issued(world: World, who: str, matter: Matter, kind: str) -> Paper:
    paper = drafted(world, who, matter, kind)
    return papers.issue(paper, version=paper.version, actor=world.actor(who), now=world.now)


def file_of(digest: str) -> bytes:
    with Vault(settings.VAULT_ROOT).open(digest) as file:
        return bytes(file.read())


def words_of(paper: Paper) -> str:
    """All that stands in the .docx."""
    document = Document(io.BytesIO(file_of(paper.docx_digest)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_the_notice_tells_numbers_with_what_they_are_a_part_of(batch: tuple[World, Matter]) -> None:
    world, matter = batch
    first = suggested(world, "county_clerk", at(matter, NOTICE))
    figures = {line.split(BAR)[0]: line.split(BAR)[1:] for line in first["figures"].splitlines()}
    seen = sum(bool(row.check_result) for row in rows(matter))
    assert 0 < seen < 12
    assert figures["列入"][0] == "12 处"
    assert figures["申报完成"][0] == "12 处（列入 12 处）"
    assert figures["验收通过"][0] == "12 处（申报完成 12 处）"
    assert figures["其中到场查验后通过"][0] == f"{seen} 处（验收通过 12 处）"
    assert figures["其中由样本推定通过"][0] == f"{12 - seen} 处（验收通过 12 处）"
    assert figures["验收通过"][2] == "验收面积；12 处中 12 处已知"
    assert "公顷" in figures["验收通过"][1]
    assert len(first["sites"].splitlines()) == 12


def test_the_notice_holds_what_the_sample_rests_on_and_how_long_it_lasts(
    batch: tuple[World, Matter],
) -> None:
    world, matter = batch
    first = suggested(world, "county_clerk", at(matter, NOTICE))
    kept = batch_of(matter)
    assert kept.list_digest in first["sample"]
    for number in numbers_of(kept):
        assert number.seal in first["sample"]
        assert number.secret in first["sample"]
    assert set(SECRETS.values()) == {number.secret for number in numbers_of(kept)}
    assert "种子：" in first["sample"]
    assert matter.number in first["sample_published"]
    running = matter.notices.get()
    told = (first["notice_from"], first["notice_to"], first["working_days"])
    assert told == (running.from_on, running.to_on, 5)
    assert first["period_basis"] == "云岭市修复验收办法第十条"
    assert first["objection_phone"] == "0990-1234567"


def test_the_notice_is_numbered_names_nobody_and_comes_back_signed(batch: tuple[World, Matter]) -> None:
    world, matter = batch
    paper = issued(world, "county_clerk", matter, NOTICE)
    assert paper.number == "公示-990101-2026-0001"
    assert paper.for_act == "restoration.give_batch_notice"
    said = words_of(paper)
    for name in ("钱审", "周专", "村民代表马某"):
        assert name not in said
    for one in ("5 个工作日", "由样本推定通过", "云岭市修复验收办法第十条", "实名反映"):
        assert one in said
    page = pypdfium2.PdfDocument(file_of(paper.pdf_digest))[0].render(scale=200 / 72).to_pil().convert("RGB")
    out = io.BytesIO()
    photographed(page, chance=random.Random(3), longest_px=2000, blur_px=0.8).save(out, "JPEG", quality=60)
    brought = SimpleUploadedFile("公示盖章.jpg", out.getvalue())
    opened(world, "county_clerk", "/papers/return/", {"file": [brought], "nothing_secret": "on"})
    assert SignedCopy.objects.get().paper_id == paper.pk
    shown = opened(world, "county_clerk", f"/batches/{matter.pk}/").content.decode()
    assert "公示盖章.jpg" in shown


def test_the_notice_lasts_as_long_as_its_working_days_ask_for(batch: tuple[World, Matter]) -> None:
    world, matter = batch
    given = suggested(world, "county_clerk", at(matter, NOTICE))
    early = {**given, "notice_from": "2026-03-02", "notice_to": "2026-03-08", "working_days": "5"}
    answer = opened(world, "county_clerk", at(matter, NOTICE), early)
    assert answer.status_code == 422
    assert "最早到 2026-03-09 结束" in answer.content.decode()
    assert not Paper.objects.exists()


def test_the_opinion_says_of_each_site_what_was_found_and_leaves_a_place_for_each_member(
    batch: tuple[World, Matter],
) -> None:
    world, matter = batch
    first = suggested(world, "city_reviewer", at(matter, OPINION))
    seen = [row for row in rows(matter) if row.check_result]
    lines = first["sites"].splitlines()
    assert len(lines) == 12
    assert sum("92 符合" in line for line in lines) == len(seen)
    assert sum("未抽中" in line for line in lines) == 12 - len(seen)
    [rate] = [line for line in first["criteria"].splitlines() if line.startswith("成活率")]
    assert f"符合 {len(seen)} 处，不符合 0 处，未知 0 处" in rate
    assert [line.split(BAR)[:2] for line in first["panel"].splitlines()] == [
        ["自然资源部门", "钱审"],
        ["生态环境部门", "许环"],
        ["专家", "周专"],
        ["居民（村民）代表", "村民代表马某"],
    ]
    paper = issued(world, "city_reviewer", matter, OPINION)
    assert paper.number == "验收-990101-2026-0001"
    said = words_of(paper)
    for one in ("自然资源部门：钱审（云岭市自然资源局）", "居民（村民）代表：村民代表马某", "验收组签字"):
        assert one in said


def test_a_member_who_did_not_come_is_told_of_with_the_reason(batch: tuple[World, Matter]) -> None:
    world, matter = batch
    PanelMember.objects.filter(name="周专").update(signed_on=None, absent_because="出差")
    first = suggested(world, "city_reviewer", at(matter, OPINION))
    assert f"专家{BAR}周专{BAR}青山生态技术评估中心{BAR}未到场：出差" in first["panel"]


def test_before_the_panel_is_named_every_part_that_the_law_asks_for_has_its_place(
    batch: tuple[World, Matter],
) -> None:
    world, _first = batch
    matter = led_to(world, a_batch(world), "checking")
    first = suggested(world, "county_clerk", at(matter, OPINION))
    assert first["panel"].splitlines() == ["自然资源部门", "生态环境部门", "专家", "居民（村民）代表"]
    assert "未测" not in first["sites"]
    assert "成活率" in first["criteria"]
    assert first["accepted_on"] == ""


def test_what_failed_stands_in_both_papers(
    batch: tuple[World, Matter],
) -> None:
    world, _first = batch
    matter = led_to(world, a_batch(world, *some_sites(world, 6)), "checking")
    drawn = [row for row in rows(matter) if row.check_result]
    matter = look_at(world, matter, FAILS, only=[drawn[0].pk])
    opinion_of = suggested(world, "city_reviewer", at(matter, OPINION))
    [line] = [each for each in opinion_of["sites"].splitlines() if drawn[0].site.key in each]
    assert "41 不符合" in line
    assert line.endswith("不合格")


def test_a_single_site_was_looked_at_and_not_sampled(
    batch: tuple[World, Matter],
) -> None:
    world, _first = batch
    matter = led_to(world, a_single(world), "in_notice")
    first = suggested(world, "county_clerk", at(matter, NOTICE))
    assert first["sample"] == ""
    paper = issued(world, "county_clerk", matter, NOTICE)
    assert "没有抽样" in words_of(paper)
    assert "1 处（申报完成 1 处）" in words_of(paper)


def test_who_may_draft_them_and_when(
    batch: tuple[World, Matter],
) -> None:
    world, _first = batch
    matter = a_batch(world)
    for kind in (NOTICE, OPINION):
        assert opened(world, "county_clerk", at(matter, kind)).status_code == 404
    matter = led_to(world, matter, "in_notice")
    for who, kind, status in (
        ("county_clerk", NOTICE, 200),
        ("county_dispatcher", NOTICE, 200),
        ("county_dispatcher", OPINION, 403),
        ("enterprise_manager", NOTICE, 403),
        ("other_county_clerk", NOTICE, 404),
        ("expert", OPINION, 403),
    ):
        assert opened(world, who, at(matter, kind)).status_code == status, (who, kind)


@pytest.mark.parametrize(("kind", "form"), [(result.KIND, ResultNoticeForm), (opinion.KIND, OpinionForm)])
def test_a_draft_comes_back_from_its_form_as_it_was(kind: Any, form: Any, db: None) -> None:
    given = {name: value or "" for name, value in form.initial_of(kind.sample).items()}
    filled = form(given)
    assert filled.is_valid(), filled.errors
    assert filled.data_of() == kind.sample
    assert rebuilt(kind.data, plain(kind.sample)) == kind.sample


@pytest.mark.parametrize(
    ("name", "text"),
    [("sites", "只有一项"), ("figures", BAR.join("一二三四五")), ("sites", "一｜二\n" * 2_001)],
)
def test_a_line_that_is_no_row_is_refused_in_words(name: str, text: str, db: None) -> None:
    given = {key: value or "" for key, value in ResultNoticeForm.initial_of(result.SAMPLE).items()}
    filled = ResultNoticeForm({**given, name: text})
    assert not filled.is_valid()
    assert list(filled.errors) == [name]


def test_no_site_no_panel_and_no_way_to_object_make_no_paper() -> None:
    for kind, data in (
        (result.KIND, replace(result.SAMPLE, sites=())),
        (result.KIND, replace(result.SAMPLE, objection_phone="", objection_address="", objection_email="")),
        (opinion.KIND, replace(opinion.SAMPLE, sites=())),
        (opinion.KIND, replace(opinion.SAMPLE, panel=())),
    ):
        with pytest.raises(OfficeError):
            kind.check(data)


def test_a_notice_of_two_hundred_sites_runs_over_pages_each_with_its_code(
    batch: tuple[World, Matter],
) -> None:
    world, matter = batch
    line = suggested(world, "county_clerk", at(matter, NOTICE))["sites"].splitlines()[0]
    paper = drafted(world, "county_clerk", matter, NOTICE, sites="\n".join([line] * 200))
    paper = papers.issue(paper, version=paper.version, actor=world.actor("county_clerk"), now=world.now)
    assert paper.pages > 4
    assert len(pypdfium2.PdfDocument(file_of(paper.pdf_digest))) == paper.pages
