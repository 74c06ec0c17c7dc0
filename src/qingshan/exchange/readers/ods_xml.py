"""Is there anything in an .ods that would be read wrongly or would not fit into memory?"""

from __future__ import annotations

import re

from qingshan.exchange.readers.hygiene import Unpacking, Upload, open_package, without_dtd

MAX_REPEATED = 5000

_FILLED_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*\boffice:value-type=[^>]*>")
_REPEATED = re.compile(rb'number-columns-repeated="(\d+)"')
_FORMULA = re.compile(rb"<table:table-cell\b(?=[^>]*\btable:formula=)(?![^>]*\boffice:value-type=)[^>]*>")
_ROW = re.compile(
    rb'<table:table-row\b[^>]*\bnumber-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)


def refuse_odd_ods(upload: Upload) -> None:
    """Formulas without a saved result, and one cell repeated over thousands of places, raise FileRefused."""
    with open_package(upload) as package:
        unpacking = Unpacking(upload, package)
        content = b"".join(without_dtd(upload, unpacking.pieces("content.xml")))
    if _FORMULA.search(content):
        raise upload.refused("exchange.formulas_without_results")
    across = max((_times(cell) for cell in _FILLED_CELL.findall(content)), default=1)
    down = max((int(times) for times, row in _ROW.findall(content) if _FILLED_CELL.search(row)), default=1)
    if across > MAX_REPEATED or down > MAX_REPEATED:
        raise upload.refused("exchange.spread_too_wide", rows=down, columns=across)


def _times(cell: bytes) -> int:
    found = _REPEATED.search(cell)
    return int(found[1]) if found else 1
