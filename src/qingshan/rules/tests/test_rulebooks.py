from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import region_code
from qingshan.rules.provisions import Citation, Layer, Rulebook, Status
from qingshan.rules.reasons import say
from qingshan.rules.rulebook import (
    SHIPPED,
    Library,
    digest_of,
    in_force,
    main,
    read_library,
    read_rulebook,
    release,
    shipped,
)

CITY, OTHER_CITY, COUNTY = (region_code(code) for code in ("990100", "990200", "990101"))

BOOK = """\
id = "notice"
version = "{version}"
layer = "{layer}"
{region}
title = {{ zh = "公示期限", en = "Periods of public notice" }}
{dates}
status = "unverified"

[basis]
document = "测试办法"
number = "测试〔2020〕1号"

[values.days]
title = {{ zh = "公示期", en = "Period" }}
value = {days}
unit = "working_day"
article = "第三条"
source = "测试"
status = "verified"

[values.rate]
title = {{ zh = "系数", en = "Factor" }}
source = "未见原文"
status = "unverified"
"""


def write(
    folder: Path,
    *,
    layer: str = "nation",
    version: str = "1",
    region: str = "",
    dates: str = "",
    days: str = "5",
) -> Path:
    path = folder / layer / "notice" / f"{version}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    region = f'region = "{region}"' if region else ""
    path.write_text(BOOK.format(layer=layer, version=version, region=region, dates=dates, days=days), "utf-8")
    return path


def library(folder: Path) -> Library:
    release(folder)
    return read_library(folder)


@pytest.fixture
def layered(tmp_path: Path) -> Library:
    write(tmp_path, dates="effective_from = 2015-01-01\neffective_to = 2019-12-31", days="3")
    write(tmp_path, version="2", dates="effective_from = 2020-01-01", days="5")
    write(tmp_path, layer="province", region="990000", dates="effective_from = 2022-03-01", days="7")
    write(tmp_path, layer="city", region="990100", dates="effective_from = 2024-07-01", days="10")
    return library(tmp_path)


@pytest.mark.parametrize(
    ("on", "region", "days"),
    [
        ("2019-12-31", COUNTY, 3),
        ("2020-01-01", COUNTY, 5),
        ("2022-02-28", COUNTY, 5),
        ("2022-03-01", COUNTY, 7),
        ("2024-06-30", COUNTY, 7),
        ("2024-07-01", COUNTY, 10),
        ("2024-07-01", CITY, 10),
        ("2024-07-01", OTHER_CITY, 7),
        ("2024-07-01", region_code("980101"), 5),
        ("2024-07-01", None, 5),
    ],
)
def test_the_lowest_layer_in_force_on_the_day_applies(
    layered: Library, on: str, region: object, days: int
) -> None:
    book = layered.in_force("notice", on=date.fromisoformat(on), region=region)
    assert book.whole("days") == days


def test_before_the_first_version_nothing_is_in_force(layered: Library) -> None:
    with pytest.raises(RuleError) as refused:
        layered.in_force("notice", on=date(2014, 12, 31), region=COUNTY)
    assert refused.value.say() == ("2014-12-31 没有生效的规则“notice”。请核对办理日期，或补录当时的规则。")


def test_a_result_can_cite_the_very_file_that_produced_it(layered: Library) -> None:
    book = layered.in_force("notice", on=date(2025, 1, 1), region=CITY)
    assert book.citation == Citation("notice", "1", "city", book.digest, "unverified")
    assert re.fullmatch("[0-9a-f]{64}", book.citation.as_json()["digest"])
    assert layered.cited("notice", "1", layer=Layer.CITY) is book
    with pytest.raises(RuleError) as refused:
        layered.cited("notice", "9", layer=Layer.CITY)
    assert refused.value.code == "rules.rulebook.no_such_version"


def test_a_corrected_version_is_no_longer_picked_but_can_still_be_cited(tmp_path: Path) -> None:
    write(tmp_path, days="5")
    write(tmp_path, version="1a", dates='replaces = ["1"]', days="6")
    books = library(tmp_path)
    assert books.in_force("notice", on=date(2025, 1, 1)).whole("days") == 6
    assert books.cited("notice", "1", layer=Layer.NATION).whole("days") == 5


def test_two_versions_in_force_together_are_refused(tmp_path: Path) -> None:
    write(tmp_path, dates="effective_from = 2020-01-01\neffective_to = 2022-01-01")
    write(tmp_path, version="2", dates="effective_from = 2022-01-01")
    with pytest.raises(RuleError) as refused:
        library(tmp_path)
    assert refused.value.code == "rules.rulebook.two_in_force"


def test_versions_of_different_places_stand_side_by_side(tmp_path: Path) -> None:
    write(tmp_path, layer="city", region="990100", days="7")
    write(tmp_path, layer="city", version="2", region="990200", days="8")
    books = library(tmp_path)
    assert books.in_force("notice", on=date(2025, 1, 1), region=OTHER_CITY).whole("days") == 8


def test_a_county_under_a_city_may_have_a_book_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, layer="city", version="a", region="990101", days="9")
    write(tmp_path, layer="city", version="b", region="990100", days="7")
    books = library(tmp_path)
    assert books.in_force("notice", on=date(2025, 1, 1), region=COUNTY).whole("days") == 9
    assert books.in_force("notice", on=date(2025, 1, 1), region=CITY).whole("days") == 7


def test_a_book_may_be_in_force_for_a_single_day(tmp_path: Path) -> None:
    book = read_rulebook(write(tmp_path, dates="effective_from = 2022-01-01\neffective_to = 2022-01-01"))
    assert [book.is_effective(date(2022, 1, day)) for day in (1, 2)] == [True, False]


def test_an_empty_slot_asks_to_be_entered_and_is_never_guessed(layered: Library) -> None:
    book = layered.in_force("notice", on=date(2025, 1, 1))
    assert [one.name for one in book.empty_slots] == ["rate"]
    with pytest.raises(RuleError) as refused:
        book.number_of("rate")
    assert refused.value.say() == (
        "规则“公示期限”中的“系数”待填写：未见原文。请由有权人员按现行文件填写后再办理。"
    )


def test_an_unverified_value_says_so_wherever_it_is_used(layered: Library) -> None:
    book = layered.in_force("notice", on=date(2025, 1, 1))
    assert book.doubts("days") == ()
    assert [say(doubt) for doubt in book.doubts()] == ["规则“公示期限”中的“系数”待核：来源尚未核对原文。"]


def test_an_unknown_value_is_refused(layered: Library) -> None:
    with pytest.raises(RuleError) as refused:
        layered.in_force("notice", on=date(2025, 1, 1)).value("colour")
    assert refused.value.code == "rules.rulebook.no_such_value"


@pytest.mark.parametrize(
    ("days", "reading"),
    [('"five"', "whole"), ("1.5", "whole"), ("true", "whole"), ('"five"', "number_of"), ("true", "number_of"),
     ("5", "table")],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(tmp_path: Path, days: str, reading: str) -> None:
    book = read_rulebook(write(tmp_path, days=days))
    with pytest.raises(RuleError) as refused:
        getattr(book, reading)("days")
    assert refused.value.code == "rules.rulebook.other_type"


def test_decimals_stay_exact_and_lists_cannot_be_changed(tmp_path: Path) -> None:
    assert read_rulebook(write(tmp_path, days="0.1")).number_of("days") == Decimal("0.1")
    assert read_rulebook(write(tmp_path, days="[1, 2]")).value("days") == (1, 2)
    limits = read_rulebook(write(tmp_path, days="{ large = 1 }")).table("days")
    with pytest.raises(TypeError):
        limits["large"] = 2


@pytest.mark.parametrize(
    ("layer", "region", "dates", "code"),
    [
        ("nation", "990000", "", "rules.rulebook.region_does_not_fit"),
        ("province", "", "", "rules.rulebook.region_does_not_fit"),
        ("province", "990100", "", "rules.rulebook.region_does_not_fit"),
        ("city", "990000", "", "rules.rulebook.region_does_not_fit"),
        ("nation", "", "effective_from = 2022-01-02\neffective_to = 2022-01-01", "rules.rulebook.dates"),
    ],
)
def test_a_book_that_contradicts_itself_is_refused(
    tmp_path: Path, layer: str, region: str, dates: str, code: str
) -> None:
    with pytest.raises(RuleError) as refused:
        read_rulebook(write(tmp_path, layer=layer, region=region, dates=dates))
    assert refused.value.code == code


def test_a_book_is_not_verified_while_one_value_is_not(tmp_path: Path) -> None:
    book = read_rulebook(write(tmp_path))
    with pytest.raises(RuleError) as refused:
        replace(book, status=Status.VERIFIED)
    assert refused.value.code == "rules.rulebook.verified_too_early"
    certain = {"days": book.provision("days")}
    with pytest.raises(RuleError):
        replace(book, status=Status.VERIFIED, provisions=certain)
    dated = replace(book, status=Status.VERIFIED, provisions=certain, effective_from=date(2022, 1, 1))
    assert dated.doubts() == ()
    emptied = {name: replace(one, content=None) for name, one in book.provisions.items()}
    with pytest.raises(RuleError) as refused:
        replace(book, provisions=emptied)
    assert refused.value.code == "rules.rulebook.empty_but_verified"


@pytest.mark.parametrize(
    "text", ["id = ", "id = 'notice'", BOOK.replace('"测试"\nstatus = "verified"', '"测试"\nstatus = "sure"')]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    path = write(tmp_path)
    path.write_text(text.replace("{days}", "5"), "utf-8")
    with pytest.raises(RuleError) as refused:
        read_rulebook(path)
    assert refused.value.code == "rules.rulebook.unreadable"
    assert "1.toml" in refused.value.say()


def test_a_file_in_the_wrong_place_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    with pytest.raises(RuleError) as refused:
        read_rulebook(path.rename(path.with_name("2.toml")))
    assert refused.value.code == "rules.rulebook.wrong_place"


def test_a_released_file_that_was_edited_added_or_removed_is_not_used(tmp_path: Path) -> None:
    first = write(tmp_path)
    gone = write(tmp_path, layer="province", region="990000")
    library(tmp_path)
    first.write_text(first.read_text("utf-8").replace("value = 5", "value = 1"), "utf-8")
    gone.unlink()
    write(tmp_path, layer="city", region="990100")
    with pytest.raises(RuleError) as refused:
        read_library(tmp_path)
    assert sorted(reason.code for reason in refused.value.reasons) == [
        "rules.rulebook.edited",
        "rules.rulebook.gone",
        "rules.rulebook.not_released",
    ]


def test_releasing_again_does_not_heal_an_edited_file(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert release(tmp_path) == ("nation/notice/1.toml",)
    path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")
    assert release(tmp_path) == ()
    with pytest.raises(RuleError) as refused:
        read_library(tmp_path)
    assert refused.value.code == "rules.rulebook.edited"


def test_line_ends_of_another_system_are_no_edit(tmp_path: Path) -> None:
    path = write(tmp_path)
    digest = digest_of(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of(path) == digest


# --- the books that are shipped --------------------------------------------------------------------


def test_no_released_rulebook_was_edited() -> None:
    assert {book.id for book in shipped().books} >= {"land-reclamation", "mine-scale", "public-notice"}


@pytest.mark.parametrize("book", shipped().books, ids=lambda book: f"{book.id}-{book.version}")
def test_every_shipped_value_names_its_source_and_speaks_both_languages(book: Rulebook) -> None:
    assert book.document
    for one in book.provisions.values():
        assert one.source
        assert one.title.zh
        assert one.title.en.isascii()
        assert one.status is Status.UNVERIFIED or (one.article and book.number)


def test_reclamation_is_accepted_within_sixty_working_days() -> None:
    book = in_force("land-reclamation", on=date(2026, 11, 21), region=COUNTY)
    assert (book.whole("acceptance_days"), book.whole("farmland_follow_up_years")) == (60, 5)
    assert book.status is Status.VERIFIED
    assert book.doubts() == ()
    with pytest.raises(RuleError):
        in_force("land-reclamation", on=date(2011, 3, 4))


def test_the_period_of_a_public_notice_is_a_default_that_is_marked_unverified() -> None:
    book = in_force("public-notice", on=date(2026, 11, 21))
    assert book.whole("rectification_closing_days") == 5
    assert book.doubts("rectification_closing_days") != ()
    with pytest.raises(RuleError) as refused:
        book.whole("green_mine_listing_days")
    assert refused.value.code == "rules.rulebook.must_be_entered"


def test_the_shipped_books_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert len(capsys.readouterr().out.splitlines()) == len(list(SHIPPED.glob("*/*/*.toml")))
