"""Is this number what it claims to be: 统一社会信用代码, region code, licence number, petition number?

What cannot be right raises RuleError with every fault; what is merely unusual passes with warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import Reason, Value
from qingshan.rules.register import RegionLevel
from qingshan.rules.words import Named, normalised


def compact(text: str) -> str:
    """An identifier as it is compared: narrow, upper case, without spaces, hyphens or invisible marks."""
    joined = re.sub(r"[\-‐‑–—_·]", "", _without_gaps(text)).upper()
    # joining can bring an accent to its letter: repeat until nothing changes
    return joined if joined == text else compact(joined)


def _without_gaps(text: str) -> str:
    return re.sub(r"[\s\u200b-\u200f\ufeff]", "", normalised(text))


# --- 统一社会信用代码 (GB 32100-2015) -----------------------------------------------------------

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKS_LIKE = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}


@dataclass(frozen=True)
class Uscc:
    """A 统一社会信用代码 that passed its check digit."""

    text: str
    warnings: tuple[Reason, ...] = ()

    @property
    def region_text(self) -> str:
        """Six digits of the registering authority's region, as they were when it was issued."""
        return self.text[2:8]

    @property
    def organisation_code(self) -> str:
        """The embedded 组织机构代码 (GB 11714), nine characters."""
        return self.text[8:17]


def uscc(text: str) -> Uscc:
    """Read a 统一社会信用代码.

    A wrong length, alphabet or check digit raises RuleError. A wrong check digit of the embedded organisation
    code only warns: the outer digit already finds every single wrong character and every swap of two, so a
    code that passes it was most probably issued that way, and the register must be able to hold it.
    """
    code = compact(text)
    faults = tuple(_uscc_faults(code))
    if faults:
        raise RuleError(*faults)
    warnings = []
    expected = organisation_check_character(code[8:16])
    if code[16] != expected:
        warnings.append(Reason("rules.uscc.organisation_check", {"code": code, "expected": expected}))
    return Uscc(code, tuple(warnings))


def _uscc_faults(code: str) -> Iterator[Reason]:
    if len(code) != 18:
        yield Reason("rules.uscc.length", {"code": code, "length": len(code)})
        return
    strange = tuple(_strange_characters(code))
    if strange:
        yield from strange
    elif code[17] != (expected := uscc_check_character(code[:17])):
        yield Reason("rules.uscc.check", {"code": code, "expected": expected, "found": code[17]})


def _strange_characters(code: str) -> Iterator[Reason]:
    for place, character in enumerate(code, start=1):
        perhaps = _LOOKS_LIKE.get(character)
        values: dict[str, Value] = {"code": code, "place": place, "found": character, "perhaps": perhaps}
        if character in _LOOKS_LIKE:
            yield Reason("rules.uscc.look_alike", values)
        elif character not in USCC_ALPHABET:
            yield Reason("rules.uscc.alphabet", values)
        elif 3 <= place <= 8 and character not in "0123456789":
            yield Reason("rules.uscc.region_digit", values)


def uscc_check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(
        USCC_ALPHABET.index(character) * weight
        for character, weight in zip(first_17, _USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[-total % 31]


def organisation_check_character(first_8: str) -> str:
    """The ninth character of an organisation code (GB 11714): X stands for ten."""
    total = sum(
        int(character, 36) * weight for character, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


# --- 行政区划代码 (GB/T 2260, GB/T 10114) ----------------------------------------------------------

ABROAD_ID = 0
"""Region id of everything outside the country."""


@dataclass(frozen=True)
class RegionCode:
    """A region code of 6, 9 or 12 digits, with what its digits say."""

    id: int
    """The code padded with zeros to 12 digits."""
    level: RegionLevel

    @property
    def text(self) -> str:
        """The code as people write it: 6 digits down to counties, 9 for townships, 12 for villages."""
        if self.level is RegionLevel.ABROAD:
            return RegionLevel.ABROAD.zh
        length = {RegionLevel.TOWNSHIP: 9, RegionLevel.VILLAGE: 12}.get(self.level, 6)
        return f"{self.id:012d}"[:length]

    @property
    def range(self) -> tuple[int, int]:
        """First and last id inside this region, both included."""
        return self.id, self.id + 10 ** _FREE_DIGITS[self.level] - 1

    @property
    def is_placeholder(self) -> bool:
        """`419000` and the like: a heading for counties directly under a province, not a region itself."""
        return self.level is RegionLevel.PREFECTURE and self.text[2:4] == "90"

    @property
    def parent(self) -> RegionCode | None:
        """The region above. Counties under `CC = 90` belong to the province (429004 仙桃)."""
        if self.level in {RegionLevel.PROVINCE, RegionLevel.ABROAD}:
            return None
        above = _LEVELS_DOWN[_LEVELS_DOWN.index(self.level) - 1]
        padded = f"{self.id:012d}"
        if above is RegionLevel.COUNTY and padded[4:6] == "00":
            above = RegionLevel.PREFECTURE  # 东莞, 中山: townships directly under a prefecture
        if above is RegionLevel.PREFECTURE and padded[2:4] == "90":
            above = RegionLevel.PROVINCE
        free = 10 ** _FREE_DIGITS[above]
        return RegionCode(self.id // free * free, above)

    @property
    def and_above(self) -> tuple[RegionCode, ...]:
        """This region and those above it, the lowest first."""
        return (self, *(self.parent.and_above if self.parent else ()))

    def contains(self, other: RegionCode) -> bool:
        """Whether the other region is this one or lies below it."""
        low, high = self.range
        return low <= other.id <= high


_LEVELS_DOWN = (
    RegionLevel.PROVINCE,
    RegionLevel.PREFECTURE,
    RegionLevel.COUNTY,
    RegionLevel.TOWNSHIP,
    RegionLevel.VILLAGE,
)
_FREE_DIGITS = {
    RegionLevel.PROVINCE: 10,
    RegionLevel.PREFECTURE: 8,
    RegionLevel.COUNTY: 6,
    RegionLevel.TOWNSHIP: 3,
    RegionLevel.VILLAGE: 0,
    RegionLevel.ABROAD: 0,
}


def region_code(text: str | int) -> RegionCode:
    """Read a region code of 6, 9 or 12 digits, or 境外. Whether it exists is for `regions` to say."""
    code = _without_gaps(str(text))
    if code in {RegionLevel.ABROAD.zh, RegionLevel.ABROAD.value, "0"}:
        return RegionCode(ABROAD_ID, RegionLevel.ABROAD)
    if not re.fullmatch(r"[1-9]\d{5}(\d{3}){0,2}", code, re.ASCII):
        raise RuleError.because("rules.region.digits", code=code)
    return region_of_id(int(code.ljust(12, "0")))


_LONGEST_ROW_ID = 18
"""Digits that surely fit a database's key."""


def row_id(text: str) -> int | None:
    """The id of a row as an address or a form carries it; None for what is none."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ROW_ID
    return int(text) if is_one else None


def region_of_id(region_id: int) -> RegionCode:
    """The region code of a padded id. The level follows from the trailing zeros."""
    if region_id == ABROAD_ID:
        return RegionCode(ABROAD_ID, RegionLevel.ABROAD)
    padded = f"{region_id:012d}"
    level = _level_of(padded)
    if level is None or len(padded) != 12 or padded[0] == "0":
        raise RuleError.because("rules.region.gap", code=padded)
    return RegionCode(region_id, level)


def _level_of(padded: str) -> RegionLevel | None:
    """None where a lower part is given although a higher part is missing, as in 430021."""
    prefecture, county, township, village = padded[2:4], padded[4:6], padded[6:9], padded[9:12]
    below_missing_prefecture = prefecture == "00" and int(padded[4:]) > 0
    if below_missing_prefecture or (township == "000" and village != "000"):
        return None
    if village != "000":
        return RegionLevel.VILLAGE
    if township != "000":
        return RegionLevel.TOWNSHIP
    if county != "00":
        return RegionLevel.COUNTY
    return RegionLevel.PREFECTURE if prefecture != "00" else RegionLevel.PROVINCE


# --- 采矿许可证号 ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class LicenceNumber:
    """A licence number as written on the certificate, with doubts about it. Never refused for its form."""

    text: str
    warnings: tuple[Reason, ...] = ()

    @property
    def is_unified(self) -> bool:
        """Whether it has the nationally unified form, `C` or `T` and 22 digits."""
        return _UNIFIED_LICENCE.fullmatch(self.text) is not None


_UNIFIED_LICENCE = re.compile(
    r"(?P<kind>[CT])(?P<authority>\d{6})(?P<year>\d{4})(?P<month>\d{2})\d{10}", re.ASCII
)
_FIRST_LICENCE_YEAR = 1990


def licence_no(text: str, *, on: date | None = None) -> LicenceNumber:
    """Read a 采矿许可证号. Only an empty one raises RuleError; `on` bounds the year of issue from above.

    The rule for the digits (DZ/T 0443-2023 annex A) has not been read, so nothing here may refuse.
    """
    number = compact(text)
    if not number:
        raise RuleError.because("rules.licence.empty")
    form = _UNIFIED_LICENCE.fullmatch(number)
    if form is None:
        return LicenceNumber(number, (Reason("rules.licence.old_form", {"number": number}),))
    return LicenceNumber(number, tuple(_licence_doubts(number, form, on)))


def _licence_doubts(number: str, form: re.Match[str], on: date | None) -> Iterator[Reason]:
    year, month = int(form["year"]), int(form["month"])
    if form["kind"] == "T":
        yield Reason("rules.licence.exploration", {"number": number})
    if not 1 <= month <= 12:
        yield Reason("rules.licence.month", {"number": number, "month": form["month"]})
    if year < _FIRST_LICENCE_YEAR or (on is not None and year > on.year):
        yield Reason("rules.licence.year", {"number": number, "year": form["year"]})
    if not _is_authority(form["authority"]):
        yield Reason("rules.licence.authority", {"number": number, "authority": form["authority"]})


def _is_authority(code: str) -> bool:
    """100000 is the ministry; all others carry their region's code."""
    try:
        region_code(code)
    except RuleError:
        return False
    return True


# --- 信访受理编号 ----------------------------------------------------------------------------------


class PetitionChannel(Named):
    """信访渠道: how a petition reached the inspection group."""

    PHONE = "phone", "来电", "phone"
    LETTER = "letter", "来信", "letter"


@dataclass(frozen=True)
class PetitionNumber:
    """受理编号 of a petition handed over by an inspection group, e.g. `D2SX202104170024`."""

    text: str
    channel: PetitionChannel
    place: str
    """Round and province letters, or a six-digit province code."""
    received_on: date
    serial: int


_PETITION = re.compile(
    r"(?P<channel>[DX])(?P<place>\d?[A-Z]{2}|\d{6})(?P<day>\d{8})(?P<serial>\d{4})", re.ASCII
)


def petition_no(text: str) -> PetitionNumber:
    """Read a 受理编号. Another form, or a day that is not in the calendar, raises RuleError."""
    number = compact(text)
    form = _PETITION.fullmatch(number)
    if form is None:
        raise RuleError.because("rules.petition.form", number=number)
    try:
        received_on = date.fromisoformat(form["day"])
    except ValueError as not_a_day:
        raise RuleError.because("rules.petition.day", number=number, day=form["day"]) from not_a_day
    channel = PetitionChannel.PHONE if form["channel"] == "D" else PetitionChannel.LETTER
    return PetitionNumber(number, channel, form["place"], received_on, int(form["serial"]))
