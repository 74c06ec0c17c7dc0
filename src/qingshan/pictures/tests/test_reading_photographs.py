from __future__ import annotations

import io
import zlib
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pi_heif import register_heif_opener
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from qingshan.pictures import Facts, PicturesError, read, thumbnail
from qingshan.pictures.tests.scenes import jpeg, scene
from qingshan.rules.reasons import say

PICTURE = Image.new("RGB", (80, 60), "peru")
EVERYTHING = {
    0x010F: "Lin Camera\x00\x00",
    0x0110: "L-1",
    0x8769: {36867: "2026:05:01 10:22:33", 36881: "+08:00"},
    0x8825: {
        1: "N",
        2: (IFDRational(35), IFDRational(30), IFDRational(1800, 100)),
        3: "E",
        4: (IFDRational(112), IFDRational(15), IFDRational(36)),
        5: b"\x00",
        6: IFDRational(9875, 10),
        18: "WGS-84",
    },
}


def exif(**changes: object) -> Image.Exif:
    """What a camera writes, with some of it changed: `gps_2=…`, `exif_36867=…`, `top_274=…`."""
    made = Image.Exif()
    content = {tag: dict(each) if isinstance(each, dict) else each for tag, each in EVERYTHING.items()}
    for name, value in changes.items():
        where, _, tag = name.partition("_")
        target = {"gps": content[0x8825], "exif": content[0x8769], "top": content}[where]
        target[int(tag)] = value  # type: ignore[index]
    for tag, value in content.items():
        if isinstance(value, dict):
            made.get_ifd(tag).update({key: each for key, each in value.items() if each is not None})
        elif value is not None:
            made[tag] = value
    return made


def facts(**changes: object) -> Facts:
    return read(jpeg(PICTURE, exif=exif(**changes))).facts


def test_what_the_camera_wrote_is_read() -> None:
    assert facts() == Facts(
        width_px=80,
        height_px=60,
        taken_at=datetime(2026, 5, 1, 10, 22, 33),
        taken_offset_min=480,
        latitude_deg=35.505,
        longitude_deg=112.26,
        altitude_m=987.5,
        make="Lin Camera",
        model="L-1",
        gps_datum="WGS-84",
    )


def test_a_photograph_without_anything_beside_it_is_as_good_a_photograph() -> None:
    found = read(jpeg(PICTURE)).facts
    assert found == Facts(width_px=80, height_px=60)
    assert not found.has_place


@pytest.mark.parametrize(
    "changes",
    [
        {"gps_2": (IFDRational(0), IFDRational(0), IFDRational(0)), "gps_4": (IFDRational(0),) * 3},
        {"gps_2": (IFDRational(0, 0), IFDRational(0, 0), IFDRational(0, 0))},
        {"gps_2": (IFDRational(95), IFDRational(0), IFDRational(0))},
        {"gps_4": (IFDRational(200), IFDRational(0), IFDRational(0))},
        {"gps_2": None},
        {"gps_4": None},
    ],
    ids=["no satellite found", "0/0", "beyond the pole", "beyond 180", "no latitude", "no longitude"],
)
def test_a_senseless_place_is_none(changes: dict[str, object]) -> None:
    found = facts(**changes)
    assert (found.latitude_deg, found.longitude_deg) == (None, None)
    assert not found.has_place
    assert found.taken_at is not None


def test_south_west_and_below_the_sea_are_negative() -> None:
    found = facts(gps_1="S", gps_3="W", gps_5=b"\x01")
    assert (found.latitude_deg, found.longitude_deg, found.altitude_m) == (-35.505, -112.26, -987.5)


@pytest.mark.parametrize(
    "written", ["0000:00:00 00:00:00", "2026:02:30 10:00:00", "    :  :     :  :  ", "昨天", ""]
)
def test_a_senseless_time_is_none(written: str) -> None:
    found = facts(exif_36867=written)
    assert (found.taken_at, found.taken_offset_min) == (None, None)


def test_the_time_of_a_change_is_no_time_of_taking() -> None:
    assert facts(exif_36867=None, top_306="2026:05:01 10:22:33").taken_at is None


def test_what_a_camera_says_of_itself_is_one_short_line() -> None:
    found = facts(top_271="<b>\n\x07x" + "y" * 500)
    assert found.make is not None
    assert found.make.startswith("<b> xy")
    assert len(found.make) == 80


def test_a_photograph_that_lies_on_its_side_is_set_upright() -> None:
    lying = scene(0, size=(320, 240))
    found = read(jpeg(lying, exif=exif(top_274=6)))
    assert found.image.size == (240, 320)
    assert (found.facts.width_px, found.facts.height_px) == (240, 320)
    assert found.image.getpixel((239 - 10, 300)) == pytest.approx(lying.getpixel((300, 10)), abs=25)


def test_a_large_photograph_is_opened_smaller_and_says_how_large_it_is() -> None:
    found = read(jpeg(Image.new("RGB", (6000, 4500), "peru")))
    assert (found.facts.width_px, found.facts.height_px) == (6000, 4500)
    assert max(found.image.size) < 6000
    assert max(found.image.size) >= 2048


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_file_is_known_by_its_content(form: str) -> None:
    out = io.BytesIO()
    PICTURE.save(out, form)
    found = read(out.getvalue())
    assert found.image.mode == "RGB"
    assert found.image.getpixel((40, 30)) == pytest.approx((205, 133, 63), abs=6)


def test_a_photograph_of_an_iphone_can_be_opened() -> None:
    """There is no encoder here to make one with; that the decoder is ready is what can be asked."""
    register_heif_opener()
    assert "HEIF" in Image.OPEN
    header = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
    with pytest.raises(PicturesError):
        read(header)


def test_what_can_be_seen_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    assert read(out.getvalue()).image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"%PDF-1.7 ...",
        b"GIF89a" + bytes(30),
        b"PK\x03\x04" + bytes(60),
        "照片".encode(),
    ],
    ids=["empty", "a beginning", "pdf", "gif", "zip", "text"],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(PicturesError) as refused:
        read(content)
    assert refused.value.code == "pictures.no_picture"
    assert "上传" in refused.value.say()
    assert "Upload" in refused.value.say("en")


def test_a_photograph_that_is_cut_off_is_refused() -> None:
    whole = jpeg(scene(1))
    with pytest.raises(PicturesError) as refused:
        read(whole[: len(whole) // 2])
    assert refused.value.code == "pictures.damaged"
    assert "JPEG" in refused.value.say()


def test_too_many_bytes_are_refused_before_anything_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingshan.pictures.reading.MOST_BYTES", 1024)
    with pytest.raises(PicturesError) as refused:
        read(b"x" * 1025)
    assert refused.value.code == "pictures.too_many_bytes"


@pytest.mark.parametrize(("form", "limit"), [("PNG", "MOST_PX_WHOLE"), ("JPEG", "MOST_PX")])
def test_too_many_pixels_are_refused_before_they_fill_the_memory(
    form: str, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"qingshan.pictures.reading.{limit}", 4_000)
    out = io.BytesIO()
    PICTURE.save(out, form)
    with pytest.raises(PicturesError) as refused:
        read(out.getvalue())
    assert refused.value.code == "pictures.too_large"
    assert "80×60" in refused.value.say()


def test_a_bomb_is_not_opened() -> None:
    """40,000 by 40,000 pixels that are all the same: a file of some hundred kilobytes, 1.6 gigabytes of memory."""
    header = io.BytesIO()
    Image.new("1", (1, 1)).save(header, "PNG")
    small = bytearray(header.getvalue())
    small[16:24] = (40_000).to_bytes(4, "big") * 2
    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4, "big")
    with pytest.raises(PicturesError) as refused:
        read(bytes(small))
    assert refused.value.code == "pictures.bomb"
    for reason in refused.value.reasons:
        assert say(reason) != say(reason, "en")


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_any_byte_changed_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(jpeg(PICTURE, exif=exif()))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(content))
    except PicturesError:
        return
    assert found.image.mode == "RGB"
    assert replace(found.facts) == found.facts


def test_a_thumbnail_is_small_upright_and_tells_nothing() -> None:
    made = thumbnail(jpeg(Image.new("RGB", (1600, 1200), "peru"), exif=exif(top_274=6)), 320)
    with Image.open(io.BytesIO(made)) as small:
        assert small.format == "JPEG"
        assert small.size == (240, 320)
        assert not small.getexif()
    assert b"Lin Camera" not in made
