"""How is one unit of a site cube kept? Named arrays with checksums, then the pixels of each site's window."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from qingshan.earth.errors import CubeRefused

Array = np.ndarray[Any, Any]

MAGIC = b"QSUNIT1\n"
_SIZES = struct.Struct("<II")  # length and checksum of the head


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What a unit's file holds besides pixels."""

    told: Mapping[str, Any]
    """scene, names of bands, what is odd"""
    arrays: Mapping[str, Array]


@cache
def codec() -> pa.Codec:
    """Level 1: decoding images costs more than writing them, and pixels are noisy."""
    return pa.Codec("zstd", compression_level=1)


def packed(told: Mapping[str, Any], arrays: Mapping[str, Array], chips: Mapping[int, Array]) -> bytes:
    """A unit as bytes, the same for the same content.

    Args:
        told: small facts, as JSON takes them.
        arrays: name -> array, read whole.
        chips: number of a site -> its pixels, read one by one.
    """
    body = {site: codec().compress(np.ascontiguousarray(chip), asbytes=True) for site, chip in chips.items()}
    index = np.zeros((len(body), 4), np.int64)
    at = 0
    for row, (site, raw) in enumerate(body.items()):
        index[row] = (site, at, len(raw), zlib.crc32(raw))
        at += len(raw)
    sections, parts = [], []
    for name, array in (*arrays.items(), ("chips", index)):
        raw = codec().compress(np.ascontiguousarray(array), asbytes=True)
        sections.append([name, array.dtype.str, array.shape, len(raw), zlib.crc32(raw)])
        parts.append(raw)
    head = json.dumps({"told": told, "sections": sections, "body": at}).encode()
    return b"".join([MAGIC, _SIZES.pack(len(head), zlib.crc32(head)), head, *parts, *body.values()])


def read_unit(file: Path, *, arrays: bool = True) -> Unit:
    """All but the pixels; or only the small facts.

    Raises:
        CubeRefused: the file is damaged or cut short.
    """
    with _Opened(file) as opened:
        return Unit(told=opened.told, arrays={name: opened.array(name) for name in opened.places if arrays})


def read_chip(file: Path, site: int) -> bytes | None:
    """The pixels of one site, as they were packed; None where the unit has none of it.

    Raises:
        CubeRefused: the file is damaged.
    """
    with _Opened(file) as opened:
        index = opened.array("chips")
        met = index[index[:, 0] == site]
        return opened.chip(*(int(each) for each in met[0, 1:])) if len(met) else None


def unpacked(raw: bytes, shape: tuple[int, ...]) -> np.ndarray[Any, np.dtype[np.int16]]:
    """The pixels of a chip."""
    return np.frombuffer(codec().decompress(raw, 2 * int(np.prod(shape))), np.int16).reshape(shape)


def is_whole(file: Path) -> bool:
    """Whether head and sums are sound and nothing is cut off; pixels are checked when they are read."""
    try:
        read_unit(file)
    except (CubeRefused, OSError):
        return False
    return True


def check_unit(file: Path) -> None:
    """Reads everything.

    Raises:
        CubeRefused: the file is damaged or cut short.
    """
    with _Opened(file) as opened:
        for name in opened.places:
            opened.array(name)
        for place in opened.array("chips")[:, 1:].tolist():
            opened.chip(*place)


class _Opened:
    """A unit's file while it is read."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self._stream = file.open("rb")
        try:
            self._read_head(file.stat().st_size)
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def _read_head(self, size: int) -> None:
        start = self._stream.read(len(MAGIC) + _SIZES.size)
        if len(start) < len(MAGIC) + _SIZES.size or not start.startswith(MAGIC):
            raise self._damaged()
        length, checksum = _SIZES.unpack(start[len(MAGIC) :])
        head = self._stream.read(length)
        if zlib.crc32(head) != checksum:
            raise self._damaged()
        described = json.loads(head)
        self.told: Mapping[str, Any] = described["told"]
        self.places: dict[str, tuple[int, str, tuple[int, ...], int, int]] = {}
        at = len(start) + length
        for name, kind, shape, stored, crc in described["sections"]:
            self.places[name] = (at, kind, tuple(shape), stored, crc)
            at += stored
        self._body = at
        if size != at + described["body"]:
            raise self._damaged()

    def array(self, name: str) -> Array:
        at, kind, shape, stored, checksum = self.places[name]
        count = int(np.prod(shape))
        raw = self._checked(at, stored, checksum)
        numbers = codec().decompress(raw, count * np.dtype(kind).itemsize) if count else b""
        return np.frombuffer(numbers, kind).reshape(shape)

    def chip(self, at: int, stored: int, checksum: int) -> bytes:
        return self._checked(self._body + at, stored, checksum)

    def _checked(self, at: int, stored: int, checksum: int) -> bytes:
        self._stream.seek(at)
        raw = self._stream.read(stored)
        if zlib.crc32(raw) != checksum:
            raise self._damaged()
        return raw

    def _damaged(self) -> CubeRefused:
        return CubeRefused.because("earth.cube_damaged", file=self.name)
