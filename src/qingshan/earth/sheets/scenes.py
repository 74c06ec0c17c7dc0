"""Which scenes stand behind an answer, and which were left aside?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from qingshan.earth.findings import Finding
from qingshan.earth.series import SiteSeries
from qingshan.earth.sheets.numbers import UNKNOWN, per_cent
from qingshan.earth.sheets.told import to_date, to_day, usable
from qingshan.earth.sheets.words import sensor_name, word


@dataclass(frozen=True, kw_only=True)
class SceneRow:
    """One scene as a sheet lists it."""

    day: str
    sensor: str
    scene: str
    clear: str
    use: str
    has_decided: bool


def scene_rows(series: SiteSeries, findings: Iterable[Finding], *, language: str) -> tuple[SceneRow, ...]:
    """All scenes of a site in order of date."""
    decided = {to_day(day) for one in findings for day in one.dates}
    total, used = series.inside.total_px, usable(series)
    rows = []
    for at, day in enumerate(series.days.tolist()):
        has_decided = bool(used[at]) and day in decided
        use = "use-decided" if has_decided else "use-used" if used[at] else "use-not"
        clear = float(np.nan_to_num(series.inside.clear_px[at]))
        share = per_cent(clear / total) if total else UNKNOWN
        rows.append(
            SceneRow(
                day=to_date(day).isoformat(),
                sensor=sensor_name(series.sensors[at], language),
                scene=series.scenes[at],
                clear=f"{share} = {clear:,.1f} / {total:,.1f}",
                use=word(use, language),
                has_decided=has_decided,
            )
        )
    return tuple(rows)
