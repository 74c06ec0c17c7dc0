"""Which way does a change go? Values are of a kind that falls when plants are lost."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Which changes are looked for."""

    LOSS = "loss"
    """values fall: plants are lost, land is opened"""
    GAIN = "gain"
    """values rise: plants return"""
    BOTH = "both"
    """either way"""
