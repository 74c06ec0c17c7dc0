"""Is every way in which people write numbers, dates and terms read as meant, and nothing else guessed?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.exchange.cells import Cell
from qingshan.exchange.columns import Column, header_of
from qingshan.exchange.days import Date
from qingshan.exchange.numbers import Integer, Number
from qingshan.exchange.outlines import Outline
from qingshan.exchange.tests.quarries import COLUMNS, Method
from qingshan.exchange.units import FEN, HECTARE, KM2, M2, MU, TONNE, UNITS, YUAN, factor, times, unit_named
from qingshan.exchange.values import LICENCE_NO, REGION_CODE, USCC, Choice, Code, Fault, Text, Type, YesNo

AREA = Number(unit=M2, written=HECTARE, minimum=0)
MONEY = Integer(unit=FEN, written=YUAN)
WEIGHT = Number(unit=TONNE)


@pytest.mark.parametrize(
    ("cell", "square_metres"),
    [
        ("1.2", 12_000),
        (1.2, 12_000),
        (3, 30_000),
        ("１．２", 12_000),
        ("1.2公顷", 12_000),
        ("1.2 公顷", 12_000),
        ("1.2ha", 12_000),
        ("18亩", 12_000),
        ("１８　亩", 12_000),
        ("12,000平方米", 12_000),
        ("12，000 ㎡", 12_000),
        ("12000 m²", 12_000),
        ("0.012平方公里", 12_000),
        ("1.2万平方米", 12_000),
        ("0.0018万亩", 12_000),
        ("1.2e1", 120_000),
        (" 1.2 ", 12_000),
        ("1.2\u200b", 12_000),
    ],
)
def test_areas(cell: Cell, square_metres: int) -> None:
    assert AREA.read(cell) == square_metres


@pytest.mark.parametrize(
    ("cell", "fen"), [("12.5万元", 12_500_000), ("3.14", 314), (3, 300), ("1,000元", 100_000)]
)
def test_money(cell: Cell, fen: int) -> None:
    assert MONEY.read(cell) == fen


@pytest.mark.parametrize("cell", ["—", "-", "/", "不详", "", "  ", "N/A", None])
@pytest.mark.parametrize("type_", [AREA, MONEY, Date(), YesNo(), Choice(Method)])
def test_a_dash_is_not_a_zero(type_: Type, cell: Cell) -> None:
    assert type_.read(cell) is None


@pytest.mark.parametrize(
    ("type_", "cell", "code", "suggestion"),
    [
        (AREA, "1.2公顷左右", "exchange.not_a_number_but", "1.2"),
        (AREA, "约3亩", "exchange.not_a_number_but", "3"),
        (AREA, "3至5亩", "exchange.not_a_number", None),
        (AREA, "3万余亩", "exchange.not_a_number", None),
        (AREA, "很大", "exchange.not_a_number", None),
        (AREA, "1,2", "exchange.not_a_number", None),
        (AREA, "1.234,56", "exchange.not_a_number", None),
        (AREA, "1 2", "exchange.not_a_number", None),
        (AREA, True, "exchange.not_a_number", None),
        (AREA, date(2026, 3, 1), "exchange.not_a_number", None),
        (AREA, float("inf"), "exchange.not_a_number", None),
        (AREA, "1e400", "exchange.number_too_large_to_read", None),
        (AREA, "9" * 30, "exchange.number_too_large_to_read", None),
        (AREA, "-1", "exchange.too_small", None),
        (WEIGHT, "3公顷", "exchange.not_a_number_but", "3"),
        (MONEY, "0.001", "exchange.not_whole", None),
        (Integer(), "1.5", "exchange.not_whole", None),
        (Integer(maximum=2100), 2101, "exchange.too_large", None),
        (Date(), "2026年3月", "exchange.date_incomplete", None),
        (Date(), "2026", "exchange.date_incomplete", None),
        (Date(), "3/1/2026", "exchange.date_ambiguous", None),
        (Date(), "26.3.1", "exchange.date_ambiguous", None),
        (Date(), "2026-02-30", "exchange.not_a_date", None),
        (Date(), "去年", "exchange.not_a_date", None),
        (Date(), "1800-01-01", "exchange.not_a_date", None),
        (Date(), True, "exchange.not_a_date", None),
        (YesNo(), "也许", "exchange.not_yes_no", None),
        (Choice(Method), "坑采", "exchange.not_a_choice", None),
        (Text(), "<script>alert(1)</script>", "exchange.markup", None),
        (Text(), "青石沟<b>", "exchange.markup", None),
        (Text(), "<img src=x onerror=alert(1)", "exchange.markup", None),
        (Text(), "&lt;b&gt;", "exchange.markup", None),
        (Text(), "&#60;b", "exchange.markup", None),
        (Text(), '=HYPERLINK("http://x","y")', "exchange.formula_as_text", None),
        (Text(), "a\x00b", "exchange.control_characters", None),
        (Text(), "a\ud800b", "exchange.control_characters", None),
        (Text(limit=3), "四个汉字", "exchange.too_long", None),
        (Code(), "=1+1", "exchange.formula_as_text", None),
        (Code(), "<b>1</b>", "exchange.markup", None),
        (Code(), 123456789012345678.0, "exchange.digits_lost", None),
        (USCC, "91110000600037341X", "exchange.not_an_identifier", None),
        (REGION_CODE, "12", "exchange.not_an_identifier", None),
        (Outline(), "在沟里", "exchange.not_a_shape", None),
        (Outline(), "POLYGON ((1 2, 3", "exchange.not_a_shape", None),
    ],
)
def test_what_cannot_be_read_is_said_and_not_guessed(
    type_: Type, cell: Cell, code: str, suggestion: str | None
) -> None:
    with pytest.raises(Fault) as fault:
        type_.read(cell)
    assert fault.value.code == code
    assert fault.value.values.get("suggestion") == suggestion


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01",
        "2026年3月1日",
        "2026.3.1",
        "2026/3/1",
        "２０２６年３月１日",
        "2026 年 3 月 1 日",
        "20260301",
        20260301,
        "2026-03-01 00:00:00",
        "2026-03-01T08:30:00",
        46082,
        46082.0,
        "46082",
        46082.75,
        date(2026, 3, 1),
        datetime(2026, 3, 1, 12),
        "2026年3月1号",
    ],
)
def test_days(cell: Cell) -> None:
    assert Date().read(cell) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("是", True),
        ("否", False),
        ("Y", True),
        ("√", True),
        ("×", False),
        (True, True),
        (0, False),
        ("无", False),
    ],
)
def test_yes_and_no(cell: Cell, value: bool) -> None:
    assert YesNo().read(cell) is value


@pytest.mark.parametrize("cell", ["露天", "open_pit", "Open-Pit", "ｏｐｅｎ＿ｐｉｔ", " 露 天 ", "露采"])
def test_terms_by_either_name_code_or_alias(cell: Cell) -> None:
    assert Choice(Method, also={"open_pit": ("露采",)}).read(cell) == "open_pit"


def test_one_name_for_two_terms_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="露天"):
        Choice(Method, also={"underground": ("露天",)}).read("x")


def test_identifiers() -> None:
    assert USCC.read(" 91110000600037341l ") == "91110000600037341L"
    assert REGION_CODE.read(150622.0) == "150622"
    assert REGION_CODE.read("境外") == "境外"
    assert Code().read(1001.0) == "1001"
    assert Code().read("Ａ－００１") == "A-001"
    assert LICENCE_NO.read("C1506222010011120000001") == "C1506222010011120000001"


def test_an_old_licence_number_is_doubted_but_kept() -> None:
    assert LICENCE_NO.read("1500000210012") == "1500000210012"
    assert LICENCE_NO.doubts
    assert LICENCE_NO.doubts("1500000210012")


@pytest.mark.parametrize("text", ["A < B", "a<5", "R&D 中心", "3>2", "+86 10", "@张三", "-5 度"])
def test_plain_text_with_odd_signs_is_no_code(text: str) -> None:
    assert Text().read(text) == text


def test_words_keep_their_punctuation() -> None:
    assert Text().read("北坡（东）　二号，") == "北坡（东） 二号，"


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("面积", "area_m2", None),
        ("面积（亩）", "area_m2", MU),
        ("面积(公顷)", "area_m2", HECTARE),
        ("面 积/亩", "area_m2", MU),
        ("面积：平方米", "area_m2", M2),
        ("*面积【公顷】", "area_m2", HECTARE),
        ("面积[km²]", "area_m2", KM2),
        ("面积（单位：亩）", "area_m2", MU),
        ("Mined area (ha)", "area_m2", HECTARE),
        ("AREA", "area_m2", None),
        ("area_m2", "area_m2", None),
        ("名称*", "name", None),
        ("名称（必填）", "name", None),
        ("名称（全称）", "name", None),
        ("发现日期", "found_on", None),
        ("发现 日期", "found_on", None),
        ("Found on", "found_on", None),
        ("联系电话", None, None),
        ("", None, None),
    ],
)
def test_headers(header: str, name: str | None, unit: Any) -> None:
    found = header_of(header, COLUMNS)
    assert (found.column.name if found else None) == name
    assert (found.unit[0] if found and found.unit else None) == unit


def test_a_header_in_ten_thousands() -> None:
    found = header_of("面积（万亩）", COLUMNS)
    assert found is not None
    assert found.column.type.reader(found.unit)("1.5") == 10_000_000


# --- whatever is written is read back ---------------------------------------------------------------

numbers = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False)


@given(numbers)
def test_a_number_written_for_people_reads_back(number: Decimal) -> None:
    for type_ in (AREA, Number(unit=M2), Number(unit=M2, written=MU), Number()):
        cell = type_.cell(number)
        assert type_.same(type_.reader()(cell), number)
        assert type_.same(type_.reader()(type_.say(number)), number)
        assert type_.same(type_.restored(type_.stored(number)), number)


@given(numbers, st.sampled_from([unit for unit in UNITS if unit.family == "area"]))
def test_the_unit_of_the_cell_counts_more_than_that_of_the_header(number: Decimal, unit: Any) -> None:
    stored = AREA.reader((MU, factor(MU, MU)))(f"{number:f} {unit.zh}")
    assert AREA.same(stored, times(number, factor(unit, M2)))


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_whole_numbers_read_back(number: int) -> None:
    assert Integer().read(f"{number:,}") == number
    assert MONEY.reader()(MONEY.say(number)) == number


@given(st.dates(min_value=date(1927, 6, 1), max_value=date(2118, 12, 31)))
def test_days_read_back_however_written(day: date) -> None:
    spelled = (
        day,
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
    )
    serial = day.toordinal() - date(1899, 12, 30).toordinal()
    for cell in (*spelled, serial, float(serial), str(serial)):
        assert Date().read(cell) == day
    assert Date().restored(Date().stored(day)) == day
    assert Date().read(Date().say(day)) == day


plain_text = st.text(
    st.characters(exclude_categories=("C",), exclude_characters="<&="), min_size=1, max_size=80
)


@given(plain_text)
def test_text_read_once_reads_the_same_again(text: str) -> None:
    once = Text().read(text)
    assert Text().read(once) == once
    assert Text().restored(Text().stored(once)) == once


@given(st.sampled_from(list(Method)), st.sampled_from(["zh-hans", "en"]))
def test_terms_and_answers_read_back(term: Method, language: str) -> None:
    choice = Choice(Method)
    assert choice.read(choice.cell(term.value, language)) == term.value
    for answer in (True, False):
        assert YesNo().read(YesNo().cell(answer, language)) is answer


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates()))
def test_no_cell_breaks_any_column(cell: Cell) -> None:
    for column in (*COLUMNS, Column("g", "坐标", "g", type=Outline())):
        try:
            value = column.type.reader()(cell)
        except Fault:
            continue
        assert column.type.same(column.type.restored(column.type.stored(value)), value) or column.name == "g"


@given(st.text(max_size=60))
def test_no_header_breaks_the_reader(text: str) -> None:
    header_of(text, COLUMNS)


def test_every_unit_is_found_by_every_name() -> None:
    for unit in UNITS:
        for name in unit.names:
            found = unit_named(name, unit)
            assert found is not None
            assert found[0].family == unit.family
