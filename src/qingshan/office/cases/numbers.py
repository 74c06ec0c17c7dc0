"""Which number does a new problem or petition get? Taken without gaps, inside the act that uses it."""

from __future__ import annotations

from datetime import date

from qingshan.office.matters.actions.opening import number_taken
from qingshan.office.papers.numbers import next_number
from qingshan.office.regions.models import Region
from qingshan.rules import numbering


def case_number(region: Region, on: date) -> str:
    """`整改-990101-2026-0007`."""
    return _free(numbering.RECTIFICATION, region, on)


def petition_number(given: str, region: Region, on: date) -> str:
    """The official number that came with it, or one of our own series; RuleError for one that is none."""
    return numbering.petition_number(given) or _free(numbering.PETITION, region, on)


def _free(series: str, region: Region, on: date) -> str:
    """The next number that no ledger from before has used."""
    while True:
        number = next_number(series, holder=region.pk, on=on)
        if not number_taken(number):
            return number
