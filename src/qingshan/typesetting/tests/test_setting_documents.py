"""A document holds what people wrote, letter by letter, in the same bytes every time, and needs no other font."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from qingshan.typesetting import TypesettingError, for_print, pages_of, setting, typeset

MADE_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEMPLATE = Path(__file__).with_name("plain.typ")
NASTY = (
    "#", "$x$", "*a*", "_b_", "\\", "`raw`", "//", "/* */", "#panic()", '#read("/etc/passwd")', "@x", "<y>",
    "\u200b", "\u202e", "\x00", "\ud800", "]", "}", '"', "'", "~", "= head", "- list", "&", "https://x.y",
)  # fmt: skip


def test_the_same_data_and_instant_give_the_same_bytes() -> None:
    one, two = (typeset(TEMPLATE, {"title": "青山", "lines": []}, made_at=MADE_AT) for _ in range(2))
    assert one == two
    assert one.startswith(b"%PDF-")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(NASTY)), max_size=8).map("".join))
@example("".join(NASTY))
@example("")
def test_whatever_people_write_is_text_and_never_markup(text: str) -> None:
    assert pages_of(typeset(TEMPLATE, {"title": text, "lines": [text] * 3}, made_at=MADE_AT)) == 1


def test_markup_stands_in_the_document_as_it_was_written() -> None:
    code = TEMPLATE.read_text(encoding="utf-8") + "#metadata(written(data.title)) <said>"
    found = typst.query(
        {"main.typ": code.encode(), "house.typ": setting.HOUSE.read_bytes()},
        "<said>",
        field="value",
        sys_inputs={"data": '{"title": "#panic() $x$ *b*", "lines": []}'},
    )
    assert "#panic() $x$ *b*" in found.replace("\\u200b", "").replace("\u200b", "")


@pytest.mark.parametrize("lines", [0, 60, 120, 1000])
def test_a_body_of_any_length_stands_on_one_page(lines: int) -> None:
    data = {"title": "青山" * 60, "lines": ["很长的一行" * 8] * lines}
    assert pages_of(typeset(TEMPLATE, data, made_at=MADE_AT)) == 1


def test_only_our_own_fonts_are_in_the_document() -> None:
    pdf = typeset(TEMPLATE, {"title": "青山 Qingshan 123 ①", "lines": ["公顷（亩）"]}, made_at=MADE_AT)
    assert b"NotoSansSC" in pdf


def test_missing_fonts_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "FONTS", tmp_path)
    with pytest.raises(TypesettingError) as refused:
        typeset(TEMPLATE, {}, made_at=MADE_AT)
    assert "make setup" in refused.value.say()


def test_a_mistake_in_a_template_names_it(tmp_path: Path) -> None:
    place = tmp_path / "broken.typ"
    place.write_text("#nothing-of-this-name", encoding="utf-8")
    with pytest.raises(TypesettingError, match=r"typesetting\.fault") as refused:
        typeset(place, {}, made_at=MADE_AT)
    assert "broken.typ" in refused.value.say()


def photograph(*, size: tuple[int, int] = (3000, 2000), form: str = "JPEG") -> io.BytesIO:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Camera of Lin"
    Image.new("RGB", size, "green").save(out, form, exif=exif)
    out.seek(0)
    return out


def test_a_photograph_gets_small_upright_and_tells_nothing_of_its_camera() -> None:
    made = for_print(photograph())
    assert made is not None
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (800, 1200)
        assert not picture.getexif()
    assert b"Camera of Lin" not in made


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0broken", b"GIF89a" + bytes(20)])
def test_what_is_no_photograph_is_none(content: bytes) -> None:
    assert for_print(io.BytesIO(content)) is None


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingshan.pictures.reading.MOST_PX", 100)
    assert for_print(photograph(size=(20, 20))) is None
