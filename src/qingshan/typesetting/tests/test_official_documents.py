"""A .docx has the page, the fonts and the red head that GB/T 9704-2012 asks for."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.typesetting.official import OfficialDocument

MADE_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def made(*, text: str = "正文", mark: str = "") -> bytes:
    document = OfficialDocument()
    if mark:
        document.red_head(mark, number="青石自然资〔2026〕12号")
    document.title("关于整改任务完成情况的公示")
    document.heading("一、整改任务")
    document.paragraph(text)
    document.table(["整改任务", "完成情况"], [[text, "已完成\n已验收"]], widths_mm=[100, 56])
    document.signed("青石县自然资源局", date(2026, 3, 2))
    return document.packed(title="公示", made_at=MADE_AT)


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def font_of(run: Any) -> str:
    return str(run._r.rPr.rFonts.get(qn("w:eastAsia")))


def test_the_page_is_that_of_the_standard() -> None:
    section = opened(made()).sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides] == [37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "580")
    # 28 characters of 16 points, each a quarter of a point closer, on 156 mm; 29 would be too many
    spacing = opened(made()).styles["Normal"].element.rPr.find(qn("w:spacing"))
    pitch_pt = 16 + int(spacing.get(qn("w:val"))) / 20
    assert 28 * pitch_pt <= 156 / 25.4 * 72 < 29 * pitch_pt


def test_title_heading_and_body_have_their_fonts_and_sizes() -> None:
    lines = {line.text: line for line in opened(made()).paragraphs if line.text}
    title, heading, body = (
        lines[text].runs[0] for text in ("关于整改任务完成情况的公示", "一、整改任务", "正文")
    )
    assert (font_of(title), title.font.size) == ("方正小标宋简体", Pt(22))
    assert (font_of(heading), heading.font.size) == ("黑体", Pt(16))
    assert (font_of(body), body.font.size) == ("仿宋_GB2312", Pt(16))
    assert lines["正文"]._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert lines["2026年3月2日"]._p.pPr.ind.get(qn("w:rightChars")) == "400"


def test_only_an_authoritys_paper_has_a_red_head() -> None:
    (mark, *_others) = [line for line in opened(made(mark="青石县自然资源局文件")).paragraphs if line.text]
    assert mark.runs[0].font.color.rgb == RGBColor(0xFF, 0, 0)
    plain = [run.font.color.rgb for line in opened(made()).paragraphs for run in line.runs]
    assert set(plain) == {None}


def test_the_same_data_and_instant_give_the_same_bytes() -> None:
    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 3, 2, 1, 0, 0)}
    core = opened(made()).core_properties
    assert (core.author, core.last_modified_by) == ("", "")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_whatever_people_write_can_be_opened_again(text: str) -> None:
    document = opened(made(text=text))
    assert len(document.tables) == 1
