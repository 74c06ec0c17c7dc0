"""Where is what was answered? One feature for each site and answer, as GeoJSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shapely.geometry import mapping

from qingshan.earth.findings import Finding
from qingshan.earth.reports.results import Results
from qingshan.earth.sheets.words import QUESTIONS, VERDICTS
from qingshan.earth.sites import Site
from qingshan.earth.writing import beside
from qingshan.rules.reasons import ENGLISH, Reason, say_all

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
"""CGCS2000 degrees, longitude first"""


def write_features(results: Results, path: Path, *, sheets: dict[str, str]) -> None:
    """A feature collection, line by line, so that it never stands in memory as a whole."""
    head = json.dumps({"type": "FeatureCollection", "name": path.stem, "crs": CRS})[:-1]
    with beside(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{head}, "features": [')
        for at, feature in enumerate(_features(results, sheets)):
            said = json.dumps(feature, ensure_ascii=False, allow_nan=False)
            file.write(f"{',' if at else ''}\n{said}")
        file.write("\n]}\n")


def _features(results: Results, sheets: dict[str, str]) -> Iterator[dict[str, Any]]:
    for site, finding in results.answered():
        yield {
            "type": "Feature",
            "geometry": mapping(site.shape),
            "properties": properties_of(site, finding) | {"sheet": sheets[site.id]},
        }


def properties_of(site: Site, finding: Finding) -> dict[str, Any]:
    """Everything that was answered, under names that stay."""
    return {
        "site_id": site.id,
        "site_name": site.name,
        "question": finding.question.value,
        "question_zh": QUESTIONS[finding.question].zh,
        "verdict": finding.verdict.value,
        "verdict_zh": VERDICTS[finding.verdict].zh,
        "target": finding.target.value if finding.target else None,
        "claimed_on": _day(finding.claimed_on),
        "since": _day(finding.since),
        "is_provisional": finding.is_provisional,
        "effect": _finite(finding.effect),
        "effect_of": finding.effect_of or None,
        "share": _finite(finding.share),
        "ring": _finite(finding.ring),
        "outside_m2": _finite(finding.outside_m2),
        "inside_m2": _finite(finding.inside_m2),
        "agreeing": finding.agreeing,
        "considered": finding.considered,
        "dates": [day.isoformat() for day in finding.dates],
        "before": finding.before or None,
        "after": finding.after or None,
        "sentence_zh": finding.sentence(),
        "sentence_en": finding.sentence(ENGLISH),
        "signs_zh": say_all(finding.signs),
        "settle_zh": say_all(finding.settle),
        "because": [_coded(one) for one in finding.because],
        "signs": [_coded(one) for one in finding.signs],
        "settle": [_coded(one) for one in finding.settle],
        "parameters": finding.parameters,
    }


def _coded(reason: Reason) -> dict[str, Any]:
    values = {
        key: _finite(value) if isinstance(value, float) else value for key, value in reason.values.items()
    }
    return {"code": reason.code, "values": values}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
