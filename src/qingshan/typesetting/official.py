"""How is an official document set as .docx by GB/T 9704-2012, as far as the standard has been read?

Fonts are named, not carried along: 方正小标宋, 仿宋_GB2312, 楷体_GB2312 and 黑体 may not be handed on, and every
office has them. The same data and instant give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qingshan.rules.dates import date_words

TITLE, BODY, KAI, BLACK, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
NO2, NO3, NO4, SMALL4 = Pt(22), Pt(16), Pt(14), Pt(12)
"""二号、三号、四号、小四"""
RED = RGBColor(0xFF, 0, 0)
PAGE, TOP, LEFT, RIGHT, BOTTOM = (Mm(210), Mm(297)), Mm(37), Mm(28), Mm(26), Mm(35)
LINE = Pt(28.99)
"""225 mm / 22 lines"""
LINE_PITCH = 580
"""22 lines on 225 mm, in twentieths of a point"""
CHARACTER_SPACING = -5
"""28 characters on 156 mm, in twentieths of a point. A grid of characters (charSpace -848) would say the same, but
LibreOffice then gives each character two places."""
CHARACTER_TWIPS = 320
"""a character of 三号"""
MARK_BELOW_TOP = Mm(35)
NUMBER_BELOW_BODY = Mm(7)
HEADING_FONTS = (BLACK, KAI, BODY, BODY)
"""一、（一） 1. （1）"""


class OfficialDocument:
    """An A4 document in the making, from top to bottom."""

    def __init__(self, *, landscape: bool = False) -> None:
        self._document: Any = Document()
        _plain(self._document)
        self._document.settings.odd_and_even_pages_header_footer = True
        _page(self._document.sections[0], landscape=landscape)

    def red_head(self, mark: str, *, number: str) -> None:
        """发文机关标志 in red, 发文字号 below it, and the red line."""
        line = self._centred(mark, font=TITLE, size=Pt(36), colour=RED)
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        line.paragraph_format.space_before = MARK_BELOW_TOP
        self.blank(2)
        _ruled(self._centred(number, font=BODY, size=NO3))

    def title(self, text: str, *, blank_before: int = 2) -> None:
        """标题, 2号小标宋, centred."""
        self.blank(blank_before)
        self._centred(text, font=TITLE, size=NO2)

    def number(self, text: str) -> None:
        """A number below the title of a paper without a red head."""
        self._centred(text, font=BODY, size=NO3)

    def addressed(self, to: str) -> None:
        """主送机关: at the left edge, with a colon."""
        _write(self._line(), f"{to}：", font=BODY, size=NO3)

    def paragraph(self, text: str) -> None:
        """正文: 3号仿宋, two characters indented; each line of the text is a paragraph."""
        for each in text.splitlines() or [""]:
            line = self._line()
            _indent(line, first_line_characters=2)
            _write(line, each, font=BODY, size=NO3)

    def heading(self, text: str, *, level: int = 1) -> None:
        """一、黑体, （一）楷体, 1. 仿宋, （1）仿宋; the caller writes the numeral."""
        line = self._line()
        _indent(line, first_line_characters=2)
        _write(line, text, font=HEADING_FONTS[level - 1], size=NO3)

    def signed(self, issuer: str, on: date) -> None:
        """署名和成文日期: two lines below the text, the date four characters from the right, the issuer above it."""
        self.blank(2)
        for text in (issuer, date_words(on)):
            line = self._line(WD_ALIGN_PARAGRAPH.RIGHT)
            line.paragraph_format.keep_with_next = text is issuer
            _indent(line, right_characters=4)
            _write(line, text, font=BODY, size=NO3)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths_mm: Sequence[float]
    ) -> None:
        """A table with black lines, its head repeated on every page. 小四."""
        table = self._document.add_table(rows=1, cols=len(head), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for name, cell in zip(head, table.rows[0].cells, strict=True):
            _cell(cell, name, font=BLACK, align=WD_ALIGN_PARAGRAPH.CENTER)
        _repeated(table.rows[0])
        for row in rows:
            for text, cell in zip(row, table.add_row().cells, strict=True):
                _cell(cell, text, font=BODY)
        for width, column in zip(widths_mm, table.columns, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            for width, cell in zip(widths_mm, row.cells, strict=True):
                cell.width = Mm(width)

    def blank(self, lines: int = 1) -> None:
        """Empty lines of the grid."""
        for _ in range(lines):
            self._line()

    def packed(self, *, title: str, made_at: datetime) -> bytes:
        """The finished file."""
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = _writable(title), "", ""
        properties.last_modified_by = ""
        properties.created = properties.modified = made_at.replace(tzinfo=None)
        out = io.BytesIO()
        self._document.save(out)
        return repacked(out.getvalue(), made_at=made_at)

    def _line(self, align: WD_ALIGN_PARAGRAPH | None = None) -> Paragraph:
        line: Paragraph = self._document.add_paragraph()
        if align is not None:
            line.alignment = align
        return line

    def _centred(self, text: str, *, font: str, size: Length, colour: RGBColor | None = None) -> Paragraph:
        line = self._line(WD_ALIGN_PARAGRAPH.CENTER)
        _write(line, text, font=font, size=size, colour=colour)
        return line


def repacked(content: bytes, *, made_at: datetime) -> bytes:
    """The same package with the instant in place of the clock's, so that its bytes say nothing else."""
    out = io.BytesIO()
    stamp = made_at.timetuple()[:6]
    with (
        zipfile.ZipFile(io.BytesIO(content)) as came,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as goes,
    ):
        for name in sorted(came.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            goes.writestr(entry, came.read(name))
    return out.getvalue()


def _plain(document: Any) -> None:
    """Everything that is not said otherwise: 3号仿宋, 22 lines a page, no space between paragraphs."""
    style = document.styles["Normal"]
    style.font.size = NO3
    _named(style.element.get_or_add_rPr(), BODY)
    _spaced(style.element.get_or_add_rPr())
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.widow_control = False


def _spaced(properties: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(CHARACTER_SPACING))
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _page(section: Any, *, landscape: bool) -> None:
    short, long = PAGE
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    # turned, the binding edge lies at the top
    margins = (LEFT, BOTTOM, RIGHT, TOP) if landscape else (TOP, LEFT, BOTTOM, RIGHT)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = margins
    section.footer_distance = Length(section.bottom_margin - NUMBER_BELOW_BODY - NO4)
    if not landscape:
        _grid(section)
    _numbered(section)


def _grid(section: Any) -> None:
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)


def _numbered(section: Any) -> None:
    """— 1 —: 4号宋体; odd pages right, even pages left, one character from the edge."""
    section.footer.is_linked_to_previous = section.even_page_footer.is_linked_to_previous = False
    for footer, align, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right_characters"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left_characters"),
    ):
        line = footer.paragraphs[0]
        line.alignment = align
        _indent(line, **{side: 1})
        _write(line, "— ", font=SONG, size=NO4)
        _field(line, "PAGE")
        _write(line, " —", font=SONG, size=NO4)


def _field(line: Paragraph, instruction: str) -> None:
    run = line.add_run()
    _look(run, font=SONG, size=NO4)
    for kind in ("begin", "instruction", "end"):
        part = OxmlElement("w:instrText" if kind == "instruction" else "w:fldChar")
        if kind == "instruction":
            part.text = instruction
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _write(line: Paragraph, text: str, *, font: str, size: Length, colour: RGBColor | None = None) -> None:
    run = line.add_run(_writable(text))
    _look(run, font=font, size=size)
    if colour is not None:
        run.font.color.rgb = colour


_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def _writable(text: str) -> str:
    """Without what XML cannot hold: control characters and halves of characters."""
    return _UNWRITABLE.sub("", text)


def _look(run: Run, *, font: str, size: Length) -> None:
    run.font.size = size
    _named(run._r.get_or_add_rPr(), font)


def _named(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{name}"), value)


def _indent(
    line: Paragraph, *, first_line_characters: int = 0, left_characters: int = 0, right_characters: int = 0
) -> None:
    """In characters, as the standard counts, and in points for programs that cannot."""
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    for name, count in (
        ("firstLine", first_line_characters),
        ("left", left_characters),
        ("right", right_characters),
    ):
        if count:
            indent.set(qn(f"w:{name}"), str(CHARACTER_TWIPS * count))
            indent.set(qn(f"w:{name}Chars"), str(100 * count))


def _ruled(line: Paragraph) -> None:
    """The red line, 4 mm below, as wide as the text."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "FF0000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _cell(cell: Any, text: str, *, font: str, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    for number, each in enumerate(text.splitlines() or [""]):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        line.alignment = align
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _off_the_grid(line)
        _write(line, each, font=font, size=SMALL4)


def _off_the_grid(line: Paragraph) -> None:
    """In a table lines stand as close as their letters; on the grid each would take a whole line of the page."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    line._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _repeated(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
