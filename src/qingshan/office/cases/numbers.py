"""Which number does a new problem or petition get? Taken of its series, inside the act that uses it."""

from __future__ import annotations

from datetime import date

from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.matters.models import Matter
from qingshan.office.papers.numbers import next_number
from qingshan.office.regions.models import Region
from qingshan.rules import numbering
from qingshan.rules.errors import RuleError
from qingshan.rules.matters import Channel

_SERIES = {Channel.PHONE: numbering.PETITION_BY_PHONE}


def case_number(region: Region, on: date) -> str:
    """`整改-990101-2026-0007`."""
    return _free(numbering.RECTIFICATION, region, on)


def petition_number(given: str, channel: Channel, region: Region, on: date) -> str:
    """The official number that came with it, or one of the same form; CaseRefused for one that is none."""
    try:
        official = numbering.petition_number(given)
    except RuleError as error:
        raise CaseRefused.because("cases.official_number", number=given.strip()[:60]) from error
    return official or _free(_SERIES.get(channel, numbering.PETITION_BY_LETTER), region, on)


def _free(series: str, region: Region, on: date) -> str:
    """The next of the series that no matter bears: ledgers of before bring numbers of their own (补录)."""
    number = next_number(series, holder=region.pk, on=on)
    while Matter.objects.filter(number=number).exists():
        number = next_number(series, holder=region.pk, on=on)
    return number
