"""Does the shell work for eyes, keyboard, screen reader and phone, in both languages?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from qingshan.exchange.models import Import
from qingshan.jobs.models import Job
from qingshan.office.accounts.models import Person
from qingshan.office.desk.tests.factories import NOW, job_of, person_with
from qingshan.rules.duties import Duty

PHONE = {"width": 390, "height": 844}
SHEET_OF_A4 = {"width": 690, "height": 980}
NARROWEST_DESK = {"width": 1366, "height": 768}
LANGUAGES = ["zh-hans", "en"]

OpenPage = Callable[..., Any]


@pytest.fixture
def clerk(server: str) -> Person:
    """A registry clerk for whom two files wait."""
    person = person_with(Duty.REGISTRY)
    for name in ("点位.xlsx", "图斑.gpkg"):
        Import.objects.create(
            kind="sites",
            file_name=name,
            file_digest="0" * 64,
            state="read",
            owner_id=person.pk,
            created_at=NOW,
            created=3,
            refused=1,
        )
    return person


def test_a_question_mark_explains_the_keys_and_escape_closes(page_for: OpenPage, clerk: Person) -> None:
    page = page_for(clerk)
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_j_and_k_walk_the_rows_and_mark_where_one_is(page_for: OpenPage, clerk: Person) -> None:
    page = page_for(clerk)
    page.goto("/")
    rows = page.locator(".todo")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_have_class(re.compile(r"\bat\b"))
    expect(rows.nth(0).get_by_role("link")).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("j")  # the last row stays
    expect(rows.nth(1)).to_have_class(re.compile(r"\bat\b"))
    page.keyboard.press("k")
    expect(rows.nth(0).get_by_role("link")).to_be_focused()


def test_the_first_tab_skips_to_the_content(page_for: OpenPage, clerk: Person) -> None:
    page = page_for(clerk)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_language_is_switched_in_place_and_back(page_for: OpenPage, clerk: Person) -> None:
    page = page_for(clerk)
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Waiting for me")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="等我办")).to_be_visible()


def test_on_a_phone_the_menu_opens_and_nothing_runs_off_the_side(page_for: OpenPage, clerk: Person) -> None:
    page = page_for(clerk, viewport=PHONE)
    page.goto("/")
    navigation = page.get_by_role("navigation", name="主导航")
    expect(navigation).to_be_hidden()
    menu = page.get_by_role("button", name="菜单")
    menu.click()
    expect(navigation).to_be_visible()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()
    expect(menu).to_be_focused()
    assert _overflow_px(page) == 0


def test_on_a_phone_rows_are_cards_whose_values_keep_their_titles(page_for: OpenPage, people: Any) -> None:
    page = page_for(people["county_clerk"], viewport=PHONE)
    page.goto("/sites/")
    county = page.locator("tbody tr").first.get_by_role("cell").nth(1)
    expect(county).to_have_text("青石县")
    assert county.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"县区')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewport", [NARROWEST_DESK, PHONE], ids=["desk", "phone"])
def test_the_workbench_has_no_serious_finding_and_fits(
    page_for: OpenPage,
    clerk: Person,
    axe_findings: Callable[[Any], list[str]],
    language: str,
    viewport: dict[str, int],
) -> None:
    job_of(clerk)
    page = page_for(clerk, language=language, viewport=viewport)
    page.goto("/")
    assert axe_findings(page) == []
    assert _overflow_px(page) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dead_end_says_what_to_do_and_keeps_the_doors_open(
    page_for: OpenPage, clerk: Person, watch: Any, axe_findings: Callable[[Any], list[str]], language: str
) -> None:
    watch.expect("404")
    page = page_for(clerk, language=language)
    answer = page.goto("/nowhere/")
    assert answer.status == 404
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("navigation").first).to_be_visible()
    assert axe_findings(page) == []


def test_the_progress_of_a_job_moves_by_itself_until_it_is_over(page_for: OpenPage, clerk: Person) -> None:
    job = job_of(clerk)
    page = page_for(clerk)
    page.goto(f"/jobs/{job.pk}/")
    expect(page.get_by_text("50% = 50 / 100")).to_be_visible()
    Job.objects.filter(pk=job.pk).update(done=80)
    expect(page.get_by_text("80% = 80 / 100")).to_be_visible()
    Job.objects.filter(pk=job.pk).update(state="done", result={"url": "/"})
    expect(page.get_by_role("link", name="查看结果")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_progress_has_no_serious_finding(
    page_for: OpenPage, clerk: Person, axe_findings: Callable[[Any], list[str]], language: str
) -> None:
    page = page_for(clerk, language=language)
    page.goto(f"/jobs/{job_of(clerk).pk}/")
    assert axe_findings(page) == []


def test_one_logs_in_works_and_logs_out(page_for: OpenPage, clerk: Person) -> None:
    clerk.set_password("Qing-shan-2026")
    clerk.save()
    page = page_for(None)
    page.goto("/sites/")
    expect(page).to_have_url(re.compile(r"/login/\?next=%2Fsites%2F$"))
    page.get_by_label("登录名").fill("lin")
    page.get_by_label("密码", exact=False).first.fill("Qing-shan-2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="点位", exact=True)).to_be_visible()
    expect(page.get_by_role("banner").get_by_text("林经办")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()
    page.goto("/sites/")
    expect(page).to_have_url(re.compile(r"/login/"))


def test_paper_shows_who_printed_and_a_table_but_no_navigation(page_for: OpenPage, people: Any) -> None:
    page = page_for(people["county_clerk"], viewport=SHEET_OF_A4)
    page.goto("/sites/")
    page.emulate_media(media="print")
    expect(page.locator(".print-head")).to_be_visible()
    expect(page.locator("thead").get_by_text("图形面积")).to_be_visible()
    assert page.locator("tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    for gone in (".side", ".top", ".acts", ".filters"):
        expect(page.locator(gone)).to_be_hidden()


def _overflow_px(page: Any) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
