"""What does a document say? Its plain text, line by line, from PDF, Word and text files; nothing in it is run.

Numbers that Word puts before paragraphs by itself (一、（一）1.) stand in no text: they are counted out again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from docx.oxml.ns import qn

from qingshan.exchange.cells import storable
from qingshan.exchange.readers.documents import Paper, recognised_paper
from qingshan.exchange.readers.hygiene import MEGABYTE, Upload

MOST_CHARACTERS = 200_000
MOST_PAGES = 500
MOST_TEXT_BYTES = 5 * MEGABYTE
READABLE = ".pdf,.docx,.txt"
"""For the `accept` of a file field."""
_CHINESE_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
}
_DIGITS = "零一二三四五六七八九"


def wording(upload: Upload) -> str:
    """The text of a document. Raises FileRefused: nothing that can be read, a picture of a text, not what it says."""
    if upload.extension == ".txt":
        return _clean(_plain(upload))
    kind = recognised_paper(upload)
    if kind is Paper.PDF:
        text = _of_pdf(upload)
    elif kind is Paper.DOCX:
        text = _of_docx(upload.path)
    else:
        raise upload.refused("exchange.no_wording")
    if not text.strip():
        raise upload.refused("exchange.picture_of_text")
    return _clean(text)


def _clean(text: str) -> str:
    text = storable(
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    )
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)
    return re.sub(r"\n{3,}", "\n\n", text)[:MOST_CHARACTERS].strip()


def _plain(upload: Upload) -> str:
    if upload.path.stat().st_size > MOST_TEXT_BYTES:
        raise upload.refused("exchange.too_big", size_mb=6, limit_mb=5)
    content = upload.path.read_bytes()
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise upload.refused("exchange.not_what_it_says", extension=".txt")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise upload.refused("exchange.no_wording")


def _of_pdf(upload: Upload) -> str:
    try:
        document = pypdfium2.PdfDocument(upload.path)
    except pypdfium2.PdfiumError as broken:
        raise upload.refused("exchange.unreadable_document") from broken
    try:
        pages = [_of_page(document[number]) for number in range(min(len(document), MOST_PAGES))]
    finally:
        document.close()
    return _lines_joined("\n".join(pages))


def _of_page(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,3}\s*[.．、]|[①-⑳]|第[一二三四五六七八九十]+"
)


def _lines_joined(text: str) -> str:
    """A PDF breaks lines where the paper ended: a line goes on in the next one until a sentence or a number ends it."""
    lines: list[str] = []
    for line in (each.strip() for each in text.splitlines()):
        goes_on = lines and lines[-1] and line and not _NUMBERED.match(line)
        if goes_on and lines[-1][-1] not in "。！？；：:;.…" and len(lines[-1]) > 14:
            lines[-1] += line
        else:
            lines.append(line)
    return "\n".join(lines)


def _of_docx(path: Path) -> str:
    document = Document(str(path))
    labels = _Labels(document)
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [_row_text(row) for row in block.rows]
        else:
            lines.append(labels.of(block) + block.text)
    return "\n".join(lines)


def _row_text(row: Any) -> str:
    cells: list[str] = []
    for cell in row.cells:
        text = " ".join(cell.text.split())
        if not cells or cells[-1] != text:  # merged cells come once for each column
            cells.append(text)
    return "\t".join(cells)


class _Labels:
    """The numbers that Word shows before paragraphs."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str]] = {}
        self._counted: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        shapes = {
            each.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): (_value(level, "w:numFmt"), _value(level, "w:lvlText"))
                for level in each.findall(qn("w:lvl"))
            }
            for each in root.findall(qn("w:abstractNum"))
        }
        for number in root.findall(qn("w:num")):
            for level, shape in shapes.get(_value(number, "w:abstractNumId"), {}).items():
                self._levels[number.get(qn("w:numId")), level] = shape

    def of(self, paragraph: Any) -> str:
        numbered = _numbering_of(paragraph)
        if numbered is None:
            return ""
        list_id, level = str(numbered.numId.val), numbered.ilvl.val if numbered.ilvl is not None else 0
        kind, shape = self._levels.get((list_id, level), ("", ""))
        if not shape or kind in {"bullet", "none"}:
            return ""
        counted = self._counted[list_id]
        counted[level] = counted.get(level, 0) + 1
        for deeper in [each for each in counted if each > level]:
            del counted[deeper]
        return self._written(list_id, shape, counted)

    def _written(self, list_id: str, shape: str, counted: dict[int, int]) -> str:
        def one(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            kind = self._levels.get((list_id, level), ("decimal", ""))[0]
            return _numeral(counted.get(level, 1), kind)

        return re.sub(r"%(\d)", one, shape)


def _numbering_of(paragraph: Any) -> Any:
    """The list to which a paragraph belongs, by itself or by its style."""
    styles: list[Any] = []
    style = paragraph.style
    while style is not None and len(styles) < 10:
        styles.append(style.element)
        style = style.base_style
    for holder in (paragraph._p, *styles):
        properties = holder.pPr
        if properties is not None and properties.numPr is not None and properties.numPr.numId is not None:
            return properties.numPr
    return None


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _numeral(number: int, kind: str) -> str:
    if kind in _CHINESE_FORMATS and number < 100:
        tens, ones = divmod(number, 10)
        return ("十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else "") + (_DIGITS[ones] if ones else "")
    if kind == "decimalEnclosedCircle" and number <= 20:
        return chr(0x245F + number)
    return str(number)
