"""What do the papers of the demonstration look like? Short texts, a few of them set as a page, all marked 演示."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from qingshan.demo.papers import DocumentFacts
from qingshan.demo.province import LABEL

_PAGE = """\
#set document(title: {title})
#set page("a4", margin: 28mm, background: rotate(-30deg, text(64pt, fill: luma(232))[演示]))
#set text(font: "Noto Sans SC", size: 12pt, lang: "zh", region: "cn")
#set par(leading: 1.1em, spacing: 1.4em)
#align(center, text(18pt, weight: "bold", {title}))
#align(center, {number})
#v(10mm)
{lines}
#v(14mm)
#align(right, {issued})
#v(1fr)
#align(center, text(9pt, fill: luma(90), {label}))
"""


def printed(document: DocumentFacts) -> bytes:
    """The file of a paper; the same on every machine."""
    return _page(document) if document.as_pdf else _text(document)


def _issued(document: DocumentFacts) -> str:
    day = document.issued_on
    return f"{document.issued_by} {day.year}年{day.month}月{day.day}日"


def _text(document: DocumentFacts) -> bytes:
    lines = (f"【{LABEL}】", document.title, document.number, "", *document.lines, "", _issued(document), "")
    return "\r\n".join(lines).encode("utf-8-sig")


def _page(document: DocumentFacts) -> bytes:
    source = _PAGE.format(
        title=_quoted(document.title),
        number=_quoted(document.number),
        lines="\n".join(f"#par({_quoted(line)})" for line in document.lines),
        issued=_quoted(_issued(document)),
        label=_quoted(LABEL),
    )
    return bytes(typst.compile(source.encode(), font_paths=_fonts(), timestamp=0))


@cache
def _fonts() -> typst.Fonts:
    """Those that set-up has brought, on every machine the same."""
    folder = Path(settings.PACKAGE) / "static" / "lib" / "fonts"
    return typst.Fonts(font_paths=[folder], include_system_fonts=False, include_embedded_fonts=False)


def _quoted(text: str) -> str:
    """A string of typst: nothing in it is markup."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
