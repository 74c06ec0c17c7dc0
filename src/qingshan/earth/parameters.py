"""By which numbers does the eye judge? One versioned set; every number with its source and its status."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from qingshan.earth.errors import ParametersRefused

SETS = Path(__file__).parent / "parameter_sets"
CURRENT = "1"

Section = TypeVar("Section")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number (or table of numbers by climate zone or month) with its basis."""

    value: Any
    source: str
    """paper, standard or measurement that it comes from"""
    is_verified: bool
    """False: taken from memory or chosen on simulated data, not yet checked against the source (待核)"""


@dataclass(frozen=True, kw_only=True, eq=False)
class ParameterSet:
    """All thresholds of one version. A released file never changes; its digest stands in every finding."""

    id: str
    version: str
    digest: str
    """sixteen hexadecimal digits of the file's SHA-256"""
    numbers: Mapping[str, Mapping[str, Parameter]]
    """section -> name -> parameter"""

    @property
    def label(self) -> str:
        """As findings name it."""
        return f"{self.id} {self.version} ({self.digest})"

    def section(self, name: str, into: type[Section]) -> Section:
        """The values of a section as its frozen dataclass, whose fields bear the parameters' names."""
        found = self.numbers.get(name, {})
        wanted = {field.name for field in fields(into)}  # type: ignore[arg-type]
        if wanted != set(found):
            differing = "、".join(sorted(wanted ^ set(found)))
            raise ParametersRefused.because(
                "earth.parameters_incomplete", set=self.id, section=name, names=differing
            )
        return into(**{key: parameter.value for key, parameter in found.items()})


@cache
def released(version: str = CURRENT) -> ParameterSet:
    """A set that came with the program."""
    return read_parameters(SETS / f"{version}.toml")


def released_as(label: str) -> ParameterSet | None:
    """The set that came with the program and that findings name so; None where it comes with it no more."""
    there = (released(file.stem) for file in sorted(SETS.glob("*.toml")))
    return next((each for each in there if each.label == label), None)


def read_parameters(file: Path) -> ParameterSet:
    """A set from a file: `[section.name]` tables with value, source and status ("verified" or "unverified").

    Raises:
        ParametersRefused: the file is no such set.
    """
    try:
        raw = file.read_bytes()
        told = tomllib.loads(raw.decode("utf-8"))
        numbers = {
            section: {name: _parameter(entry) for name, entry in entries.items()}
            for section, entries in told.items()
            if isinstance(entries, dict)
        }
        return ParameterSet(
            id=told["id"],
            version=told["version"],
            digest=hashlib.sha256(raw).hexdigest()[:16],
            numbers=numbers,
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise ParametersRefused.because(
            "earth.parameters_unreadable", file=file.name, fault=f"{type(fault).__name__}: {fault}"
        ) from fault


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    if entry["status"] not in ("verified", "unverified"):
        raise KeyError("status")
    return Parameter(value=entry["value"], source=entry["source"], is_verified=entry["status"] == "verified")
