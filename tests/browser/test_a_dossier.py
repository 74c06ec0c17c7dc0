"""The registry's clerk keeps a dossier: files a document and a plan, records a determination, takes it all away."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from qingshan.office.accounts.tests.people import People
from qingshan.office.mines.models import Mine, ResponsibleParty

OpenPage = Callable[..., Any]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n"


def test_the_clerk_keeps_a_dossier_and_takes_it_away_with_its_proof(
    people: People, page_for: OpenPage, tmp_path: Path, axe_findings: Callable[[Any], list[str]], watch: Any
) -> None:
    watch.expect("422")  # the refusal that the test asks for
    page = page_for(people["county_clerk"])
    mine = Mine.objects.get()
    page.goto(f"/mines/{mine.pk}/")
    expect(page.get_by_text("没有认定责任主体：")).to_be_visible()
    files_a_document(page)
    registers_a_plan(page)
    records_a_determination(page)
    assert axe_findings(page) == []
    assert ResponsibleParty.objects.get().decided_by == "青石县人民政府"
    brief = page.request.get(f"/mines/{mine.pk}/brief.pdf")
    assert (brief.status, brief.body()[:5]) == (200, b"%PDF-")
    assert takes_it_away(page, tmp_path) == 0


def opens(page: Any, act: str) -> None:
    """From the menu at the head of the dossier."""
    page.get_by_text("归档与认定").click()
    page.locator("details.pick").get_by_role("link", name=act).click()


def brings(page: Any, name: str) -> None:
    page.get_by_label("拖到这里").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_label("我已核对：文件不含涉密内容").check()


def files_a_document(page: Any) -> None:
    opens(page, "归入文件")
    page.get_by_label("把文件拖到这里").set_input_files(
        {"name": "许可证（秘密）.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_label("我已核对：文件不含涉密内容").check()
    page.get_by_label("标题").fill("采矿许可证")
    page.get_by_role("button", name="归入文件").click()
    expect(page.get_by_text("本系统不接收涉密文件")).to_be_visible()
    page.get_by_label("把文件拖到这里").set_input_files(
        {"name": "许可证.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="归入文件").click()
    expect(page.get_by_text("已办理，写入全过程记录：归入文件")).to_be_visible()
    expect(page.locator("#documents").get_by_role("link", name="采矿许可证")).to_be_visible()


def registers_a_plan(page: Any) -> None:
    opens(page, "登记方案")
    page.get_by_role("link", name="矿区生态修复方案").click()
    page.get_by_label("方案名称").fill("老虎沟修复方案")
    page.get_by_label("批准文号").fill("修〔2024〕3号")
    page.get_by_label("修复面积（平方米）").fill("126000")
    brings(page, "批复.pdf")
    page.get_by_role("button", name="登记方案").click()
    expect(page.locator("section").filter(has_text="经批准的方案").get_by_text("126,000")).to_be_visible()


def records_a_determination(page: Any) -> None:
    opens(page, "认定责任主体")
    page.get_by_label("认定情形").select_option(label="主体灭失")
    page.locator("#id_party").select_option(label="青石县人民政府（人民政府）")
    page.get_by_label("认定文号").fill("认〔2026〕7号")
    page.get_by_label("认定日期").fill("2026-02-10")
    page.get_by_label("决定人").select_option(label="赵领（青石县人民政府 · 副县长）")
    brings(page, "认定书.pdf")
    page.get_by_role("button", name="认定责任主体").click()
    expect(page.locator("#responsible").get_by_text("认〔2026〕7号", exact=True)).to_be_visible()
    expect(page.get_by_text("代录").first).to_be_visible()


def takes_it_away(page: Any, folder: Path) -> int:
    """Unpacks the dossier where there is nothing of ours, and lets its own program check it."""
    with page.expect_download() as download:
        page.get_by_role("link", name="导出档案与证明").click()
    bundle = folder / "dossier.zip"
    download.value.save_as(bundle)
    assert "一矿一档" in download.value.suggested_filename
    with zipfile.ZipFile(bundle) as package:
        package.extractall(folder / "unpacked")
    command = [sys.executable, "-I", "-X", "utf8", "核验全部.py"]
    done = subprocess.run(
        command,
        cwd=folder / "unpacked",
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert "结论：成立" in done.stdout, done.stdout + done.stderr
    return done.returncode
