"""Which pictures stand beside each other, and what is written under them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from qingshan.earth.findings import Finding
from qingshan.earth.sheets.picture import LINES, lines_seen, picture_of
from qingshan.earth.sheets.views import Composite, View, coloured, composites_of
from qingshan.earth.sheets.words import QUESTIONS, sensor_name, word


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One picture with its words."""

    when: str
    """before or after"""
    day: str
    sensor: str
    colours: str
    svg: Markup


@dataclass(frozen=True, kw_only=True)
class LegendLine:
    """A line of the legend; the stroke as drawn in the pictures."""

    said: str
    colour: str
    dashes: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Pictures that can be compared: one colour scale for each row of before and after."""

    how: str
    """what they were used for, and how they are read"""
    rows: tuple[tuple[Shown, ...], ...]
    """each with the same colours"""
    legend: tuple[LegendLine, ...]
    has_unclear: bool


def pairs_of(
    findings: Sequence[Finding],
    views: Mapping[str, View],
    outlines: Mapping[str, BaseGeometry],
    *,
    language: str,
) -> tuple[Pair, ...]:
    """The pictures of all findings, each pair once. `views`: id of a scene -> its picture."""
    wanted: dict[tuple[str, ...], list[str]] = {}
    for finding in findings:
        key = tuple(scene if scene in views else "" for scene in (finding.before, finding.after))
        if any(key):
            wanted.setdefault(key, []).append(QUESTIONS[finding.question].say({}, language))
    joint = ", " if language.startswith("en") else "、"
    return tuple(
        _pair(key, joint.join(questions), views, outlines, mark=f"c{at}", language=language)
        for at, (key, questions) in enumerate(wanted.items())
    )


def _pair(
    key: tuple[str, ...],
    used_for: str,
    views: Mapping[str, View],
    outlines: Mapping[str, BaseGeometry],
    *,
    mark: str,
    language: str,
) -> Pair:
    named = [(name, views[scene]) for name, scene in zip(("before", "after"), key, strict=True) if scene]
    shown = [view for _, view in named]
    rows = [
        _row(named, composite, outlines, mark=f"{mark}r{at}", language=language)
        for at, composite in enumerate(composites_of(shown))
    ]
    return Pair(
        how=_how(used_for, shown, language),
        rows=tuple(rows),
        legend=tuple(_legend(shown, outlines, language)),
        has_unclear=any(not view.clear.all() for view in shown),
    )


def _how(used_for: str, shown: Sequence[View], language: str) -> str:
    told = [word("used-for", language, questions=used_for)]
    if len(shown) > 1:
        told.append(word("pictures-how", language))
    if any(not view.clear.all() for view in shown):
        told.append(word("hatched", language))
    return (" " if language.startswith("en") else "").join(told)


def _row(
    named: Sequence[tuple[str, View]],
    composite: Composite,
    outlines: Mapping[str, BaseGeometry],
    *,
    mark: str,
    language: str,
) -> tuple[Shown, ...]:
    files = coloured([view for _, view in named], composite)
    colours = word(composite.name, language)
    row = []
    for at, ((name, view), png) in enumerate(zip(named, files, strict=True)):
        when, day = word(name, language), view.day.isoformat()
        label = f"{when} {day} {colours}"
        svg = picture_of(view, png, outlines, mark=f"{mark}p{at}", label=label, language=language)
        sensor = sensor_name(view.sensor, language)
        row.append(Shown(when=when, day=day, sensor=sensor, colours=colours, svg=svg))
    return tuple(row)


def _legend(
    views: Iterable[View], outlines: Mapping[str, BaseGeometry], language: str
) -> Iterable[LegendLine]:
    seen = {name for view in views for name in lines_seen(view, outlines)}
    for name in reversed(LINES):
        if name in seen:
            line = LINES[name]
            yield LegendLine(said=word(line.name, language), colour=line.colour, dashes=line.dashes or "")
