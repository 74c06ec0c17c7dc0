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

MAGIC = b"QSUNIT2\n"
TOGETHER_BYTES = 1 << 17  # of pixels that are packed together
_SIZES = struct.Struct("<II")  # length and checksum of the head


@dataclass(frozen=True, kw_only=True)
class Unit:
    """What a unit's file holds besides pixels."""

    told: Mapping[str, Any]
    """scene, names of bands, what is odd"""
    arrays: Mapping[str, Array]


@dataclass(frozen=True, kw_only=True, eq=False)
class Portions:
    """Pixels of some sites' windows, one after the other, as `chipcutting.cut` writes them."""

    sites: np.ndarray[Any, np.dtype[np.int32]]
    """(n,) numbers of the sites"""
    first: np.ndarray[Any, np.dtype[np.int64]]
    """(n + 1,) byte at which each site's portion begins"""
    content: np.ndarray[Any, np.dtype[np.uint8]]

    @classmethod
    def none(cls) -> Portions:
        return cls(sites=np.empty(0, np.int32), first=np.zeros(1, np.int64), content=np.empty(0, np.uint8))


@cache
def codec() -> pa.Codec:
    """Below level 1: pixels are noisy, and a minute's decoding of images must not cost half a minute's packing."""
    return pa.Codec("zstd", compression_level=-1)


def packed(told: Mapping[str, Any], arrays: Mapping[str, Array], chips: Portions) -> bytes:
    """A unit as bytes, the same for the same content.

    Args:
        told: small facts, as JSON takes them.
        arrays: name -> array, read whole.
        chips: pixels of sites, read one by one; small ones are packed together, since each packing has its price.
    """
    group = _groups(chips.first)
    body = [
        codec().compress(chips.content[begin:end], asbytes=True)
        for begin, end in zip(chips.first[group[:-1]], chips.first[group[1:]], strict=True)
    ]
    sections, parts = [], []
    for name, array in (*arrays.items(), *_index(chips, group, body).items()):
        raw = codec().compress(np.ascontiguousarray(array), asbytes=True)
        sections.append([name, array.dtype.str, array.shape, len(raw), zlib.crc32(raw)])
        parts.append(raw)
    head = json.dumps({"told": told, "sections": sections, "body": sum(map(len, body))}).encode()
    return b"".join([MAGIC, _SIZES.pack(len(head), zlib.crc32(head)), head, *parts, *body])


def _groups(first: np.ndarray[Any, np.dtype[np.int64]]) -> list[int]:
    """Numbers of the portions at which another group begins, and one past the last."""
    edges = [0]
    while edges[-1] < len(first) - 1:
        full = int(np.searchsorted(first, first[edges[-1]] + TOGETHER_BYTES, side="right")) - 1
        edges.append(max(full, edges[-1] + 1))
    return edges


def _index(chips: Portions, group: list[int], body: list[bytes]) -> dict[str, Array]:
    """Where each site's portion lies in its group, and each group in the body."""
    count = np.diff(group)
    begin = np.repeat(chips.first[group[:-1]], count)
    of_group = np.repeat(np.arange(len(count)), count)
    length = np.array([len(raw) for raw in body], np.int64)
    return {
        "chips": np.stack([chips.sites, of_group, chips.first[:-1] - begin, np.diff(chips.first)], 1).astype(
            np.int64
        ),
        "groups": np.stack(
            [
                np.cumsum(length) - length,
                length,
                np.array([zlib.crc32(raw) for raw in body], np.int64),
                np.diff(chips.first[group]),
            ],
            1,
        ),
    }


def read_unit(file: Path) -> Unit:
    """All but the pixels.

    Raises:
        CubeRefused: the file is damaged or cut short.
    """
    with _Opened(file) as opened:
        return Unit(told=opened.told, arrays={name: opened.array(name) for name in opened.places})


def read_chip(file: Path, site: int) -> bytes | None:
    """The portion of one site, as `chipcutting.cut` wrote it; None where the unit has none of it.

    Raises:
        CubeRefused: the file is damaged.
    """
    with _Opened(file) as opened:
        index = opened.array("chips")
        met = index[index[:, 0] == site]
        if not len(met):
            return None
        group, first, length = met[0, 1:].tolist()
        return opened.group(*opened.array("groups")[group].tolist())[first : first + length]


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
        for place in opened.array("groups").tolist():
            opened.group(*place)


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

    def group(self, at: int, stored: int, checksum: int, length: int) -> bytes:
        raw: bytes = codec().decompress(
            self._checked(self._body + at, stored, checksum), length, asbytes=True
        )
        return raw

    def _checked(self, at: int, stored: int, checksum: int) -> bytes:
        self._stream.seek(at)
        raw = self._stream.read(stored)
        if zlib.crc32(raw) != checksum:
            raise self._damaged()
        return raw

    def _damaged(self) -> CubeRefused:
        return CubeRefused.because("earth.cube_damaged", file=self.name)
