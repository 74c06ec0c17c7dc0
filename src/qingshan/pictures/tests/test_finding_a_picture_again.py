"""Is a re-used picture found, and are different ones left alone? Figures are printed with -s."""

from __future__ import annotations

import io
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from qingshan.pictures import (
    SHARED_KEYS_AT_LEAST,
    Fingerprint,
    PicturesError,
    band_keys,
    fingerprint,
    likeness,
    read,
    sought_keys,
)
from qingshan.pictures.tests.scenes import View, jpeg, scene
from qingshan.rules.evidence import CopyKind

PICTURES = 24
"""Originals for each way of changing one; other numbers than those of the five hundred."""
RECALL = 0.95
FALSE_DOUBTS = 0.01

Change = Callable[[Image.Image], Image.Image]


def compressed(quality: int) -> Change:
    return lambda picture: Image.open(io.BytesIO(jpeg(picture, quality=quality)))


def resized(percent: int) -> Change:
    return lambda picture: picture.resize([side * percent // 100 for side in picture.size])


def cropped(left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Change:
    def crop(picture: Image.Image) -> Image.Image:
        wide, tall = picture.size
        box = wide * left, tall * top, wide * (1 - right), tall * (1 - bottom)
        return picture.crop([round(each) for each in box])

    return crop


def stamped(picture: Image.Image) -> Image.Image:
    """A date in a corner, as cameras of enterprises print it."""
    made, (wide, tall) = picture.copy(), picture.size
    draw = ImageDraw.Draw(made)
    draw.rectangle((wide * 0.62, tall * 0.88, wide * 0.99, tall * 0.98), fill=(20, 20, 20))
    draw.text((wide * 0.64, tall * 0.9), "2026-05-01 10:22", fill=(255, 200, 0), font_size=tall * 0.05)
    return made


def watermarked(picture: Image.Image) -> Image.Image:
    """A label of a watermark camera: time, place and weather on a pale ground."""
    made, (wide, tall) = picture.copy(), picture.size
    draw = ImageDraw.Draw(made)
    draw.rectangle((wide * 0.02, tall * 0.72, wide * 0.42, tall * 0.97), fill=(235, 238, 242))
    for line in range(4):
        draw.text(
            (wide * 0.04, tall * (0.74 + line * 0.055)), "10:22 2026.05.01", fill=(30, 60, 120), font_size=24
        )
    return made


def everything(picture: Image.Image) -> Image.Image:
    small = resized(40)(ImageOps.mirror(cropped(0.1, 0.1, 0.1, 0.1)(picture)))
    return compressed(45)(stamped(ImageEnhance.Brightness(small).enhance(1.1)))


CHANGES: dict[str, tuple[Change, CopyKind]] = {
    "compressed to 30": (compressed(30), CopyKind.SAME),
    "compressed to 95": (compressed(95), CopyKind.SAME),
    "a quarter of the size": (resized(25), CopyKind.SAME),
    "twice the size": (resized(200), CopyKind.SAME),
    "cropped left": (cropped(left=0.1), CopyKind.CROPPED),
    "cropped right": (cropped(right=0.1), CopyKind.CROPPED),
    "cropped above": (cropped(top=0.1), CopyKind.CROPPED),
    "cropped below": (cropped(bottom=0.1), CopyKind.CROPPED),
    "cropped all round": (cropped(0.1, 0.1, 0.1, 0.1), CopyKind.CROPPED),
    "mirrored": (ImageOps.mirror, CopyKind.MIRRORED),
    "brighter": (lambda picture: ImageEnhance.Brightness(picture).enhance(1.15), CopyKind.SAME),
    "darker": (lambda picture: ImageEnhance.Brightness(picture).enhance(0.85), CopyKind.SAME),
    "more contrast": (lambda picture: ImageEnhance.Contrast(picture).enhance(1.2), CopyKind.SAME),
    "less contrast": (lambda picture: ImageEnhance.Contrast(picture).enhance(0.8), CopyKind.SAME),
    "stamped": (stamped, CopyKind.SAME),
    "watermarked": (watermarked, CopyKind.SAME),
    "all of it at once": (everything, CopyKind.MIRRORED_AND_CROPPED),
}


@cache
def original(number: int) -> tuple[Image.Image, Fingerprint]:
    picture = compressed(90)(scene(1000 + number, size=(960, 720)))
    return picture, fingerprint(picture)


def is_a_candidate(stored: Fingerprint, asked: Fingerprint) -> bool:
    return len(set(band_keys(stored)) & set(sought_keys(asked))) >= SHARED_KEYS_AT_LEAST


def how_found(stored: Fingerprint, asked: Fingerprint) -> str:
    like = likeness(stored, asked) if is_a_candidate(stored, asked) else None
    return like.kind if like else "not found"


@pytest.mark.walk
@pytest.mark.timeout(900)
def test_a_changed_picture_is_found_by_its_keys_and_told_by_comparing() -> None:
    found: dict[str, Counter[str]] = {name: Counter() for name in CHANGES}
    for number in range(PICTURES):
        picture, stored = original(number)
        for name, (change, _) in CHANGES.items():
            found[name][how_found(stored, fingerprint(change(picture)))] += 1
    for name, counts in found.items():
        print(f"{name}: " + ", ".join(f"{count} {what}" for what, count in counts.most_common()))
    assert {name for name, (_, kind) in CHANGES.items() if found[name][kind] < RECALL * PICTURES} == set()


def test_the_original_is_found_when_its_part_was_handed_in_first() -> None:
    picture, whole = original(1)
    part = fingerprint(cropped(left=0.1, top=0.05)(picture))
    assert is_a_candidate(part, whole)
    one, other = likeness(part, whole), likeness(whole, part)
    assert one is not None
    assert other is not None
    assert one.kind is other.kind is CopyKind.CROPPED
    assert one.shared == pytest.approx(0.9 * 0.95, abs=0.02)


def test_another_date_beside_the_picture_changes_nothing() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[36867] = "2026:05:01 10:22:00"
    picture = scene(3)
    one, other = (read(jpeg(picture, exif=each)).image for each in (None, exif))
    assert bytes(fingerprint(one)) == bytes(fingerprint(other))


PHOTOGRAPHS = 200 if os.environ.get("CI") == "true" else 500


@cache
def photographs() -> list[tuple[int, Fingerprint]]:
    """Place and fingerprint of different photographs: 60 places from three view points each, the others from one."""
    views = [(place, view_of(place, light)) for place in range(60) for light in range(3)]
    views += [(place, View()) for place in range(60, PHOTOGRAPHS - 120)]
    return [
        (place, fingerprint(compressed(88)(scene(place, view, size=(360, 270))))) for place, view in views
    ]


def view_of(place: int, light: int) -> View:
    """Some steps aside or ahead, at another hour."""
    if not light:
        return View()
    steps = np.random.default_rng([9, place, light])
    aside = steps.choice([-1, 1]) * steps.uniform(0.03, 0.12)
    return View(aside, up=steps.uniform(-0.03, 0.03), zoom=steps.uniform(0.95, 1.12), light=light)


@pytest.mark.walk
@pytest.mark.timeout(900)
def test_of_five_hundred_different_photographs_hardly_one_is_doubted() -> None:
    handed_in = photographs()
    stored: dict[int, list[int]] = defaultdict(list)
    doubted, compared = [], 0
    for number, (place, asked) in enumerate(handed_in):
        shared = Counter(other for key in sought_keys(asked) for other in stored.get(key, ()))
        candidates = [other for other, count in shared.items() if count >= SHARED_KEYS_AT_LEAST]
        compared += len(candidates)
        likes = {other: likeness(handed_in[other][1], asked) for other in candidates}
        doubted += [(place, handed_in[other][0], like) for other, like in likes.items() if like][:1]
        for key in band_keys(asked):
            stored[key].append(number)
    print(f"{len(doubted)} of {len(handed_in)} doubted, {compared} pairs compared: {doubted}")
    assert len(handed_in) == PHOTOGRAPHS
    assert len(doubted) <= FALSE_DOUBTS * len(handed_in), doubted
    assert compared >= 50, "pictures of one place must have been compared, or nothing was tested"


@pytest.mark.parametrize("number", range(3))
def test_a_fingerprint_is_stored_as_bytes_and_read_back(number: int) -> None:
    made = original(number)[1]
    stored = bytes(made)
    again = Fingerprint.of_bytes(stored)
    assert bytes(again) == stored
    assert len(stored) < 4096
    assert band_keys(again) == band_keys(made)
    assert sought_keys(again) == sought_keys(made)
    like = likeness(made, again)
    assert like is not None
    assert like.score == 1


@pytest.mark.parametrize("spoilt", [b"", b"\x01", b"\x02" + bytes(40), b"\x01" + bytes(11) + b"\xff" * 9])
def test_bytes_that_are_no_fingerprint_are_refused(spoilt: bytes) -> None:
    with pytest.raises(PicturesError) as refused:
        Fingerprint.of_bytes(spoilt)
    assert refused.value.code == "pictures.other_fingerprint"


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (640, 480)])
def test_an_even_picture_says_nothing_and_resembles_nothing(size: tuple[int, int]) -> None:
    even = fingerprint(Image.new("RGB", size, "grey"))
    assert band_keys(even) == ()
    assert likeness(even, even) is None
    assert likeness(even, original(0)[1]) is None
    assert bytes(Fingerprint.of_bytes(bytes(even))) == bytes(even)


def test_keys_fit_any_whole_number_column() -> None:
    assert all(0 <= key < 2**28 for key in sought_keys(original(0)[1]))
    assert set(band_keys(original(0)[1])) <= set(sought_keys(original(0)[1]))
