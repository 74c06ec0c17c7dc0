"""A code is read again from photographs of the page: turned, aslant, in bad light, blurred, compressed."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from qingshan.typesetting.codes import Found, codes_in, codes_read
from qingshan.typesetting.tests.photographing import photographed, printed_page

TEXT = "QS1-2S-1-7KQ2M9XA4T"


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return printed_page(TEXT)


# longest side in pixels, blur in pixels, quality of the JPEG
CAMERAS = {
    "a phone": (3000, 2.0, 60),
    "a scanner": (2400, 0.5, 80),
    "sent by a messenger": (1600, 0.8, 50),
    "sent small": (1280, 0.6, 40),
}


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("seed", range(3))
def test_it_is_read_from_a_photograph(page: Image.Image, tmp_path: Path, camera: str, seed: int) -> None:
    longest_px, blur_px, quality = CAMERAS[camera]
    place = tmp_path / "photograph.jpg"
    shot = photographed(page, chance=random.Random(seed), longest_px=longest_px, blur_px=blur_px)
    shot.save(place, "JPEG", quality=quality)
    assert codes_in(place) == [Found(TEXT)]


def test_a_stamp_over_a_part_of_it_does_not_matter(page: Image.Image, tmp_path: Path) -> None:
    place, stamped = tmp_path / "stamped.png", page.copy()
    code_side = round(22 / 25.4 * 200)
    side = code_side // 5
    stamped.paste((200, 30, 30), (page.width - 2 * side, code_side - side, page.width, code_side + side))
    stamped.save(place)
    assert codes_in(place) == [Found(TEXT)]


@pytest.mark.skipif(shutil.which("heif-enc") is None, reason="needs heif-enc (apt install libheif-examples)")
def test_it_is_read_from_the_photograph_of_an_iphone(page: Image.Image, tmp_path: Path) -> None:
    taken, place = tmp_path / "taken.png", tmp_path / "photograph.heic"
    photographed(page, chance=random.Random(1), longest_px=1400, blur_px=0.5).save(taken)
    subprocess.run(["heif-enc", "-q", "50", str(taken), "-o", str(place)], check=True, capture_output=True)
    assert codes_in(place) == [Found(TEXT)]


def test_every_page_of_a_scan_is_looked_at(tmp_path: Path) -> None:
    place = tmp_path / "scan.pdf"
    pages = [printed_page(f"{TEXT}{n}").convert("RGB") for n in range(3)]
    pages[0].save(place, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    assert codes_in(place) == [Found(f"{TEXT}{n}", n + 1) for n in range(3)]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 broken", b"\xff\xd8\xff\xe0broken", b"GIF89a" + bytes(20), b"PK\x03\x04"]
)
def test_what_cannot_be_read_holds_no_code(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "file"
    place.write_bytes(content)
    assert codes_in(place) == codes_read(place) == []


def test_a_picture_without_a_code_holds_none(tmp_path: Path) -> None:
    place = tmp_path / "plain.png"
    Image.effect_noise((900, 1200), 40).save(place)
    assert codes_in(place) == []


def test_the_process_apart_reads_the_same(page: Image.Image, tmp_path: Path) -> None:
    place = tmp_path / "page.png"
    page.save(place)
    assert codes_read(place) == [Found(TEXT)]
