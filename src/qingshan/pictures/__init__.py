"""Photographs as evidence: what they show, when and where, and whether they were used before. Knows no Django."""

from qingshan.pictures.comparing import SHARED_KEYS_AT_LEAST, Likeness, likeness
from qingshan.pictures.errors import PicturesError
from qingshan.pictures.fingerprints import Fingerprint, band_keys, fingerprint, sought_keys
from qingshan.pictures.place import Outside, gcj02_of_wgs84, outside, wgs84_of_gcj02
from qingshan.pictures.reading import MOST_BYTES, Facts, Photograph, read, thumbnail

__all__ = [
    "MOST_BYTES",
    "SHARED_KEYS_AT_LEAST",
    "Facts",
    "Fingerprint",
    "Likeness",
    "Outside",
    "Photograph",
    "PicturesError",
    "band_keys",
    "fingerprint",
    "gcj02_of_wgs84",
    "likeness",
    "outside",
    "read",
    "sought_keys",
    "thumbnail",
    "wgs84_of_gcj02",
]
