from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import (
    USCC_ALPHABET,
    PetitionChannel,
    licence_no,
    organisation_check_character,
    petition_no,
    uscc,
    uscc_check_character,
)

PUBLISHED = ["91110000600037341L", "9114000057595565X4"]


def codes_of(refused: pytest.ExceptionInfo[RuleError]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_credit_codes_pass_both_checks(code: str) -> None:
    read = uscc(code)
    assert (read.text, read.warnings) == (code, ())
    assert read.region_text == code[2:8]
    assert read.organisation_code == code[8:17]


@pytest.mark.parametrize(
    "typed",
    [
        "91110000600037341l",
        " 91110000 60003734 1L ",
        "９１１１００００６０００３７３４１Ｌ",
        "9111-0000-6000-3734-1L",
        "\ufeff91110000600037341L\u200b",
    ],
)
def test_credit_codes_are_read_as_people_paste_them(typed: str) -> None:
    assert uscc(typed).text == "91110000600037341L"


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    head = "".join(draw(st.lists(st.sampled_from(USCC_ALPHABET), min_size=2, max_size=2)))
    region = draw(st.from_regex(r"[1-8][0-9]{5}", fullmatch=True))
    body = "".join(draw(st.lists(st.sampled_from(USCC_ALPHABET), min_size=8, max_size=8)))
    organisation = body + organisation_check_character(body)
    return head + region + organisation + uscc_check_character(head + region + organisation)


@given(credit_codes())
def test_any_registering_department_may_be_a_letter(code: str) -> None:
    assert uscc(code).warnings == ()


@given(credit_codes(), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_one_wrong_character_is_always_found(code: str, place: int, other: str) -> None:
    if other != code[place]:
        with pytest.raises(RuleError):
            uscc(code[:place] + other + code[place + 1 :])


@given(credit_codes(), st.integers(0, 16), st.integers(0, 16))
def test_two_characters_swapped_are_always_found(code: str, one: int, other: int) -> None:
    swapped = list(code)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if swapped != list(code):
        with pytest.raises(RuleError):
            uscc("".join(swapped))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("9111000060003734", ["rules.uscc.length"]),
        ("", ["rules.uscc.length"]),
        ("91110000600037341A", ["rules.uscc.check"]),
        ("9111OOOO600037341L", ["rules.uscc.look_alike"] * 4),
        ("911100006000373？1L", ["rules.uscc.alphabet"]),
        ("91A10000600037341L", ["rules.uscc.region_digit"]),
        ("9111000A600037341L", ["rules.uscc.region_digit"]),
        ("911100006000373四1L", ["rules.uscc.alphabet"]),
    ],
)
def test_a_wrong_credit_code_is_refused_with_every_fault(code: str, expected: list[str]) -> None:
    with pytest.raises(RuleError) as refused:
        uscc(code)
    assert codes_of(refused) == expected


def test_a_refused_credit_code_says_which_place_and_what_it_may_be() -> None:
    with pytest.raises(RuleError) as refused:
        uscc("9111000060003734IL")
    assert "第 17 位是“I”" in refused.value.say()
    assert "可能是“1”" in refused.value.say()


def test_a_wrong_inner_organisation_code_only_warns() -> None:
    first_17 = "91110000600037342"
    read = uscc(first_17 + uscc_check_character(first_17))
    assert [warning.code for warning in read.warnings] == ["rules.uscc.organisation_check"]
    assert read.warnings[0].values["expected"] == "1"


def test_unified_licence_numbers_pass_without_a_word() -> None:
    read = licence_no("c1500002010012110048571", on=date(2026, 11, 21))
    assert (read.text, read.warnings, read.is_unified) == ("C1500002010012110048571", (), True)
    assert licence_no("C1000002011015120105001").warnings == ()
    assert licence_no("C1500001990122110048571").warnings == ()
    assert licence_no("C1500002026112110048571", on=date(2026, 11, 21)).warnings == ()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1500000720145", ["rules.licence.old_form"]),
        ("湘采证字〔1998〕第12号", ["rules.licence.old_form"]),
        ("C150000201001211004857", ["rules.licence.old_form"]),
        ("T1500002010012110048571", ["rules.licence.exploration"]),
        ("C1500002010132110048571", ["rules.licence.month"]),
        ("C1500001989012110048571", ["rules.licence.year"]),
        ("C1500002010002110048571", ["rules.licence.month"]),
        ("C1500002027012110048571", ["rules.licence.year"]),
        ("C0000212010012110048571", ["rules.licence.authority"]),
        ("C1506221800992110048571", ["rules.licence.month", "rules.licence.year"]),
    ],
)
def test_an_unusual_licence_number_warns_and_is_kept(number: str, expected: list[str]) -> None:
    read = licence_no(number, on=date(2026, 11, 21))
    assert [warning.code for warning in read.warnings] == expected


@given(st.text(max_size=40))
def test_no_licence_number_is_refused_for_its_form(text: str) -> None:
    read = licence_no("1" + text)
    assert licence_no(read.text) == read


@pytest.mark.parametrize("text", ["", "  ", "——", "\u3000"])
def test_only_an_empty_licence_number_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        licence_no(text)
    assert refused.value.code == "rules.licence.empty"


@pytest.mark.parametrize(
    ("number", "channel", "place", "day", "serial"),
    [
        ("D2SX202104170024", PetitionChannel.PHONE, "2SX", date(2021, 4, 17), 24),
        ("X140000201812030028", PetitionChannel.LETTER, "140000", date(2018, 12, 3), 28),
        ("xsx202104170001", PetitionChannel.LETTER, "SX", date(2021, 4, 17), 1),
    ],
)
def test_petition_numbers_tell_channel_place_and_day(
    number: str, channel: PetitionChannel, place: str, day: date, serial: int
) -> None:
    read = petition_no(number)
    assert (read.channel, read.place, read.received_on, read.serial) == (channel, place, day, serial)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("E2SX202104170024", "rules.petition.form"),
        ("D2SX20210417024", "rules.petition.form"),
        ("D22SX202104170024", "rules.petition.form"),
        ("", "rules.petition.form"),
        ("D2SX202113170024", "rules.petition.day"),
        ("D2SX202102290024", "rules.petition.day"),
    ],
)
def test_other_petition_numbers_are_refused(number: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        petition_no(number)
    assert refused.value.code == code


@given(st.text(max_size=17))
def test_whatever_is_typed_the_answer_is_a_sentence_in_either_language(text: str) -> None:
    for read in (uscc, petition_no):
        with pytest.raises(RuleError) as refused:
            read("." + text[:12])
        assert refused.value.say() != refused.value.say("en")
