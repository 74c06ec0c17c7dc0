"""What does a closing file say, read back from its pages?"""

from __future__ import annotations

import unicodedata

import pypdfium2

from qingshan.office.papers.closing_file import ClosingFile


def text_of(made: ClosingFile) -> str:
    """Its text without spaces and the marks at which long words may be broken."""
    pages = (sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(made.pdf()))
    return "".join(each for each in "".join(pages) if unicodedata.category(each)[0] not in "CZ")
