"""Numbers are written as their series says, and read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.numbering import (
    ACCEPTANCE,
    DOCUMENT,
    RECTIFICATION,
    SERIES,
    DocumentNumber,
    Per,
    document_number,
    petition_number,
    series,
)


def test_a_number_is_written_by_its_series() -> None:
    assert series(RECTIFICATION).written(place="990101", year=2026, serial=7) == "整改-990101-2026-0007"
    assert series(ACCEPTANCE).written(place="990101", year=2026, serial=12345) == "验收-990101-2026-12345"
    assert series(DOCUMENT).written(place="青石自然资", year=2026, serial=12) == "青石自然资〔2026〕12号"


@given(st.integers(1, 99999), st.integers(1949, 2999))
def test_no_two_serials_share_a_number(serial: int, year: int) -> None:
    for each in SERIES.values():
        place = "990101" if each.per is Per.REGION else "青石自然资"
        first = each.written(place=place, year=year, serial=serial)
        assert first != each.written(place=place, year=year, serial=serial + 1)


@pytest.mark.parametrize(
    ("code", "place", "year", "serial", "refused"),
    [
        (RECTIFICATION, "99010", 2026, 1, "rules.number.region"),
        (RECTIFICATION, "青石县", 2026, 1, "rules.number.region"),
        (RECTIFICATION, "990101", 26, 1, "rules.number.impossible"),
        (RECTIFICATION, "990101", 2026, 0, "rules.number.impossible"),
        (DOCUMENT, "青石〔2025〕", 2026, 1, "rules.number.prefix"),
        (DOCUMENT, "", 2026, 1, "rules.number.prefix"),
        (DOCUMENT, "{year}", 2026, 1, "rules.number.prefix"),
    ],
)
def test_what_cannot_be_a_number_is_refused(
    code: str, place: str, year: int, serial: int, refused: str
) -> None:
    with pytest.raises(RuleError) as error:
        series(code).written(place=place, year=year, serial=serial)
    assert error.value.code == refused


@pytest.mark.parametrize(
    "text",
    [
        "青石自然资〔2026〕12号",
        "青石自然资[2026]12号",
        "青石自然资（2026）12 号",
        "青石自然资【2026】第012号",
        " 青石自然资﹝２０２６﹞１２号 ",
    ],
)
def test_a_document_number_is_read_as_people_write_it(text: str) -> None:
    assert document_number(text) == DocumentNumber("青石自然资", 2026, 12)
    assert document_number(text).text == "青石自然资〔2026〕12号"


@pytest.mark.parametrize(
    "text", ["", "青石自然资2026第12号", "〔2026〕12号", "青〔26〕1号", "青〔2026〕0号", "青〔2026〕号"]
)
def test_what_is_no_document_number_is_refused(text: str) -> None:
    with pytest.raises(RuleError, match=r"rules\.number\.document_form"):
        document_number(text)


@given(st.text(max_size=40))
def test_reading_a_document_number_never_fails_otherwise(text: str) -> None:
    try:
        read = document_number(text)
    except RuleError:
        return
    assert document_number(f"{read.prefix}〔{read.year}〕{read.serial}号") == read


def test_a_petition_keeps_the_number_of_the_inspection_group() -> None:
    assert petition_number(" d2sx 2021 0417 0024 ") == "D2SX202104170024"
    assert petition_number("X140000201812030028") == "X140000201812030028"


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_a_petition_without_an_official_number_takes_one_of_ours(text: str) -> None:
    assert petition_number(text) is None


@pytest.mark.parametrize("text", ["D2SX20210417", "A2SX202104170024", "D2SX202113170024"])
def test_a_wrong_petition_number_is_refused_and_not_replaced(text: str) -> None:
    with pytest.raises(RuleError, match=r"rules\.petition"):
        petition_number(text)
