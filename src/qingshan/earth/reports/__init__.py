"""What does a survey leave behind: files for maps, for Excel, for programs, and pages for people?"""

from __future__ import annotations

from pathlib import Path

from qingshan.earth.engines import Watcher, watched
from qingshan.earth.reports.features import write_features
from qingshan.earth.reports.names import file_names
from qingshan.earth.reports.page import page_of
from qingshan.earth.reports.results import Results, UsedScene
from qingshan.earth.reports.table import write_table
from qingshan.earth.reports.workbook import write_workbook
from qingshan.earth.sheets.content import scenes_wanted, sheet
from qingshan.earth.writing import write_whole
from qingshan.geo.area import areas_m2
from qingshan.rules.reasons import CHINESE

__all__ = ["Results", "UsedScene", "write_outputs"]

FEATURES, WORKBOOK, TABLE, PAGE, SHEETS = (
    "findings.geojson", "findings.xlsx", "series.parquet", "report.html", "sheets",
)  # fmt: skip


def write_outputs(
    results: Results,
    out: Path,
    *,
    language: str = CHINESE,
    progress: Watcher | None = None,
) -> tuple[Path, ...]:
    """All outputs of a survey below `out`, each whole or not at all; the same results give the same bytes.

    `report.html` comes last: where it stands, everything stands. Returns the five paths, the folder of sheets last.
    """
    names = file_names(site.id for site in results.sites)
    sheets = {id_: f"{SHEETS}/{name}.html" for id_, name in names.items()}
    areas = dict(zip(names, areas_m2([site.shape for site in results.sites]).tolist(), strict=True))
    write_features(results, out / FEATURES, sheets=sheets)
    write_workbook(results, out / WORKBOOK, areas_m2=areas, sheets=sheets, language=language)
    write_table(results, out / TABLE)
    _write_sheets(results, out, sheets, language, progress)
    page = page_of(results, areas_m2=areas, sheets=sheets, language=language)
    write_whole(out / PAGE, page.encode())
    return tuple(out / name for name in (FEATURES, WORKBOOK, TABLE, PAGE, SHEETS))


def _write_sheets(
    results: Results,
    out: Path,
    sheets: dict[str, str],
    language: str,
    progress: Watcher | None,
) -> None:
    (out / SHEETS).mkdir(parents=True, exist_ok=True)
    for site in watched(results.sites, stage="sheets", total=len(results.sites), progress=progress):
        findings = results.findings.get(site.id, ())
        made = sheet(
            site,
            results.series_of(site),
            findings,
            results.claims_of(site),
            results.views_of(site, scenes_wanted(findings)),
            language=language,
            parameters=results.parameters,
        )
        write_whole(out / sheets[site.id], made.as_html().encode())
