"""Which number does a new problem or petition get? Counted within a county and year, inside the act that uses it."""

from __future__ import annotations

import re
from datetime import date

from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.matters.models import Matter
from qingshan.office.regions.models import Region
from qingshan.rules.matters import Channel

OFFICIAL = re.compile(r"[DX](\d?[A-Z]{2}|\d{6})\d{8}\d{4}")
_LETTER = {Channel.PHONE: "D"}


def case_number(region: Region, on: date) -> str:
    """`整改-990101-2026-0007`."""
    return _next(f"整改-{region.code[:6]}-{on.year}-")


def petition_number(given: str, channel: Channel, region: Region, on: date) -> str:
    """The official number that came with it, or one of the same form; CaseRefused for one that is none."""
    if given.strip():
        number = given.strip().upper()
        if not OFFICIAL.fullmatch(number):
            raise CaseRefused.because("cases.official_number", number=given.strip()[:60])
        return number
    return _next(f"{_LETTER.get(channel, 'X')}{region.code[:6]}{on:%Y%m%d}")


def _next(prefix: str) -> str:
    """The number after the last one of its row; whoever takes the same one at once is refused by the database."""
    # parts of a split carry the number of the whole with a place behind it
    own = Matter.objects.filter(number__startswith=prefix, parent=None)
    last = own.order_by("-number").values_list("number", flat=True).first()
    serial = int(last[len(prefix) :]) + 1 if last and last[len(prefix) :].isdigit() else 1
    return f"{prefix}{serial:04}"
