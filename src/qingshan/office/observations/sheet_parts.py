"""Which pictures and which curve of a sheet stand by themselves, on a page and in the panel of the map?

A sheet is one file in the vault: what is shown elsewhere is cut out of it, so that both show the same. The engine wrote
it and escaped everything that came from people; the vault's digest says that nobody changed a byte since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

_SHOTS = re.compile(r'<div class="shots[^"]*">(.*?)</div>\s*<div class="legend">', re.DOTALL)
_FIGURE = re.compile(r"<figure>(<svg.*?</svg>)<figcaption><b>(.*?)</b>(.*?)</figcaption></figure>", re.DOTALL)
_CURVE = re.compile(r'<div class="narrow">(<svg.*?</svg>)</div>', re.DOTALL)
_DAY = re.compile(r"<title>(\d{4}-\d{2}-\d{2})")
_OWN_ID = re.compile(r'(id="|url\(#)(?=hc)')
"""of hatchings: cut out beside the sheet, each id would stand on the page twice"""


@dataclass(frozen=True)
class Picture:
    """One picture with its words: before or after and the day; the sensor and the colours."""

    svg: SafeString
    title: str
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """Two pictures of the same window in the same colours."""

    before: Picture
    after: Picture


@dataclass(frozen=True)
class Parts:
    """What can be shown by itself; None where the sheet has none."""

    pair: Pair | None
    curve: SafeString | None


def parts_of(sheet: str) -> Parts:
    """The first pair of pictures, and the curve as it is drawn for narrow places."""
    curve = _CURVE.search(sheet)
    return Parts(next(_pairs(sheet), None), mark_safe(curve[1]) if curve else None)


def without_pictures(sheet: str) -> str:
    """The sheet for somebody who may read what was found, but not the images."""
    return _FIGURE.sub("", sheet)


def day_on(svg: str) -> str:
    """The day that a picture tells as its title; nothing where it tells none."""
    found = _DAY.search(svg)
    return found[1] if found else ""


def _pairs(sheet: str) -> Iterator[Pair]:
    """A row of a pair holds the picture before, then the one after, in the same colours."""
    for shots in _SHOTS.finditer(sheet):
        found = [_picture(*each) for each in _FIGURE.findall(shots[1])]
        for before, after in zip(found[::2], found[1::2], strict=False):
            if before.title != after.title:
                yield Pair(before, after)


def _picture(svg: str, title: str, note: str) -> Picture:
    return Picture(mark_safe(_OWN_ID.sub(r"\1own-", svg)), _words(title), _words(note))


def _words(markup: str) -> str:
    """What stands there, without markup and without entities: templates escape it again."""
    return unescape(strip_tags(markup)).strip()
